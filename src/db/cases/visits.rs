//! Visits: written once, corrected by a later row.

use super::participants::{self, Companion};
use crate::db::door::{Door, Write};
use crate::db::error::{DbError, Result};
use crate::domain::ids::{CaseId, ChildId, UnitId, UserId, VisitId};
use crate::domain::moment::Moment;
use crate::domain::words::{Outcome, VisitKind, VisitMode};
use chrono::NaiveDate;

/// A visit as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Made where it was written.
    pub id: VisitId,
    /// The case.
    pub case: CaseId,
    /// The child.
    pub child: ChildId,
    /// When it happened.
    pub happened_at: Moment,
    /// How the family was met.
    pub mode: VisitMode,
    /// One of the three visits (三访) it also was.
    pub kind: Option<VisitKind>,
    /// What came of it; it says whether the pupil was there.
    pub outcome: Outcome,
    /// A guardian was there.
    pub guardian_present: bool,
    /// Which.
    pub guardian_name: String,
    /// What was said.
    pub said: String,
    /// The day on which the child is to be back, by their word.
    pub promised_on: Option<NaiveDate>,
    /// Where it was, if not at home.
    pub place: String,
    /// Who wrote it.
    pub author: UserId,
    /// For which unit.
    pub unit: UnitId,
    /// The earlier row it corrects.
    pub supersedes: Option<VisitId>,
}

/// A visit with what a page shows beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitRow {
    /// As it was written.
    pub visit: Visit,
    /// When it arrived here.
    pub received_at: Moment,
    /// The author's name.
    pub author_name: String,
    /// The author's unit.
    pub unit_name: String,
    /// The later row that corrects it.
    pub superseded_by: Option<VisitId>,
}

/// The visits of a case, the latest first, corrected ones too.
pub async fn of_case(db: &mut impl Door, case: CaseId) -> Result<Vec<VisitRow>> {
    rows(db, Some(case), None).await
}

/// One visit; `NotFound` where the actor does not see it.
pub async fn one(db: &mut impl Door, id: VisitId) -> Result<VisitRow> {
    rows(db, None, Some(id)).await?.pop().ok_or(DbError::NotFound)
}

async fn rows(db: &mut impl Door, case: Option<CaseId>, id: Option<VisitId>) -> Result<Vec<VisitRow>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select v.id as \"id: VisitId\", v.case_id as \"case: CaseId\", v.child_id as \"child: ChildId\", v.happened_at, v.received_at,
            v.mode as \"mode: VisitMode\", v.kind as \"kind: VisitKind\", v.outcome as \"outcome: Outcome\", v.guardian_present,
            v.guardian_name, v.said, v.promised_on, v.place, v.author as \"author: UserId\", v.unit_id as \"unit: UnitId\",
            v.supersedes as \"supersedes: VisitId\", coalesce(a.name, '') as \"author_name!\", u.name as unit_name,
            (select later.id from visit later where later.county_id = v.county_id and later.supersedes = v.id) as \"superseded_by: VisitId\"
         from visit v
         join unit u on u.county_id = v.county_id and u.id = v.unit_id
         left join account a on a.county_id = v.county_id and a.id = v.author
         where v.county_id = $1 and ($2::uuid is null or v.case_id = $2) and ($3::uuid is null or v.id = $3)
         order by v.happened_at desc, v.received_at desc, v.id",
        county,
        case.map(|c| c.0),
        id.map(|v| v.0)
    )
    .fetch_all(db.conn())
    .await?;
    let row = rows.into_iter().map(|r| VisitRow {
        visit: Visit {
            id: r.id,
            case: r.case,
            child: r.child,
            happened_at: r.happened_at,
            mode: r.mode,
            kind: r.kind,
            outcome: r.outcome,
            guardian_present: r.guardian_present,
            guardian_name: r.guardian_name,
            said: r.said,
            promised_on: r.promised_on,
            place: r.place,
            author: r.author,
            unit: r.unit,
            supersedes: r.supersedes,
        },
        received_at: r.received_at,
        author_name: r.author_name,
        unit_name: r.unit_name,
        superseded_by: r.superseded_by,
    });
    Ok(row.collect())
}

/// Writes a visit. An id that is there already, seen or not, is a `Duplicate`.
pub async fn insert(write: &mut Write, visit: &Visit, went: &[Companion]) -> Result<()> {
    let (county, now) = (write.county().0, write.now());
    sqlx::query!(
        "insert into visit (county_id, id, case_id, child_id, happened_at, received_at, mode, kind, outcome, pupil_present,
            guardian_present, guardian_name, said, promised_on, place, author, unit_id, supersedes)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        county,
        visit.id.0,
        visit.case.0,
        visit.child.0,
        visit.happened_at,
        now,
        visit.mode.code(),
        visit.kind.map(VisitKind::code),
        visit.outcome.code(),
        visit.outcome.pupil_present(),
        visit.guardian_present,
        visit.guardian_name,
        visit.said,
        visit.promised_on,
        visit.place,
        visit.author.0,
        visit.unit.0,
        visit.supersedes.map(|v| v.0),
    )
    .execute(write.conn())
    .await?;
    for one in went {
        participants::insert(write, visit, one).await?;
    }
    Ok(())
}
