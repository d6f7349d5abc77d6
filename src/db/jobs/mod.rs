//! Jobs as those who ask for them see them; [`queue`] is the workers' side.

pub mod queue;

use serde_json::Value;

use super::door::{Door, Write};
use super::error::Result;
use crate::domain::ids::JobId;
use crate::domain::job::JobKind;
use crate::domain::moment::Moment;

/// Work to be done after the transaction that asks for it.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// What kind.
    pub kind: JobKind,
    /// To what; ids and counts, never anybody's data.
    pub payload: Value,
    /// While one with this key waits to be begun, another is not needed.
    pub dedupe: Option<String>,
    /// The page that will show what came of it; empty where there is none.
    pub location: String,
}

impl NewJob {
    /// A job of which nobody waits for a page.
    pub fn new(kind: JobKind, payload: Value) -> Self {
        Self { kind, payload, dedupe: None, location: String::new() }
    }

    /// One waiting job of this kind and key is enough.
    #[must_use]
    pub fn once(mut self, key: impl Into<String>) -> Self {
        self.dedupe = Some(key.into());
        self
    }

    /// Where the person who waits is sent when it is done.
    #[must_use]
    pub fn leading_to(mut self, location: impl Into<String>) -> Self {
        self.location = location.into();
        self
    }
}

/// Asks for a job; it is done if and only if the transaction is committed. Gives the job's id, or that of the one that
/// waits already; none where that one is not for this actor to see.
pub async fn enqueue(write: &mut Write, job: NewJob) -> Result<Option<JobId>> {
    let (county, now, id) = (write.county().0, write.now(), JobId::new());
    let (user, unit) = (write.actor().user(), write.actor().unit());
    let inserted = sqlx::query!(
        "insert into job (county_id, id, kind, payload, dedupe_key, location, run_at, created_by, unit_id, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $7)
         on conflict (county_id, kind, dedupe_key) where attempts = 0 and finished_at is null and dedupe_key is not null do nothing",
        county,
        id.0,
        job.kind.code(),
        job.payload,
        job.dedupe,
        job.location,
        now,
        user.map(|u| u.0),
        unit.map(|u| u.0),
    )
    .execute(write.conn())
    .await?;
    if inserted.rows_affected() == 1 {
        return Ok(Some(id));
    }
    Ok(sqlx::query_scalar!(
        "select id as \"id: JobId\" from job where county_id = $1 and kind = $2 and dedupe_key = $3 and attempts = 0 and finished_at is null",
        county,
        job.kind.code(),
        job.dedupe,
    )
    .fetch_optional(write.conn())
    .await?)
}

/// How far a job is, for the person who waits for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobState {
    /// Its key.
    pub id: JobId,
    /// What kind.
    pub kind: JobKind,
    /// When it was asked for.
    pub created_at: Moment,
    /// How often it was begun.
    pub attempts: i32,
    /// Pieces done.
    pub done: i32,
    /// Pieces in all; nought while that is not known.
    pub total: i32,
    /// What is being done, or why it will be tried again.
    pub note: String,
    /// When it ended, well or not.
    pub finished_at: Option<Moment>,
    /// Why it did not go well, in a sentence.
    pub failure: Option<String>,
    /// Where what came of it is shown.
    pub location: String,
}

/// A job that the reader or their unit asked for.
pub async fn find(db: &mut impl Door, id: JobId) -> Result<JobState> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        JobState,
        "select id as \"id: JobId\", kind as \"kind: JobKind\", created_at, attempts, progress_done as done, progress_total as total,
            progress_note as note, finished_at, failure, location
         from job where county_id = $1 and id = $2",
        county,
        id.0
    )
    .fetch_one(db.conn())
    .await?)
}
