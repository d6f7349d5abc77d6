//! Counties, their keys and their units, as the gate knows them.

use std::collections::HashMap;

use super::door::{Door as _, Gate, Write};
use super::error::Result;
use crate::domain::grade::Stage;
use crate::domain::ids::{CountyId, UnitId};
use crate::domain::role::UnitKind;
use crate::domain::units::{Unit, Units};
use crate::domain::words::SchoolStage;

/// A county on the sign-in form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountyName {
    /// Its key.
    pub id: CountyId,
    /// 城口县
    pub name: String,
    /// 重庆市
    pub province: String,
    /// 县
    pub city: String,
}

/// Every county served here, in code order.
pub async fn counties(gate: &mut Gate) -> Result<Vec<CountyName>> {
    Ok(sqlx::query_as!(
        CountyName,
        "select county_id as \"id: CountyId\", name, province, city from county order by county_id"
    )
    .fetch_all(gate.conn())
    .await?)
}

/// A county's wrapped key.
pub async fn wrapped_key(gate: &mut Gate, county: CountyId) -> Result<Vec<u8>> {
    Ok(sqlx::query_scalar!("select wrapped_key from county where county_id = $1", county.0)
        .fetch_one(gate.conn())
        .await?)
}

/// Makes a county; its units follow in the same transaction.
pub async fn insert_county(write: &mut Write, county: &CountyName, wrapped_key: &[u8]) -> Result<()> {
    let now = write.now();
    sqlx::query!(
        "insert into county (county_id, name, province, city, wrapped_key, created_at) values ($1, $2, $3, $4, $5, $6)",
        county.id.0,
        county.name,
        county.province,
        county.city,
        wrapped_key,
        now,
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// All open units of a county with their catchments, in the order in which lists show them.
pub async fn units(gate: &mut Gate, county: CountyId) -> Result<Units> {
    let units = sqlx::query_as!(
        Unit,
        "select u.id as \"id: UnitId\", u.kind as \"kind: UnitKind\", u.name, u.code, u.government_parent as \"government_parent: UnitId\",
            u.education_parent as \"education_parent: UnitId\", u.township_id as \"township: UnitId\", u.stage as \"stage: SchoolStage\", u.grade
         from unit u left join unit t on t.county_id = u.county_id and t.id = u.township_id
         where u.county_id = $1 and u.closed_on is null
         order by coalesce(u.code, t.code) nulls last, u.grade nulls first, u.stage desc, u.name",
        county.0
    )
    .fetch_all(gate.conn())
    .await?;
    let catchment = sqlx::query!(
        "select village_id as \"village: UnitId\", stage as \"stage: Stage\", school_id as \"school: UnitId\" from catchment where county_id = $1",
        county.0
    )
    .fetch_all(gate.conn())
    .await?;
    let catchment: HashMap<_, _> = catchment.into_iter().map(|c| ((c.village, c.stage), c.school)).collect();
    Ok(Units::new(units, catchment))
}
