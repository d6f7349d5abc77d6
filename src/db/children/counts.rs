//! The figures of the balance table.

use chrono::NaiveDate;

use crate::db::door::Door;
use crate::db::error::Result;
use crate::domain::balance::Counted;
use crate::domain::ids::UnitId;
use crate::domain::words::Whereabouts;

/// Counts the registered of school age by domicile township and class.
pub async fn count_by_township(db: &mut impl Door, births: (NaiveDate, NaiveDate)) -> Result<Vec<Counted>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select domicile_township as \"unit: UnitId\", whereabouts as \"class: Whereabouts\", count(*) as \"n!\" from child
         where county_id = $1 and merged_into is null and listed and registered and birth between $2 and $3
         group by domicile_township, whereabouts",
        county,
        births.0,
        births.1
    )
    .fetch_all(db.conn())
    .await?;
    Ok(rows.into_iter().map(|r| (r.unit, Some(r.class), r.n)).collect())
}

/// The same within a township, by domicile village.
pub async fn count_by_village(
    db: &mut impl Door,
    township: UnitId,
    births: (NaiveDate, NaiveDate),
) -> Result<Vec<Counted>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select domicile_village as \"unit: UnitId\", whereabouts as \"class: Whereabouts\", count(*) as \"n!\" from child
         where county_id = $1 and domicile_township = $2 and merged_into is null and listed and registered and birth between $3 and $4
         group by domicile_village, whereabouts",
        county,
        township.0,
        births.0,
        births.1
    )
    .fetch_all(db.conn())
    .await?;
    Ok(rows.into_iter().map(|r| (r.unit, Some(r.class), r.n)).collect())
}

/// Counts children from elsewhere on an active roll here, by the school's township.
pub async fn count_from_elsewhere(db: &mut impl Door) -> Result<Vec<Counted>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select s.township_id as \"unit: UnitId\", count(*) as \"n!\" from child c
         join unit s on s.county_id = c.county_id and s.id = c.school_id
         where c.county_id = $1 and c.merged_into is null and c.listed and not c.registered and c.roll_status = 'active'
         group by s.township_id",
        county
    )
    .fetch_all(db.conn())
    .await?;
    Ok(rows.into_iter().map(|r| (r.unit, None, r.n)).collect())
}
