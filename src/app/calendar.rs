//! The county's terms and special days: set, taken out; every change has all standings computed anew.

use chrono::{Datelike, NaiveDate, Weekday};
use serde_json::json;

use super::sending::{NotDone, Outcome, Sending};
use super::services::{AppError, Services};
use crate::db::calendar::{self as stored, DayRow, TermRow};
use crate::db::jobs::{self, NewJob};
use crate::db::{DbError, Door as _, Write};
use crate::domain::actor::Actor;
use crate::domain::calendar::SpecialDay;
use crate::domain::event::{Event, EventKind};
use crate::domain::faults::Faults;
use crate::domain::job::JobKind;
use crate::domain::moment::{day_of, full_day};
use crate::domain::term::TermId;

/// Days set at one time: the longest holiday and more.
pub(super) const MOST_DAYS: i64 = 31;
/// A term lasts at most this long.
const LONGEST_TERM: i64 = 200;

/// Days of one kind and name, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// Off or worked.
    pub kind: SpecialDay,
    /// 国庆节
    pub name: String,
}

/// Sets a term's days, whether it was there or not.
pub async fn set_term(services: &Services, actor: &Actor, sending: &Sending, term: TermRow) -> Outcome<()> {
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, &back(term.opens.year())).await? {
        return Ok(Err(not));
    }
    if let Some(faults) = term_faults(&term, &stored::terms(&mut write).await?) {
        return Ok(Err(faults.into()));
    }
    stored::set_term(&mut write, &term).await?;
    let event = changed().with("term", term.id.to_string()).with("opens", term.opens).with("closes", term.closes);
    commit(write, event).await?;
    Ok(Ok(()))
}

fn term_faults(term: &TermRow, others: &[TermRow]) -> Option<Faults> {
    let TermRow { id, opens, closes } = term;
    if opens.year() != id.opens_in() {
        return Some(Faults::one("opens", format!("{}应在 {} 年开学", id.name(), id.opens_in())));
    }
    if closes <= opens {
        return Some(Faults::one("closes", "放假日期要晚于开学日期"));
    }
    if (*closes - *opens).num_days() > LONGEST_TERM {
        return Some(Faults::one("closes", format!("一个学期不超过 {LONGEST_TERM} 天，请核对年份")));
    }
    let overlap = others.iter().find(|other| other.id != *id && other.opens <= *closes && *opens <= other.closes)?;
    let said = format!("与{}（{} 至 {}）重叠", overlap.id.name(), full_day(overlap.opens), full_day(overlap.closes));
    Some(Faults::one("opens", said))
}

/// Takes out a term that has not begun.
pub async fn remove_term(services: &Services, actor: &Actor, sending: &Sending, id: TermId) -> Outcome<()> {
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, &back(id.opens_in())).await? {
        return Ok(Err(not));
    }
    let known = stored::terms(&mut write).await?;
    let term = known.iter().find(|term| term.id == id).ok_or(DbError::NotFound)?;
    if term.opens <= day_of(write.now()) {
        return Ok(Err(NotDone::fault("terms", format!("{}已经开学，不能删除；日期有误请改日期", id.name()))));
    }
    stored::remove_term(&mut write, id).await?;
    commit(write, changed().with("term", id.to_string()).with("removed", true)).await?;
    Ok(Ok(()))
}

/// Sets special days.
pub async fn set_days(services: &Services, actor: &Actor, sending: &Sending, span: Span) -> Outcome<()> {
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, &back(span.from.year())).await? {
        return Ok(Err(not));
    }
    if let Some(faults) = span_faults(&span) {
        return Ok(Err(faults.into()));
    }
    let Span { from, until, kind, name } = span;
    let days = from.iter_days().take_while(|day| *day <= until);
    let days: Vec<DayRow> = days.map(|day| DayRow { day, kind, name: name.clone() }).collect();
    stored::set_days(&mut write, &days).await?;
    let event = changed().with("from", from).with("until", until).with("day_kind", kind).with("name", name);
    commit(write, event).await?;
    Ok(Ok(()))
}

fn span_faults(span: &Span) -> Option<Faults> {
    if span.until < span.from {
        return Some(Faults::one("until", "最后一天不能早于第一天"));
    }
    if (span.until - span.from).num_days() >= MOST_DAYS {
        return Some(Faults::one("until", format!("一次最多 {MOST_DAYS} 天，请核对日期")));
    }
    let weekday = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let worked_anyway = span.from.iter_days().take_while(|day| *day <= span.until).find(weekday);
    match (span.kind, worked_anyway) {
        (SpecialDay::Workday, Some(day)) => {
            let said = format!("{}不是周末，本来就上班，不用登记调休", full_day(day));
            Some(Faults::one("from", said))
        }
        _ => None,
    }
}

/// Makes days ordinary ones again, both ends included.
pub async fn remove_days(
    services: &Services,
    actor: &Actor,
    sending: &Sending,
    (from, until): (NaiveDate, NaiveDate),
) -> Outcome<()> {
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, &back(from.year())).await? {
        return Ok(Err(not));
    }
    if stored::remove_days(&mut write, from, until).await? == 0 {
        return Err(DbError::NotFound.into());
    }
    commit(write, changed().with("from", from).with("until", until).with("removed", true)).await?;
    Ok(Ok(()))
}

pub(super) fn back(year: i32) -> String {
    format!("/calendar?year={year}&done=set")
}

pub(super) fn changed() -> Event {
    Event::new(EventKind::CalendarChanged)
}

/// Every period of every case may end on another day now.
pub(super) async fn commit(mut write: Write, event: Event) -> Result<(), AppError> {
    jobs::enqueue(&mut write, NewJob::new(JobKind::Project, json!({})).once("calendar")).await?;
    Ok(write.commit(event).await?)
}
