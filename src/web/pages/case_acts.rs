//! The acts of a case, each with its address: confirm, plan, verify, propose, decide, return, strike off, visit, reopen.

use axum::extract::State as AxumState;
use axum::response::Response;

use super::case::Said;
use super::case_act::{answer, at, blank, opened};
use super::case_sheets::{
    care_sheet, confirm_sheet, decide_sheet, plan_sheet, propose_sheet, reopen_sheet, return_sheet, strike_sheet,
    verify_sheet, written,
};
use crate::app::cases::after_care::{self, AfterCareForm};
use crate::app::cases::confirm::{self, ConfirmForm};
use crate::app::cases::dispose::{self, DecideForm, ProposeForm};
use crate::app::cases::expiry::{self, ExpiryForm};
use crate::app::cases::plan::{self, PlanForm};
use crate::app::cases::reopen::{self, ReopenForm};
use crate::app::cases::school_return::{self, ReturnForm};
use crate::app::cases::strike_off::{self, StrikeOffForm};
use crate::app::cases::view::last_plan;
use crate::app::cases::{NotDone, Sending, Upload as Looked};
use crate::db::cases::{endings, papers};
use crate::domain::access::Action;
use crate::domain::faults::Faults;
use crate::domain::ids::{CaseId, DispositionId, PaperId};
use crate::files::read_evidence;
use crate::web::extract::{Form, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::state::State;
use crate::web::upload::{Photos, Upload};

macro_rules! takes {
    ($take:ident, $sheet:ident, $form:ty, $rest:literal, $do:expr) => {
        pub(crate) async fn $take(
            AxumState(state): AxumState<State>,
            session: Session,
            Path(id): Path<CaseId>,
            form: Form<$form>,
        ) -> Result<Response, Failure> {
            let view = opened(&state, &session, id).await?;
            let at = at(id, form.sending(), &form.typed);
            let outcome = match form.value.read(now(&state)) {
                Ok(read) => $do(&state.services, &session.actor, &at, read).await,
                Err(faults) => Err(faults.into()),
            };
            answer(&session, &view, $sheet(&view), format!("/cases/{id}/{}", $rest), form.typed, outcome)
        }
    };
}

macro_rules! act {
    ($show:ident, $take:ident, $sheet:ident, $form:ty, $rest:literal, $do:expr) => {
        takes!($take, $sheet, $form, $rest, $do);

        pub(crate) async fn $show(
            AxumState(state): AxumState<State>,
            session: Session,
            Path(id): Path<CaseId>,
        ) -> Result<Response, Failure> {
            let view = opened(&state, &session, id).await?;
            blank(&session, &view, $sheet(&view), format!("/cases/{id}/{}", $rest))
        }
    };
}

act!(confirm, confirm_it, confirm_sheet, ConfirmForm, "confirm", confirm::confirm_case);
takes!(plan_it, plan_sheet, PlanForm, "plan", async |s, a, at, read| plan::write_plan(s, a, at, &read).await);
act!(propose, propose_it, propose_sheet, ProposeForm, "propose", async |s, a, at, read| {
    dispose::propose_disposition(s, a, at, &read).await
});
act!(back, back_it, return_sheet, ReturnForm, "return", async |s, a, at, read| {
    school_return::confirm_return(s, a, at, &read).await
});
act!(strike, strike_it, strike_sheet, StrikeOffForm, "strike-off", strike_off::strike_off);
takes!(again_it, reopen_sheet, ReopenForm, "reopen", async |s, a, at, read| reopen::reopen(s, a, at, &read).await);

/// The form of the reopening; a contact that found the child gone leads here.
pub(crate) async fn again(
    AxumState(state): AxumState<State>,
    mut session: Session,
    Path(id): Path<CaseId>,
    Query(said): Query<Said>,
) -> Result<Response, Failure> {
    let view = opened(&state, &session, id).await?;
    session.shell = session.shell_with(said.words());
    blank(&session, &view, reopen_sheet(&view), format!("/cases/{id}/reopen"))
}

/// The form of the plan, with what the one in force says.
pub(crate) async fn plan(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<CaseId>,
) -> Result<Response, Failure> {
    let view = opened(&state, &session, id).await?;
    let asked = match last_plan(&state.services, &session.actor, id).await? {
        Some(plan) => written(plan_sheet(&view), &plan, view.reader.role),
        None => plan_sheet(&view),
    };
    blank(&session, &view, asked, format!("/cases/{id}/plan"))
}

/// The case of a paper.
async fn case_of(state: &State, session: &Session, paper: PaperId) -> Result<CaseId, Failure> {
    let mut read = state.services.db.read(&session.actor).await?;
    Ok(papers::one(&mut read, paper).await?.case)
}

pub(crate) async fn verify(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(paper): Path<PaperId>,
) -> Result<Response, Failure> {
    let id = case_of(&state, &session, paper).await?;
    let view = opened(&state, &session, id).await?;
    blank(&session, &view, verify_sheet(&view, paper), format!("/papers/{paper}/expiry"))
}

pub(crate) async fn verify_it(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(paper): Path<PaperId>,
    form: Form<ExpiryForm>,
) -> Result<Response, Failure> {
    let id = case_of(&state, &session, paper).await?;
    let view = opened(&state, &session, id).await?;
    let at = at(id, form.sending(), &form.typed);
    let outcome = match form.value.read(now(&state)) {
        Ok(found) => expiry::verify_expiry(&state.services, &session.actor, &at, paper, &found).await,
        Err(faults) => Err(faults.into()),
    };
    answer(&session, &view, verify_sheet(&view, paper), format!("/papers/{paper}/expiry"), form.typed, outcome)
}

pub(crate) async fn care(
    AxumState(state): AxumState<State>,
    session: Session,
    Path((id, days)): Path<(CaseId, u16)>,
) -> Result<Response, Failure> {
    let view = opened(&state, &session, id).await?;
    blank(&session, &view, care_sheet(&view, days), format!("/cases/{id}/aftercare/{days}"))
}

pub(crate) async fn care_it(
    AxumState(state): AxumState<State>,
    session: Session,
    Path((id, days)): Path<(CaseId, u16)>,
    form: Form<AfterCareForm>,
) -> Result<Response, Failure> {
    let view = opened(&state, &session, id).await?;
    let at = at(id, form.sending(), &form.typed);
    let outcome = match form.value.read(now(&state)) {
        Ok(found) => after_care::record_aftercare(&state.services, &session.actor, &at, days, &found).await,
        Err(faults) => Err(faults.into()),
    };
    answer(&session, &view, care_sheet(&view, days), format!("/cases/{id}/aftercare/{days}"), form.typed, outcome)
}

pub(crate) async fn decide(
    AxumState(state): AxumState<State>,
    session: Session,
    Path((id, one)): Path<(CaseId, DispositionId)>,
) -> Result<Response, Failure> {
    let view = opened(&state, &session, id).await?;
    let proposed = endings::proposed(&mut state.services.db.read(&session.actor).await?, one).await?;
    blank(&session, &view, decide_sheet(&view, proposed.as_ref()), format!("/cases/{id}/decide/{one}"))
}

pub(crate) async fn decide_it(
    AxumState(state): AxumState<State>,
    session: Session,
    Path((id, one)): Path<(CaseId, DispositionId)>,
    form: Upload<DecideForm, Photos>,
) -> Result<Response, Failure> {
    let view = opened(&state, &session, id).await?;
    session.require(Action::ApproveDisposition)?;
    let at = at(id, Sending { key: form.key, body_hash: form.body_hash }, &form.typed);
    let (mut scans, mut faults) = (Vec::new(), Faults::default());
    for file in form.files?.into_iter().filter(|file| !file.bytes.is_empty()) {
        match read_evidence(file.bytes).await {
            Ok(ready) => scans.push(Looked { ready, name: file.name }),
            Err(why) => faults.add("consent", format!("“{}”：{why}", file.name)),
        }
    }
    let pending =
        view.facts.dispositions.iter().find(|known| known.id == one && known.decided.is_none()).map(|known| known.id);
    let outcome = match (form.value.read(now(&state), scans), pending) {
        (Err(found), _) => Err(NotDone::Faulty(found)),
        _ if !faults.is_empty() => Err(NotDone::Faulty(faults)),
        (Ok(_), None) => Err(NotDone::Conflict("这一案现在没有等待审批的提请，可能已经有人审批。".to_owned())),
        (Ok(decision), Some(pending)) => {
            dispose::decide_disposition(&state.services, &session.actor, &at, pending, decision).await
        }
    };
    let proposed = endings::proposed(&mut state.services.db.read(&session.actor).await?, one).await?;
    let sheet = decide_sheet(&view, proposed.as_ref());
    answer(&session, &view, sheet, format!("/cases/{id}/decide/{one}"), form.typed, outcome)
}
