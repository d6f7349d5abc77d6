//! What was answered to a check: never changed; a later answer stands beside it.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::db::door::{Door, Write};
use crate::db::error::Result;
use crate::domain::ids::{CheckId, ChildId, EvidenceId, FileId, StatementId, UnitId};
use crate::domain::moment::Moment;
use crate::domain::words::{CheckFinding, EvidenceKind};

/// An answer to be stored.
#[derive(Debug, Clone)]
pub struct NewAnswer {
    /// Its key.
    pub id: StatementId,
    /// The check.
    pub check: CheckId,
    /// The child.
    pub child: ChildId,
    /// What was found.
    pub finding: CheckFinding,
    /// When.
    pub found_on: NaiveDate,
    /// For 在外地就读: province, city, county, school, grade.
    pub elsewhere: Option<String>,
    /// Anything else.
    pub note: String,
    /// page, sheet or bulk
    pub via: &'static str,
}

/// Stores an answer.
pub async fn insert_answer(write: &mut Write, new: &NewAnswer) -> Result<()> {
    let (county, now) = (write.county().0, write.now());
    let (by, unit) = (write.actor().user(), write.actor().unit());
    sqlx::query!(
        "insert into check_answer (county_id, id, check_id, child_id, finding, found_on, elsewhere, note, answered_by, unit_id, via,
            answered_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        county,
        new.id.0,
        new.check.0,
        new.child.0,
        new.finding.code(),
        new.found_on,
        new.elsewhere,
        new.note,
        by.map(|u| u.0),
        unit.map(|u| u.0),
        new.via,
        now
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// An answer as stored.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its key.
    pub id: StatementId,
    /// What was found.
    pub finding: CheckFinding,
    /// When.
    pub found_on: NaiveDate,
    /// For 在外地就读.
    pub elsewhere: Option<String>,
    /// Anything else.
    pub note: String,
    /// By whom.
    pub by: Option<String>,
    /// For which unit.
    pub unit: Option<UnitId>,
    /// When it was written down.
    pub answered_at: Moment,
    /// Files that prove it, in the order in which they came.
    pub proofs: Vec<Uuid>,
}

/// The answers to a check, the latest first.
pub async fn answers(db: &mut impl Door, check: CheckId) -> Result<Vec<Answer>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        Answer,
        "select w.id as \"id: StatementId\", w.finding as \"finding: CheckFinding\", w.found_on, w.elsewhere, w.note, a.name as \"by?\",
            w.unit_id as \"unit: UnitId\", w.answered_at,
            array(select e.file_id from evidence e where e.county_id = w.county_id and e.check_answer_id = w.id
                and e.withdrawn_at is null order by e.added_at, e.id) as \"proofs!: Vec<Uuid>\"
         from check_answer w left join account a on a.county_id = w.county_id and a.id = w.answered_by
         where w.county_id = $1 and w.check_id = $2 order by w.answered_at desc",
        county,
        check.0
    )
    .fetch_all(db.conn())
    .await?)
}

/// Ties a stored file to an answer, as its proof.
pub async fn insert_proof(
    write: &mut Write,
    answer: StatementId,
    child: ChildId,
    kind: EvidenceKind,
    file: FileId,
    on: NaiveDate,
) -> Result<()> {
    let (county, now) = (write.county().0, write.now());
    let Some(by) = write.actor().user() else { return Ok(()) };
    sqlx::query!(
        "insert into evidence (county_id, id, child_id, kind, file_id, fact_on, check_answer_id, added_by, added_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        county,
        EvidenceId::new().0,
        child.0,
        kind.code(),
        file.0,
        on,
        answer.0,
        by.0,
        now
    )
    .execute(write.conn())
    .await?;
    Ok(())
}
