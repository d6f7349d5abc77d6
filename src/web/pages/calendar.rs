//! 学期与日历: the county's terms, and the holidays and make-up days of a year.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::school_days::{KINDS, OwnLine, lines};
use super::users::today;
use crate::app::calendar::{self as uses, Span};
use crate::app::sending::NotDone;
use crate::db::calendar::{self, DayRow, TermRow};
use crate::db::school_days;
use crate::domain::access::Action;
use crate::domain::calendar::SpecialDay;
use crate::domain::faults::Faults;
use crate::domain::moment::{month_day, short_weekday};
use crate::domain::spelling;
use crate::domain::term::TermId;
use crate::domain::user_form;
use crate::web::extract::{Errors, Form, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::sent::already;
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;

/// A term as a row.
#[derive(Debug)]
struct TermLine {
    id: TermId,
    name: String,
    long_name: String,
    opens: NaiveDate,
    closes: NaiveDate,
    state: &'static str,
}

/// Special days that follow each other for one reason, as a row.
#[derive(Debug)]
struct SpanLine {
    span: Span,
    words: String,
    weekdays: String,
}

#[derive(Template)]
#[template(path = "pages/calendar.html")]
struct CalendarPage {
    shell: Shell,
    year: i32,
    years: Vec<i32>,
    terms: Vec<TermLine>,
    days: Vec<SpanLine>,
    errors: Errors,
    typed: Typed,
    kinds: Vec<(&'static str, &'static str)>,
    new_terms: Vec<(String, String)>,
    own: Vec<OwnLine>,
    own_kinds: [(&'static str, &'static str); 2],
}

/// What the page's forms send.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    term: String,
    opens: String,
    closes: String,
    from: String,
    until: String,
    kind: String,
    name: String,
    pub(super) own_from: String,
    pub(super) own_until: String,
    pub(super) own_kind: String,
    pub(super) own_name: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    year: Option<i32>,
    done: String,
}

/// The page of a year.
pub(crate) async fn show(
    AxumState(state): AxumState<State>,
    session: Session,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    session.require(Action::SetCalendar)?;
    let notice = (asked.done == "set").then(|| "日历已更改，各项期限正在后台重新计算。".to_owned());
    let shell = session.shell_with(notice);
    let shown = load(&state, &session, asked.year).await?;
    page(&CalendarPage { shell, ..shown })
}

async fn load(state: &State, session: &Session, year: Option<i32>) -> Result<CalendarPage, Failure> {
    let now = today(&state.services);
    let year = year.filter(|year| (2000..2100).contains(year)).unwrap_or(now.year());
    let mut read = state.services.db.read(&session.actor).await?;
    let terms = calendar::terms(&mut read).await?;
    let days = calendar::days(&mut read, Some(year)).await?;
    let own = school_days::of_year(&mut read, Some(year)).await?;
    let this_year = now.year();
    let ids = (this_year - 1..=this_year + 1).flat_map(|year| [false, true].map(|spring| TermId { year, spring }));
    Ok(CalendarPage {
        shell: session.shell.clone(),
        year,
        years: (this_year - 2..=this_year + 1).collect(),
        new_terms: ids.map(|id| (id.to_string(), id.name())).collect(),
        terms: terms.iter().rev().map(|term| term_line(term, now)).collect(),
        days: spans(days).into_iter().map(span_line).collect(),
        own: lines(own),
        own_kinds: KINDS,
        errors: Errors::default(),
        typed: Typed { kind: SpecialDay::Holiday.code().to_owned(), ..Typed::default() },
        kinds: SpecialDay::ALL.iter().map(|kind| (kind.code(), kind.label())).collect(),
    })
}

fn term_line(term: &TermRow, now: NaiveDate) -> TermLine {
    let state = match (term.opens <= now, term.closes < now) {
        (_, true) => "已结束",
        (true, false) => "本学期",
        (false, false) => "未开学",
    };
    let TermRow { id, opens, closes } = *term;
    TermLine { id, name: id.name(), long_name: id.long_name(), opens, closes, state }
}

/// Days drawn together that follow each other and are alike.
fn spans(days: Vec<DayRow>) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for DayRow { day, kind, name } in days {
        match spans.last_mut() {
            Some(last) if last.kind == kind && last.name == name && last.until.succ_opt() == Some(day) => {
                last.until = day;
            }
            _ => spans.push(Span { from: day, until: day, kind, name }),
        }
    }
    spans
}

