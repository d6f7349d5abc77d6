//! 核对号码: the rows whose number belongs to a child of another name, and one child's with the decision.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;

use crate::app::register::{self as uses, ClaimForm, ClaimView};
use crate::app::sending::NotDone;
use crate::db::audit::Look;
use crate::db::register::{self, ChildPage, OpenClaim};
use crate::domain::access::Action;
use crate::domain::event::LookKind;
use crate::domain::ids::ChildId;
use crate::domain::words::ClaimSettled;
use crate::web::extract::{Errors, Form, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::pager::{Pager, ROWS};
use crate::web::sent::already;
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;

#[derive(Template)]
#[template(path = "pages/claims/list.html")]
struct ListPage {
    shell: Shell,
    claims: Vec<OpenClaim>,
    pager: Pager,
}

#[derive(Template)]
#[template(path = "pages/claims/child.html")]
struct ClaimsPage {
    shell: Shell,
    child: ChildPage,
    views: Vec<ClaimView>,
    typed: ClaimForm,
    errors: Errors,
    choices: Vec<(String, String)>,
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Done {
    done: String,
    page: String,
}

impl Done {
    fn notice(&self) -> Option<String> {
        let says = match self.done.parse().ok()? {
            ClaimSettled::SamePerson => "已记为同一名儿童，这条记录并入档案。",
            ClaimSettled::OtherPerson => {
                "已记为不是同一人，这条记录不采用。请通知来源改正号码后重新导入，或人工登记那名儿童。"
            }
            ClaimSettled::RowOwns => "号码已归新来的儿童，为这一行另建了档案；原档案的号码改为空，请核对后补上正确的。",
        };
        Some(says.to_owned())
    }
}

pub(crate) async fn list(
    AxumState(state): AxumState<State>,
    session: Session,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    session.require(Action::EditChild)?;
    let mut read = state.services.db.read(&session.actor).await?;
    let total = register::count_claims(&mut read).await?;
    let last = ((total + ROWS - 1) / ROWS).max(1);
    let at = done.page.parse().unwrap_or(1).clamp(1, last);
    let claims = register::open_claims(&mut read, None, (ROWS, Pager::offset(at))).await?;
    let pager = Pager::new(at, total, "/claims", &[]);
    page(&ListPage { shell: session.shell_with(done.notice()), claims, pager })
}

async fn load(state: &State, session: &Session, id: ChildId, typed: ClaimForm) -> Result<ClaimsPage, Failure> {
    session.require(Action::SeeChildren)?;
    let mut read = state.services.db.read(&session.actor).await?;
    let child = register::child_page(&mut read, id).await?;
    session.require(Action::EditChild)?;
    let views = uses::claims(&state.services, &mut read, id).await?;
    drop(read);
    let look = Look { kind: LookKind::Child, child: Some(id), case: None, detail: json!({}) };
    state.services.db.look(&session.actor, look).await?;
    let choices = ClaimSettled::ALL.iter().map(|s| (s.code().to_owned(), s.label().to_owned())).collect();
    Ok(ClaimsPage { shell: session.shell.clone(), child, views, typed, errors: Errors::default(), choices })
}

pub(crate) async fn show(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<ChildId>,
) -> Result<Response, Failure> {
    page(&load(&state, &session, id, ClaimForm::default()).await?)
}

pub(crate) async fn settle(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<ChildId>,
    form: Form<ClaimForm>,
) -> Result<Response, Failure> {
    let mut shown = load(&state, &session, id, form.value.clone()).await?;
    let back = format!("/children/{id}/claims");
    match uses::settle(&state.services, &session.actor, &form.sending(), id, &form.value).await? {
        Ok(location) => Ok(Redirect::to(&location).into_response()),
        Err(NotDone::Before(before)) => already(before, typed(form), &back),
        Err(NotDone::Faults(faults)) => {
            shown.errors = faults.into();
            match shown.errors.of("claim") {
                Some(why) => Err(Failure::Conflict { why: why.to_owned(), typed: typed(form), back }),
                None => again(&shown),
            }
        }
    }
}

/// What a person typed of a form.
fn typed(form: Form<ClaimForm>) -> Vec<(String, String)> {
    form.typed.into_iter().filter(|(name, _)| !matches!(name.as_str(), "key" | "claim")).collect()
}
