//! A county's terms and special days, and the calendar they make.

use chrono::NaiveDate;

use super::door::{Door, Write};
use super::error::Result;
use super::school_days::{self, SchoolDayRow};
use crate::domain::calendar::{Calendar, SpecialDay};
use crate::domain::term::TermId;

/// A term with its days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermRow {
    /// Which.
    pub id: TermId,
    /// 开学日.
    pub opens: NaiveDate,
    /// Its last day.
    pub closes: NaiveDate,
}

/// A special day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayRow {
    /// Which.
    pub day: NaiveDate,
    /// Off or worked.
    pub kind: SpecialDay,
    /// For what: 国庆节.
    pub name: String,
}

/// The county's terms, the earliest first.
pub async fn terms(db: &mut impl Door) -> Result<Vec<TermRow>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        TermRow,
        "select id as \"id: TermId\", starts_on as opens, ends_on as closes from term where county_id = $1 order by starts_on",
        county
    )
    .fetch_all(db.conn())
    .await?)
}

/// The county's special days of a year, or of all years.
pub async fn days(db: &mut impl Door, year: Option<i32>) -> Result<Vec<DayRow>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        DayRow,
        "select day, kind as \"kind: SpecialDay\", name from calendar_day
         where county_id = $1 and ($2::int is null or extract(year from day) = $2) order by day",
        county,
        year,
    )
    .fetch_all(db.conn())
    .await?)
}

/// The county's calendar: all its special days, its terms, and the schools' own days.
pub async fn calendar(db: &mut impl Door) -> Result<Calendar> {
    let days = days(db, None).await?;
    let terms = terms(db).await?;
    let own = school_days::of_year(db, None).await?;
    let days = days.into_iter().map(|d| (d.day, d.kind, d.name));
    let terms = terms.into_iter().map(|t| t.id.of_days(t.opens, t.closes)).collect();
    let (taught, off): (Vec<_>, Vec<_>) = own.into_iter().partition(|day| day.taught);
    let on = |rows: Vec<SchoolDayRow>| rows.into_iter().map(|row| row.day);
    Ok(Calendar::of_days(days).with_terms(terms).with_school_days(on(taught), on(off)))
}

/// Sets a term's days, whether it was there or not.
pub async fn set_term(write: &mut Write, term: &TermRow) -> Result<()> {
    let county = write.county().0;
    sqlx::query!(
        "insert into term (county_id, id, starts_on, ends_on) values ($1, $2, $3, $4)
         on conflict (county_id, id) do update set starts_on = excluded.starts_on, ends_on = excluded.ends_on",
        county,
        term.id.to_string(),
        term.opens,
        term.closes,
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// Takes a term out; whether it was there.
pub async fn remove_term(write: &mut Write, term: TermId) -> Result<bool> {
    let county = write.county().0;
    let done = sqlx::query!("delete from term where county_id = $1 and id = $2", county, term.to_string())
        .execute(write.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Sets special days, whether they were there or not.
pub async fn set_days(write: &mut Write, days: &[DayRow]) -> Result<()> {
    let county = write.county().0;
    let on: Vec<NaiveDate> = days.iter().map(|d| d.day).collect();
    let kinds: Vec<String> = days.iter().map(|d| d.kind.code().to_owned()).collect();
    let names: Vec<String> = days.iter().map(|d| d.name.clone()).collect();
    sqlx::query!(
        "insert into calendar_day (county_id, day, kind, name)
         select $1, d.day, d.kind, d.name from unnest($2::date[], $3::text[], $4::text[]) as d (day, kind, name)
         on conflict (county_id, day) do update set kind = excluded.kind, name = excluded.name",
        county,
        &on,
        &kinds,
        &names,
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// Makes days ordinary ones again, both ends included; how many of them were special.
pub async fn remove_days(write: &mut Write, from: NaiveDate, until: NaiveDate) -> Result<u64> {
    let county = write.county().0;
    let done =
        sqlx::query!("delete from calendar_day where county_id = $1 and day between $2 and $3", county, from, until)
            .execute(write.conn())
            .await?;
    Ok(done.rows_affected())
}
