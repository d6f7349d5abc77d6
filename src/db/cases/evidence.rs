//! Evidence: files tied to what they prove.

use chrono::NaiveDate;

use crate::db::door::{Door, Write};
use crate::db::error::Result;
use crate::domain::ids::{CaseId, CheckId, ChildId, EvidenceId, FileId, PaperId, ServiceId, StepId, UserId, VisitId};
use crate::domain::moment::Moment;
use crate::domain::words::EvidenceKind;

/// A file and what it proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What it is.
    pub kind: EvidenceKind,
    /// What it is called, where the kind does not say it.
    pub title: String,
    /// The file.
    pub file: FileId,
    /// The day of the fact, which is not the day of the upload.
    pub fact_on: NaiveDate,
    /// Of a visit.
    pub visit: Option<VisitId>,
    /// Of a service.
    pub service: Option<ServiceId>,
    /// Of a paper.
    pub paper: Option<PaperId>,
    /// Of a recorded step.
    pub step: Option<StepId>,
}

/// A file of evidence with what a page shows beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRow {
    /// Its key.
    pub id: EvidenceId,
    /// What it proves.
    pub evidence: Evidence,
    /// The answer of a check that it proves.
    pub check_answer: Option<CheckId>,
    /// image/jpeg, application/pdf …
    pub media: String,
    /// A smaller picture is there for showing.
    pub has_display: bool,
    /// Who filed it.
    pub added_by: UserId,
    /// Their name.
    pub added_name: String,
    /// When.
    pub added_at: Moment,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Moment>,
    /// Why.
    pub withdraw_reason: Option<String>,
}

/// The evidence of a case, the latest first; withdrawn files too.
pub async fn of_case(db: &mut impl Door, case: CaseId) -> Result<Vec<EvidenceRow>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select e.id as \"id: EvidenceId\", e.kind as \"kind: EvidenceKind\", e.title, e.file_id as \"file: FileId\", e.fact_on,
            e.visit_id as \"visit: VisitId\", e.service_id as \"service: ServiceId\", e.paper_id as \"paper: PaperId\", e.step_id as \"step: StepId\",
            e.check_answer_id as \"check_answer: CheckId\", f.media, f.has_display, e.added_by as \"added_by: UserId\", coalesce(a.name, '') as \"added_name!\", e.added_at,
            e.withdrawn_at, e.withdraw_reason
         from evidence e
         join file f on f.county_id = e.county_id and f.id = e.file_id
         left join account a on a.county_id = e.county_id and a.id = e.added_by
         where e.county_id = $1 and e.case_id = $2 order by e.added_at desc, e.id",
        county,
        case.0
    )
    .fetch_all(db.conn())
    .await?;
    let row = rows.into_iter().map(|r| EvidenceRow {
        id: r.id,
        evidence: Evidence {
            kind: r.kind,
            title: r.title,
            file: r.file,
            fact_on: r.fact_on,
            visit: r.visit,
            service: r.service,
            paper: r.paper,
            step: r.step,
        },
        check_answer: r.check_answer,
        media: r.media,
        has_display: r.has_display,
        added_by: r.added_by,
        added_name: r.added_name,
        added_at: r.added_at,
        withdrawn_at: r.withdrawn_at,
        withdraw_reason: r.withdraw_reason,
    });
    Ok(row.collect())
}

/// Files evidence in a case.
pub async fn insert(write: &mut Write, (case, child): (CaseId, ChildId), new: &Evidence) -> Result<EvidenceId> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    let id = EvidenceId::new();
    sqlx::query!(
        "insert into evidence (county_id, id, child_id, case_id, kind, title, file_id, fact_on, visit_id, service_id, paper_id,
            step_id, added_by, added_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        county,
        id.0,
        child.0,
        case.0,
        new.kind.code(),
        new.title,
        new.file.0,
        new.fact_on,
        new.visit.map(|v| v.0),
        new.service.map(|s| s.0),
        new.paper.map(|p| p.0),
        new.step.map(|s| s.0),
        user,
        now,
    )
    .execute(write.conn())
    .await?;
    Ok(id)
}

/// A file of evidence, as far as its withdrawal asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// The case; none for a check's proof.
    pub case: Option<CaseId>,
    /// The child.
    pub child: ChildId,
    /// What it is.
    pub kind: EvidenceKind,
    /// The file.
    pub file: FileId,
    /// Who filed it.
    pub added_by: UserId,
    /// It was withdrawn before.
    pub withdrawn: bool,
}

/// One file of evidence; `NotFound` where the actor does not see it.
pub async fn one(db: &mut impl Door, id: EvidenceId) -> Result<Filed> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        Filed,
        "select case_id as \"case: CaseId\", child_id as \"child: ChildId\", kind as \"kind: EvidenceKind\", file_id as \"file: FileId\",
            added_by as \"added_by: UserId\", withdrawn_at is not null as \"withdrawn!\"
         from evidence where county_id = $1 and id = $2",
        county,
        id.0
    )
    .fetch_one(db.conn())
    .await?)
}

/// Withdraws a file with its reason; false when it was withdrawn before.
pub async fn withdraw(write: &mut Write, id: EvidenceId, reason: &str) -> Result<bool> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    let done = sqlx::query!(
        "update evidence set withdrawn_at = $3, withdrawn_by = $4, withdraw_reason = $5
         where county_id = $1 and id = $2 and withdrawn_at is null",
        county,
        id.0,
        now,
        user,
        reason
    )
    .execute(write.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets the row that corrects a visit carry the photographs and sheets of the row it corrects.
pub async fn carry_over(write: &mut Write, from: VisitId, to: VisitId) -> Result<()> {
    let (county, now) = (write.county().0, write.now());
    let files = sqlx::query!(
        "select id from evidence where county_id = $1 and visit_id = $2 and withdrawn_at is null and kind = 'visit_photo'",
        county,
        from.0
    )
    .fetch_all(write.conn())
    .await?;
    for file in files {
        sqlx::query!(
            "insert into evidence (county_id, id, child_id, case_id, kind, title, file_id, fact_on, visit_id, added_by, added_at)
             select county_id, $3, child_id, case_id, kind, title, file_id, fact_on, $4, added_by, $5
             from evidence where county_id = $1 and id = $2",
            county,
            file.id,
            EvidenceId::new().0,
            to.0,
            now
        )
        .execute(write.conn())
        .await?;
    }
    Ok(())
}

/// SHA-256 of every file filed with a visit.
pub async fn hashes_of_visit(db: &mut impl Door, visit: VisitId) -> Result<Vec<Vec<u8>>> {
    let county = db.county().0;
    Ok(sqlx::query_scalar!(
        "select f.sha256 from evidence e join file f on f.county_id = e.county_id and f.id = e.file_id
         where e.county_id = $1 and e.visit_id = $2",
        county,
        visit.0
    )
    .fetch_all(db.conn())
    .await?)
}
