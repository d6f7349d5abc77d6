//! 重点人群 of a child: what is marked, by which source, since when; marked and ended by hand.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;

use crate::app::register::{self as uses, FlagForm};
use crate::app::sending::{NotDone, Outcome};
use crate::db::audit::Look;
use crate::db::register::{self, ChildPage, FlagLine};
use crate::domain::access::{Action, sees_flag};
use crate::domain::event::LookKind;
use crate::domain::ids::ChildId;
use crate::domain::moment::day_of;
use crate::domain::words::KeyPopulation;
use crate::web::extract::{Errors, Form, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::sent::already;
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;

#[derive(Template)]
#[template(path = "pages/flags.html")]
struct FlagsPage {
    shell: Shell,
    child: ChildPage,
    flags: Vec<FlagLine>,
    choices: Vec<(String, String)>,
    typed: FlagForm,
    errors: Errors,
    /// The flag whose form of ending has the faults; else they are the other form's.
    ending: bool,
    today: String,
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Done {
    done: String,
}

impl FlagsPage {
    /// What was typed into the form of ending this flag.
    fn ends(&self, line: &FlagLine) -> bool {
        self.ending && self.typed.flag == line.flag.code()
    }
}

async fn load(state: &State, session: &Session, id: ChildId) -> Result<FlagsPage, Failure> {
    session.require(Action::SeeChildren)?;
    let mut read = state.services.db.read(&session.actor).await?;
    let child = register::child_page(&mut read, id).await?;
    let flags = register::flag_lines(&mut read, id).await?;
    drop(read);
    session.require(Action::SetFlag)?;
    let look = Look { kind: LookKind::Child, child: Some(id), case: None, detail: json!({}) };
    state.services.db.look(&session.actor, look).await?;
    let role = session.actor.role();
    let open = KeyPopulation::ALL.iter().filter(|flag| role.is_some_and(|role| sees_flag(role, **flag)));
    let today = day_of(now(state)).to_string();
    Ok(FlagsPage {
        shell: session.shell.clone(),
        choices: open.map(|f| (f.code().to_owned(), f.label().to_owned())).collect(),
        child,
        flags,
        typed: FlagForm { on: today.clone(), ..FlagForm::default() },
        errors: Errors::default(),
        ending: false,
        today,
    })
}

pub(crate) async fn show(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<ChildId>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let mut shown = load(&state, &session, id).await?;
    let notice = match done.done.as_str() {
        "set" => Some("已标记。".to_owned()),
        "ended" => Some("标记已结束，来源记录仍保留。".to_owned()),
        _ => None,
    };
    shown.shell = session.shell_with(notice);
    page(&shown)
}

fn answer(mut shown: FlagsPage, outcome: Outcome<String>, form: Form<FlagForm>) -> Result<Response, Failure> {
    match outcome? {
        Ok(location) => return Ok(Redirect::to(&location).into_response()),
        Err(NotDone::Before(before)) => {
            let back = format!("/children/{}/flags", shown.child.id);
            return already(before, form.typed.into_iter().filter(|(name, _)| name != "key").collect(), &back);
        }
        Err(NotDone::Faults(faults)) => shown.errors = faults.into(),
    }
    shown.typed = form.value;
    again(&shown)
}

pub(crate) async fn set(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<ChildId>,
    form: Form<FlagForm>,
) -> Result<Response, Failure> {
    let shown = load(&state, &session, id).await?;
    let outcome = uses::set_flag(&state.services, &session.actor, &form.sending(), id, &form.value).await;
    answer(shown, outcome, form)
}

pub(crate) async fn end(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<ChildId>,
    form: Form<FlagForm>,
) -> Result<Response, Failure> {
    let mut shown = load(&state, &session, id).await?;
    shown.ending = true;
    let outcome = uses::end_flag(&state.services, &session.actor, &form.sending(), id, &form.value).await;
    answer(shown, outcome, form)
}