fn span_line(span: Span) -> SpanLine {
    let ends = |show: fn(NaiveDate) -> String| {
        if span.from == span.until { show(span.from) } else { format!("{}—{}", show(span.from), show(span.until)) }
    };
    SpanLine { words: ends(month_day), weekdays: ends(short_weekday), span }
}

/// Sets a term's days.
pub(crate) async fn set_term(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Form<Typed>,
) -> Result<Response, Failure> {
    session.require(Action::SetCalendar)?;
    let outcome = match read_term(&form.value) {
        Ok(term) => uses::set_term(&state.services, &session.actor, &form.sending(), term).await?,
        Err(faults) => Err(faults.into()),
    };
    let year = form.value.opens.get(..4).and_then(|year| year.parse().ok());
    answer(&state, &session, form, outcome, year).await
}

fn read_term(typed: &Typed) -> Result<TermRow, Faults> {
    let mut faults = Faults::default();
    let id = faults.check("term", typed.term.parse::<TermId>().map_err(|_| "请选择学期"));
    let opens = faults.check("opens", day(&typed.opens, "请填写开学日期"));
    let closes = faults.check("closes", day(&typed.closes, "请填写放假日期"));
    match (id, opens, closes) {
        (Some(id), Some(opens), Some(closes)) => Ok(TermRow { id, opens, closes }),
        _ => Err(faults),
    }
}

pub(super) fn day(typed: &str, missing: &str) -> Result<NaiveDate, String> {
    user_form::day(typed)?.ok_or_else(|| missing.to_owned())
}

/// Takes out a term.
pub(crate) async fn remove_term(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<String>,
    form: Form<Typed>,
) -> Result<Response, Failure> {
    session.require(Action::SetCalendar)?;
    let id: TermId = id.parse().map_err(|_| Failure::NotFound)?;
    let outcome = uses::remove_term(&state.services, &session.actor, &form.sending(), id).await?;
    answer(&state, &session, form, outcome, None).await
}

/// Sets special days.
pub(crate) async fn set_days(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Form<Typed>,
) -> Result<Response, Failure> {
    session.require(Action::SetCalendar)?;
    let outcome = match read_span(&form.value) {
        Ok(span) => uses::set_days(&state.services, &session.actor, &form.sending(), span).await?,
        Err(faults) => Err(faults.into()),
    };
    let year = form.value.from.get(..4).and_then(|year| year.parse().ok());
    answer(&state, &session, form, outcome, year).await
}

fn read_span(typed: &Typed) -> Result<Span, Faults> {
    let mut faults = Faults::default();
    let from = faults.check("from", day(&typed.from, "请填写第一天"));
    let until = faults.check("until", user_form::day(&typed.until));
    let kind = faults.check("kind", SpecialDay::from_code(&typed.kind).ok_or("请选择放假还是上班"));
    let name = spelling::plain(&typed.name);
    if name.is_empty() || name.chars().count() > 20 {
        faults.add("name", "请填写节日或事由，不超过 20 个字");
    }
    match (from, until, kind) {
        (Some(from), Some(until), Some(kind)) if faults.is_empty() => {
            Ok(Span { from, until: until.unwrap_or(from), kind, name })
        }
        _ => Err(faults),
    }
}

/// Makes days ordinary ones again.
pub(crate) async fn remove_days(
    AxumState(state): AxumState<State>,
    session: Session,
    Path((from, until)): Path<(NaiveDate, NaiveDate)>,
    form: Form<Typed>,
) -> Result<Response, Failure> {
    session.require(Action::SetCalendar)?;
    let outcome = uses::remove_days(&state.services, &session.actor, &form.sending(), (from, until)).await?;
    answer(&state, &session, form, outcome, Some(from.year())).await
}

pub(super) async fn answer(
    state: &State,
    session: &Session,
    form: Form<Typed>,
    outcome: Result<(), NotDone>,
    year: Option<i32>,
) -> Result<Response, Failure> {
    let back = year.map_or_else(|| "/calendar?done=set".to_owned(), |year| format!("/calendar?year={year}&done=set"));
    match outcome {
        Ok(()) => Ok(Redirect::to(&back).into_response()),
        Err(NotDone::Before(before)) => already(before, form.typed, "/calendar"),
        Err(NotDone::Faults(faults)) => {
            let shown = load(state, session, year).await?;
            again(&CalendarPage { errors: faults.into(), typed: form.value, ..shown })
        }
    }
}
