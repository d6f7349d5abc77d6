//! 包保责任人: who answers at which unit, from when until when.

use chrono::NaiveDate;
use uuid::Uuid;

use super::door::{Door, Write};
use super::error::{DbError, Result};
use crate::domain::charge::Post;
use crate::domain::ids::{ChargeId, UnitId, UserId};
use crate::domain::moment::day_of;

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

/// Who answers at these units today, by unit and post.
pub async fn for_units(db: &mut impl Door, units: &[UnitId]) -> Result<Vec<Charge>> {
    let (county, today) = (db.county().0, day_of(db.now()));
    let units: Vec<Uuid> = units.iter().map(|u| u.0).collect();
    Ok(sqlx::query_as!(
        Charge,
        "select id as \"id: ChargeId\", unit_id as \"unit: UnitId\", post as \"post: Post\", name, title, user_id as \"user: UserId\", from_on, until_on
         from charge where county_id = $1 and unit_id = any($2) and from_on <= $3 and (until_on is null or until_on >= $3)
         order by from_on, name",
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
         from charge where county_id = $1 and unit_id = $2 order by from_on desc, name",
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
    let county = write.county().0;
    sqlx::query!(
        "insert into charge (county_id, id, unit_id, post, name, title, user_id, from_on, until_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        county,
        charge.id.0,
        charge.unit.0,
        charge.post.code(),
        charge.name,
        charge.title,
        charge.user.map(|u| u.0),
        charge.from_on,
        charge.until_on,
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
