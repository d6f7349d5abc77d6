//! Recorded steps, steps passed over and signatures under shared papers, as facts.

use uuid::Uuid;

use crate::db::door::Door;
use crate::db::error::Result;
use crate::domain::case::{DecisionFact, SignatureFact, SkipFact, StepFact};
use crate::domain::ids::{CaseId, PaperId, StepId, UserId};
use crate::domain::policy::{Organ, Rung};

pub(super) async fn steps(db: &mut impl Door, cases: &[Uuid]) -> Result<Vec<(CaseId, StepFact)>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select s.case_id as \"case: CaseId\", s.id as \"id: StepId\", s.rung as \"rung: Rung\", s.taken_on, s.received_on,
            exists (select from evidence e where e.county_id = s.county_id and e.step_id = s.id and e.withdrawn_at is null) as \"scan!\"
         from ladder_step s where s.county_id = $1 and s.case_id = any($2) order by s.recorded_at, s.id",
        county,
        cases
    )
    .fetch_all(db.conn())
    .await?;
    let fact = |id, rung, on, scan, received_on| StepFact { id, rung, on, scan, received_on };
    Ok(rows.into_iter().map(|r| (r.case, fact(r.id, r.rung, r.taken_on, r.scan, r.received_on))).collect())
}

pub(super) async fn skips(db: &mut impl Door, cases: &[Uuid]) -> Result<Vec<(CaseId, SkipFact)>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select s.case_id as \"case: CaseId\", s.id as \"id: StepId\", s.rung as \"rung: Rung\", s.proposed_on,
            s.proposed_by as \"proposed_by: UserId\", x.approved as \"approved?\", x.decided_on as \"decided_on?\",
            x.decided_by as \"decided_by?: UserId\"
         from ladder_skip s
         left join ladder_skip_decision x on x.county_id = s.county_id and x.skip_id = s.id
         where s.county_id = $1 and s.case_id = any($2) order by s.proposed_at, s.id",
        county,
        cases
    )
    .fetch_all(db.conn())
    .await?;
    let facts = rows.into_iter().map(|row| {
        let decided = DecisionFact::of(row.approved, row.decided_on, row.decided_by);
        let (id, rung, proposed_on, proposed_by) = (row.id, row.rung, row.proposed_on, row.proposed_by);
        (row.case, SkipFact { id, rung, proposed_on, proposed_by, decided })
    });
    Ok(facts.collect())
}

/// By paper.
pub(super) async fn signatures(db: &mut impl Door, cases: &[Uuid]) -> Result<Vec<(PaperId, SignatureFact)>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select paper_id as \"paper: PaperId\", organ as \"organ: Organ\", signed_on, signed_by as \"signed_by: UserId\"
         from paper_signature where county_id = $1 and case_id = any($2) order by signed_at, organ",
        county,
        cases
    )
    .fetch_all(db.conn())
    .await?;
    let fact = |organ, on, by| SignatureFact { organ, on, by };
    Ok(rows.into_iter().map(|r| (r.paper, fact(r.organ, r.signed_on, r.signed_by))).collect())
}
