//! 查找: asked by POST, answered under an address that only the same person can open; nobody's data is in it.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;

use crate::app::search;
use crate::db::audit::Look;
use crate::db::cases::codes::Coded;
use crate::db::children;
use crate::domain::access::Action;
use crate::domain::check_code;
use crate::domain::event::LookKind;
use crate::domain::moment::day_of;
use crate::domain::pace::Paced;
use crate::web::extract::{Form, Path};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::pages::children::Line;
use crate::web::shell::{Shell, page};
use crate::web::state::State;

/// Hits shown at most.
const SHOWN: i64 = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    q: String,
}

/// Takes the query and leads to its sealed address.
pub(crate) async fn ask(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Form<Asked>,
) -> Result<Response, Failure> {
    session.require(Action::SeeChildren)?;
    let query: String = form.value.q.trim().chars().take(search::LONGEST).collect();
    let sealed = search::seal(&state.services, &session.actor, &query).await?;
    Ok(Redirect::to(&format!("/search/{sealed}")).into_response())
}

#[derive(Template)]
#[template(path = "pages/search.html")]
struct SearchPage {
    shell: Shell,
    query: String,
    understood: bool,
    sheets: Vec<Coded>,
    lines: Vec<Line>,
    more: bool,
}

/// Shows what was found.
pub(crate) async fn found(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(sealed): Path<String>,
) -> Result<Response, Failure> {
    session.require(Action::SeeChildren)?;
    let query = search::open(&state.services, &session.actor, &sealed).await?.ok_or(Failure::NotFound)?;
    if !search::may(&state.services, &session.actor).await? {
        return Err(Failure::TooMany(Paced::Search.sentence()));
    }
    let plan = search::plan(&state.services, &session.actor, &query).await?;
    let units = state.services.units(session.actor.county).await?;
    let mut read = state.services.db.read(&session.actor).await?;
    let sheets = search::by_code(&mut read, &query).await?;
    let mut lines = match &plan {
        Some(plan) => children::search(&mut read, plan, SHOWN + 1).await?,
        None => vec![],
    };
    drop(read);
    let more = lines.len() > 50;
    lines.truncate(50);
    let look =
        Look { kind: LookKind::Search, child: None, case: None, detail: json!({ "hits": lines.len() + sheets.len() }) };
    state.services.db.look(&session.actor, look).await?;
    let today = day_of(now(&state));
    let lines = lines.into_iter().map(|line| Line::of(line, &units, today)).collect();
    page(&SearchPage {
        shell: session.shell,
        understood: plan.is_some() || check_code::range(&query).is_some(),
        query,
        sheets,
        lines,
        more,
    })
}
