//! Visits as facts: with those who went and the media that arrived.

use std::collections::HashMap;

use uuid::Uuid;

use crate::db::door::Door;
use crate::db::error::Result;
use crate::domain::case::{ParticipantFact, VisitFact};
use crate::domain::ids::{CaseId, UnitId, UserId, VisitId};
use crate::domain::moment::day_of;
use crate::domain::role::UnitKind;
use crate::domain::words::{Outcome, VisitKind, VisitMode};

pub(super) async fn visits(db: &mut impl Door, cases: &[Uuid]) -> Result<Vec<(CaseId, VisitFact)>> {
    let mut participants = participants(db, cases).await?;
    let county = db.county().0;
    let rows = sqlx::query!(
        "select v.case_id as \"case: CaseId\", v.id as \"id: VisitId\", v.happened_at, v.received_at, v.mode as \"mode: VisitMode\",
            v.kind as \"kind: VisitKind\", v.outcome as \"outcome: Outcome\", v.guardian_present,
            exists (select from visit later where later.county_id = v.county_id and later.supersedes = v.id) as \"superseded!\",
            (select count(*) from evidence e where e.county_id = v.county_id and e.visit_id = v.id
                and e.withdrawn_at is null and e.kind = 'visit_photo') as \"photos!\",
            exists (select from evidence e where e.county_id = v.county_id and e.visit_id = v.id
                and e.withdrawn_at is null and e.kind = 'signed_sheet') as \"signed_sheet!\"
         from visit v where v.county_id = $1 and v.case_id = any($2) order by v.happened_at, v.id",
        county,
        cases
    )
    .fetch_all(db.conn())
    .await?;
    let fact = |row: VisitFact| VisitFact { participants: participants.remove(&row.id).unwrap_or_default(), ..row };
    let rows = rows.into_iter().map(|row| {
        let fact = VisitFact {
            id: row.id,
            day: day_of(row.happened_at),
            received_on: day_of(row.received_at),
            mode: row.mode,
            kind: row.kind,
            outcome: row.outcome,
            guardian_present: row.guardian_present,
            participants: Vec::new(),
            photos: u16::try_from(row.photos).unwrap_or(u16::MAX),
            signed_sheet: row.signed_sheet,
            signatures: 0,
            superseded: row.superseded,
        };
        (row.case, fact)
    });
    let (cases, facts): (Vec<_>, Vec<_>) = rows.unzip();
    Ok(cases.into_iter().zip(facts.into_iter().map(fact)).collect())
}

/// Who went; a class counts as its school, a group as its village.
async fn participants(db: &mut impl Door, cases: &[Uuid]) -> Result<HashMap<VisitId, Vec<ParticipantFact>>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select p.visit_id as \"visit: VisitId\", p.name, p.user_id as \"user: UserId\", p.confirmed_at is not null as \"confirmed!\",
            u.id as \"unit: UnitId\", u.name as unit_name, u.kind as \"unit_kind: UnitKind\"
         from participant p
         join visit v on v.county_id = p.county_id and v.id = p.visit_id
         join unit own on own.county_id = p.county_id and own.id = p.unit_id
         join unit u on u.county_id = p.county_id and u.id = case own.kind
            when 'class' then coalesce(own.education_parent, own.id)
            when 'group' then coalesce(own.government_parent, own.id)
            else own.id end
         where p.county_id = $1 and v.case_id = any($2) and p.declined_at is null
         order by p.confirmed_at nulls last, p.name",
        county,
        cases
    )
    .fetch_all(db.conn())
    .await?;
    let mut by_visit: HashMap<VisitId, Vec<ParticipantFact>> = HashMap::new();
    for row in rows {
        by_visit.entry(row.visit).or_default().push(ParticipantFact {
            unit: row.unit,
            unit_name: row.unit_name,
            unit_kind: row.unit_kind,
            user: row.user,
            person: row.name,
            confirmed: row.confirmed,
        });
    }
    Ok(by_visit)
}
