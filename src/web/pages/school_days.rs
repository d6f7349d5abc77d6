//! The schools' own days on the page of the calendar: taught at a weekend, or not taught on a working day.

use axum::extract::State as AxumState;
use axum::response::Response;
use chrono::{Datelike as _, NaiveDate};

use super::calendar::{Typed, answer, day};
use crate::app::school_days::{self as uses, Own};
use crate::db::school_days::SchoolDayRow;
use crate::domain::access::Action;
use crate::domain::faults::Faults;
use crate::domain::moment::{month_day, short_weekday};
use crate::domain::spelling;
use crate::domain::user_form;
use crate::web::extract::{Form, Path};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::state::State;

/// What a day may be made, by code and word.
pub(super) const KINDS: [(&str, &str); 2] = [("taught", "补课，上学"), ("off", "停课，不上学")];

/// Days drawn together that follow each other and are alike, as a row.
#[derive(Debug)]
pub(super) struct OwnLine {
    pub own: Own,
    pub words: String,
    pub weekdays: String,
}

/// The rows of the page.
pub(super) fn lines(days: Vec<SchoolDayRow>) -> Vec<OwnLine> {
    let mut spans: Vec<Own> = Vec::new();
    for SchoolDayRow { day, taught, name } in days {
        match spans.last_mut() {
            Some(last) if (last.taught, &last.name) == (taught, &name) && last.until.succ_opt() == Some(day) => {
                last.until = day;
            }
            _ => spans.push(Own { from: day, until: day, taught, name }),
        }
    }
    spans.into_iter().map(line).collect()
}

fn line(own: Own) -> OwnLine {
    let ends = |show: fn(NaiveDate) -> String| {
        if own.from == own.until { show(own.from) } else { format!("{}—{}", show(own.from), show(own.until)) }
    };
    OwnLine { words: ends(month_day), weekdays: ends(short_weekday), own }
}

/// Sets days.
pub(crate) async fn set(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Form<Typed>,
) -> Result<Response, Failure> {
    session.require(Action::SetCalendar)?;
    let outcome = match read(&form.value) {
        Ok(own) => uses::set(&state.services, &session.actor, &form.sending(), own).await?,
        Err(faults) => Err(faults.into()),
    };
    let year = form.value.own_from.get(..4).and_then(|year| year.parse().ok());
    answer(&state, &session, form, outcome, year).await
}

fn read(typed: &Typed) -> Result<Own, Faults> {
    let mut faults = Faults::default();
    let kind = KINDS.iter().find(|(code, _)| *code == typed.own_kind).ok_or("请选择补课还是停课");
    let kind = faults.check("own_kind", kind);
    let name = spelling::plain(&typed.own_name);
    if name.is_empty() || name.chars().count() > 20 {
        faults.add("own_name", "请填写事由，不超过 20 个字");
    }
    let from = faults.check("own_from", day(&typed.own_from, "请填写第一天"));
    let until = faults.check("own_until", user_form::day(&typed.own_until));
    match (kind, from, until) {
        (Some((code, _)), Some(from), Some(until)) if faults.is_empty() => {
            Ok(Own { from, until: until.unwrap_or(from), taught: *code == "taught", name })
        }
        _ => Err(faults),
    }
}

/// Makes days ordinary ones again.
pub(crate) async fn remove(
    AxumState(state): AxumState<State>,
    session: Session,
    Path((from, until)): Path<(NaiveDate, NaiveDate)>,
    form: Form<Typed>,
) -> Result<Response, Failure> {
    session.require(Action::SetCalendar)?;
    let outcome = uses::remove(&state.services, &session.actor, &form.sending(), (from, until)).await?;
    answer(&state, &session, form, outcome, Some(from.year())).await
}
