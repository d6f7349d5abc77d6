//! 列为劝返对象 by hand: who found the child, how, on which day; refused with reasons where it cannot be.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;

use super::case_act;
use crate::app::cases::NotDone;
use crate::app::cases::open::{OpenForm, open_case};
use crate::db::audit::Look;
use crate::db::register::{self, ChildPage};
use crate::domain::access::Action;
use crate::domain::event::LookKind;
use crate::domain::ids::{CaseId, ChildId};
use crate::domain::moment::day_of;
use crate::domain::words::CaseOrigin;
use crate::web::extract::{Errors, Form, Path};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::mend::RefusalView;
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;

#[derive(Template)]
#[template(path = "pages/cases/new.html")]
struct NewPage {
    shell: Shell,
    child: ChildPage,
    typed: OpenForm,
    errors: Errors,
    refusal: Option<RefusalView>,
    origins: Vec<(CaseOrigin, &'static str)>,
}

async fn load(state: &State, session: &Session, id: ChildId) -> Result<NewPage, Failure> {
    session.require(Action::SeeChildren)?;
    let mut read = state.services.db.read(&session.actor).await?;
    let child = register::child_page(&mut read, id).await?;
    drop(read);
    let look = Look { kind: LookKind::Child, child: Some(id), case: None, detail: json!({}) };
    state.services.db.look(&session.actor, look).await?;
    session.require(Action::OpenCase)?;
    let on = day_of(now(state)).to_string();
    Ok(NewPage {
        shell: session.shell.clone(),
        child,
        typed: OpenForm { on, ..OpenForm::default() },
        errors: Errors::default(),
        refusal: None,
        origins: vec![
            (CaseOrigin::Found, "有人当面见到孩子不在学校，列入即确认辍学"),
            (CaseOrigin::Absence, "在校生无故缺勤，先列为疑似辍学，现场核查后再确认"),
        ],
    })
}

pub(crate) async fn form(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<ChildId>,
) -> Result<Response, Failure> {
    let shown = load(&state, &session, id).await?;
    match shown.child.merged_into {
        Some(into) => Ok(Redirect::to(&format!("/children/{into}/cases/new")).into_response()),
        None => page(&shown),
    }
}

pub(crate) async fn submit(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<ChildId>,
    form: Form<OpenForm>,
) -> Result<Response, Failure> {
    let mut shown = load(&state, &session, id).await?;
    let sent = form.sending();
    let outcome = match form.value.read(now(&state), id) {
        Ok(asked) => open_case(&state.services, &session.actor, &sent, asked).await,
        Err(faults) => Err(faults.into()),
    };
    shown.typed = form.value;
    match outcome {
        Ok(done) => return Ok(Redirect::to(&done.location).into_response()),
        Err(NotDone::Faulty(faults)) => shown.errors = faults.into(),
        Err(NotDone::Refused(why)) => shown.refusal = Some(RefusalView::of(&session, CaseId::new(), &why)),
        Err(other) => return Err(case_act::failure(other, form.typed, &format!("/children/{id}"))),
    }
    again(&shown)
}
