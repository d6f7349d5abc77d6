//! Visits and those who went: written once, corrected by a later row, joined by everybody who was there.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::db::door::{Door, Write};
use crate::db::error::{DbError, Result};
use crate::domain::ids::{CaseId, ChildId, ParticipantId, UnitId, UserId, VisitId};
use crate::domain::moment::Moment;
use crate::domain::words::{Outcome, VisitKind, VisitMode};

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

/// One who went, as the author names them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Companion {
    /// The account, if the person has one.
    pub user: Option<UserId>,
    /// The person's name.
    pub name: String,
    /// The post held that day.
    pub title: String,
    /// For which unit.
    pub unit: UnitId,
}

/// One who went, and whether they said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Its key.
    pub id: ParticipantId,
    /// In which visit.
    pub visit: VisitId,
    /// The account, if the person has one.
    pub user: Option<UserId>,
    /// The person's name.
    pub name: String,
    /// The post held that day.
    pub title: String,
    /// For which unit.
    pub unit: UnitId,
    /// Its name.
    pub unit_name: String,
    /// When the person said 我参加了.
    pub confirmed_at: Option<Moment>,
    /// When the person said that they did not go.
    pub declined_at: Option<Moment>,
}

impl Participant {
    /// As the author named them.
    pub fn companion(&self) -> Companion {
        Companion { user: self.user, name: self.name.clone(), title: self.title.clone(), unit: self.unit }
    }
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
        insert_participant(write, visit, one).await?;
    }
    Ok(())
}

/// The author is confirmed by writing; the others wait to be asked.
async fn insert_participant(write: &mut Write, visit: &Visit, one: &Companion) -> Result<()> {
    let (county, now) = (write.county().0, write.now());
    let author = one.user == Some(visit.author);
    sqlx::query!(
        "insert into participant (county_id, id, visit_id, child_id, name, title, unit_id, user_id, confirmed_at, confirmed_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        county,
        ParticipantId::new().0,
        visit.id.0,
        visit.child.0,
        one.name,
        one.title,
        one.unit.0,
        one.user.map(|u| u.0),
        author.then_some(now),
        author.then_some(visit.author.0),
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// Those who went on the visits of a case, the confirmed first.
pub async fn participants_of_case(db: &mut impl Door, case: CaseId) -> Result<Vec<Participant>> {
    let county = db.county().0;
    let visits = sqlx::query_scalar!("select id from visit where county_id = $1 and case_id = $2", county, case.0)
        .fetch_all(db.conn())
        .await?;
    participants(db, &visits).await
}

/// Those who went on a visit, the confirmed first.
pub async fn participants_of(db: &mut impl Door, visit: VisitId) -> Result<Vec<Participant>> {
    participants(db, &[visit.0]).await
}

async fn participants(db: &mut impl Door, visits: &[Uuid]) -> Result<Vec<Participant>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        Participant,
        "select p.id as \"id: ParticipantId\", p.visit_id as \"visit: VisitId\", p.user_id as \"user: UserId\", p.name, p.title,
            p.unit_id as \"unit: UnitId\", u.name as unit_name, p.confirmed_at, p.declined_at
         from participant p join unit u on u.county_id = p.county_id and u.id = p.unit_id
         where p.county_id = $1 and p.visit_id = any($2) order by p.confirmed_at nulls last, p.name, p.id",
        county,
        visits
    )
    .fetch_all(db.conn())
    .await?)
}

/// The actor says that they went, or that they did not; once. `NotFound` where nobody asks them.
pub async fn answer_participation(write: &mut Write, visit: VisitId, user: UserId, went: bool) -> Result<()> {
    let (county, now) = (write.county().0, write.now());
    let done = sqlx::query!(
        "update participant set confirmed_at = case when $4 then $5::timestamptz end, confirmed_by = case when $4 then $3::uuid end,
            declined_at = case when $4 then null else $5::timestamptz end
         where county_id = $1 and visit_id = $2 and user_id = $3 and confirmed_at is null and declined_at is null",
        county,
        visit.0,
        user.0,
        went,
        now
    )
    .execute(write.conn())
    .await?;
    if done.rows_affected() == 0 { Err(DbError::NotFound) } else { Ok(()) }
}

/// Who went on the last visit of a case: what the next visit's form begins with.
pub async fn last_company(db: &mut impl Door, case: CaseId) -> Result<Vec<Companion>> {
    let Some(last) = of_case(db, case).await?.into_iter().find(|row| row.superseded_by.is_none()) else {
        return Ok(Vec::new());
    };
    let went = participants_of(db, last.visit.id).await?;
    Ok(went.iter().filter(|one| one.declined_at.is_none()).map(Participant::companion).collect())
}
