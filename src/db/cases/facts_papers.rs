//! Papers, their services and what was found after a deadline, as facts.

use std::collections::HashMap;

use uuid::Uuid;

use crate::db::door::Door;
use crate::db::error::Result;
use crate::domain::case::{PaperFact, ServiceFact, SignatureFact, VerificationFact};
use crate::domain::ids::{CaseId, PaperId, ServiceId};
use crate::domain::moment::day_of;
use crate::domain::words::{PaperKind, ServiceMethod};

/// Papers with the signatures of each.
pub(super) async fn papers(
    db: &mut impl Door,
    cases: &[Uuid],
    mut signatures: HashMap<PaperId, Vec<SignatureFact>>,
) -> Result<Vec<(CaseId, PaperFact)>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select case_id as \"case: CaseId\", id as \"id: PaperId\", kind as \"kind: PaperKind\", drafted_at, issued_on, document_number,
            deadline_on, voided_at is not null as \"voided!\"
         from paper where county_id = $1 and case_id = any($2) order by drafted_at, id",
        county,
        cases
    )
    .fetch_all(db.conn())
    .await?;
    let facts = rows.into_iter().map(|row| {
        let fact = PaperFact {
            id: row.id,
            kind: row.kind,
            drafted_on: day_of(row.drafted_at),
            issued_on: row.issued_on,
            signatures: signatures.remove(&row.id).unwrap_or_default(),
            number: row.document_number,
            deadline: row.deadline_on,
            voided: row.voided,
        };
        (row.case, fact)
    });
    Ok(facts.collect())
}

/// A failed attempt takes effect on no day; it bears the day it was made.
pub(super) async fn services(db: &mut impl Door, cases: &[Uuid]) -> Result<Vec<(CaseId, ServiceFact)>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select s.case_id as \"case: CaseId\", s.id as \"id: ServiceId\", s.paper_id as \"paper: PaperId\", s.method as \"method: ServiceMethod\",
            coalesce(s.effective_on, s.delivered_on) as \"effective_on!\", s.failed,
            exists (select from evidence e where e.county_id = s.county_id and e.withdrawn_at is null
                and e.kind in ('service_proof', 'signed_notice')
                and (e.service_id = s.id or e.service_id is null and e.paper_id = s.paper_id)) as \"proof!\"
         from service s where s.county_id = $1 and s.case_id = any($2) order by s.recorded_at, s.id",
        county,
        cases
    )
    .fetch_all(db.conn())
    .await?;
    let facts = rows.into_iter().map(|row| {
        let fact = ServiceFact {
            id: row.id,
            paper: row.paper,
            method: row.method,
            effective_on: row.effective_on,
            proof: row.proof,
            failed: row.failed,
        };
        (row.case, fact)
    });
    Ok(facts.collect())
}

pub(super) async fn verifications(db: &mut impl Door, cases: &[Uuid]) -> Result<Vec<(CaseId, VerificationFact)>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select case_id as \"case: CaseId\", paper_id as \"paper: PaperId\", checked_on, returned
         from expiry_check where county_id = $1 and case_id = any($2) order by recorded_at, id",
        county,
        cases
    )
    .fetch_all(db.conn())
    .await?;
    let facts = rows
        .into_iter()
        .map(|row| (row.case, VerificationFact { paper: row.paper, on: row.checked_on, returned: row.returned }));
    Ok(facts.collect())
}
