//! A new user, and the page that shows a first password once.

use std::sync::Arc;

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::Response;
use serde::Deserialize;

use super::users::today;
use crate::app::sending::NotDone;
use crate::app::users::{self, FirstPassword};
use crate::domain::access::Action;
use crate::domain::moment::full_day_time;
use crate::domain::role::{Role, UnitKind};
use crate::domain::units::Units;
use crate::domain::user_form::{self, TypedPost, TypedUser};
use crate::web::extract::{Errors, Form};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::sent::already;
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;

/// What is typed of a new user.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    name: String,
    login: String,
    phone: String,
    role: String,
    unit: String,
    title: String,
    from: String,
    until: String,
}

#[derive(Template)]
#[template(path = "pages/users/new.html")]
struct NewPage {
    shell: Shell,
    typed: Typed,
    errors: Errors,
    roles: Vec<(&'static str, &'static str)>,
    units: Vec<String>,
}

impl NewPage {
    fn new(shell: Shell, units: &Units, typed: Typed, errors: Errors) -> Self {
        let roles = Role::ALL.iter().map(|role| (role.code(), role.label())).collect();
        Self { shell, typed, errors, roles, units: unit_names(units) }
    }
}

/// Every unit that somebody may be appointed to, by its full name, for the list below the field.
pub(crate) fn unit_names(units: &Units) -> Vec<String> {
    let named = |kind: &UnitKind| units.of_kind(*kind).map(|unit| units.full_name(unit.id));
    let posts = |kind: &&UnitKind| Role::ALL.iter().any(|role| role.unit_kinds().contains(kind));
    UnitKind::ALL.iter().filter(posts).flat_map(named).collect()
}

/// The empty form.
pub(crate) async fn form(AxumState(state): AxumState<State>, session: Session) -> Result<Response, Failure> {
    session.require(Action::ManageUsers)?;
    let units = state.services.units(session.actor.county).await?;
    let typed = Typed { from: today(&state.services).to_string(), ..Typed::default() };
    page(&NewPage::new(session.shell, &units, typed, Errors::default()))
}

/// Makes the user; this very answer shows the first password, once.
pub(crate) async fn submit(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Form<Typed>,
) -> Result<Response, Failure> {
    session.require(Action::ManageUsers)?;
    let units: Arc<Units> = state.services.units(session.actor.county).await?;
    let outcome = match user_form::user(&typed_user(&form.value), &units, today(&state.services)) {
        Ok(draft) => users::add_user(&state.services, &session.actor, &form.sending(), draft).await?,
        Err(faults) => Err(faults.into()),
    };
    match outcome {
        Ok(first) => page(&FirstPasswordPage::new(session.shell, "用户已新增", first)),
        Err(NotDone::Before(before)) => already(before, form.typed, "/users"),
        Err(NotDone::Faults(faults)) => again(&NewPage::new(session.shell, &units, form.value, faults.into())),
    }
}

fn typed_user(typed: &Typed) -> TypedUser {
    TypedUser {
        name: typed.name.clone(),
        login: typed.login.clone(),
        phone: typed.phone.clone(),
        post: TypedPost {
            role: typed.role.clone(),
            unit: typed.unit.clone(),
            title: typed.title.clone(),
            from: typed.from.clone(),
            until: typed.until.clone(),
        },
    }
}

/// Shows a first password; it is not kept anywhere and cannot be shown again.
#[derive(Template)]
#[template(path = "pages/users/first_password.html")]
pub(crate) struct FirstPasswordPage {
    shell: Shell,
    title: &'static str,
    first: FirstPassword,
    until: String,
}

impl FirstPasswordPage {
    pub(crate) fn new(shell: Shell, title: &'static str, first: FirstPassword) -> Self {
        let until = full_day_time(first.until);
        Self { shell, title, first, until }
    }
}
