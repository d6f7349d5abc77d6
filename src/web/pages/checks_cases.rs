//! Children found out of school become cases together: the ticked ones by name, what stands against each, then done.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};

use super::case_act;
use super::checks::{Picked, place};
use crate::app::checks::{self as uses, Became, Many};
use crate::domain::access::Action;
use crate::domain::ids::CheckId;
use crate::domain::moment::{age, day_of};
use crate::domain::units::Units;
use crate::web::extract::Form;
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::shell::{Shell, page};
use crate::web::state::State;

#[derive(Template)]
#[template(path = "pages/checks_cases.html")]
struct CasesPage {
    shell: Shell,
    rows: Vec<Row>,
    /// Done already; else it is still to be confirmed.
    done: bool,
}

struct Row {
    became: Became,
    age: i32,
    place: String,
}

impl CasesPage {
    /// How many can be, or were.
    fn count(&self) -> usize {
        self.rows.iter().filter(|row| row.became.case.is_ok()).count()
    }
}

fn picked(session: &Session, form: &Form<Picked>) -> Result<Vec<CheckId>, Failure> {
    session.require(Action::CloseCheck)?;
    session.require(Action::OpenCase)?;
    let ids = form.value.ids();
    if ids.is_empty() {
        return Err(Failure::bad(
            "还没有勾选要列为劝返对象的人，请返回“待核查”，勾选核查结果为“在家未就读（辍学）”的人。",
        ));
    }
    Ok(ids)
}

async fn shown(state: &State, session: &Session, became: Vec<Became>, done: bool) -> Result<Response, Failure> {
    let units = state.services.units(session.actor.county).await?;
    let today = day_of(now(state));
    let row = |became: Became, units: &Units| Row {
        age: age(became.check.birth, today),
        place: place(&became.check, units),
        became,
    };
    let rows = became.into_iter().map(|one| row(one, &units)).collect();
    page(&CasesPage { shell: session.shell.clone(), rows, done })
}

/// Names the ticked ones and what stands against each; nothing is done yet.
pub(crate) async fn confirm(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Form<Picked>,
) -> Result<Response, Failure> {
    let ids = picked(&session, &form)?;
    let became = uses::try_cases(&state.services, &session.actor, &ids).await?;
    shown(&state, &session, became, false).await
}

/// Opens the cases of those that can be, and tells of each what came of it.
pub(crate) async fn open(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Form<Picked>,
) -> Result<Response, Failure> {
    let ids = picked(&session, &form)?;
    match uses::open_cases(&state.services, &session.actor, &form.sending(), &ids).await {
        Ok(Many::Now(became)) => shown(&state, &session, became, true).await,
        Ok(Many::Before(done)) => Ok(Redirect::to(&done.location).into_response()),
        Err(why) => Err(case_act::failure(why, vec![], "/checks")),
    }
}
