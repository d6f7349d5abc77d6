//! 核对并签发: what the paper will say once more, its day and number, and the act.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::Response;

use super::{Again, answer, at};
use crate::app::cases::papers::{self, IssueForm, PaperView, issuing};
use crate::domain::case::Act;
use crate::domain::ids::PaperId;
use crate::domain::moment::day_of;
use crate::web::extract::{Errors, Form, Path};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::mend::RefusalView;
use crate::web::shell::{Shell, again as shown_again, page};
use crate::web::state::State;

#[derive(Template)]
#[template(path = "pages/papers/issue.html")]
struct IssuePage {
    shell: Shell,
    view: PaperView,
    errors: Errors,
    refusal: Option<RefusalView>,
    typed: IssueForm,
}

pub(crate) async fn form(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<PaperId>,
) -> Result<Response, Failure> {
    let today = day_of(now(&state));
    let shown = load(&state, &session, id).await?;
    let barred = shown.view.case.may(Act::IssuePaper { paper: shown.view.row.kind, on: today }).err();
    let refusal = barred.map(|why| RefusalView::of(&session, shown.view.row.case, &why));
    page(&IssuePage { refusal, typed: IssueForm { on: today.to_string(), ..IssueForm::default() }, ..shown })
}

async fn load(state: &State, session: &Session, id: PaperId) -> Result<IssuePage, Failure> {
    let view = papers::paper_view(&state.services, &session.actor, id).await?;
    session.require(issuing(view.row.kind))?;
    if view.row.issued_at.is_some() || view.row.voided_at.is_some() {
        return Err(Failure::Conflict {
            why: "这份文书已经签发，或者草稿已经不用。".to_owned(),
            typed: Vec::new(),
            back: format!("/papers/{id}"),
        });
    }
    let (errors, refusal, typed) = (Errors::default(), None, IssueForm::default());
    Ok(IssuePage { shell: session.shell.clone(), view, errors, refusal, typed })
}

pub(crate) async fn submit(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<PaperId>,
    form: Form<IssueForm>,
) -> Result<Response, Failure> {
    // The same form twice leads where it led, so what was issued meanwhile is told by the use case.
    let view = papers::paper_view(&state.services, &session.actor, id).await?;
    session.require(issuing(view.row.kind))?;
    let at = at(view.row.case, form.sending(), &form.typed);
    let issuing_it = match form.value.read(now(&state)) {
        Ok(issuing_it) => issuing_it,
        Err(faults) => {
            let shown = load(&state, &session, id).await?;
            return shown_again(&IssuePage { errors: faults.into(), typed: form.value, ..shown });
        }
    };
    let outcome = papers::issue_paper(&state.services, &session.actor, &at, id, &issuing_it).await;
    match answer((&session, view.row.case), outcome, form.typed, &format!("/papers/{id}"))? {
        Ok(response) => Ok(response),
        Err(Again { errors, refusal }) => {
            let shown = load(&state, &session, id).await?;
            shown_again(&IssuePage { errors, refusal, typed: form.value, ..shown })
        }
    }
}
