//! The workers' side of the queue, through the gate: claim, keep hold, say how far, end.
//!
//! A claim is a lock with an end and a number. A worker that dies holds it until then; one that was only slow and comes
//! back finds that the number has moved on, and every word of it is refused.

use chrono::TimeDelta;
use serde_json::Value;

use crate::db::door::Gate;
use crate::db::error::Result;
use crate::domain::ids::{CountyId, JobId, UnitId, UserId};
use crate::domain::job::JobKind;

/// A job in a worker's hands.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// Its county.
    pub county: CountyId,
    /// Its key.
    pub id: JobId,
    /// What kind.
    pub kind: JobKind,
    /// To what.
    pub payload: Value,
    /// Which attempt this is, from one: the claim's number.
    pub attempt: i32,
    /// After so many attempts it is given up.
    pub max_attempts: i32,
    /// Pieces that an earlier attempt has done.
    pub done: i32,
    /// Pieces in all, if an earlier attempt has counted them.
    pub total: i32,
    /// Who asked for it.
    pub created_by: Option<UserId>,
    /// For which unit.
    pub unit: Option<UnitId>,
}

/// Takes the job of these kinds that has waited longest, of any county; none that another worker holds.
pub async fn claim(gate: &mut Gate, kinds: &[JobKind], lease: TimeDelta) -> Result<Option<Claimed>> {
    let now = gate.now();
    let kinds: Vec<String> = kinds.iter().map(|kind| kind.code().to_owned()).collect();
    Ok(sqlx::query_as!(
        Claimed,
        "update job set attempts = attempts + 1, locked_until = $2
         where (county_id, id) = (
            select county_id, id from job
            where finished_at is null and run_at <= $1 and (locked_until is null or locked_until <= $1) and kind = any ($3)
            order by run_at, created_at limit 1 for update skip locked)
         returning county_id as \"county: CountyId\", id as \"id: JobId\", kind as \"kind: JobKind\", payload, attempts as attempt,
            max_attempts, progress_done as done, progress_total as total, created_by as \"created_by: UserId\", unit_id as \"unit: UnitId\"",
        now,
        now + lease,
        &kinds,
    )
    .fetch_optional(gate.conn())
    .await?)
}

/// Keeps hold; false when the claim was lost.
pub async fn hold(gate: &mut Gate, job: &Claimed, lease: TimeDelta) -> Result<bool> {
    let until = gate.now() + lease;
    let held = sqlx::query!(
        "update job set locked_until = $4 where county_id = $1 and id = $2 and attempts = $3 and finished_at is null",
        job.county.0,
        job.id.0,
        job.attempt,
        until
    )
    .execute(gate.conn())
    .await?;
    Ok(held.rows_affected() == 1)
}

/// Says how far it is; stays when the worker dies. False when the claim was lost.
pub async fn progress(gate: &mut Gate, job: &Claimed, done: i32, total: i32, note: &str) -> Result<bool> {
    let said = sqlx::query!(
        "update job set progress_done = $4, progress_total = $5, progress_note = $6
         where county_id = $1 and id = $2 and attempts = $3 and finished_at is null",
        job.county.0,
        job.id.0,
        job.attempt,
        done,
        total,
        note
    )
    .execute(gate.conn())
    .await?;
    Ok(said.rows_affected() == 1)
}

/// Ends it, well or with a sentence. False when the claim was lost.
pub async fn finish(gate: &mut Gate, job: &Claimed, failure: Option<&str>) -> Result<bool> {
    let now = gate.now();
    let ended = sqlx::query!(
        "update job set finished_at = $4, failure = $5, locked_until = null, progress_note = ''
         where county_id = $1 and id = $2 and attempts = $3 and finished_at is null",
        job.county.0,
        job.id.0,
        job.attempt,
        now,
        failure
    )
    .execute(gate.conn())
    .await?;
    Ok(ended.rows_affected() == 1)
}

/// Lets go of it until a later moment, with the reason for the person who waits. False when the claim was lost.
pub async fn postpone(gate: &mut Gate, job: &Claimed, delay: TimeDelta, note: &str) -> Result<bool> {
    let at = gate.now() + delay;
    let postponed = sqlx::query!(
        "update job set run_at = $4, locked_until = null, progress_note = $5
         where county_id = $1 and id = $2 and attempts = $3 and finished_at is null",
        job.county.0,
        job.id.0,
        job.attempt,
        at,
        note
    )
    .execute(gate.conn())
    .await?;
    Ok(postponed.rows_affected() == 1)
}

/// Lets go of it at once because the program stops; this attempt does not count.
pub async fn release(gate: &mut Gate, job: &Claimed) -> Result<()> {
    sqlx::query!(
        "update job set locked_until = null, max_attempts = max_attempts + 1
         where county_id = $1 and id = $2 and attempts = $3 and finished_at is null",
        job.county.0,
        job.id.0,
        job.attempt
    )
    .execute(gate.conn())
    .await?;
    Ok(())
}

/// Asks for a job of the system's own unless it was asked for before under this key, done or not. True when it is new.
pub async fn enqueue_once(gate: &mut Gate, county: CountyId, kind: JobKind, key: &str) -> Result<bool> {
    let (now, id) = (gate.now(), JobId::new());
    let inserted = sqlx::query!(
        "insert into job (county_id, id, kind, payload, dedupe_key, run_at, created_at)
         select $1, $2, $3, '{}', $4, $5, $5
         where not exists (select from job where county_id = $1 and kind = $3 and dedupe_key = $4)
         on conflict (county_id, kind, dedupe_key) where attempts = 0 and finished_at is null and dedupe_key is not null do nothing",
        county.0,
        id.0,
        kind.code(),
        key,
        now,
    )
    .execute(gate.conn())
    .await?;
    Ok(inserted.rows_affected() == 1)
}
