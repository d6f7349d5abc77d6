//! 开具文书: which kinds a case allows, and the form of a draft, new or changed until it is issued.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::Response;
use chrono::NaiveDate;
use serde::Deserialize;

use super::{Again, answer, at};
use crate::app::cases::papers::{self, CaseOfPapers, PaperForm, PaperText, drafting};
use crate::domain::case::Act;
use crate::domain::ids::{CaseId, PaperId};
use crate::domain::moment::full_day;
use crate::domain::words::PaperKind;
use crate::web::extract::{Errors, Form, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::mend::RefusalView;
use crate::web::shell::{Shell, again as shown_again, page};
use crate::web::state::State;

/// Kinds that are set from a template.
const KINDS: [PaperKind; 7] = [
    PaperKind::DeadlineNotice,
    PaperKind::ReturnNotice,
    PaperKind::VisitRecord,
    PaperKind::ServiceProof,
    PaperKind::Commitment,
    PaperKind::ReturnReceipt,
    PaperKind::CountyReferral,
];

/// Which kind.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    kind: String,
}

#[derive(Template)]
#[template(path = "pages/papers/new.html")]
struct NewPage {
    shell: Shell,
    case: CaseOfPapers,
    kind: Option<PaperKind>,
    /// The draft that is changed; none for a new one.
    draft: Option<PaperId>,
    offered: Vec<(PaperKind, Option<RefusalView>)>,
    visits: Vec<(String, String)>,
    papers: Vec<(String, String)>,
    errors: Errors,
    refusal: Option<RefusalView>,
    typed: PaperForm,
}

impl NewPage {
    /// Where the form goes.
    fn action(&self) -> String {
        let (case, kind) = (self.case.head.id, self.kind.map_or("", PaperKind::code));
        self.draft.map_or_else(|| format!("/cases/{case}/papers/new?kind={kind}"), |id| format!("/papers/{id}/edit"))
    }

    fn verb(&self) -> &'static str {
        if self.draft.is_some() { "修改" } else { "开具" }
    }

    /// Where one goes who leaves it.
    fn back(&self) -> String {
        self.draft.map_or_else(|| format!("/cases/{}", self.case.head.id), |id| format!("/papers/{id}"))
    }

    fn is_notice(&self) -> bool {
        matches!(self.kind, Some(PaperKind::DeadlineNotice | PaperKind::ReturnNotice))
    }

    fn is(&self, kind: &str) -> bool {
        self.kind.is_some_and(|own| own.code() == kind)
    }

    fn addressee(&self, nth: usize) -> &str {
        self.typed.addressee.get(nth).map_or("", String::as_str)
    }
}

pub(crate) async fn form(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let kind = PaperKind::from_code(&asked.kind).filter(|kind| KINDS.contains(kind));
    let shown = load(&state, &session, id, kind).await?;
    let Some(kind) = kind else { return page(&shown) };
    session.require(drafting(kind))?;
    let barred = shown.case.may(Act::DraftPaper { paper: kind }).err();
    let refusal = barred.map(|why| RefusalView::of(&session, id, &why));
    let typed = typed(papers::suggest(&state.services, &session.actor, id, kind).await?);
    page(&NewPage { refusal, typed, ..shown })
}

async fn load(state: &State, session: &Session, id: CaseId, kind: Option<PaperKind>) -> Result<NewPage, Failure> {
    let case = papers::case_of_papers(&state.services, &session.actor, id).await?;
    let offered = KINDS.into_iter().filter(|kind| session.may(drafting(*kind)));
    let barred = |kind| case.may(Act::DraftPaper { paper: kind }).err().map(|why| RefusalView::of(session, id, &why));
    let offered: Vec<_> = offered.map(|kind| (kind, barred(kind))).collect();
    if offered.is_empty() {
        session.require(drafting(PaperKind::VisitRecord))?;
    }
    let visits = case.facts.visits.iter().map(|v| (v.id.to_string(), format!("{} {}", full_day(v.day), v.outcome)));
    let issued = case.facts.papers.iter().filter(|paper| paper.issued_on.is_some() && !paper.voided);
    let issued = issued.map(|p| (p.id.to_string(), format!("{} {}", p.kind, p.number.as_deref().unwrap_or(""))));
    Ok(NewPage {
        shell: session.shell.clone(),
        visits: visits.collect(),
        papers: issued.collect(),
        case,
        kind,
        draft: None,
        offered,
        errors: Errors::default(),
        refusal: None,
        typed: PaperForm::default(),
    })
}

