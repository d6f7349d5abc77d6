//! Exports: what is about to leave, what for, and then the workbook; one page for every list that has filters.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{cases, checks, children};
use crate::app::exports::{self as uses, List, Request, release};
use crate::app::policy;
use crate::app::sending::NotDone;
use crate::domain::access::Action;
use crate::domain::case::Phase;
use crate::domain::list::{ListKind, MOST_EXPORTS, MOST_RELEASED, MOST_ROWS, TakenToday};
use crate::domain::moment::day_of;
use crate::domain::policy::Rung;
use crate::domain::school_age::births;
use crate::domain::units::Units;
use crate::domain::words::{CheckCause, Whereabouts};
use crate::web::download::workbook;
use crate::web::extract::{Errors, Form, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;

/// Filters as the address has them.
pub(crate) type Pairs = Vec<(String, String)>;

/// Where a list is taken out with the filters of its page; nowhere for who may not.
pub(crate) fn href(session: &Session, kind: ListKind, pairs: &[(&str, &str)]) -> Option<String> {
    let set: Vec<_> = pairs.iter().filter(|(_, value)| !value.is_empty()).collect();
    let query = serde_html_form::to_string(&set).unwrap_or_default();
    uses::may(&session.actor, kind).then(|| with_query(&format!("/exports/{kind}", kind = kind.code()), &query))
}

fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[derive(Template)]
#[template(path = "pages/export.html")]
struct ExportPage {
    shell: Shell,
    kind: ListKind,
    told: String,
    rows: usize,
    action: String,
    back: String,
    ask: String,
    today: TakenToday,
    reason: String,
    errors: Errors,
}

impl ExportPage {
    /// Rows with a child in them.
    fn people(&self) -> usize {
        if self.kind == ListKind::Balance { 0 } else { self.rows }
    }

    /// More than the person may take out today.
    fn is_over(&self) -> bool {
        self.today.is_over_with(self.people())
    }

    /// More than anybody releases.
    fn too_many(&self) -> bool {
        self.rows > MOST_RELEASED
    }
}

/// What an address asks for.
pub(super) struct Asked {
    pub list: List,
    pub filters: Pairs,
    pub told: String,
}

impl Asked {
    /// As the use cases want it.
    pub(super) fn request(&self, reason: &str) -> Request {
        let (list, filters, told) = (self.list.clone(), self.filters.clone(), self.told.clone());
        Request { list, filters, told, reason: reason.to_owned() }
    }
}

/// Reads the filters that an address has, or that a request was made with.
pub(super) async fn asked(state: &State, session: &Session, kind: &str, pairs: &Pairs) -> Result<Asked, Failure> {
    session.require(Action::ExportList)?;
    let kind = ListKind::from_code(kind).filter(|kind| *kind != ListKind::Absent).ok_or(Failure::NotFound)?;
    if kind == ListKind::Balance {
        session.require(Action::SeeBalance)?;
        return Ok(Asked { list: List::Balance, filters: vec![], told: "本范围全部".to_owned() });
    }
    let (list, filters) = match kind {
        ListKind::Checks => {
            let asked: checks::Asked = read(pairs)?;
            (List::Checks(asked.filter()), owned(&asked.pairs()))
        }
        ListKind::Cases => {
            let asked: cases::Asked = read(pairs)?;
            (List::Cases(asked.filter(), asked.sort()), owned(&asked.pairs()))
        }
        _ => {
            let asked: children::Asked = read(pairs)?;
            let mut read = state.services.db.read(&session.actor).await?;
            let rules = policy::rules(&state.services, &mut read).await?;
            let today = day_of(now(state));
            let filter = asked.filter(births(&rules.on(today).age, today));
            (List::Children(filter, asked.order()), owned(&asked.pairs()))
        }
    };
    let units = state.services.units(session.actor.county).await?;
    Ok(Asked { told: told(kind, &filters, &units), list, filters })
}

/// The filters of one page out of all that the address has.
fn read<T: DeserializeOwned>(pairs: &Pairs) -> Result<T, Failure> {
    let query = serde_html_form::to_string(pairs).unwrap_or_default();
    serde_html_form::from_str(&query).map_err(|_| Failure::bad("地址里的筛选条件无法识别，请从名单页重新筛选。"))
}

/// Those that are set; what is no id and no code is no filter.
fn owned(pairs: &[(&'static str, &str)]) -> Pairs {
    let plain =
        |value: &str| value.len() <= 40 && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    let set = pairs.iter().filter(|(_, value)| !value.is_empty() && plain(value));
    set.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn told(kind: ListKind, filters: &Pairs, units: &Units) -> String {
    let words: Vec<String> = filters.iter().filter_map(|(name, value)| word(kind, name, value, units)).collect();
    if words.is_empty() { "本范围全部".to_owned() } else { words.join("、") }
}

/// A filter in words; an order is none.
fn word(kind: ListKind, name: &str, value: &str, units: &Units) -> Option<String> {
    let word = match (name, value) {
        ("whereabouts", _) => Whereabouts::from_code(value)?.label(),
        ("cause", _) => CheckCause::from_code(value)?.label(),
        ("rung", _) => Rung::from_code(value)?.label(),
        ("state", _) if kind == ListKind::Cases => Phase::from_code(value)?.label(),
        ("state", _) => checks::STATES.iter().find(|(code, _)| *code == value)?.1,
        ("overdue", "1") => "已逾期",
        ("of", "balance") => "户籍适龄",
        ("of", "elsewhere") => "外来就读",
        ("nowhere", "1") => "户籍乡镇未认出",
        ("nowhere", "village") => "户籍村未认出",
        _ => units.name(value.parse::<crate::domain::ids::UnitId>().ok()),
    };
    (!word.is_empty()).then(|| word.to_owned())
}

async fn shown(state: &State, session: &Session, asked: &Asked) -> Result<ExportPage, Failure> {
    let kind = asked.list.kind();
    let query = serde_html_form::to_string(&asked.filters).unwrap_or_default();
    Ok(ExportPage {
        rows: uses::count(&state.services, &session.actor, &asked.list).await?,
        action: with_query(&format!("/exports/{}", kind.code()), &query),
        ask: with_query(&format!("/exports/{}/ask", kind.code()), &query),
        today: uses::taken_today(&state.services, &session.actor).await?,
        back: with_query(&format!("/{}", kind.code()), &query),
        told: asked.told.clone(),
        reason: String::new(),
        errors: Errors::default(),
        shell: session.shell.clone(),
        kind,
    })
}

/// Asks what for.
pub(crate) async fn form(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(kind): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Failure> {
    let asked = asked(&state, &session, &kind, &pairs).await?;
    page(&shown(&state, &session, &asked).await?)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Reason {
    reason: String,
}

/// Hands the workbook out.
pub(crate) async fn take(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(kind): Path<String>,
    Query(pairs): Query<Pairs>,
    form: Form<Reason>,
) -> Result<Response, Failure> {
    let asked = asked(&state, &session, &kind, &pairs).await?;
    let reason = form.value.reason;
    match uses::export(&state.services, &session.actor, asked.request(&reason)).await? {
        Ok(made) => Ok(workbook(&made.name, made.bytes)),
        Err(faults) => {
            let shown = shown(&state, &session, &asked).await?;
            again(&ExportPage { errors: faults.into(), reason, ..shown })
        }
    }
}

/// Asks for a list that is beyond the day's limit.
pub(crate) async fn ask(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(kind): Path<String>,
    Query(pairs): Query<Pairs>,
    form: Form<Reason>,
) -> Result<Response, Failure> {
    let asked = asked(&state, &session, &kind, &pairs).await?;
    let (sent, reason) = (form.sending(), form.value.reason);
    let outcome = release::ask(&state.services, &session.actor, &sent, &asked.request(&reason)).await?;
    match outcome {
        Ok(page) => Ok(Redirect::to(&page).into_response()),
        Err(NotDone::Faults(faults)) => {
            let shown = shown(&state, &session, &asked).await?;
            again(&ExportPage { errors: faults.into(), reason, ..shown })
        }
        Err(NotDone::Before(_)) => Err(conflict(form.typed, "/exports/requests")),
    }
}

/// The same form came with another body.
pub(super) fn conflict(typed: Vec<(String, String)>, back: &str) -> Failure {
    Failure::Conflict {
        why: "这份表单已经提交过，内容与这次不同。".to_owned(), typed, back: back.to_owned()
    }
}
