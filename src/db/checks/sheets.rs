//! Check sheets that came back, and the checks that their rows name.

use uuid::Uuid;

use super::list::CheckLine;
use crate::db::door::{Door, Write};
use crate::db::error::Result;
use crate::domain::ids::{CheckId, CheckSheetId, FileId};
use crate::domain::moment::Moment;

/// A sheet that came back.
#[derive(Debug, Clone)]
pub struct CheckSheet {
    /// Its key.
    pub id: CheckSheetId,
    /// The file as it came.
    pub file: FileId,
    /// Its name.
    pub file_name: String,
    /// When it came.
    pub created_at: Moment,
    /// When its answers were taken.
    pub taken_at: Option<Moment>,
    /// Of which checks.
    pub taken: Vec<CheckId>,
}

/// Records a sheet that its writer brought.
pub async fn insert_sheet(write: &mut Write, id: CheckSheetId, file: FileId, name: &str) -> Result<()> {
    let (county, now) = (write.county().0, write.now());
    let (by, unit) = (write.actor().user(), write.actor().unit());
    sqlx::query!(
        "insert into check_sheet (county_id, id, file_id, file_name, created_by, unit_id, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
        county,
        id.0,
        file.0,
        name,
        by.map(|u| u.0),
        unit.map(|u| u.0),
        now
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// A sheet, for whoever brought it.
pub async fn sheet(db: &mut impl Door, id: CheckSheetId) -> Result<CheckSheet> {
    let county = db.county().0;
    let row = sqlx::query!(
        "select file_id as \"file: FileId\", file_name, created_at, taken_at, taken from check_sheet where county_id = $1 and id = $2",
        county,
        id.0
    )
    .fetch_one(db.conn())
    .await?;
    Ok(CheckSheet {
        id,
        file: row.file,
        file_name: row.file_name,
        created_at: row.created_at,
        taken_at: row.taken_at,
        taken: row.taken.into_iter().map(CheckId).collect(),
    })
}

/// Records what was taken from a sheet; false when that was done before.
pub async fn set_taken(write: &mut Write, id: CheckSheetId, taken: &[CheckId]) -> Result<bool> {
    let (county, now) = (write.county().0, write.now());
    let ids: Vec<Uuid> = taken.iter().map(|check| check.0).collect();
    let done = sqlx::query!(
        "update check_sheet set taken_at = $3, taken = $4 where county_id = $1 and id = $2 and taken_at is null",
        county,
        id.0,
        now,
        &ids
    )
    .execute(write.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The checks whose ids end so, open or settled, as far as the actor sees them.
pub async fn by_tails(db: &mut impl Door, tails: &[String]) -> Result<Vec<CheckLine>> {
    let county = db.county().0;
    let ids = sqlx::query_scalar!(
        "select id as \"id: CheckId\" from whereabouts_check where county_id = $1 and right(id::text, 12) = any($2)",
        county,
        tails
    )
    .fetch_all(db.conn())
    .await?;
    super::list::some(db, &ids).await
}
