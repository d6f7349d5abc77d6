//! The forms of a ladder's recorded steps, and of passing one over for want of a legal basis.

use axum::extract::State as AxumState;
use axum::response::Response;

use super::case_act::{answer, at, blank, opened};
use super::case_sheets::{skip_decide_sheet, skip_sheet, step_sheet};
use crate::app::cases::steps::{self, SkipDecideForm, SkipForm, StepForm};
use crate::app::cases::{NotDone, Sending, Upload as Looked};
use crate::db::cases::steps as stored;
use crate::domain::access::Action;
use crate::domain::faults::Faults;
use crate::domain::ids::{CaseId, StepId};
use crate::domain::policy::Rung;
use crate::files::read_evidence;
use crate::web::extract::{Form, Path};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::state::State;
use crate::web::upload::{Photos, Upload};

/// The rung of an address; one that no ladder has is no page.
fn rung(code: &str) -> Result<Rung, Failure> {
    Rung::from_code(code).ok_or(Failure::NotFound)
}

pub(crate) async fn record(
    AxumState(state): AxumState<State>,
    session: Session,
    Path((id, code)): Path<(CaseId, String)>,
) -> Result<Response, Failure> {
    let (rung, view) = (rung(&code)?, opened(&state, &session, id).await?);
    blank(&session, &view, step_sheet(&view, rung), format!("/cases/{id}/steps/{code}"))
}

pub(crate) async fn record_it(
    AxumState(state): AxumState<State>,
    session: Session,
    Path((id, code)): Path<(CaseId, String)>,
    form: Upload<StepForm, Photos>,
) -> Result<Response, Failure> {
    let (rung, view) = (rung(&code)?, opened(&state, &session, id).await?);
    session.require(Action::RecordStep)?;
    let at = at(id, Sending { key: form.key, body_hash: form.body_hash }, &form.typed);
    let (mut scans, mut faults) = (Vec::new(), Faults::default());
    for file in form.files?.into_iter().filter(|file| !file.bytes.is_empty()) {
        match read_evidence(file.bytes).await {
            Ok(ready) => scans.push(Looked { ready, name: file.name }),
            Err(why) => faults.add("scan", format!("“{}”：{why}", file.name)),
        }
    }
    let outcome = match form.value.read(now(&state), scans) {
        Err(found) => Err(NotDone::Faulty(found)),
        _ if !faults.is_empty() => Err(NotDone::Faulty(faults)),
        Ok(taken) => steps::record_step(&state.services, &session.actor, &at, rung, taken).await,
    };
    answer(&session, &view, step_sheet(&view, rung), format!("/cases/{id}/steps/{code}"), form.typed, outcome)
}

pub(crate) async fn skip(
    AxumState(state): AxumState<State>,
    session: Session,
    Path((id, code)): Path<(CaseId, String)>,
) -> Result<Response, Failure> {
    let (rung, view) = (rung(&code)?, opened(&state, &session, id).await?);
    blank(&session, &view, skip_sheet(&view, rung), format!("/cases/{id}/steps/{code}/skip"))
}

pub(crate) async fn skip_it(
    AxumState(state): AxumState<State>,
    session: Session,
    Path((id, code)): Path<(CaseId, String)>,
    form: Form<SkipForm>,
) -> Result<Response, Failure> {
    let (rung, view) = (rung(&code)?, opened(&state, &session, id).await?);
    let at = at(id, form.sending(), &form.typed);
    let outcome = match form.value.read(now(&state)) {
        Ok(reason) => steps::propose_skip(&state.services, &session.actor, &at, rung, &reason).await,
        Err(faults) => Err(faults.into()),
    };
    answer(&session, &view, skip_sheet(&view, rung), format!("/cases/{id}/steps/{code}/skip"), form.typed, outcome)
}

pub(crate) async fn decide(
    AxumState(state): AxumState<State>,
    session: Session,
    Path((id, one)): Path<(CaseId, StepId)>,
) -> Result<Response, Failure> {
    let view = opened(&state, &session, id).await?;
    let proposed = stored::skip_proposed(&mut state.services.db.read(&session.actor).await?, one).await?;
    blank(&session, &view, skip_decide_sheet(&view, one, proposed.as_ref()), format!("/cases/{id}/skips/{one}"))
}

pub(crate) async fn decide_it(
    AxumState(state): AxumState<State>,
    session: Session,
    Path((id, one)): Path<(CaseId, StepId)>,
    form: Form<SkipDecideForm>,
) -> Result<Response, Failure> {
    let view = opened(&state, &session, id).await?;
    let at = at(id, form.sending(), &form.typed);
    let outcome = match form.value.read(now(&state)) {
        Ok(decision) => steps::decide_skip(&state.services, &session.actor, &at, one, decision).await,
        Err(faults) => Err(faults.into()),
    };
    let proposed = stored::skip_proposed(&mut state.services.db.read(&session.actor).await?, one).await?;
    let sheet = skip_decide_sheet(&view, one, proposed.as_ref());
    answer(&session, &view, sheet, format!("/cases/{id}/skips/{one}"), form.typed, outcome)
}
