//! The case itself: opening, finding, locking for an act, counting its facts.

use chrono::{Datelike as _, NaiveDate};

use crate::db::door::{Door, Write};
use crate::db::error::{DbError, Result};
use crate::domain::ids::{CaseId, CheckId, ChildId, UnitId};
use crate::domain::words::{CaseKind, CaseOrigin, Sex};

/// A case and what its lists and tasks say of the child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseHead {
    /// Its key.
    pub id: CaseId,
    /// Whose case it is.
    pub child: ChildId,
    /// For the spine of the file: 2026-0017.
    pub number: String,
    /// How many facts have been added; an act names the count its page showed.
    pub version: i32,
    /// 失学 or 中途辍学.
    pub kind: CaseKind,
    /// What opened it.
    pub origin: CaseOrigin,
    /// The day it entered the ledger.
    pub opened_on: NaiveDate,
    /// The day it was confirmed on the spot.
    pub confirmed_on: Option<NaiveDate>,
    /// The township that acts.
    pub acting_township: UnitId,
    /// The school of the roll, or of the catchment.
    pub school: Option<UnitId>,
    /// The class, where the child is on a roll.
    pub class: Option<UnitId>,
    /// The child's name.
    pub name: String,
    /// The child's sex.
    pub sex: Sex,
    /// Day of birth.
    pub birth: NaiveDate,
    /// Grade 1 to 9.
    pub grade: Option<i16>,
    /// 户籍地
    pub domicile_township: Option<UnitId>,
    /// 户籍地
    pub domicile_village: Option<UnitId>,
    /// 居住地
    pub residence_township: Option<UnitId>,
    /// 居住地
    pub residence_village: Option<UnitId>,
}

/// The cases of these ids that the actor sees; in no order.
pub async fn heads(db: &mut impl Door, ids: &[CaseId]) -> Result<Vec<CaseHead>> {
    let (county, ids) = (db.county().0, uuids(ids));
    Ok(sqlx::query_as!(
        CaseHead,
        "select c.id as \"id: CaseId\", c.child_id as \"child: ChildId\", c.number, c.version, c.kind as \"kind: CaseKind\",
            c.origin as \"origin: CaseOrigin\", c.opened_on, c.confirmed_on, c.acting_township as \"acting_township: UnitId\",
            coalesce(ch.school_id, c.school_id) as \"school: UnitId\", ch.class_id as \"class: UnitId\", ch.name,
            ch.sex as \"sex: Sex\", ch.birth, ch.grade, ch.domicile_township as \"domicile_township: UnitId\",
            ch.domicile_village as \"domicile_village: UnitId\", ch.residence_township as \"residence_township: UnitId\",
            ch.residence_village as \"residence_village: UnitId\"
         from child_case c join child ch on ch.county_id = c.county_id and ch.id = c.child_id
         where c.county_id = $1 and c.id = any($2)",
        county,
        &ids
    )
    .fetch_all(db.conn())
    .await?)
}

/// One case; `NotFound` where the actor does not see it.
pub async fn head(db: &mut impl Door, id: CaseId) -> Result<CaseHead> {
    heads(db, &[id]).await?.into_iter().next().ok_or(DbError::NotFound)
}

/// The cases of these children.
pub async fn of_children(db: &mut impl Door, children: &[ChildId]) -> Result<Vec<CaseId>> {
    let county = db.county().0;
    let children: Vec<uuid::Uuid> = children.iter().map(|child| child.0).collect();
    Ok(sqlx::query_scalar!(
        "select id as \"id: CaseId\" from child_case where county_id = $1 and child_id = any($2) order by number",
        county,
        &children
    )
    .fetch_all(db.conn())
    .await?)
}

/// Every case of the county, for a recomputation.
pub async fn all(db: &mut impl Door) -> Result<Vec<CaseId>> {
    let county = db.county().0;
    Ok(sqlx::query_scalar!("select id as \"id: CaseId\" from child_case where county_id = $1 order by number", county)
        .fetch_all(db.conn())
        .await?)
}

