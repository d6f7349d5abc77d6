//! One user: person, appointments, first password, in use or not.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::users::{Line, today};
use crate::app::sending::{NotDone, Sending};
use crate::app::user_changes;
use crate::db::users::{self, User};
use crate::domain::access::Action;
use crate::domain::faults::Faults;
use crate::domain::ids::{AppointmentId, UserId};
use crate::domain::moment::{day_of, full_day};
use crate::domain::role::Role;
use crate::domain::units::Units;
use crate::domain::user_form::{self, TypedPost};
use crate::web::extract::{Errors, Form, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::pages::user_new::{FirstPasswordPage, unit_names};
use crate::web::sent::already;
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;

#[derive(Template)]
#[template(path = "pages/users/one.html")]
struct OnePage {
    shell: Shell,
    user: User,
    lines: Vec<Line>,
    errors: Errors,
    typed: Typed,
    roles: Vec<(&'static str, &'static str)>,
    units: Vec<String>,
    myself: bool,
    since: String,
}

/// What the page's forms send.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    name: String,
    phone: String,
    role: String,
    unit: String,
    title: String,
    from: String,
    until: String,
    appointment: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Done {
    done: String,
}

impl OnePage {
    /// Whether this row's last day is what was typed and not taken.
    fn is_typed(&self, line: &Line) -> bool {
        self.typed.appointment.parse() == Ok(line.post.id)
    }
}

/// The page.
pub(crate) async fn one(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(user): Path<UserId>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    session.require(Action::ManageUsers)?;
    let shell = session.shell_with(notice(&done.done));
    let shown = load(&state, &session, user).await?;
    page(&OnePage { shell, ..shown })
}

async fn load(state: &State, session: &Session, id: UserId) -> Result<OnePage, Failure> {
    let units = state.services.units(session.actor.county).await?;
    let mut read = state.services.db.read(&session.actor).await?;
    let user = users::user(&mut read, id).await?;
    let posts = users::posts(&mut read, &[id]).await?;
    let day = today(&state.services);
    Ok(OnePage {
        shell: session.shell.clone(),
        lines: posts.into_iter().map(|post| Line::of(post, &units, day)).collect(),
        errors: Errors::default(),
        typed: Typed { name: user.name.clone(), from: day.to_string(), ..Typed::default() },
        roles: Role::ALL.iter().map(|role| (role.code(), role.label())).collect(),
        units: unit_names(&units),
        myself: session.actor.user() == Some(id),
        since: full_day(day_of(user.created_at)),
        user,
    })
}

fn notice(done: &str) -> Option<String> {
    let words = match done {
        "made" => "用户已新增。初始密码只显示一次；没有记下的，请重置密码。",
        "changed" => "姓名和电话已更改。",
        "appointed" => "已加任这个岗位。",
        "until" => "止任日期已更改。",
        "disabled" => "账号已停用，登录已退出。",
        "enabled" => "账号已恢复使用。",
        "reset" => "密码已经重置。新密码只显示一次；没有记下的，请再重置一次。",
        _ => return None,
    };
    Some(words.to_owned())
}

/// Changes name and phone.
pub(crate) async fn change(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(user): Path<UserId>,
    form: Form<Typed>,
) -> Result<Response, Failure> {
    session.require(Action::ManageUsers)?;
    let mut faults = Faults::default();
    let name = faults.check("name", user_form::name(&form.value.name));
    let phone = faults.check("phone", user_form::one_phone(&form.value.phone));
    let outcome = match (name, phone) {
        (Some(name), Some(phone)) => {
            user_changes::set_person(&state.services, &session.actor, &form.sending(), user, (name, phone)).await?
        }
        _ => Err(faults.into()),
    };
    answer(&state, &session, (user, form), outcome, "changed").await
}

/// Adds an appointment.
pub(crate) async fn appoint(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(user): Path<UserId>,
    form: Form<Typed>,
) -> Result<Response, Failure> {
    session.require(Action::ManageUsers)?;
    let units: std::sync::Arc<Units> = state.services.units(session.actor.county).await?;
    let outcome = match user_form::post(&typed_post(&form.value), &units, today(&state.services)) {
        Ok(draft) => user_changes::appoint(&state.services, &session.actor, &form.sending(), user, draft).await?,
        Err(faults) => Err(faults.into()),
    };
    answer(&state, &session, (user, form), outcome, "appointed").await
}

fn typed_post(typed: &Typed) -> TypedPost {
    TypedPost {
        role: typed.role.clone(),
        unit: typed.unit.clone(),
        title: typed.title.clone(),
        from: typed.from.clone(),
        until: typed.until.clone(),
    }
}

/// Sets or takes away the last day of an appointment.
pub(crate) async fn last_day(
    AxumState(state): AxumState<State>,
    session: Session,
    Path((user, appointment)): Path<(UserId, AppointmentId)>,
    mut form: Form<Typed>,
) -> Result<Response, Failure> {
    session.require(Action::ManageUsers)?;
    let outcome = match user_form::day(&form.value.until) {
        Ok(until) => {
            let sending = form.sending();
            user_changes::set_last_day(&state.services, &session.actor, &sending, (user, appointment), until).await?
        }
        Err(why) => Err(NotDone::fault("until", why)),
    };
    let outcome = outcome.map_err(at_row);
    form.value.appointment = appointment.to_string();
    answer(&state, &session, (user, form), outcome, "until").await
}

/// The fault of a row's day stands at that row, not at the form for a new appointment.
fn at_row(not: NotDone) -> NotDone {
    match not {
        NotDone::Faults(faults) => {
            NotDone::Faults(Faults(faults.0.into_iter().map(|(_, message)| ("last-day", message)).collect()))
        }
        before @ NotDone::Before(_) => before,
    }
}

/// Takes the user out of use.
pub(crate) async fn disable(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(user): Path<UserId>,
    form: Form<Typed>,
) -> Result<Response, Failure> {
    session.require(Action::ManageUsers)?;
    let back = format!("/users/{user}");
    let outcome = user_changes::disable(&state.services, &session.actor, &form.sending(), user, &back).await?;
    answer(&state, &session, (user, form), outcome, "disabled").await
}

/// Puts the user back into use.
pub(crate) async fn enable(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(user): Path<UserId>,
    form: Form<Typed>,
) -> Result<Response, Failure> {
    session.require(Action::ManageUsers)?;
    let back = format!("/users/{user}");
    let outcome = user_changes::enable(&state.services, &session.actor, &form.sending(), user, &back).await?;
    answer(&state, &session, (user, form), outcome, "enabled").await
}

/// Gives a new first password, which this very answer shows, once.
pub(crate) async fn reset(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(user): Path<UserId>,
    form: Form<Typed>,
) -> Result<Response, Failure> {
    session.require(Action::ManageUsers)?;
    let sending: Sending = form.sending();
    match user_changes::reset_password(&state.services, &session.actor, &sending, user).await? {
        Ok(first) => page(&FirstPasswordPage::new(session.shell, "密码已重置", first)),
        Err(not) => answer(&state, &session, (user, form), Err(not), "reset").await,
    }
}

/// Done: back to the page; wrong: the page again with what was typed; sent before: where that led.
async fn answer(
    state: &State,
    session: &Session,
    (user, form): (UserId, Form<Typed>),
    outcome: Result<(), NotDone>,
    done: &str,
) -> Result<Response, Failure> {
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("/users/{user}?done={done}")).into_response()),
        Err(NotDone::Before(before)) => already(before, form.typed, &format!("/users/{user}")),
        Err(NotDone::Faults(faults)) => {
            let shown = load(state, session, user).await?;
            let mut typed = form.value;
            if typed.name.is_empty() && faults.0.iter().all(|(field, _)| *field != "name") {
                typed.name.clone_from(&shown.user.name);
            }
            again(&OnePage { errors: faults.into(), typed, ..shown })
        }
    }
}
