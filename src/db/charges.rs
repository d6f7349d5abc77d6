//! 包保责任人: who answers at which unit, from when until when.

use chrono::NaiveDate;
use uuid::Uuid;

use super::door::{Door, Write};
use super::error::{DbError, Result};
use crate::domain::charge::Post;
use crate::domain::ids::{ChargeId, UnitId, UserId};
use crate::domain::moment::day_of;
use crate::domain::role::Role;

/// A named person who answers at a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// Its key.
    pub id: ChargeId,
    /// At which unit.
    pub unit: UnitId,
    /// For which of its posts.
    pub post: Post,
    /// The person's name.
    pub name: String,
    /// 支部书记; may be empty.
    pub title: String,
    /// The account, where the person has one.
    pub user: Option<UserId>,
    /// First day.
    pub from_on: NaiveDate,
    /// Last day, if it is known.
    pub until_on: Option<NaiveDate>,
}

/// Who answers at these units today: one person for each post, the one named last.
pub async fn for_units(db: &mut impl Door, units: &[UnitId]) -> Result<Vec<Charge>> {
    let (county, today) = (db.county().0, day_of(db.now()));
    let units: Vec<Uuid> = units.iter().map(|u| u.0).collect();
    Ok(sqlx::query_as!(
        Charge,
        "select distinct on (unit_id, post) id as \"id: ChargeId\", unit_id as \"unit: UnitId\", post as \"post: Post\", name, title,
            user_id as \"user: UserId\", from_on, until_on
         from charge where county_id = $1 and unit_id = any($2) and from_on <= $3 and (until_on is null or until_on >= $3)
         order by unit_id, post, from_on desc, created_at desc",
        county,
        &units,
        today
    )
    .fetch_all(db.conn())
    .await?)
}

/// Who answered, answers or will answer at a unit, the latest first.
pub async fn history(db: &mut impl Door, unit: UnitId) -> Result<Vec<Charge>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        Charge,
        "select id as \"id: ChargeId\", unit_id as \"unit: UnitId\", post as \"post: Post\", name, title, user_id as \"user: UserId\", from_on, until_on
         from charge where county_id = $1 and unit_id = $2 order by from_on desc, created_at desc",
        county,
        unit.0
    )
    .fetch_all(db.conn())
    .await?)
}

/// One charge.
pub async fn charge(db: &mut impl Door, id: ChargeId) -> Result<Charge> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        Charge,
        "select id as \"id: ChargeId\", unit_id as \"unit: UnitId\", post as \"post: Post\", name, title, user_id as \"user: UserId\", from_on, until_on
         from charge where county_id = $1 and id = $2",
        county,
        id.0
    )
    .fetch_one(db.conn())
    .await?)
}

/// Names a person.
pub async fn insert(write: &mut Write, charge: &Charge) -> Result<()> {
    let (county, now) = (write.county().0, write.now());
    sqlx::query!(
        "insert into charge (county_id, id, unit_id, post, name, title, user_id, from_on, until_on, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        county,
        charge.id.0,
        charge.unit.0,
        charge.post.code(),
        charge.name,
        charge.title,
        charge.user.map(|u| u.0),
        charge.from_on,
        charge.until_on,
        now,
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// Sets the last day of a charge.
pub async fn set_until(write: &mut Write, id: ChargeId, until: NaiveDate) -> Result<()> {
    let county = write.county().0;
    let done = sqlx::query!("update charge set until_on = $3 where county_id = $1 and id = $2", county, id.0, until)
        .execute(write.conn())
        .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::NotFound) }
}

/// Somebody appointed to a unit, who may naturally answer there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The account.
    pub user: UserId,
    /// The person's name.
    pub name: String,
    /// Their title.
    pub title: String,
    /// In what capacity.
    pub role: Role,
    /// To which unit.
    pub unit: UnitId,
}

/// Everybody in use who is appointed to one of these units today, the longest appointed first.
pub async fn holders(db: &mut impl Door, units: &[UnitId]) -> Result<Vec<Holder>> {
    let (county, today) = (db.county().0, day_of(db.now()));
    let units: Vec<Uuid> = units.iter().map(|u| u.0).collect();
    Ok(sqlx::query_as!(
        Holder,
        "select a.id as \"user: UserId\", a.name, p.title, p.role as \"role: Role\", p.unit_id as \"unit: UnitId\"
         from appointment p join account a on a.county_id = p.county_id and a.id = p.user_id
         where p.county_id = $1 and p.unit_id = any($2) and a.disabled_at is null
            and p.from_on <= $3 and (p.until_on is null or p.until_on >= $3)
         order by p.from_on, a.name",
        county,
        &units,
        today
    )
    .fetch_all(db.conn())
    .await?)
}
