//! 待核查: the list, one child with its clue and answers, and what is done to it, singly and in bulk.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;

use crate::app::checks::{self as uses, AnswerInput, Settled};
use crate::app::compare::{Clue, Found};
use crate::app::register::{self, ChildView};
use crate::db::audit::Look;
use crate::db::checks::{self, Answer, CheckFilter, CheckLine};
use crate::domain::access::Action;
use crate::domain::event::{Event, EventKind, LookKind};
use crate::domain::ids::{CheckId, UnitId};
use crate::domain::moment::{age, day_of};
use crate::domain::role::UnitKind;
use crate::domain::units::Units;
use crate::domain::words::{CheckCause, CheckFinding};
use crate::files::read_evidence;
use crate::web::extract::{Errors, Form, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;
use crate::web::upload::{Photos, Upload};

/// Checks on one page.
const SHOWN: i64 = 300;

/// The filters as the address has them, and what was just done.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    township: String,
    village: String,
    cause: String,
    state: String,
    done: String,
    opened: String,
    settled: String,
    n: String,
}

#[derive(Template)]
#[template(path = "pages/checks.html")]
struct ChecksPage {
    shell: Shell,
    lines: Vec<Line>,
    asked: Asked,
    townships: Vec<(String, String)>,
    villages: Vec<(String, String)>,
    causes: Vec<(String, String)>,
    states: Vec<(String, String)>,
    may_send: bool,
    filtered: bool,
}

struct Line {
    check: CheckLine,
    age: i32,
    place: String,
}

impl Line {
    fn state(&self) -> &'static str {
        match (self.check.finding, self.check.sent_at) {
            (Some(_), _) => "待认定",
            (None, Some(_)) => "已派村",
            (None, None) => "未派发",
        }
    }
}

pub(crate) async fn list(
    AxumState(state): AxumState<State>,
    session: Session,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    session.require(Action::AnswerCheck)?;
    let units = state.services.units(session.actor.county).await?;
    let unit = |text: &str| text.parse::<UnitId>().ok();
    let filter = CheckFilter {
        township: unit(&asked.township),
        village: unit(&asked.village),
        cause: CheckCause::from_code(&asked.cause),
        sent: match asked.state.as_str() {
            "unsent" => Some(false),
            "sent" => Some(true),
            _ => None,
        },
        answered: match asked.state.as_str() {
            "answered" => Some(true),
            "unsent" | "sent" => Some(false),
            _ => None,
        },
    };
    let mut read = state.services.db.read(&session.actor).await?;
    let today = day_of(now(&state));
    let lines = checks::list(&mut read, filter, SHOWN).await?;
    let own = session.actor.unit().filter(|u| units.get(*u).is_some_and(|u| u.kind == UnitKind::Township));
    let named = |of: &mut dyn Iterator<Item = &crate::domain::units::Unit>| {
        of.map(|u| (u.id.to_string(), u.name.clone())).collect()
    };
    let townships = if session.actor.is_county_wide() { named(&mut units.of_kind(UnitKind::Township)) } else { vec![] };
    let villages = own.or(filter.township).map(|t| named(&mut units.villages_of(t))).unwrap_or_default();
    page(&ChecksPage {
        shell: session.shell_with(notice(&asked)),
        lines: lines
            .into_iter()
            .map(|check| Line { age: age(check.birth, today), place: place(&check, &units), check })
            .collect(),
        townships,
        villages,
        causes: CheckCause::ALL.iter().map(|c| (c.code().to_owned(), c.label().to_owned())).collect(),
        states: [("unsent", "未派发"), ("sent", "已派村"), ("answered", "待认定")]
            .map(|(c, w)| (c.to_owned(), w.to_owned()))
            .to_vec(),
        may_send: session.may(Action::SendCheck),
        filtered: [&asked.township, &asked.village, &asked.cause, &asked.state].iter().any(|v| !v.is_empty()),
        asked,
    })
}

