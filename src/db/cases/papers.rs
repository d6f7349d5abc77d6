//! Papers: drafted, issued with a number without gaps, voided with a reason, printed.

use chrono::NaiveDate;

use crate::db::door::{Door, Write};
use crate::db::error::{DbError, Result};
use crate::domain::ids::{CaseId, ChildId, FileId, PaperId, UnitId, UserId};
use crate::domain::moment::Moment;
use crate::domain::words::PaperKind;

/// A paper as lists and pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperRow {
    /// Its key.
    pub id: PaperId,
    /// The case.
    pub case: CaseId,
    /// The child.
    pub child: ChildId,
    /// Which paper.
    pub kind: PaperKind,
    /// The organ.
    pub unit: UnitId,
    /// Its name.
    pub unit_name: String,
    /// The year of its inner number.
    pub year: Option<i16>,
    /// Its inner number.
    pub number: Option<i32>,
    /// 发文字号
    pub document_number: Option<String>,
    /// The last day, where the paper prints one.
    pub deadline_on: Option<NaiveDate>,
    /// Who drafted it.
    pub drafted_by: UserId,
    /// Their name.
    pub drafted_name: String,
    /// When.
    pub drafted_at: Moment,
    /// Who issued it.
    pub issued_name: Option<String>,
    /// When.
    pub issued_at: Option<Moment>,
    /// The day it bears.
    pub issued_on: Option<NaiveDate>,
    /// The PDF, once issued.
    pub file: Option<FileId>,
    /// SHA-256 of the PDF.
    pub sha256: Option<Vec<u8>>,
    /// When it was voided, or its draft given up.
    pub voided_at: Option<Moment>,
    /// By whom.
    pub voided_name: Option<String>,
    /// Why.
    pub void_reason: Option<String>,
    /// How often it was printed.
    pub printed_count: i32,
}

/// The papers of a case, the latest first.
pub async fn of_case(db: &mut impl Door, case: CaseId) -> Result<Vec<PaperRow>> {
    rows(db, Some(case), None).await
}

/// One paper; `NotFound` where the actor does not see it.
pub async fn one(db: &mut impl Door, id: PaperId) -> Result<PaperRow> {
    rows(db, None, Some(id)).await?.pop().ok_or(DbError::NotFound)
}

async fn rows(db: &mut impl Door, case: Option<CaseId>, id: Option<PaperId>) -> Result<Vec<PaperRow>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        PaperRow,
        "select p.id as \"id: PaperId\", p.case_id as \"case: CaseId\", p.child_id as \"child: ChildId\", p.kind as \"kind: PaperKind\",
            p.unit_id as \"unit: UnitId\", u.name as unit_name, p.year, p.number, p.document_number, p.deadline_on,
            p.drafted_by as \"drafted_by: UserId\", coalesce(d.name, '') as \"drafted_name!\", p.drafted_at, i.name as \"issued_name?\",
            p.issued_at, p.issued_on, p.file_id as \"file: FileId\", p.sha256, p.voided_at, v.name as \"voided_name?\", p.void_reason,
            p.printed_count
         from paper p
         join unit u on u.county_id = p.county_id and u.id = p.unit_id
         left join account d on d.county_id = p.county_id and d.id = p.drafted_by
         left join account i on i.county_id = p.county_id and i.id = p.issued_by
         left join account v on v.county_id = p.county_id and v.id = p.voided_by
         where p.county_id = $1 and ($2::uuid is null or p.case_id = $2) and ($3::uuid is null or p.id = $3)
         order by p.drafted_at desc, p.id",
        county,
        case.map(|c| c.0),
        id.map(|p| p.0)
    )
    .fetch_all(db.conn())
    .await?)
}

/// The facts a paper rests on, sealed into `paper.facts`, its id.
pub async fn sealed_facts(db: &mut impl Door, id: PaperId) -> Result<Vec<u8>> {
    let county = db.county().0;
    Ok(sqlx::query_scalar!("select facts_sealed from paper where county_id = $1 and id = $2", county, id.0)
        .fetch_one(db.conn())
        .await?)
}

