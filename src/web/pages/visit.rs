//! A visit: whether it counts and why not, its photographs, and who says that they went.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::TimeDelta;
use serde::Deserialize;

use super::case::Said;
use super::case_act::{failure, looked};
use super::case_lines::verdict;
use crate::app::cases::evidence::add_to_visit;
use crate::app::cases::papers::sheet_code;
use crate::app::cases::view::{Lacking, VisitView, visit_view};
use crate::app::cases::{Sending, Upload as Looked, visit as uses};
use crate::db::cases::evidence::EvidenceRow;
use crate::db::cases::participants::Participant;
use crate::domain::access::Action;
use crate::domain::case::Verdict;
use crate::domain::ids::VisitId;
use crate::domain::moment::{full_day, full_day_time};
use crate::domain::words::EvidenceKind;
use crate::files::{read_evidence, read_photo};
use crate::web::extract::{Errors, Form, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::multipart::{OverLimit, UploadedFile};
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;
use crate::web::upload::{Photos, Upload};

#[derive(Template)]
#[template(path = "pages/cases/visit.html")]
struct OneVisit {
    shell: Shell,
    view: VisitView,
    name: String,
    when: String,
    arrived: Option<String>,
    counts: String,
    why: Vec<String>,
    waits: bool,
    went: Vec<(String, String, &'static str)>,
    promised: String,
    lacks: Vec<Lacking>,
    code: String,
    case_code: String,
    errors: Errors,
    may_file: bool,
    may_print: bool,
}

/// The page of a visit.
pub(crate) async fn show(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<VisitId>,
    Query(said): Query<Said>,
) -> Result<Response, Failure> {
    let shown = load(&state, &session, id).await?;
    page(&OneVisit { shell: session.shell_with(said.words()), ..shown })
}

async fn load(state: &State, session: &Session, id: VisitId) -> Result<OneVisit, Failure> {
    session.require(Action::SeeChildren)?;
    let (head, _, view) = visit_view(&state.services, &session.actor, id).await?;
    looked(state, session, &head).await?;
    let (counts, why) = verdict(&view);
    let visit = &view.row.visit;
    Ok(OneVisit {
        shell: session.shell.clone(),
        lacks: view.lacks(),
        waits: matches!(view.verdict, Some(Verdict::Waits(_))),
        code: sheet_code(head.id, Some(id)),
        case_code: sheet_code(head.id, None),
        errors: Errors::default(),
        may_file: view.row.superseded_by.is_none() && session.may(Action::AddEvidence),
        may_print: session.may(Action::PrintList),
        name: head.name,
        when: full_day_time(visit.happened_at),
        arrived: arrived(&view),
        counts,
        why,
        went: view.went.iter().map(person).collect(),
        promised: visit.promised_on.map(full_day).unwrap_or_default(),
        view,
    })
}

/// When it came in, where that was not at once.
fn arrived(view: &VisitView) -> Option<String> {
    let (happened, received) = (view.row.visit.happened_at, view.row.received_at);
    (received - happened > TimeDelta::hours(1)).then(|| full_day_time(received))
}

fn person(one: &Participant) -> (String, String, &'static str) {
    let said = match (one.confirmed_at, one.declined_at, one.user) {
        (Some(_), ..) => "已确认参加",
        (None, Some(_), _) => "没有参加",
        (None, None, Some(_)) => "待本人确认",
        (None, None, None) => "没有账号，以签字的劝返记录为准",
    };
    let name = if one.title.is_empty() { one.name.clone() } else { format!("{} · {}", one.name, one.title) };
    (name, one.unit_name.clone(), said)
}

impl OneVisit {
    fn is_photo(file: &EvidenceRow) -> bool {
        file.evidence.kind == EvidenceKind::VisitPhoto && file.has_display
    }
}

/// What the files are.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filed {
    /// signed_sheet or visit_photo
    kind: String,
}

/// Takes photographs or the signed sheet of a visit.
pub(crate) async fn file(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<VisitId>,
    form: Upload<Filed, Photos>,
) -> Result<Response, Failure> {
    let shown = load(&state, &session, id).await?;
    session.require(Action::AddEvidence)?;
    let kind = EvidenceKind::from_code(&form.value.kind);
    let kind = kind.filter(|kind| matches!(kind, EvidenceKind::SignedSheet | EvidenceKind::VisitPhoto));
    let (files, mut errors) = read(form.files, kind == Some(EvidenceKind::VisitPhoto)).await;
    if files.is_empty() && errors.is_empty() {
        errors.add("files", "请先选择照片或扫描件");
    }
    if kind.is_none() {
        errors.add("files", "请点“作为签字的纸质记录上传”或者“作为走访照片上传”");
    }
    let Some(kind) = kind.filter(|_| errors.is_empty()) else {
        return again(&OneVisit { errors, ..shown });
    };
    let sent = Sending { key: form.key, body_hash: form.body_hash };
    match add_to_visit(&state.services, &session.actor, id, sent, (kind, files)).await {
        Ok(done) => Ok(Redirect::to(&done.location).into_response()),
        Err(other) => Err(failure(other, form.typed, &format!("/visits/{id}"))),
    }
}

/// Looks at every file before a transaction is opened.
async fn read(files: Result<Vec<UploadedFile>, OverLimit>, photo: bool) -> (Vec<Looked>, Errors) {
    let (mut looked, mut errors) = (Vec::new(), Errors::default());
    let files = files.unwrap_or_else(|over| {
        errors.add("files", over.0);
        Vec::new()
    });
    for file in files.into_iter().filter(|file| !file.bytes.is_empty()) {
        let ready = if photo {
            read_photo(file.bytes).await.map_err(|why| why.to_string())
        } else {
            read_evidence(file.bytes).await.map_err(|why| why.to_string())
        };
        match ready {
            Ok(ready) => looked.push(Looked { ready, name: file.name }),
            Err(why) => errors.add("files", format!("“{}”：{why}", file.name)),
        }
    }
    (looked, errors)
}

/// What the person says who is named in the visit.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Answer {
    went: String,
}

/// 我参加了, or not.
pub(crate) async fn taken(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<VisitId>,
    form: Form<Answer>,
) -> Result<Response, Failure> {
    session.require(Action::LogVisit)?;
    let went = match form.value.went.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Failure::bad("请选择“我参加了”或“没有参加”。")),
    };
    let sent = Sending { key: form.key, body_hash: form.body_hash };
    match uses::answer_participation(&state.services, &session.actor, id, went, sent).await {
        Ok(done) => Ok(Redirect::to(&done.location).into_response()),
        Err(other) => Err(failure(other, form.typed, &format!("/visits/{id}"))),
    }
}
