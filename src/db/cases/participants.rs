//! Those who went on a visit: named by its author, each asked whether they did.

use uuid::Uuid;

use super::visits::{self, Visit};
use crate::db::door::{Door, Write};
use crate::db::error::{DbError, Result};
use crate::domain::ids::{CaseId, ParticipantId, UnitId, UserId, VisitId};
use crate::domain::moment::Moment;

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

/// The author is confirmed by writing; the others wait to be asked.
pub(super) async fn insert(write: &mut Write, visit: &Visit, one: &Companion) -> Result<()> {
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
pub async fn of_case(db: &mut impl Door, case: CaseId) -> Result<Vec<Participant>> {
    let county = db.county().0;
    let visits = sqlx::query_scalar!("select id from visit where county_id = $1 and case_id = $2", county, case.0)
        .fetch_all(db.conn())
        .await?;
    rows(db, &visits).await
}

/// Those who went on a visit, the confirmed first.
pub async fn of_visit(db: &mut impl Door, visit: VisitId) -> Result<Vec<Participant>> {
    rows(db, &[visit.0]).await
}

async fn rows(db: &mut impl Door, visits: &[Uuid]) -> Result<Vec<Participant>> {
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

/// For which unit each person who is still asked was there: a class where the fact says its school.
pub async fn asked(db: &mut impl Door, cases: &[CaseId]) -> Result<Vec<(VisitId, UserId, UnitId)>> {
    let (county, cases) = (db.county().0, super::case::uuids(cases));
    let rows = sqlx::query!(
        "select p.visit_id as \"visit: VisitId\", p.user_id as \"user!: UserId\", p.unit_id as \"unit: UnitId\"
         from participant p join visit v on v.county_id = p.county_id and v.id = p.visit_id
         where p.county_id = $1 and v.case_id = any($2) and p.user_id is not null and p.confirmed_at is null and p.declined_at is null",
        county,
        &cases
    )
    .fetch_all(db.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.visit, row.user, row.unit)).collect())
}

/// The actor says that they went, or that they did not; once. `NotFound` where nobody asks them.
pub async fn answer(write: &mut Write, visit: VisitId, user: UserId, went: bool) -> Result<()> {
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
    let Some(last) = visits::of_case(db, case).await?.into_iter().find(|row| row.superseded_by.is_none()) else {
        return Ok(Vec::new());
    };
    let went = of_visit(db, last.visit.id).await?;
    Ok(went.iter().filter(|one| one.declined_at.is_none()).map(Participant::companion).collect())
}
