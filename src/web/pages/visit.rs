//! A visit: whether it counts and why not, its photographs, and who says that they went.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::TimeDelta;
use serde::Deserialize;

use super::case::Said;
use super::case_act::{failure, looked};
use super::case_lines::verdict;
use crate::app::cases::view::{VisitView, visit_view};
use crate::app::cases::{Sending, visit as uses};
use crate::db::cases::evidence::EvidenceRow;
use crate::db::cases::participants::Participant;
use crate::domain::access::Action;
use crate::domain::ids::VisitId;
use crate::domain::moment::{full_day, full_day_time};
use crate::domain::words::EvidenceKind;
use crate::web::extract::{Form, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::shell::{Shell, page};
use crate::web::state::State;

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
    went: Vec<(String, String, &'static str)>,
    promised: String,
}

/// The page of a visit.
pub(crate) async fn show(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<VisitId>,
    Query(said): Query<Said>,
) -> Result<Response, Failure> {
    session.require(Action::SeeChildren)?;
    let (head, _, view) = visit_view(&state.services, &session.actor, id).await?;
    looked(&state, &session, &head).await?;
    let (counts, why) = verdict(&view);
    let visit = &view.row.visit;
    page(&OneVisit {
        shell: session.shell_with(said.words()),
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
