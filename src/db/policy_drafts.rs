//! Drafts of a county's policy, and what became of them.

use chrono::NaiveDate;
use serde_json::Value;

use super::door::{Door, Write};
use super::error::{DbError, Result};
use crate::domain::ids::{PolicyDraftId, UserId};
use crate::domain::moment::Moment;

/// A policy to be drafted.
#[derive(Debug, Clone)]
pub struct NewDraft {
    /// Its key.
    pub id: PolicyDraftId,
    /// The profile's id.
    pub profile: String,
    /// Its name on the screen.
    pub title: String,
    /// The county's own values over it, as TOML.
    pub own: String,
    /// The first day on which it would govern.
    pub from_on: NaiveDate,
    /// Why.
    pub reason: String,
    /// The resolved policy as canonical JSON.
    pub body: String,
    /// The shape of `body`.
    pub schema_version: i32,
    /// SHA-256 of `body`.
    pub sha256: Vec<u8>,
}

/// A draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Its key.
    pub id: PolicyDraftId,
    /// The profile's id.
    pub profile: String,
    /// Its name on the screen.
    pub title: String,
    /// The county's own values over it, as TOML.
    pub own: String,
    /// The first day on which it would govern.
    pub from_on: NaiveDate,
    /// Why.
    pub reason: String,
    /// The resolved policy as canonical JSON.
    pub body: String,
    /// The shape of `body`.
    pub schema_version: i32,
    /// SHA-256 of `body`.
    pub sha256: Vec<u8>,
    /// Who drafted it.
    pub drafted_by: UserId,
    /// Their name.
    pub drafted_name: String,
    /// When.
    pub drafted_at: Moment,
    /// What it would change; none while it is being counted.
    pub impact: Option<Value>,
    /// When that was counted.
    pub weighed_at: Option<Moment>,
    /// Who decided.
    pub decided_name: Option<String>,
    /// When.
    pub decided_at: Option<Moment>,
    /// How.
    pub granted: Option<bool>,
    /// What they said of it.
    pub note: String,
    /// Under which version it was adopted.
    pub version: Option<i32>,
    /// When it was taken back.
    pub withdrawn_at: Option<Moment>,
}

impl Draft {
    /// Nobody has decided yet.
    pub const fn is_open(&self) -> bool {
        self.decided_at.is_none() && self.withdrawn_at.is_none()
    }
}

/// Drafts a policy; a second one while another waits is a `Duplicate`.
pub async fn draft(write: &mut Write, new: &NewDraft) -> Result<()> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    sqlx::query!(
        "insert into policy_draft (county_id, id, profile, title, own, from_on, reason, body, schema_version, sha256, drafted_by,
            drafted_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        county,
        new.id.0,
        new.profile,
        new.title,
        new.own,
        new.from_on,
        new.reason,
        new.body,
        new.schema_version,
        new.sha256,
        user,
        now,
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// One draft.
pub async fn one(db: &mut impl Door, id: PolicyDraftId) -> Result<Draft> {
    rows(db, Some(id), 1).await?.pop().ok_or(DbError::NotFound)
}

/// The latest drafts, the newest first.
pub async fn latest(db: &mut impl Door, limit: i64) -> Result<Vec<Draft>> {
    rows(db, None, limit).await
}

async fn rows(db: &mut impl Door, id: Option<PolicyDraftId>, limit: i64) -> Result<Vec<Draft>> {
    let (county, id) = (db.county().0, id.map(|id| id.0));
    Ok(sqlx::query_as!(
        Draft,
        "select d.id as \"id: PolicyDraftId\", d.profile, d.title, d.own, d.from_on, d.reason, d.body, d.schema_version, d.sha256,
            d.drafted_by as \"drafted_by: UserId\", a.name as drafted_name, d.drafted_at, d.impact, d.weighed_at,
            b.name as \"decided_name?\", d.decided_at, d.granted, d.note, d.version, d.withdrawn_at
         from policy_draft d join account a on a.county_id = d.county_id and a.id = d.drafted_by
            left join account b on b.county_id = d.county_id and b.id = d.decided_by
         where d.county_id = $1 and ($2::uuid is null or d.id = $2) order by d.drafted_at desc limit $3",
        county,
        id,
        limit,
    )
    .fetch_all(db.conn())
    .await?)
}

/// Notes what a draft would change, while nobody has decided.
pub async fn weigh(write: &mut Write, id: PolicyDraftId, impact: &Value) -> Result<bool> {
    let (county, now) = (write.county().0, write.now());
    let done = sqlx::query!(
        "update policy_draft set impact = $3, weighed_at = $4
         where county_id = $1 and id = $2 and decided_at is null and withdrawn_at is null",
        county,
        id.0,
        impact,
        now
    )
    .execute(write.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Decides a draft in the actor's name; one that is decided or taken back already is a `Conflict`. With the version under
/// which it was adopted, it is approved; without one, sent back.
pub async fn decide(write: &mut Write, id: PolicyDraftId, version: Option<i32>, note: &str) -> Result<()> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    let done = sqlx::query!(
        "update policy_draft set decided_by = $3, decided_at = $4, granted = $5, version = $6, note = $7
         where county_id = $1 and id = $2 and decided_at is null and withdrawn_at is null",
        county,
        id.0,
        user,
        now,
        version.is_some(),
        version,
        note
    )
    .execute(write.conn())
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::Conflict) }
}

/// Takes a draft back; one that is decided already is a `Conflict`.
pub async fn withdraw(write: &mut Write, id: PolicyDraftId) -> Result<()> {
    let (county, now) = (write.county().0, write.now());
    let done = sqlx::query!(
        "update policy_draft set withdrawn_at = $3
         where county_id = $1 and id = $2 and decided_at is null and withdrawn_at is null",
        county,
        id.0,
        now
    )
    .execute(write.conn())
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::Conflict) }
}
