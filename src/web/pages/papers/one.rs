//! One paper: how far it has come, its numbers and days, its services; printed, voided, given up.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use super::{Again, Typed, again, answer, at};
use crate::app::cases::papers::{self, PaperView, VoidForm, drafting, issuing};
use crate::db::audit::Look;
use crate::domain::access::Action;
use crate::domain::case::Act;
use crate::domain::event::LookKind;
use crate::domain::ids::{CaseId, PaperId};
use crate::domain::moment::day_of;
use crate::domain::period::Arithmetic;
use crate::web::download::inline_pdf;
use crate::web::extract::{Errors, Form, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::mend::RefusalView;
use crate::web::shell::{Shell, again as shown_again, page};
use crate::web::state::State;

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    done: String,
}

#[derive(Template)]
#[template(path = "pages/papers/one.html")]
#[expect(clippy::struct_excessive_bools, reason = "one a button")]
struct PaperPage {
    shell: Shell,
    view: PaperView,
    errors: Errors,
    refusal: Option<RefusalView>,
    typed: VoidForm,
    may_edit: bool,
    may_issue: bool,
    lacking: Option<RefusalView>,
    may_void: bool,
    may_serve: bool,
    may_print: bool,
    may_verify: bool,
    may_prove: bool,
}

impl PaperPage {
    fn arithmetic(&self) -> Option<&Arithmetic> {
        self.view.line()?.arithmetic.as_ref()
    }

    fn proof_is_missing(&self) -> bool {
        self.view.line().is_some_and(|line| !line.proof) && self.view.services.iter().any(|s| !s.service.failed)
    }
}

pub(crate) async fn show(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<PaperId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let shown = load(&state, &session, id).await?;
    let notice = match asked.done.as_str() {
        "drafted" => Some("草稿已保存，等待签发。".to_owned()),
        "edited" => Some("草稿已修改，等待签发。".to_owned()),
        "signed" => Some("已签，等其他单位签发以后生效。".to_owned()),
        "issued" => Some("已签发，可以打印、送达。".to_owned()),
        "voided" => Some("已作废，文号保留，不再使用。".to_owned()),
        "served" => Some("送达已登记。".to_owned()),
        "service_failed" => Some("没有送达的经过已登记，请再次送达。".to_owned()),
        _ => None,
    };
    page(&PaperPage { shell: session.shell_with(notice), ..shown })
}

async fn load(state: &State, session: &Session, id: PaperId) -> Result<PaperPage, Failure> {
    let view = papers::paper_view(&state.services, &session.actor, id).await?;
    let row = &view.row;
    let detail = json!({ "paper": id });
    let look = Look { kind: LookKind::Paper, child: Some(row.child), case: Some(row.case), detail };
    state.services.db.look(&session.actor, look).await?;
    let (draft, void) = (row.issued_at.is_none(), row.voided_at.is_some());
    let asked = Act::IssuePaper { paper: row.kind, on: day_of(now(state)) };
    let expiry = Act::VerifyExpiry { paper: id, on: day_of(now(state)) };
    let may_issue = draft && !void && session.may(issuing(row.kind));
    let printing = if papers::is_statutory(row.kind) { Action::RevealNumber } else { Action::PrintList };
    Ok(PaperPage {
        shell: session.shell.clone(),
        lacking: view.case.may(asked).err().filter(|_| may_issue).map(|why| RefusalView::of(session, row.case, &why)),
        may_edit: draft && !void && session.may(drafting(row.kind)),
        may_issue,
        may_void: !draft && !void && session.may(issuing(row.kind)),
        may_serve: !draft
            && !void
            && session.may(Action::RecordService)
            && view.services.iter().all(|attempt| attempt.service.failed),
        may_verify: session.may(Action::VerifyExpiry) && view.case.may(expiry).is_ok(),
        may_prove: session.may(Action::AddEvidence),
        may_print: !draft && session.may(printing),
        errors: Errors::default(),
        refusal: None,
        typed: VoidForm::default(),
        view,
    })
}

/// Prints the paper; counted.
pub(crate) async fn print(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<PaperId>,
) -> Result<Response, Failure> {
    match papers::print_paper(&state.services, &session.actor, id).await {
        Ok(printed) => Ok(inline_pdf(&printed.name, printed.bytes)),
        Err(why) => {
            let case = papers::paper_view(&state.services, &session.actor, id).await?.row.case;
            let again = again((&session, case), why, Vec::new(), &format!("/papers/{id}"))?;
            refused(state, session, id, again).await
        }
    }
}

/// A draft as it would be printed.
pub(crate) async fn preview(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<PaperId>,
) -> Result<Response, Failure> {
    load(&state, &session, id).await?;
    let printed = papers::preview(&state.services, &session.actor, id).await?;
    Ok(inline_pdf(&printed.name, printed.bytes))
}

/// Voids an issued paper.
pub(crate) async fn void(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<PaperId>,
    form: Form<VoidForm>,
) -> Result<Response, Failure> {
    let shown = load(&state, &session, id).await?;
    session.require(issuing(shown.view.row.kind))?;
    let sent = form.sending();
    let reason = match form.value.read(now(&state)) {
        Ok(reason) => reason,
        Err(faults) => return shown_again(&PaperPage { errors: faults.into(), typed: form.value, ..shown }),
    };
    let case = shown.view.row.case;
    let at = at(case, sent, &form.typed);
    let outcome = papers::void_paper(&state.services, &session.actor, &at, id, &reason).await;
    finish(state, session, (case, id), (outcome, form.typed)).await
}

/// Gives a draft up.
pub(crate) async fn discard(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<PaperId>,
    form: Form<Asked>,
) -> Result<Response, Failure> {
    let shown = load(&state, &session, id).await?;
    session.require(drafting(shown.view.row.kind))?;
    let case = shown.view.row.case;
    let at = at(case, form.sending(), &form.typed);
    let outcome = papers::discard_draft(&state.services, &session.actor, &at, id).await;
    finish(state, session, (case, id), (outcome, form.typed)).await
}

type Outcome = Result<crate::app::cases::Done, crate::app::cases::NotDone>;

async fn finish(
    state: State,
    session: Session,
    (case, id): (CaseId, PaperId),
    (outcome, typed): (Outcome, Typed),
) -> Result<Response, Failure> {
    match answer((&session, case), outcome, typed, &format!("/papers/{id}"))? {
        Ok(response) => Ok(response),
        Err(again) => refused(state, session, id, again).await,
    }
}

async fn refused(state: State, session: Session, id: PaperId, again: Again) -> Result<Response, Failure> {
    let Again { errors, refusal } = again;
    let shown = load(&state, &session, id).await?;
    shown_again(&PaperPage { errors, refusal, ..shown })
}
