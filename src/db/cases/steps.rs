//! Steps of the ladder that are neither visit nor paper, steps passed over, and signatures under shared papers.

use chrono::NaiveDate;

use super::endings::{Of, Proposed};
use crate::db::door::{Door, Write};
use crate::db::error::Result;
use crate::domain::ids::{PaperId, StepId, UnitId};
use crate::domain::policy::{Organ, Rung};

/// A step that was taken.
#[derive(Debug, Clone)]
pub struct NewStep {
    /// Which.
    pub rung: Rung,
    /// The day.
    pub on: NaiveDate,
    /// What is said to it; may be empty.
    pub note: String,
    /// For which unit it is recorded.
    pub unit: UnitId,
}

/// Records a step.
pub async fn insert_step(write: &mut Write, (case, child): Of, new: &NewStep) -> Result<StepId> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    let id = StepId::new();
    sqlx::query!(
        "insert into ladder_step (county_id, id, case_id, child_id, rung, taken_on, note, recorded_by, recorded_unit, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        county,
        id.0,
        case.0,
        child.0,
        new.rung.code(),
        new.on,
        new.note,
        user,
        new.unit.0,
        now,
    )
    .execute(write.conn())
    .await?;
    Ok(id)
}

/// Proposes to pass a step over.
pub async fn propose_skip(
    write: &mut Write,
    (case, child): Of,
    (rung, unit): (Rung, UnitId),
    (on, reason): (NaiveDate, &str),
) -> Result<StepId> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    let id = StepId::new();
    sqlx::query!(
        "insert into ladder_skip (county_id, id, case_id, child_id, rung, reason, proposed_by, proposed_unit, proposed_on, proposed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        county,
        id.0,
        case.0,
        child.0,
        rung.code(),
        reason,
        user,
        unit.0,
        on,
        now,
    )
    .execute(write.conn())
    .await?;
    Ok(id)
}

/// Who proposed to pass a step over, and why; none that the reader does not see.
pub async fn skip_proposed(db: &mut impl Door, id: StepId) -> Result<Option<Proposed>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        Proposed,
        "select coalesce(a.name, '') as \"name!\", s.proposed_unit as \"unit: UnitId\", s.reason as note from ladder_skip s
         left join account a on a.county_id = s.county_id and a.id = s.proposed_by
         where s.county_id = $1 and s.id = $2",
        county,
        id.0
    )
    .fetch_optional(db.conn())
    .await?)
}

/// Writes down what the second person decided; a second decision is a `Duplicate`.
pub async fn decide_skip(
    write: &mut Write,
    (case, child): Of,
    skip: StepId,
    (approved, on, reason): (bool, NaiveDate, &str),
) -> Result<()> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    sqlx::query!(
        "insert into ladder_skip_decision (county_id, skip_id, case_id, child_id, approved, decided_on, reason, decided_by, decided_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        county,
        skip.0,
        case.0,
        child.0,
        approved,
        on,
        reason,
        user,
        now,
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// Signs a paper for an organ; each organ signs once, a second time is a `Duplicate`.
pub async fn sign_paper(
    write: &mut Write,
    (case, child): Of,
    paper: PaperId,
    (organ, unit, on): (Organ, UnitId, NaiveDate),
) -> Result<()> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    sqlx::query!(
        "insert into paper_signature (county_id, paper_id, case_id, child_id, organ, unit_id, signed_on, signed_by, signed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        county,
        paper.0,
        case.0,
        child.0,
        organ.code(),
        unit.0,
        on,
        user,
        now,
    )
    .execute(write.conn())
    .await?;
    Ok(())
}