/// Locks a case until the transaction ends. With `seen`, the count its page showed, a newer one is a `Conflict`.
pub async fn lock(write: &mut Write, id: CaseId, seen: Option<i32>) -> Result<i32> {
    let county = write.county().0;
    let version =
        sqlx::query_scalar!("select version from child_case where county_id = $1 and id = $2 for update", county, id.0)
            .fetch_one(write.conn())
            .await?;
    if seen.is_some_and(|seen| seen != version) { Err(DbError::Conflict) } else { Ok(version) }
}

/// Locks cases, always in the same order, so that what is computed of them is of all facts that are committed.
pub async fn lock_all(write: &mut Write, ids: &[CaseId]) -> Result<()> {
    let (county, ids) = (write.county().0, uuids(ids));
    sqlx::query!(
        "select id from child_case where county_id = $1 and id = any($2) order by id for no key update",
        county,
        &ids
    )
    .fetch_all(write.conn())
    .await?;
    Ok(())
}

/// Counts one more fact.
pub async fn bump(write: &mut Write, id: CaseId) -> Result<()> {
    let county = write.county().0;
    sqlx::query!("update child_case set version = version + 1 where county_id = $1 and id = $2", county, id.0)
        .execute(write.conn())
        .await?;
    Ok(())
}

/// A case to be opened.
#[derive(Debug, Clone)]
pub struct NewCase {
    /// Its key.
    pub id: CaseId,
    /// Whose.
    pub child: ChildId,
    /// 失学 or 中途辍学.
    pub kind: CaseKind,
    /// What opened it.
    pub origin: CaseOrigin,
    /// The day the child was found or missed.
    pub opened_on: NaiveDate,
    /// The day it was found out of school on the spot; none while suspected.
    pub confirmed_on: Option<NaiveDate>,
    /// The check it came from.
    pub check: Option<CheckId>,
    /// The township that acts.
    pub acting_township: UnitId,
    /// The school of the roll, or of the catchment.
    pub school: Option<UnitId>,
    /// Who found the child, and how; empty where a check tells it.
    pub found: (String, String),
}

/// Opens a case under the county's next number of the year, which it answers.
pub async fn insert(write: &mut Write, new: &NewCase) -> Result<String> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    let number = next_number(write, new.opened_on).await?;
    sqlx::query!(
        "insert into child_case (county_id, id, child_id, number, kind, origin, opened_on, opened_by, opened_at, confirmed_on,
            confirmed_by, check_id, acting_township, school_id, found_by, found_how)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, case when $10::date is null then null else $8::uuid end, $11, $12, $13, $14, $15)",
        county,
        new.id.0,
        new.child.0,
        number,
        new.kind.code(),
        new.origin.code(),
        new.opened_on,
        user,
        now,
        new.confirmed_on,
        new.check.map(|c| c.0),
        new.acting_township.0,
        new.school.map(|s| s.0),
        new.found.0,
        new.found.1,
    )
    .execute(write.conn())
    .await?;
    Ok(number)
}

/// Counts within county and year; the counter's row stays locked, so that no number is left out.
async fn next_number(write: &mut Write, day: NaiveDate) -> Result<String> {
    let (county, year) = (write.county().0, i16::try_from(day.year()).unwrap_or(i16::MAX));
    let number = sqlx::query_scalar!(
        "insert into case_counter (county_id, year, next_number) values ($1, $2, 2)
         on conflict (county_id, year) do update set next_number = case_counter.next_number + 1
         returning next_number - 1 as \"number!\"",
        county,
        year
    )
    .fetch_one(write.conn())
    .await?;
    Ok(format!("{year}-{number:04}"))
}

/// Writes down that the child was found out of school on the spot; once.
pub async fn confirm(write: &mut Write, id: CaseId, on: NaiveDate) -> Result<()> {
    let (county, user) = (write.county().0, write.actor().user().map(|u| u.0));
    let done = sqlx::query!(
        "update child_case set confirmed_on = $3, confirmed_by = $4 where county_id = $1 and id = $2 and confirmed_on is null",
        county,
        id.0,
        on,
        user
    )
    .execute(write.conn())
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::Conflict) }
}

pub(super) fn uuids(ids: &[CaseId]) -> Vec<uuid::Uuid> {
    ids.iter().map(|id| id.0).collect()
}
