//! 文书: the papers a unit sees, by how far they have come, a page at a time; picked ones printed into one PDF.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use serde_json::json;

use crate::app::cases::papers::{self, PaperItem, PaperList};
use crate::db::audit::Look;
use crate::db::cases::print_batches::{self, PrintBatch};
use crate::domain::access::Action;
use crate::domain::event::LookKind;
use crate::domain::ids::PaperId;
use crate::domain::moment::day_of;
use crate::domain::stage::PaperStage;
use crate::domain::words::PaperKind;
use crate::web::download::inline_pdf;
use crate::web::extract::{Form, Query};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::pager::{Pager, ROWS};
use crate::web::pages::case_act::failure;
use crate::web::shell::{Shell, page};
use crate::web::state::State;

/// Papers printed in one go at most.
const MOST: usize = 100;
/// So many are printed while one waits; more are printed by a job.
const AT_ONCE: usize = 10;

/// The filter; what does not parse does not filter.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    stage: String,
    kind: String,
    page: String,
}

#[derive(Template)]
#[template(path = "pages/papers/list.html")]
struct ListPage {
    shell: Shell,
    stage: PaperStage,
    tabs: Vec<(PaperStage, i64, String)>,
    items: Vec<PaperItem>,
    kinds: Vec<(&'static str, &'static str)>,
    asked: Asked,
    pager: Pager,
    may_number: bool,
    /// Batches that can still be fetched.
    batches: Vec<PrintBatch>,
}

pub(crate) async fn list(
    AxumState(state): AxumState<State>,
    session: Session,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    session.require(Action::PrintList)?;
    let kind = PaperKind::from_code(&asked.kind);
    let part = PaperStage::from_code(&asked.stage).unwrap_or(PaperStage::All);
    let number = asked.page.parse().unwrap_or(1).clamp(1, i64::MAX / ROWS);
    let range = (Pager::offset(number), ROWS);
    let PaperList { counts, items } = papers::paper_list(&state.services, &session.actor, (part, kind), range).await?;
    let look = Look { kind: LookKind::List, child: None, case: None, detail: json!({ "papers": items.len() }) };
    state.services.db.look(&session.actor, look).await?;
    let mut read = state.services.db.read(&session.actor).await?;
    let batches = print_batches::latest(&mut read, day_of(now(&state)), 5).await?;
    drop(read);
    let total = counts.iter().find(|(one, _)| *one == part).map_or(0, |(_, count)| *count);
    let address = |(one, count): (PaperStage, i64)| {
        let kept = if asked.kind.is_empty() { String::new() } else { format!("&kind={}", asked.kind) };
        (one, count, format!("/papers?stage={}{kept}", one.code()))
    };
    page(&ListPage {
        stage: part,
        tabs: counts.into_iter().map(address).collect(),
        items,
        kinds: PaperKind::ALL.iter().map(|kind| (kind.code(), kind.label())).collect(),
        pager: Pager::new(number, total, "/papers", &[("stage", part.code()), ("kind", &asked.kind)]),
        may_number: session.may(Action::IssueOrder) || session.may(Action::IssueSchoolNotice),
        batches,
        shell: session.shell.clone(),
        asked: Asked { kind: kind.map_or_else(String::new, |kind| kind.code().to_owned()), ..asked },
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
    if ids.len() > MOST {
        return Err(Failure::bad(format!("一次最多打印 {MOST} 份，请分几次勾选。")));
    }
    let mut ids = ids;
    let mut seen = std::collections::HashSet::new();
    ids.retain(|id| seen.insert(*id));
    if ids.len() > AT_ONCE {
        let asked = papers::ask_batch(&state.services, &session.actor, &form.sending(), &ids).await;
        return match asked {
            Ok(page) => Ok(Redirect::to(&page).into_response()),
            Err(why) => Err(failure(why, form.typed, "/papers")),
        };
    }
    match papers::print_papers(&state.services, &session.actor, &ids).await {
        Ok(printed) => Ok(inline_pdf(&printed.name, printed.bytes)),
        Err(why) => Err(failure(why, form.typed, "/papers")),
    }
}
