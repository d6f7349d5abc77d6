//! 证据 of a case: what is on file with its labels, the form for more, the withdrawal with its reason.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;

use crate::app::cases::evidence::{self as uses, EvidenceForm};
use crate::app::cases::offered::FILED_AS;
use crate::app::cases::proofs::{Proof, proofs};
use crate::app::cases::{At, NotDone, Upload as Looked};
use crate::app::sending::Sending;
use crate::db::Read;
use crate::db::audit::Look;
use crate::db::cases::case::{self, CaseHead};
use crate::db::cases::{papers, services, visits};
use crate::domain::access::Action;
use crate::domain::event::LookKind;
use crate::domain::faults::Faults;
use crate::domain::ids::{CaseId, EvidenceId};
use crate::domain::moment::{day_of, month_day, month_day_time};
use crate::files::read_evidence;
use crate::web::extract::{Errors, Form, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::multipart::{OverLimit, UploadedFile};
use crate::web::pages::case_act::failure;
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;
use crate::web::upload::{Photos, Upload};

#[derive(Template)]
#[template(path = "pages/evidence.html")]
struct EvidencePage {
    shell: Shell,
    head: CaseHead,
    proofs: Vec<Proof>,
    may_original: bool,
    may_add: bool,
    kinds: Vec<(&'static str, &'static str)>,
    abouts: Vec<(String, String)>,
    typed: EvidenceForm,
    errors: Errors,
}

/// What was just done, or what a link asks for: the kind of a missing file, what it proves.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    done: String,
    kind: String,
    about: String,
}

/// The page.
pub(crate) async fn list(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(case): Path<CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let fact_on = day_of(now(&state)).to_string();
    let blank = EvidenceForm { kind: asked.kind, about: asked.about, fact_on, ..EvidenceForm::default() };
    let shown = load(&state, &session, case, blank, Errors::default()).await?;
    let notice = match asked.done.as_str() {
        "added" => Some("已上传，并记入本案。".to_owned()),
        "withdrawn" => Some("已撤回。材料仍保留在案，不再作为证据。".to_owned()),
        _ => None,
    };
    page(&EvidencePage { shell: session.shell_with(notice), ..shown })
}

async fn load(
    state: &State,
    session: &Session,
    case: CaseId,
    typed: EvidenceForm,
    errors: Errors,
) -> Result<EvidencePage, Failure> {
    let mut read = state.services.db.read(&session.actor).await?;
    let head = case::head(&mut read, case).await?;
    let proofs = proofs(&state.services, &mut read, session.person()?, case).await?;
    let abouts = abouts(&mut read, case).await?;
    drop(read);
    let look = Look { kind: LookKind::Case, child: Some(head.child), case: Some(case), detail: json!({}) };
    state.services.db.look(&session.actor, look).await?;
    Ok(EvidencePage {
        shell: session.shell.clone(),
        head,
        proofs,
        may_original: session.may(Action::SeeOriginal),
        may_add: session.may(Action::AddEvidence),
        kinds: FILED_AS.iter().map(|kind| (kind.code(), kind.label())).collect(),
        abouts,
        typed,
        errors,
    })
}

/// What a file of this case can prove, in the order in which it happened backwards.
async fn abouts(read: &mut Read, case: CaseId) -> Result<Vec<(String, String)>, Failure> {
    let mut found = Vec::new();
    for row in visits::of_case(read, case).await?.into_iter().filter(|row| row.superseded_by.is_none()) {
        let on = month_day_time(row.visit.happened_at);
        found.push((format!("visit:{}", row.visit.id), format!("{on} 劝返（{}）", row.visit.outcome)));
    }
    for row in papers::of_case(read, case).await?.into_iter().filter(|row| row.voided_at.is_none()) {
        let on = row.issued_on.map_or_else(|| "草稿".to_owned(), month_day);
        found.push((format!("paper:{}", row.id), format!("{on} {}", row.kind)));
    }
    for row in services::of_case(read, case).await? {
        let (on, method) = (month_day(row.service.delivered_on), row.service.method);
        found.push((format!("service:{}", row.id), format!("{on} {method}")));
    }
    Ok(found)
}

/// Takes files; what is wrong with one is said at the field, with everything typed still there.
pub(crate) async fn add(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(case): Path<CaseId>,
    form: Upload<EvidenceForm, Photos>,
) -> Result<Response, Failure> {
    case::head(&mut state.services.db.read(&session.actor).await?, case).await?;
    session.require(Action::AddEvidence)?;
    let sent = Sending { key: form.key, body_hash: form.body_hash.clone() };
    let (files, mut errors) = looked_at(form.files).await;
    let filing = form.value.read(now(&state), files);
    let outcome = match filing {
        Ok(filing) if errors.is_empty() => {
            uses::add(&state.services, &session.actor, &At { case, seen: None, sent }, filing).await
        }
        Ok(_) => Err(NotDone::Faulty(Faults::default())),
        Err(faults) => Err(NotDone::Faulty(faults)),
    };
    match outcome {
        Ok(done) => Ok(Redirect::to(&done.location).into_response()),
        Err(NotDone::Faulty(faults)) => {
            for (field, message) in faults.0 {
                // A file that was refused is not also missing.
                if errors.of(field).is_none() {
                    errors.add(field, message);
                }
            }
            again(&load(&state, &session, case, form.value, errors).await?)
        }
        Err(other) => Err(failure(other, form.typed, &format!("/cases/{case}/evidence"))),
    }
}

/// Looks at every file before a transaction is opened.
async fn looked_at(files: Result<Vec<UploadedFile>, OverLimit>) -> (Vec<Looked>, Errors) {
    let (mut looked, mut errors) = (Vec::new(), Errors::default());
    let files = files.unwrap_or_else(|over| {
        errors.add("files", over.0);
        Vec::new()
    });
    for file in files {
        match read_evidence(file.bytes).await {
            Ok(ready) => looked.push(Looked { ready, name: file.name }),
            Err(refusal) => errors.add("files", format!("“{}”：{refusal}", file.name)),
        }
    }
    (looked, errors)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Withdrawal {
    reason: String,
}

/// Withdraws a file with its reason.
pub(crate) async fn withdraw(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<EvidenceId>,
    form: Form<Withdrawal>,
) -> Result<Response, Failure> {
    let done = uses::withdraw(&state.services, &session.actor, id, &form.sending(), &form.value.reason).await;
    match done {
        Ok(done) => Ok(Redirect::to(&done.location).into_response()),
        Err(NotDone::Faulty(faults)) => Err(Failure::bad(format!("{}。", faults.sentence()))),
        Err(other) => Err(failure(other, form.typed, "/cases")),
    }
}