/// A paper to be drafted.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its key; the facts are sealed into `paper.facts`, this id.
    pub id: PaperId,
    /// The case.
    pub case: CaseId,
    /// The child.
    pub child: ChildId,
    /// Which paper.
    pub kind: PaperKind,
    /// The organ that issues it.
    pub unit: UnitId,
    /// What its form says so far.
    pub facts_sealed: Vec<u8>,
    /// The last day, where the paper prints one.
    pub deadline_on: Option<NaiveDate>,
}

/// Lays a draft down.
pub async fn insert_draft(write: &mut Write, draft: &Draft) -> Result<()> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    sqlx::query!(
        "insert into paper (county_id, id, case_id, child_id, kind, unit_id, facts_sealed, deadline_on, drafted_by, drafted_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        county,
        draft.id.0,
        draft.case.0,
        draft.child.0,
        draft.kind.code(),
        draft.unit.0,
        draft.facts_sealed,
        draft.deadline_on,
        user,
        now,
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// Puts another text in the place of a draft's; `Conflict` once it was issued or given up.
pub async fn update_draft(
    write: &mut Write,
    id: PaperId,
    facts_sealed: &[u8],
    deadline_on: Option<NaiveDate>,
) -> Result<()> {
    let county = write.county().0;
    let done = sqlx::query!(
        "update paper set facts_sealed = $3, deadline_on = $4
         where county_id = $1 and id = $2 and issued_at is null and voided_at is null",
        county,
        id.0,
        facts_sealed,
        deadline_on
    )
    .execute(write.conn())
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::Conflict) }
}

/// What a paper gets at its issue.
#[derive(Debug, Clone)]
pub struct Issue {
    /// The year of its inner number.
    pub year: i16,
    /// Its inner number.
    pub number: i32,
    /// 发文字号, if the organ gives one.
    pub document_number: Option<String>,
    /// The day it bears.
    pub on: NaiveDate,
    /// The facts as printed, with full numbers, sealed.
    pub facts_sealed: Vec<u8>,
}

/// Issues a draft; `Conflict` where it was issued or given up meanwhile, `Duplicate` where the 发文字号 is taken.
pub async fn issue(write: &mut Write, id: PaperId, issue: &Issue) -> Result<()> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    let done = sqlx::query!(
        "update paper set year = $3, number = $4, document_number = $5, issued_on = $6, facts_sealed = $7, issued_at = $8, issued_by = $9
         where county_id = $1 and id = $2 and issued_at is null and voided_at is null",
        county,
        id.0,
        issue.year,
        issue.number,
        issue.document_number,
        issue.on,
        issue.facts_sealed,
        now,
        user,
    )
    .execute(write.conn())
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::Conflict) }
}

/// Ties the PDF to an issued paper; false where it has one already.
pub async fn set_file(write: &mut Write, id: PaperId, file: FileId, sha256: &[u8]) -> Result<bool> {
    let county = write.county().0;
    let done = sqlx::query!(
        "update paper set file_id = $3, sha256 = $4 where county_id = $1 and id = $2 and file_id is null",
        county,
        id.0,
        file.0,
        sha256
    )
    .execute(write.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Voids a paper, or gives a draft up; once.
pub async fn void(write: &mut Write, id: PaperId, reason: &str) -> Result<()> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    let done = sqlx::query!(
        "update paper set voided_at = $3, voided_by = $4, void_reason = $5 where county_id = $1 and id = $2 and voided_at is null",
        county,
        id.0,
        now,
        user,
        reason
    )
    .execute(write.conn())
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::Conflict) }
}

/// Counts a printing; the second and later ones are 副本.
pub async fn count_printing(write: &mut Write, id: PaperId) -> Result<i32> {
    let county = write.county().0;
    Ok(sqlx::query_scalar!(
        "update paper set printed_count = printed_count + 1 where county_id = $1 and id = $2 and issued_at is not null
         returning printed_count",
        county,
        id.0
    )
    .fetch_one(write.conn())
    .await?)
}
