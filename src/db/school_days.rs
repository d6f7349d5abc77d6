//! Days that a county's schools teach or do not teach, apart from what is worked.

use chrono::NaiveDate;

use super::door::{Door, Write};
use super::error::Result;

/// A day of the schools' own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolDayRow {
    /// Which.
    pub day: NaiveDate,
    /// Taught though it is not worked; else not taught though it is.
    pub taught: bool,
    /// For what: 补国庆节前的课.
    pub name: String,
}

/// The schools' own days of a year, or of all years.
pub async fn of_year(db: &mut impl Door, year: Option<i32>) -> Result<Vec<SchoolDayRow>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        SchoolDayRow,
        "select day, taught, name from school_day
         where county_id = $1 and ($2::int is null or extract(year from day) = $2) order by day",
        county,
        year,
    )
    .fetch_all(db.conn())
    .await?)
}

/// Sets days, whether they were there or not.
pub async fn set(write: &mut Write, days: &[NaiveDate], taught: bool, name: &str) -> Result<()> {
    let county = write.county().0;
    sqlx::query!(
        "insert into school_day (county_id, day, taught, name) select $1, d.day, $3, $4 from unnest($2::date[]) as d (day)
         on conflict (county_id, day) do update set taught = excluded.taught, name = excluded.name",
        county,
        days,
        taught,
        name,
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// Makes days ordinary ones again, both ends included; how many of them were the schools' own.
pub async fn remove(write: &mut Write, from: NaiveDate, until: NaiveDate) -> Result<u64> {
    let county = write.county().0;
    let done =
        sqlx::query!("delete from school_day where county_id = $1 and day between $2 and $3", county, from, until)
            .execute(write.conn())
            .await?;
    Ok(done.rows_affected())
}