fn notice(asked: &Asked) -> Option<String> {
    let count = |text: &str| text.parse::<u32>().unwrap_or(0);
    Some(match asked.done.as_str() {
        "compared" => {
            format!("比对完成：新列待核查 {} 人，已找到学籍而销去 {} 人。", count(&asked.opened), count(&asked.settled))
        }
        "sent" => format!("已派发 {} 人，村里的待办里可以看到。", count(&asked.n)),
        "settled" => "去向已认定。".to_owned(),
        "merged" => "已并入，去向记为在校；来源记录都保留，可以撤销。".to_owned(),
        _ => return None,
    })
}

fn place(check: &CheckLine, units: &Units) -> String {
    let village = units.name(check.village);
    if village.is_empty() {
        check.domicile_text.clone().unwrap_or_default()
    } else {
        format!("{}{village}", units.name(check.township))
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Picked {
    check: Vec<String>,
}

/// Sends the picked checks to their villages.
pub(crate) async fn send(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Form<Picked>,
) -> Result<Response, Failure> {
    session.require(Action::SendCheck)?;
    let picked: Vec<CheckId> = form.value.check.iter().filter_map(|c| c.parse().ok()).collect();
    if picked.is_empty() {
        return Err(Failure::bad("还没有勾选要派发的人，请返回勾选后再派发。"));
    }
    let sent = uses::send(&state.services, &session.actor, &picked).await?;
    Ok(Redirect::to(&format!("/checks?done=sent&n={sent}")).into_response())
}

#[derive(Template)]
#[template(path = "pages/check.html")]
struct CheckPage {
    shell: Shell,
    check: CheckLine,
    view: ChildView,
    age: i32,
    place: String,
    clue: Option<Clue>,
    answers: Vec<Answer>,
    errors: Errors,
    typed: Typed,
    findings: Vec<(String, String)>,
    refused: Option<String>,
    may_answer: bool,
    may_send: bool,
    may_close: bool,
    units: std::sync::Arc<Units>,
    today: chrono::NaiveDate,
}

impl CheckPage {
    fn is_open(&self) -> bool {
        self.check.closed_at.is_none()
    }

    fn can_merge(&self) -> bool {
        self.is_open() && self.may_close && self.clue.as_ref().is_some_and(|c| c.found.is_some())
    }

    fn from_refused_row(&self) -> bool {
        self.clue.as_ref().is_some_and(|c| matches!(c.found, Some(Found::Row { .. })))
    }

    fn unit(&self, id: &Option<UnitId>) -> &str {
        self.units.name(*id)
    }

    fn is_finding(&self, finding: &CheckFinding, of: &str) -> bool {
        finding.code() == of
    }
}

/// What the answer's form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    finding: String,
    found_on: String,
    elsewhere: String,
    note: String,
}

pub(crate) async fn show(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<CheckId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    session.require(Action::AnswerCheck)?;
    let shown = load(&state, &session, id).await?;
    let notice = match asked.done.as_str() {
        "answered" => Some("核查结果已保存，等乡镇认定去向。".to_owned()),
        "reopened" => Some("已撤销认定，重新列为待核查。".to_owned()),
        _ => None,
    };
    page(&CheckPage { shell: session.shell_with(notice), ..shown })
}

async fn load(state: &State, session: &Session, id: CheckId) -> Result<CheckPage, Failure> {
    let units = state.services.units(session.actor.county).await?;
    let mut read = state.services.db.read(&session.actor).await?;
    let check = checks::by_id(&mut read, id).await?;
    let view = register::view(&state.services, &mut read, check.child).await?;
    let answers = checks::answers(&mut read, id).await?;
    drop(read);
    let look = Look { kind: LookKind::Child, child: Some(check.child), case: None, detail: json!({ "check": id }) };
    state.services.db.look(&session.actor, look).await?;
    let today = day_of(now(state));
    Ok(CheckPage {
        shell: session.shell.clone(),
        age: age(check.birth, today),
        place: place(&check, &units),
        clue: serde_json::from_value(check.clue.clone()).ok(),
        typed: Typed { found_on: today.to_string(), ..Typed::default() },
        findings: CheckFinding::ALL.iter().map(|f| (f.code().to_owned(), f.label().to_owned())).collect(),
        errors: Errors::default(),
        refused: None,
        may_answer: session.may(Action::AnswerCheck),
        may_send: session.may(Action::SendCheck),
        may_close: session.may(Action::CloseCheck),
        check,
        view,
        answers,
        units,
        today,
    })
}

/// Takes an answer with its proof.
pub(crate) async fn answer(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<CheckId>,
    form: Upload<Typed, Photos>,
) -> Result<Response, Failure> {
    session.require(Action::AnswerCheck)?;
    let mut shown = load(&state, &session, id).await?;
    if !shown.is_open() {
        shown.refused = Some("这一条已经认定，不用再回复。".to_owned());
        return again(&shown);
    }
    let typed = form.value;
    let input = AnswerInput::parse(
        &typed.finding,
        &typed.found_on,
        &typed.elsewhere,
        &typed.note,
        shown.check.opened_on,
        shown.today,
    );
    let mut proofs = Vec::new();
    for file in form.files?.into_iter().filter(|f| !f.bytes.is_empty()) {
        match read_evidence(file.bytes).await {
            Ok(ready) => proofs.push(crate::app::cases::Upload { ready, name: file.name }),
            Err(why) => shown.errors.add("proof", format!("“{}”：{why}", file.name)),
        }
    }
    let input = match input {
        Ok(input) if shown.errors.is_empty() => input,
        input => {
            for (field, fault) in input.err().unwrap_or_default() {
                shown.errors.add(field, fault);
            }
            shown.typed = typed;
            return again(&shown);
        }
    };
    let mut write = state.services.db.write(&session.actor).await?;
    let location = format!("/checks/{id}?done=answered");
    if let crate::db::idempotency::Taken::Replay(before) =
        crate::db::idempotency::take(&mut write, form.key, &form.body_hash, &location).await?
    {
        return Ok(Redirect::to(&before).into_response());
    }
    uses::answer_with_proof(&state.services, &mut write, &shown.check, &input, proofs).await?;
    write.commit(Event::new(EventKind::CheckAnswered).child(shown.check.child).with("finding", input.finding)).await?;
    Ok(Redirect::to(&location).into_response())
}

async fn settled(
    state: &State,
    session: &Session,
    id: CheckId,
    outcome: Settled,
    done: &str,
) -> Result<Response, Failure> {
    match outcome {
        Settled::Whereabouts => Ok(Redirect::to(&format!("/checks?done={done}")).into_response()),
        Settled::Case(case) => Ok(Redirect::to(&format!("/cases/{case}?done=opened")).into_response()),
        Settled::Refused(why) => {
            let mut shown = load(state, session, id).await?;
            shown.refused = Some(why);
            again(&shown)
        }
    }
}

/// Settles the check on its latest answer.
pub(crate) async fn settle(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<CheckId>,
) -> Result<Response, Failure> {
    session.require(Action::CloseCheck)?;
    let outcome = uses::settle(&state.services, &session.actor, id).await?;
    settled(&state, &session, id, outcome, "settled").await
}

/// The clue was right.
pub(crate) async fn same(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<CheckId>,
) -> Result<Response, Failure> {
    session.require(Action::CloseCheck)?;
    let outcome = uses::same_person(&state.services, &session.actor, id).await?;
    settled(&state, &session, id, outcome, "merged").await
}

/// Sends this one to its village.
pub(crate) async fn send_one(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<CheckId>,
) -> Result<Response, Failure> {
    session.require(Action::SendCheck)?;
    let sent = uses::send(&state.services, &session.actor, &[id]).await?;
    Ok(Redirect::to(&format!("/checks?done=sent&n={sent}")).into_response())
}

/// Takes the settlement back.
pub(crate) async fn reopen(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<CheckId>,
) -> Result<Response, Failure> {
    session.require(Action::CloseCheck)?;
    uses::reopen(&state.services, &session.actor, id).await?;
    Ok(Redirect::to(&format!("/checks/{id}?done=reopened")).into_response())
}
