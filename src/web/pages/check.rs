//! One child of 待核查: the sources side by side, the clue, the answers, and what is done to it.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;

use super::check_bench::{Bench, around};
use super::checks::{Asked, place};
use crate::app::cases::Upload as Proof;
use crate::app::checks::{self as uses, AnswerInput, Settled};
use crate::app::compare::{Clue, Found};
use crate::app::register::{self, ChildView};
use crate::app::sending::Before;
use crate::db::audit::Look;
use crate::db::checks::{self, Answer, CheckLine};
use crate::db::idempotency::{self, Taken};
use crate::domain::access::Action;
use crate::domain::event::{Event, EventKind, LookKind};
use crate::domain::ids::{CheckId, UnitId};
use crate::domain::moment::{age, day_of};
use crate::domain::units::Units;
use crate::domain::words::CheckFinding;
use crate::files::read_evidence;
use crate::web::extract::{Errors, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::sent::already;
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;
use crate::web::upload::{Photos, Upload};

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
    bench: Bench,
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

    fn points_to_refused_row(&self) -> bool {
        self.clue.as_ref().is_some_and(|c| matches!(c.found, Some(Found::Row { .. })))
    }

    fn unit(&self, id: Option<&UnitId>) -> &str {
        self.units.name(id.copied())
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
    session.require(Action::SeeChildren)?;
    let shown = load(&state, &session, id, &asked).await?;
    let notice = match asked.done() {
        "answered" => Some("核查结果已保存，等乡镇认定去向。".to_owned()),
        "reopened" => Some("已撤销认定，重新列为待核查。".to_owned()),
        _ => None,
    };
    page(&CheckPage { shell: session.shell_with(notice), ..shown })
}

async fn load(state: &State, session: &Session, id: CheckId, asked: &Asked) -> Result<CheckPage, Failure> {
    let units = state.services.units(session.actor.county).await?;
    let mut read = state.services.db.read(&session.actor).await?;
    let check = checks::by_id(&mut read, id).await?;
    let view = register::view(&state.services, &mut read, check.child).await?;
    let answers = checks::answers(&mut read, id).await?;
    let today = day_of(now(state));
    let bench = around(&mut read, session, &units, asked, id, today).await?;
    drop(read);
    let look = Look { kind: LookKind::Child, child: Some(check.child), case: None, detail: json!({ "check": id }) };
    state.services.db.look(&session.actor, look).await?;
    Ok(CheckPage {
        shell: session.shell.clone(),
        age: age(check.birth, today),
        place: place(&check, &units),
        clue: serde_json::from_value(check.clue.clone()).ok(),
        typed: Typed { found_on: today.to_string(), ..Typed::default() },
        bench,
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
    let mut shown = load(&state, &session, id, &Asked::default()).await?;
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
            Ok(ready) => proofs.push(Proof { ready, name: file.name }),
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
    match idempotency::take(&mut write, form.key, &form.body_hash, &location).await? {
        Taken::Fresh => {}
        Taken::Replay(before) => return already(Before::Same(before), vec![], &location),
        Taken::Differs => {
            let typed = vec![("elsewhere".to_owned(), typed.elsewhere), ("note".to_owned(), typed.note)];
            return already(Before::Different, typed, &format!("/checks/{id}"));
        }
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
            let mut shown = load(state, session, id, &Asked::default()).await?;
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
    if sent == 0 {
        let mut shown = load(&state, &session, id, &Asked::default()).await?;
        shown.refused = Some("已经派发过、已经认定，或没有登记到村，不用再派发。".to_owned());
        return again(&shown);
    }
    Ok(Redirect::to(&format!("/checks?done=sent&n={sent}")).into_response())
}

/// Takes the settlement back.
pub(crate) async fn reopen(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<CheckId>,
) -> Result<Response, Failure> {
    session.require(Action::CloseCheck)?;
    if !uses::reopen(&state.services, &session.actor, id).await? {
        let mut shown = load(&state, &session, id, &Asked::default()).await?;
        if !shown.is_open() {
            shown.refused = Some("这名儿童另有一条待核查，不用再打开这一条。".to_owned());
            return again(&shown);
        }
    }
    Ok(Redirect::to(&format!("/checks/{id}?done=reopened")).into_response())
}
