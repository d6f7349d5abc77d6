//! A visit: whether it counts and why not, its photographs, and who says that they went.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::TimeDelta;
use serde::Deserialize;

use super::case::Said;
use super::case_act::{failure, opened};
use super::case_lines::verdict;
use crate::app::cases::{Sending, visit as uses};
use crate::db::cases::evidence::{self, EvidenceRow};
use crate::db::cases::participants::{self, Participant};
use crate::db::cases::visits::{self, VisitRow};
use crate::domain::access::Action;
use crate::domain::ids::VisitId;
use crate::domain::moment::{full_day, full_day_time};
use crate::domain::words::EvidenceKind;
use crate::web::extract::{Form, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::shell::{Shell, page};
use crate::web::state::State;

#[derive(Template)]
#[template(path = "pages/cases/visit.html")]
struct OneVisit {
    shell: Shell,
    row: VisitRow,
    name: String,
    when: String,
    counts: String,
    why: Vec<String>,
    went: Vec<(String, String, String)>,
    photos: Vec<EvidenceRow>,
    asked: bool,
    may_correct: bool,
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
    let mut read = state.services.db.read(&session.actor).await?;
    let row = visits::one(&mut read, id).await?;
    let went = participants::of_visit(&mut read, id).await?;
    let files = evidence::of_case(&mut read, row.visit.case).await?;
    drop(read);
    let view = opened(&state, &session, row.visit.case).await?;
    let me = session.person()?.user;
    let (counts, why) = verdict(&view, id);
    let open = |one: &Participant| one.confirmed_at.is_none() && one.declined_at.is_none();
    let in_time = now(&state) <= row.received_at + TimeDelta::days(7);
    page(&OneVisit {
        shell: session.shell_with(said.words()),
        name: view.head.name.clone(),
        when: full_day_time(row.visit.happened_at),
        counts,
        why,
        asked: row.superseded_by.is_none() && went.iter().any(|one| one.user == Some(me) && open(one)),
        went: went.iter().map(person).collect(),
        photos: files.into_iter().filter(|f| f.evidence.visit == Some(id) && f.withdrawn_at.is_none()).collect(),
        may_correct: row.visit.author == me && row.superseded_by.is_none() && in_time,
        promised: row.visit.promised_on.map(full_day).unwrap_or_default(),
        row,
    })
}

fn person(one: &Participant) -> (String, String, String) {
    let said = match (one.confirmed_at, one.declined_at, one.user) {
        (Some(_), ..) => "已确认参加",
        (None, Some(_), _) => "没有参加",
        (None, None, Some(_)) => "待本人确认",
        (None, None, None) => "没有账号，以签字的劝返记录为准",
    };
    (format!("{} · {}", one.name, one.title), one.unit_name.clone(), said.to_owned())
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
