//! Evidence, plans, dispositions, returns, strike-offs, reopenings and after-care as facts.

use uuid::Uuid;

use crate::db::door::Door;
use crate::db::error::Result;
use crate::domain::case::{
    AfterCareFact, DecisionFact, DispositionFact, EvidenceFact, ExcuseFact, PlanFact, ReopenFact, ReturnFact,
    StrikeOffFact,
};
use crate::domain::ids::{CaseId, ChildId, DispositionId, UserId};
use crate::domain::moment::day_of;
use crate::domain::words::{DispositionKind, EvidenceKind};

/// Files of the case itself: those of a visit or a service speak for these.
pub(super) async fn evidence(db: &mut impl Door, cases: &[Uuid]) -> Result<Vec<(CaseId, EvidenceFact)>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select case_id as \"case!: CaseId\", kind as \"kind: EvidenceKind\", added_at
         from evidence where county_id = $1 and case_id = any($2) and withdrawn_at is null and visit_id is null and service_id is null and step_id is null
         order by added_at, id",
        county,
        cases
    )
    .fetch_all(db.conn())
    .await?;
    Ok(rows.into_iter().map(|r| (r.case, EvidenceFact::of(r.kind, day_of(r.added_at)))).collect())
}

pub(super) async fn dispositions(db: &mut impl Door, cases: &[Uuid]) -> Result<Vec<(CaseId, DispositionFact)>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select d.case_id as \"case: CaseId\", d.id as \"id: DispositionId\", d.kind as \"kind: DispositionKind\", d.proposed_on,
            d.proposed_by as \"proposed_by: UserId\", x.approved as \"approved?\", x.decided_on as \"decided_on?\",
            x.decided_by as \"decided_by?: UserId\"
         from disposition d
         left join disposition_decision x on x.county_id = d.county_id and x.disposition_id = d.id
         where d.county_id = $1 and d.case_id = any($2) order by d.proposed_at, d.id",
        county,
        cases
    )
    .fetch_all(db.conn())
    .await?;
    let facts = rows.into_iter().map(|row| {
        let decided = DecisionFact::of(row.approved, row.decided_on, row.decided_by);
        let fact = DispositionFact {
            id: row.id,
            kind: row.kind,
            proposed_on: row.proposed_on,
            proposed_by: row.proposed_by,
            until: None,
            approvals: Vec::new(),
            decided,
        };
        (row.case, fact)
    });
    Ok(facts.collect())
}

pub(super) async fn returns(db: &mut impl Door, cases: &[Uuid]) -> Result<Vec<(CaseId, ReturnFact)>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select case_id as \"case: CaseId\", returned_on, confirmed_at, confirmed_by as \"confirmed_by: UserId\"
         from school_return where county_id = $1 and case_id = any($2) order by confirmed_at, id",
        county,
        cases
    )
    .fetch_all(db.conn())
    .await?;
    let facts = rows.into_iter().map(|row| {
        let confirmed_on = day_of(row.confirmed_at);
        (row.case, ReturnFact { on: row.returned_on, confirmed_on, confirmed_by: row.confirmed_by })
    });
    Ok(facts.collect())
}

pub(super) async fn strike_offs(db: &mut impl Door, cases: &[Uuid]) -> Result<Vec<(CaseId, StrikeOffFact)>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select case_id as \"case: CaseId\", struck_on, conclusion as \"conclusion: DispositionKind\"
         from strike_off where county_id = $1 and case_id = any($2) order by struck_at, id",
        county,
        cases
    )
    .fetch_all(db.conn())
    .await?;
    Ok(rows.into_iter().map(|r| (r.case, StrikeOffFact { on: r.struck_on, conclusion: r.conclusion })).collect())
}

pub(super) async fn reopenings(db: &mut impl Door, cases: &[Uuid]) -> Result<Vec<(CaseId, ReopenFact)>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select case_id as \"case: CaseId\", reopened_on from reopening where county_id = $1 and case_id = any($2)
         order by reopened_at, id",
        county,
        cases
    )
    .fetch_all(db.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.case, ReopenFact { on: row.reopened_on })).collect())
}

pub(super) async fn after_care(db: &mut impl Door, cases: &[Uuid]) -> Result<Vec<(CaseId, AfterCareFact)>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select case_id as \"case: CaseId\", after_days, contacted_on, at_school
         from aftercare where county_id = $1 and case_id = any($2) order by recorded_at, id",
        county,
        cases
    )
    .fetch_all(db.conn())
    .await?;
    let facts = rows.into_iter().map(|row| {
        let milestone = u16::try_from(row.after_days).unwrap_or_default();
        (row.case, AfterCareFact { milestone, on: row.contacted_on, at_school: row.at_school })
    });
    Ok(facts.collect())
}

/// The plan in force of each case: the one written last.
pub(super) async fn plans(db: &mut impl Door, cases: &[Uuid]) -> Result<Vec<(CaseId, PlanFact)>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select distinct on (case_id) case_id as \"case: CaseId\", written_at, review_on
         from plan where county_id = $1 and case_id = any($2) order by case_id, written_at desc, id",
        county,
        cases
    )
    .fetch_all(db.conn())
    .await?;
    let facts =
        rows.into_iter().map(|row| (row.case, PlanFact { made_on: day_of(row.written_at), review_on: row.review_on }));
    Ok(facts.collect())
}

/// 休学 on the roll: a time for which being away is in order.
pub(super) async fn excuses(db: &mut impl Door, children: &[Uuid]) -> Result<Vec<(ChildId, ExcuseFact)>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select child_id as \"child: ChildId\", from_on, until_on
         from roll where county_id = $1 and child_id = any($2) and status = 'suspended' order by from_on, id",
        county,
        children
    )
    .fetch_all(db.conn())
    .await?;
    let facts = rows.into_iter().map(|row| {
        (row.child, ExcuseFact { kind: DispositionKind::Suspension, from: row.from_on, until: row.until_on })
    });
    Ok(facts.collect())
}
