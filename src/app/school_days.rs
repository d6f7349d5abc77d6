//! Days that the county's schools teach at a weekend or holiday, or do not teach on a working day.

use chrono::{Datelike as _, NaiveDate};

use super::calendar::{MOST_DAYS, back, changed, commit};
use super::sending::{NotDone, Outcome, Sending};
use super::services::Services;
use crate::db::{DbError, calendar, school_days as stored};
use crate::domain::actor::Actor;
use crate::domain::calendar::Calendar;
use crate::domain::moment::full_day;

/// Days of the schools' own, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// Taught though not worked; else not taught though worked.
    pub taught: bool,
    /// 补国庆节前的课
    pub name: String,
}

/// Sets them; of a span only the days that would be otherwise without it.
pub async fn set(services: &Services, actor: &Actor, sending: &Sending, own: Own) -> Outcome<()> {
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, &back(own.from.year())).await? {
        return Ok(Err(not));
    }
    if own.until < own.from {
        return Ok(Err(NotDone::fault("own_until", "最后一天不能早于第一天")));
    }
    if (own.until - own.from).num_days() >= MOST_DAYS {
        return Ok(Err(NotDone::fault("own_until", format!("一次最多 {MOST_DAYS} 天，请核对日期"))));
    }
    stored::remove(&mut write, own.from, own.until).await?;
    let known = calendar::calendar(&mut write).await?;
    let days = match days(&own, &known) {
        Ok(days) => days,
        Err(why) => return Ok(Err(NotDone::fault("own_from", why))),
    };
    stored::set(&mut write, &days, own.taught, &own.name).await?;
    let event = changed().with("from", own.from).with("until", own.until).with("name", own.name);
    commit(write, event.with("taught", own.taught)).await?;
    Ok(Ok(()))
}

/// The days of a span that are changed by it; else why there is none.
fn days(own: &Own, known: &Calendar) -> Result<Vec<NaiveDate>, String> {
    let all = || own.from.iter_days().take_while(|day| *day <= own.until);
    if let Some(day) = all().find(|day| own.taught && known.term_of(*day).is_none()) {
        return Err(format!("{}不在学期内；请先登记学期，或核对日期", full_day(day)));
    }
    let days: Vec<NaiveDate> = all().filter(|day| known.is_school_day(*day) != own.taught).collect();
    match (days.is_empty(), own.taught) {
        (false, _) => Ok(days),
        (true, true) => Err("这几天本来就上课，不用登记".to_owned()),
        (true, false) => Err("这几天本来就不上课，不用登记".to_owned()),
    }
}

/// Makes days ordinary ones again, both ends included.
pub async fn remove(
    services: &Services,
    actor: &Actor,
    sending: &Sending,
    (from, until): (NaiveDate, NaiveDate),
) -> Outcome<()> {
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, &back(from.year())).await? {
        return Ok(Err(not));
    }
    if stored::remove(&mut write, from, until).await? == 0 {
        return Err(DbError::NotFound.into());
    }
    commit(write, changed().with("from", from).with("until", until).with("removed", true)).await?;
    Ok(Ok(()))
}
