//! Imports: the file, what was found in it, what came of it.

mod refused;

pub use refused::{NewRefused, RefusedRow, insert_refused, refused};

use chrono::NaiveDate;
use serde_json::Value;

use super::door::{Door, Write};
use super::error::Result;
use crate::domain::ids::{FileId, ImportId, JobId, SourceId, UnitId, UserId};
use crate::domain::moment::Moment;
use crate::domain::words::SourceKind;

/// An import as stored.
#[derive(Debug, Clone)]
pub struct Import {
    /// Its key.
    pub id: ImportId,
    /// What kind of roster.
    pub kind: SourceKind,
    /// The file as it came.
    pub file: FileId,
    /// Its name.
    pub file_name: String,
    /// The day it speaks of.
    pub said_on: NaiveDate,
    /// Who brought it.
    pub created_by: Option<UserId>,
    /// By name.
    pub created_by_name: Option<String>,
    /// For which unit.
    pub unit: Option<UnitId>,
    /// When.
    pub created_at: Moment,
    /// The job at work on it, or the last.
    pub job: Option<JobId>,
    /// Rows that speak of a person; none until it was read.
    pub rows: Option<i32>,
    /// Rows without a fault.
    pub good: Option<i32>,
    /// `[Fault]` of `domain::intake`.
    pub faults: Option<Value>,
    /// `[Note]` of `domain::intake`.
    pub repairs: Option<Value>,
    /// `Preview` of `app::imports`.
    pub preview: Option<Value>,
    /// Why it could not be read.
    pub unreadable: Option<String>,
    /// When it was taken in.
    pub accepted_at: Option<Moment>,
    /// good_rows or all_or_nothing
    pub mode: Option<String>,
    /// The source it became.
    pub source: Option<SourceId>,
    /// `Receipt` of `app::register`.
    pub receipt: Option<Value>,
    /// When it was taken back.
    pub undone_at: Option<Moment>,
}

/// A file brought in.
#[derive(Debug, Clone)]
pub struct NewImport {
    /// Its key.
    pub id: ImportId,
    /// What kind of roster.
    pub kind: SourceKind,
    /// The file.
    pub file: FileId,
    /// Its name.
    pub file_name: String,
    /// The day it speaks of.
    pub said_on: NaiveDate,
}

/// Records a file brought in.
pub async fn insert(write: &mut Write, new: &NewImport) -> Result<()> {
    let (county, now) = (write.county().0, write.now());
    let (by, unit) = (write.actor().user(), write.actor().unit());
    sqlx::query!(
        "insert into import (county_id, id, kind, file_id, file_name, said_on, created_by, unit_id, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        county,
        new.id.0,
        new.kind.code(),
        new.file.0,
        new.file_name,
        new.said_on,
        by.map(|u| u.0),
        unit.map(|u| u.0),
        now
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// The import of an id, if the reader may see it.
pub async fn by_id(db: &mut impl Door, id: ImportId) -> Result<Import> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        Import,
        "select i.id as \"id: ImportId\", i.kind as \"kind: SourceKind\", i.file_id as \"file: FileId\", i.file_name, i.said_on,
            i.created_by as \"created_by: UserId\", a.name as \"created_by_name?\", i.unit_id as \"unit: UnitId\", i.created_at,
            i.job_id as \"job: JobId\", i.rows, i.good, i.faults, i.repairs, i.preview, i.unreadable, i.accepted_at, i.mode,
            i.source_id as \"source: SourceId\", i.receipt, i.undone_at
         from import i left join account a on a.county_id = i.county_id and a.id = i.created_by
         where i.county_id = $1 and i.id = $2",
        county,
        id.0
    )
    .fetch_one(db.conn())
    .await?)
}