/// The form as a text would have been typed.
fn typed(text: PaperText) -> PaperForm {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    PaperForm {
        addressee: text.addressees,
        report_to: text.report_to,
        absent_since: day(text.absent_since),
        facts: text.facts.join("\n"),
        deadline_on: day(text.deadline_on),
        consequences: text.consequences.join("\n"),
        remedies: text.remedies.join("\n"),
        contact_name: text.contact_name,
        contact_phone: text.contact_phone,
        visit: text.visit.map(|id| id.to_string()).unwrap_or_default(),
        paper: text.paper.map(|id| id.to_string()).unwrap_or_default(),
    }
}

pub(crate) async fn submit(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<CaseId>,
    Query(asked): Query<Asked>,
    form: Form<PaperForm>,
) -> Result<Response, Failure> {
    let kind = PaperKind::from_code(&asked.kind).filter(|kind| KINDS.contains(kind)).ok_or(Failure::NotFound)?;
    let shown = load(&state, &session, id, Some(kind)).await?;
    session.require(drafting(kind))?;
    take(&state, &session, shown, kind, form).await
}

/// The form of a draft that nobody has issued.
pub(crate) async fn change(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<PaperId>,
) -> Result<Response, Failure> {
    let (shown, text) = draft(&state, &session, id).await?;
    let barred = shown.case.still_open("修改草稿").err();
    let refusal = barred.map(|why| RefusalView::of(&session, shown.case.head.id, &why));
    page(&NewPage { refusal, typed: typed(text), ..shown })
}

/// Takes what a draft is to say instead.
pub(crate) async fn change_it(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<PaperId>,
    form: Form<PaperForm>,
) -> Result<Response, Failure> {
    let (shown, _) = draft(&state, &session, id).await?;
    let kind = shown.kind.ok_or(Failure::NotFound)?;
    take(&state, &session, shown, kind, form).await
}

/// A draft laid open; who comes after it was issued or given up learns so.
async fn draft(state: &State, session: &Session, id: PaperId) -> Result<(NewPage, PaperText), Failure> {
    let view = papers::paper_view(&state.services, &session.actor, id).await?;
    session.require(drafting(view.row.kind))?;
    let (case, kind) = (view.row.case, view.row.kind);
    let Some(text) = view.text.filter(|_| view.row.voided_at.is_none()) else {
        return Err(Failure::Conflict {
            why: "这份文书已经签发，或者草稿已经不用，内容不能再改。".to_owned(),
            typed: Vec::new(),
            back: format!("/papers/{id}"),
        });
    };
    Ok((NewPage { draft: Some(id), ..load(state, session, case, Some(kind)).await? }, text))
}

async fn take(
    state: &State,
    session: &Session,
    shown: NewPage,
    kind: PaperKind,
    form: Form<PaperForm>,
) -> Result<Response, Failure> {
    let case = shown.case.head.id;
    let at = at(case, form.sending(), &form.typed);
    let text = match form.value.read(now(state)) {
        Ok(text) => text,
        Err(faults) => return shown_again(&NewPage { errors: faults.into(), typed: form.value, ..shown }),
    };
    let outcome = match shown.draft {
        None => papers::draft_paper(&state.services, &session.actor, &at, kind, &text).await,
        Some(id) => papers::edit_draft(&state.services, &session.actor, &at, id, &text).await,
    };
    match answer((session, case), outcome, form.typed, &shown.back())? {
        Ok(response) => Ok(response),
        Err(Again { errors, refusal }) => shown_again(&NewPage { errors, refusal, typed: form.value, ..shown }),
    }
}
