//! Forms that came after sign-out: kept, sealed, a day for the same person.

use chrono::TimeDelta;
use uuid::Uuid;

use super::door::{Door, Gate, Read, Write};
use super::error::Result;
use crate::domain::ids::{CountyId, FileId, UserId};
use crate::domain::moment::Moment;

/// A form that was kept.
#[derive(Debug, Clone)]
pub struct KeptForm {
    /// Its key.
    pub id: Uuid,
    /// Where it was sent.
    pub path: String,
    /// What was typed, sealed into `kept_form.body`, this id.
    pub body_sealed: Vec<u8>,
    /// When.
    pub kept_at: Moment,
}

/// A new key for a form to be kept under.
pub fn new_id() -> Uuid {
    FileId::new().0
}

/// Keeps a form.
pub async fn keep(gate: &mut Gate, county: CountyId, user: UserId, form: &KeptForm) -> Result<()> {
    sqlx::query!(
        "insert into kept_form (county_id, id, user_id, path, body_sealed, kept_at) values ($1, $2, $3, $4, $5, $6)",
        county.0,
        form.id,
        user.0,
        form.path,
        form.body_sealed,
        form.kept_at
    )
    .execute(gate.conn())
    .await?;
    Ok(())
}

/// The reader's kept forms of the last day, the latest first.
pub async fn kept(read: &mut Read) -> Result<Vec<KeptForm>> {
    let (county, since) = (read.county().0, read.now() - TimeDelta::days(1));
    Ok(sqlx::query_as!(
        KeptForm,
        "select id, path, body_sealed, kept_at from kept_form where county_id = $1 and kept_at > $2 order by kept_at desc",
        county,
        since
    )
    .fetch_all(read.conn())
    .await?)
}

/// Lets a kept form go, because it is sent or given up; returns where it was going.
pub async fn forget(write: &mut Write, id: Uuid) -> Result<String> {
    let county = write.county().0;
    Ok(sqlx::query_scalar!("delete from kept_form where county_id = $1 and id = $2 returning path", county, id)
        .fetch_one(write.conn())
        .await?)
}