/// The latest imports that the reader may see, without their rows.
pub async fn latest(db: &mut impl Door, limit: i64) -> Result<Vec<Import>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        Import,
        "select i.id as \"id: ImportId\", i.kind as \"kind: SourceKind\", i.file_id as \"file: FileId\", i.file_name, i.said_on,
            i.created_by as \"created_by: UserId\", a.name as \"created_by_name?\", i.unit_id as \"unit: UnitId\", i.created_at,
            i.job_id as \"job: JobId\", i.rows, i.good, null::jsonb as faults, null::jsonb as repairs, null::jsonb as preview,
            i.unreadable, i.accepted_at, i.mode, i.source_id as \"source: SourceId\", i.receipt, i.undone_at
         from import i left join account a on a.county_id = i.county_id and a.id = i.created_by
         where i.county_id = $1 order by i.created_at desc limit $2",
        county,
        limit
    )
    .fetch_all(db.conn())
    .await?)
}

/// What reading a file found.
#[derive(Debug, Clone)]
pub struct Found {
    /// Rows that speak of a person.
    pub rows: i32,
    /// Rows without a fault.
    pub good: i32,
    /// Faults as JSON.
    pub faults: Value,
    /// Repairs as JSON.
    pub repairs: Value,
    /// Differences as JSON.
    pub preview: Value,
}

/// Records what reading found.
pub async fn set_found(write: &mut Write, id: ImportId, found: &Found) -> Result<()> {
    let county = write.county().0;
    sqlx::query!(
        "update import set rows = $3, good = $4, faults = $5, repairs = $6, preview = $7, unreadable = null
         where county_id = $1 and id = $2 and accepted_at is null",
        county,
        id.0,
        found.rows,
        found.good,
        found.faults,
        found.repairs,
        found.preview
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// Records that the file cannot be read.
pub async fn set_unreadable(write: &mut Write, id: ImportId, why: &str) -> Result<()> {
    let county = write.county().0;
    sqlx::query!("update import set unreadable = $3 where county_id = $1 and id = $2", county, id.0, why)
        .execute(write.conn())
        .await?;
    Ok(())
}

/// Names the job at work on an import.
pub async fn set_job(write: &mut Write, id: ImportId, job: JobId) -> Result<()> {
    let county = write.county().0;
    sqlx::query!("update import set job_id = $3 where county_id = $1 and id = $2", county, id.0, job.0)
        .execute(write.conn())
        .await?;
    Ok(())
}

/// Records that it was taken in; false when it already was.
pub async fn set_accepted(
    write: &mut Write,
    id: ImportId,
    mode: &str,
    source: SourceId,
    receipt: &Value,
) -> Result<bool> {
    let (county, now, by) = (write.county().0, write.now(), write.actor().user());
    let done = sqlx::query!(
        "update import set accepted_at = $3, accepted_by = $4, mode = $5, source_id = $6, receipt = $7
         where county_id = $1 and id = $2 and accepted_at is null",
        county,
        id.0,
        now,
        by.map(|u| u.0),
        mode,
        source.0,
        receipt
    )
    .execute(write.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Records that it was taken back; false when it was not in.
pub async fn set_undone(write: &mut Write, id: ImportId) -> Result<bool> {
    let (county, now, by) = (write.county().0, write.now(), write.actor().user());
    let done = sqlx::query!(
        "update import set undone_at = $3, undone_by = $4
         where county_id = $1 and id = $2 and accepted_at is not null and undone_at is null",
        county,
        id.0,
        now,
        by.map(|u| u.0)
    )
    .execute(write.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether work rests on what a source said: cases or answered checks of children that only it names.
pub async fn dependents(db: &mut impl Door, source: SourceId) -> Result<i64> {
    let county = db.county().0;
    Ok(sqlx::query_scalar!(
        "select count(distinct s.child_id) as \"n!\" from statement s
         where s.county_id = $1 and s.source_id = $2 and s.undone_at is null
           and not exists (select from statement o where o.county_id = s.county_id and o.child_id = s.child_id
                and o.source_id <> $2 and o.undone_at is null)
           and (exists (select from child_case c where c.county_id = s.county_id and c.child_id = s.child_id)
                or exists (select from check_answer a where a.county_id = s.county_id and a.child_id = s.child_id))",
        county,
        source.0
    )
    .fetch_one(db.conn())
    .await?)
}
