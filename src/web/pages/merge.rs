//! 合并档案: the files that may be of the same child, two of them side by side, and the merges that can be taken back.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;

use crate::app::register::{self as uses, Alike, MergeForm, MergeView};
use crate::app::search;
use crate::app::sending::NotDone;
use crate::db::audit::Look;
use crate::db::register::{self, ChildPage, Merge};
use crate::domain::access::Action;
use crate::domain::event::LookKind;
use crate::domain::ids::ChildId;
use crate::domain::pace::Paced;
use crate::web::extract::{Errors, Form, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::sent::already;
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;

/// Which other file.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    with: String,
}

#[derive(Template)]
#[template(path = "pages/merge.html")]
struct MergePage {
    shell: Shell,
    child: ChildPage,
    /// Two files side by side; none while the other is looked for.
    view: Option<MergeView>,
    found: Vec<Alike>,
    merges: Vec<Merge>,
    typed: MergeForm,
    errors: Errors,
}

impl MergePage {
    /// The other file of the two.
    fn other(&self) -> String {
        self.typed.with.clone()
    }
}

pub(crate) async fn show(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<ChildId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let shown = load(&state, &session, id, MergeForm { with: asked.with, ..MergeForm::default() }).await?;
    match shown.child.merged_into {
        Some(into) => Ok(Redirect::to(&format!("/children/{into}/merge")).into_response()),
        None => page(&shown),
    }
}

async fn load(state: &State, session: &Session, id: ChildId, typed: MergeForm) -> Result<MergePage, Failure> {
    session.require(Action::SeeChildren)?;
    let mut read = state.services.db.read(&session.actor).await?;
    let child = register::child_page(&mut read, id).await?;
    session.require(Action::EditChild)?;
    let view = match typed.with.as_str() {
        "" => None,
        with => {
            let other = with.parse().map_err(|_| Failure::NotFound)?;
            Some(uses::compare_files(&state.services, &mut read, (id, other)).await?)
        }
    };
    let found = uses::alike_files(&state.services, &mut read, id).await?;
    let merges = register::merges(&mut read, id).await?;
    drop(read);
    for seen in [Some(id), view.as_ref().map(|view| if view.goes.id == id { view.stays.id } else { view.goes.id })] {
        if seen.is_some() {
            let look = Look { kind: LookKind::Child, child: seen, case: None, detail: json!({}) };
            state.services.db.look(&session.actor, look).await?;
        }
    }
    Ok(MergePage { shell: session.shell.clone(), child, view, found, merges, typed, errors: Errors::default() })
}

/// Looks for files by a name, or merges the two that were laid side by side.
pub(crate) async fn submit(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<ChildId>,
    form: Form<MergeForm>,
) -> Result<Response, Failure> {
    let mut shown = load(&state, &session, id, form.value.clone()).await?;
    let Some(view) = &shown.view else { return by_name(&state, &session, shown).await };
    let pair = (view.stays.id, view.goes.id);
    match uses::merge_files(&state.services, &session.actor, &form.sending(), pair, &form.value).await? {
        Ok(location) => Ok(Redirect::to(&location).into_response()),
        Err(NotDone::Before(before)) => already(before, typed(form), &format!("/children/{id}/merge")),
        Err(NotDone::Faults(faults)) => {
            shown.errors = faults.into();
            again(&shown)
        }
    }
}

async fn by_name(state: &State, session: &Session, mut shown: MergePage) -> Result<Response, Failure> {
    let name = shown.typed.name.trim().to_owned();
    if name.is_empty() {
        shown.errors.add("name", "请填写另一份档案上的姓名");
        return again(&shown);
    }
    if !search::may(&state.services, &session.actor).await? {
        return Err(Failure::TooMany(Paced::Search.sentence()));
    }
    let mut read = state.services.db.read(&session.actor).await?;
    shown.found = uses::named_files(&state.services, &mut read, shown.child.id, &name).await?;
    drop(read);
    let detail = json!({ "hits": shown.found.len() });
    let look = Look { kind: LookKind::Search, child: None, case: None, detail };
    state.services.db.look(&session.actor, look).await?;
    if shown.found.is_empty() {
        shown.errors.add("name", "权限内没有这个姓名的另一份档案。请核对姓名；在其他乡镇的，请县里核对");
        return again(&shown);
    }
    page(&shown)
}

/// Takes a merge back.
pub(crate) async fn undo(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<ChildId>,
    form: Form<MergeForm>,
) -> Result<Response, Failure> {
    let mut shown = load(&state, &session, id, MergeForm::default()).await?;
    let merge = form.value.merge.parse().ok();
    match uses::undo_merge(&state.services, &session.actor, &form.sending(), id, merge).await? {
        Ok(location) => Ok(Redirect::to(&location).into_response()),
        Err(NotDone::Before(before)) => already(before, typed(form), &format!("/children/{id}/merge")),
        Err(NotDone::Faults(faults)) => {
            shown.errors = faults.into();
            again(&shown)
        }
    }
}

/// What a person typed of a form.
fn typed(form: Form<MergeForm>) -> Vec<(String, String)> {
    form.typed.into_iter().filter(|(name, _)| matches!(name.as_str(), "reason" | "name")).collect()
}
