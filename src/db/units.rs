//! Units and catchments: made, renamed, closed; and what still hangs on them.

use chrono::NaiveDate;

use super::door::{Door as _, Write};
use super::error::{DbError, Result};
use crate::domain::catchment::Catchment;
use crate::domain::ids::{ChildId, UnitId};
use crate::domain::units::Unit;
use crate::domain::words::SchoolStage;

/// Adds units, parents before children.
pub async fn insert(write: &mut Write, units: &[Unit]) -> Result<()> {
    let county = write.county().0;
    for unit in units {
        sqlx::query!(
            "insert into unit (county_id, id, kind, name, code, government_parent, education_parent, township_id, stage, grade)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            county,
            unit.id.0,
            unit.kind.code(),
            unit.name,
            unit.code,
            unit.government_parent.map(|u| u.0),
            unit.education_parent.map(|u| u.0),
            unit.township.map(|u| u.0),
            unit.stage.map(SchoolStage::code),
            unit.grade,
        )
        .execute(write.conn())
        .await?;
    }
    Ok(())
}

/// Gives a unit another name.
pub async fn rename(write: &mut Write, unit: UnitId, name: &str) -> Result<()> {
    let county = write.county().0;
    let done = sqlx::query!("update unit set name = $3 where county_id = $1 and id = $2", county, unit.0, name)
        .execute(write.conn())
        .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::NotFound) }
}

/// Hangs a school or class under another unit of the education line.
pub async fn set_education_parent(write: &mut Write, unit: UnitId, parent: UnitId) -> Result<()> {
    let county = write.county().0;
    let done = sqlx::query!(
        "update unit set education_parent = $3 where county_id = $1 and id = $2",
        county,
        unit.0,
        parent.0
    )
    .execute(write.conn())
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::NotFound) }
}

/// Closes a unit.
pub async fn close(write: &mut Write, unit: UnitId, on: NaiveDate) -> Result<()> {
    let county = write.county().0;
    let done = sqlx::query!(
        "update unit set closed_on = $3 where county_id = $1 and id = $2 and closed_on is null",
        county,
        unit.0,
        on
    )
    .execute(write.conn())
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::NotFound) }
}

/// What hangs on a unit: each a count, none of them a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dependants {
    /// Open units below it, or standing on its ground.
    pub units: i64,
    /// Appointments that have not ended.
    pub appointments: i64,
    /// Villages whose children it takes.
    pub catchments: i64,
    /// Charges that have not ended.
    pub charges: i64,
    /// Children registered, living or enrolled there.
    pub children: i64,
}

/// Counts what hangs on a unit after a day. Sees the whole county, and tells no more than how many.
pub async fn dependants(write: &mut Write, unit: UnitId, on: NaiveDate) -> Result<Dependants> {
    let county = write.county().0;
    write.widen().await?;
    let found = sqlx::query_as!(
        Dependants,
        "select
            (select count(*) from unit u where u.county_id = $1 and u.closed_on is null
                and $2 in (u.government_parent, u.education_parent, u.township_id)) as \"units!\",
            (select count(*) from appointment a where a.county_id = $1 and a.unit_id = $2
                and (a.until_on is null or a.until_on >= $3)) as \"appointments!\",
            (select count(*) from catchment c where c.county_id = $1 and c.school_id = $2) as \"catchments!\",
            (select count(*) from charge c where c.county_id = $1 and c.unit_id = $2
                and (c.until_on is null or c.until_on >= $3)) as \"charges!\",
            (select count(*) from child c where c.county_id = $1 and c.merged_into is null and $2 in
                (c.domicile_township, c.domicile_village, c.residence_township, c.residence_village, c.school_id, c.class_id))
                as \"children!\"",
        county,
        unit.0,
        on,
    )
    .fetch_one(write.conn())
    .await?;
    write.narrow().await?;
    Ok(found)
}

/// Says which schools take which villages' children; what was said before of the same village and stage is replaced.
pub async fn set_catchments(write: &mut Write, catchments: &[Catchment]) -> Result<()> {
    let county = write.county().0;
    for (village, stage, school) in catchments {
        sqlx::query!(
            "insert into catchment (county_id, village_id, stage, school_id) values ($1, $2, $3, $4)
             on conflict (county_id, village_id, stage) do update set school_id = excluded.school_id",
            county,
            village.0,
            stage.code(),
            school.0,
        )
        .execute(write.conn())
        .await?;
    }
    Ok(())
}

/// The children registered or living in villages. For the system's own work, which sees the whole county.
pub async fn children_of(write: &mut Write, villages: &[UnitId]) -> Result<Vec<ChildId>> {
    let county = write.county().0;
    let villages: Vec<uuid::Uuid> = villages.iter().map(|v| v.0).collect();
    Ok(sqlx::query_scalar!(
        "select id as \"id: ChildId\" from child where county_id = $1 and merged_into is null
            and (domicile_village = any($2) or residence_village = any($2))",
        county,
        &villages
    )
    .fetch_all(write.conn())
    .await?)
}
