//! 文书: the papers a unit sees, by how far they have come; picked ones printed into one PDF.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use crate::app::cases::papers::{self, PaperGroup, PaperItem};
use crate::db::audit::Look;
use crate::domain::access::Action;
use crate::domain::event::LookKind;
use crate::domain::ids::PaperId;
use crate::domain::words::PaperKind;
use crate::web::download::inline_pdf;
use crate::web::extract::{Form, Query};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::pages::case_act::failure;
use crate::web::shell::{Shell, page};
use crate::web::state::State;

/// Papers of one group on the page.
const SHOWN: usize = 100;

/// The filter.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    kind: String,
}

#[derive(Template)]
#[template(path = "pages/papers/list.html")]
struct ListPage {
    shell: Shell,
    groups: Vec<Group>,
    kinds: Vec<(&'static str, &'static str)>,
    asked: Asked,
    total: usize,
    may_number: bool,
}

struct Group {
    which: PaperGroup,
    total: usize,
    items: Vec<PaperItem>,
}

pub(crate) async fn list(
    AxumState(state): AxumState<State>,
    session: Session,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    session.require(Action::PrintList)?;
    let kind = PaperKind::from_code(&asked.kind);
    let mut items = papers::paper_list(&state.services, &session.actor).await?;
    items.retain(|item| kind.is_none_or(|kind| kind == item.row.kind));
    let look = Look { kind: LookKind::List, child: None, case: None, detail: json!({ "papers": items.len() }) };
    state.services.db.look(&session.actor, look).await?;
    let total = items.len();
    let of = |group: &PaperGroup| {
        let mut of: Vec<PaperItem> = items.iter().filter(|item| item.group == *group).cloned().collect();
        let total = of.len();
        of.truncate(SHOWN);
        Group { which: *group, total, items: of }
    };
    page(&ListPage {
        groups: PaperGroup::ALL.iter().map(of).filter(|group| group.total > 0).collect(),
        kinds: PaperKind::ALL.iter().map(|kind| (kind.code(), kind.label())).collect(),
        may_number: session.may(Action::IssueOrder) || session.may(Action::IssueSchoolNotice),
        shell: session.shell.clone(),
        asked,
        total,
    })
}

/// Which papers were picked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Picked {
    paper: Vec<String>,
}

/// Prints the picked papers into one PDF.
pub(crate) async fn print(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Form<Picked>,
) -> Result<Response, Failure> {
    session.require(Action::PrintList)?;
    let ids: Vec<PaperId> = form.value.paper.iter().filter_map(|id| id.parse().ok()).collect();
    if ids.is_empty() {
        return Err(Failure::bad("还没有勾选要打印的文书，请返回勾选后再打印。"));
    }
    match papers::print_papers(&state.services, &session.actor, &ids).await {
        Ok(printed) => Ok(inline_pdf(&printed.name, printed.bytes)),
        Err(why) => Err(failure(why, form.typed, "/papers")),
    }
}
