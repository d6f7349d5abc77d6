//! The names behind a number of a draft's impact, as far as the reader sees them.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::Response;
use serde::Deserialize;

use crate::app::AppError;
use crate::app::policy::weigh::{Change, Changed, Impact};
use crate::db::cases::case::{self, CaseHead};
use crate::db::policy_drafts;
use crate::domain::access::Action;
use crate::domain::ids::{CaseId, PolicyDraftId};
use crate::domain::moment::full_day;
use crate::web::extract::{Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::shell::{Shell, page};
use crate::web::state::State;

/// Names shown on one page.
const SHOWN: usize = 500;

/// One of them.
#[derive(Debug)]
struct Row {
    case: CaseId,
    number: String,
    name: String,
    township: String,
    before: String,
    after: String,
}

#[derive(Template)]
#[template(path = "pages/policy/names.html")]
struct NamesPage {
    shell: Shell,
    draft: PolicyDraftId,
    title: String,
    change: Change,
    day: String,
    all: usize,
    rows: Vec<Row>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    way: String,
}

/// The page of one number.
pub(crate) async fn show(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<PolicyDraftId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    session.require(Action::WeighPolicy)?;
    let mut db = state.services.db.read(&session.actor).await?;
    let draft = policy_drafts::one(&mut db, id).await?;
    let change = Change::from_code(&asked.way).ok_or(Failure::NotFound)?;
    let impact: Impact = serde_json::from_value(draft.impact.ok_or(Failure::NotFound)?)
        .map_err(|error| AppError::Fault(format!("impact of {id}: {error}")))?;
    let changed: HashMap<CaseId, &Changed> = impact.of(change).map(|changed| (changed.case, changed)).collect();
    let ids: Vec<CaseId> = changed.keys().copied().collect();
    let mut heads = case::heads(&mut db, &ids).await?;
    heads.sort_by(|a, b| a.number.cmp(&b.number));
    let units = state.services.units(session.actor.county).await?;
    let row = |head: CaseHead| {
        let changed = changed.get(&head.id)?;
        Some(Row {
            case: head.id,
            number: head.number,
            name: head.name,
            township: units.name(Some(head.acting_township)).to_owned(),
            before: changed.before.clone(),
            after: changed.after.clone(),
        })
    };
    page(&NamesPage {
        shell: session.shell.clone(),
        draft: id,
        title: draft.title,
        change,
        day: full_day(impact.day),
        all: changed.len(),
        rows: heads.into_iter().take(SHOWN).filter_map(row).collect(),
    })
}
