//! 账号安全: locks, failures, live sessions, attempts to sign in; unlock, disable, end sessions.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::TimeDelta;
use serde::Deserialize;

use crate::app::sending::NotDone;
use crate::app::{sign_in, user_changes};
use crate::db::Door as _;
use crate::db::watch::{self, Attempts, Failed, Watched, WatchedAccount};
use crate::domain::access::Action;
use crate::domain::ids::UserId;
use crate::domain::moment::day_of;
use crate::web::extract::{Form, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::sent::already;
use crate::web::shell::{Shell, page};
use crate::web::sought::Sought;
use crate::web::state::State;

/// How far back attempts are shown.
const BACK: TimeDelta = TimeDelta::days(7);
/// Failed attempts shown.
const FAILED: i64 = 50;

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    show: String,
    done: String,
    why: String,
}

#[derive(Template)]
#[template(path = "pages/accounts.html")]
struct AccountsPage {
    shell: Shell,
    show: String,
    text: String,
    tabs: [(&'static str, &'static str); 4],
    accounts: Vec<WatchedAccount>,
    days: Vec<Attempts>,
    failed: Vec<Failed>,
    refused: Option<&'static str>,
    today: chrono::NaiveDate,
}

const TABS: [(&str, &str); 4] = [("", "需要处理"), ("online", "在线"), ("disabled", "已停用"), ("all", "全部账号")];

/// The page.
pub(crate) async fn show(
    AxumState(state): AxumState<State>,
    session: Session,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    session.require(Action::ManageAccounts)?;
    let notice = match asked.done.as_str() {
        "unlocked" => Some("已解锁，可以重新登录。"),
        "ended" => Some("已让这个账号在所有设备上退出。"),
        "disabled" => Some("账号已停用，登录已退出。"),
        "enabled" => Some("账号已恢复使用。"),
        _ => None,
    };
    let refused = match asked.why.as_str() {
        "self" => Some("不能停用自己的账号，请由另一位管理员办理。"),
        "last" => Some("这是本县最后一位系统管理员，停用后就没有人能管理用户了。请先由系统管理员任命另一位，再停用。"),
        _ => None,
    };
    let shell = session.shell_with(notice.map(str::to_owned));
    let shown = load(&state, &session, &asked.show, "").await?;
    page(&AccountsPage { shell, refused, ..shown })
}

/// Finds accounts by a part of name or login; by POST, because a name is nobody's address.
pub(crate) async fn find(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Form<Sought>,
) -> Result<Response, Failure> {
    session.require(Action::ManageAccounts)?;
    let text = form.value.said();
    page(&load(&state, &session, "all", &text).await?)
}

async fn load(state: &State, session: &Session, show: &str, text: &str) -> Result<AccountsPage, Failure> {
    let watched = match show {
        "online" => Watched::Online,
        "disabled" => Watched::Disabled,
        "all" => Watched::All,
        _ => Watched::Alarming,
    };
    let mut read = state.services.db.read(&session.actor).await?;
    let (since, live) = (read.now() - BACK, read.now() - sign_in::IDLE);
    let text = Some(text).filter(|text| !text.is_empty());
    let show = TABS.iter().find(|(code, _)| *code == show).map_or("", |(code, _)| *code);
    Ok(AccountsPage {
        shell: session.shell.clone(),
        show: show.to_owned(),
        text: text.unwrap_or_default().to_owned(),
        tabs: TABS,
        accounts: watch::accounts(&mut read, watched, text, (since, live)).await?,
        days: watch::attempts_by_day(&mut read, since).await?,
        failed: watch::failed_attempts(&mut read, since, FAILED).await?,
        refused: None,
        today: day_of(read.now()),
    })
}

/// Nothing but the key.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Nothing {}

/// Takes a lock away.
pub(crate) async fn unlock(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(user): Path<UserId>,
    form: Form<Nothing>,
) -> Result<Response, Failure> {
    session.require(Action::ManageAccounts)?;
    let outcome = user_changes::unlock(&state.services, &session.actor, &form.sending(), user).await?;
    answer(outcome, form, "unlocked")
}

/// Ends all sessions.
pub(crate) async fn end_sessions(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(user): Path<UserId>,
    form: Form<Nothing>,
) -> Result<Response, Failure> {
    session.require(Action::ManageAccounts)?;
    let outcome = user_changes::end_sessions(&state.services, &session.actor, &form.sending(), user).await?;
    answer(outcome, form, "ended")
}

/// Takes an account out of use.
pub(crate) async fn disable(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(user): Path<UserId>,
    form: Form<Nothing>,
) -> Result<Response, Failure> {
    session.require(Action::ManageAccounts)?;
    let outcome = user_changes::disable(&state.services, &session.actor, &form.sending(), user, "/accounts").await?;
    if let Err(NotDone::Faults(_)) = outcome {
        let why = if session.actor.user() == Some(user) { "self" } else { "last" };
        return Ok(Redirect::to(&format!("/accounts?show=all&why={why}")).into_response());
    }
    answer(outcome, form, "disabled")
}

/// Puts an account back into use.
pub(crate) async fn enable(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(user): Path<UserId>,
    form: Form<Nothing>,
) -> Result<Response, Failure> {
    session.require(Action::ManageAccounts)?;
    let outcome = user_changes::enable(&state.services, &session.actor, &form.sending(), user, "/accounts").await?;
    answer(outcome, form, "enabled")
}

fn answer(outcome: Result<(), NotDone>, form: Form<Nothing>, done: &str) -> Result<Response, Failure> {
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("/accounts?done={done}")).into_response()),
        Err(NotDone::Before(before)) => already(before, form.typed, "/accounts"),
        Err(NotDone::Faults(faults)) => Err(Failure::Forbidden(format!("{}。", faults.sentence()))),
    }
}
