//! 办理进度: how far a job is, for the person who waits for it; without script the page renews itself.

use askama::Template;
use axum::Json;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::db::jobs::{self, JobState};
use crate::domain::ids::JobId;
use crate::domain::moment::month_day_time;
use crate::web::extract::Path;
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::shell::{Shell, page};
use crate::web::state::State;

#[derive(Template)]
#[template(path = "pages/job.html")]
struct JobPage {
    shell: Shell,
    job: JobState,
    told: Told,
    asked_at: String,
}

/// What the script asks for again and again.
#[derive(Debug, Serialize)]
pub(crate) struct Told {
    /// In words.
    pub says: String,
    pub done: i32,
    /// Nought while it is not known.
    pub total: i32,
    /// Ended, well or not: the page is asked for once more.
    pub ended: bool,
    /// Where to go; empty while there is nothing to see.
    location: String,
}

/// The page.
pub(crate) async fn job(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<JobId>,
) -> Result<Response, Failure> {
    let job = jobs::find(&mut state.services.db.read(&session.actor).await?, id).await?;
    let asked_at = month_day_time(job.created_at);
    page(&JobPage { shell: session.shell, told: Told::of(&job), job, asked_at })
}

/// The same in few bytes.
pub(crate) async fn job_state(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<JobId>,
) -> Result<Response, Failure> {
    let job = jobs::find(&mut state.services.db.read(&session.actor).await?, id).await?;
    Ok(Json(Told::of(&job)).into_response())
}

impl Told {
    /// What is told of a job now.
    pub(crate) fn of(job: &JobState) -> Self {
        let well = job.finished_at.is_some() && job.failure.is_none();
        Self {
            says: says(job),
            done: job.done,
            total: job.total,
            ended: job.finished_at.is_some(),
            location: if well { job.location.clone() } else { String::new() },
        }
    }
}

fn says(job: &JobState) -> String {
    match (&job.finished_at, &job.failure) {
        (Some(_), Some(failure)) => failure.clone(),
        (Some(_), None) => "已办完。".to_owned(),
        (None, _) if !job.note.is_empty() && job.total > 0 => format!("{}（{}/{}）。", job.note, job.done, job.total),
        (None, _) if !job.note.is_empty() => format!("{}。", job.note),
        (None, _) if job.attempts > 0 => "正在办理。".to_owned(),
        (None, _) => "正在排队，马上开始。".to_owned(),
    }
}
