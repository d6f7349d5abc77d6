//! 批量打印: how far a batch of papers is, what is not in it and why, and its one PDF.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::Response;
use serde_json::json;

use crate::app::cases::papers::{self, BatchView};
use crate::db::audit::Look;
use crate::db::jobs::{self, JobState};
use crate::domain::access::Action;
use crate::domain::event::LookKind;
use crate::domain::ids::PrintBatchId;
use crate::web::download::inline_pdf;
use crate::web::extract::Path;
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::pages::case_act::failure;
use crate::web::pages::jobs::Told;
use crate::web::shell::{Shell, page};
use crate::web::state::State;

#[derive(Template)]
#[template(path = "pages/papers/batch.html")]
struct BatchPage {
    shell: Shell,
    view: BatchView,
    job: Option<(JobState, Told)>,
}

impl BatchPage {
    /// The job that is still at it.
    fn working(&self) -> Option<&(JobState, Told)> {
        self.job.as_ref().filter(|(_, told)| !told.ended)
    }

    /// Why the job gave up.
    fn given_up(&self) -> Option<&str> {
        self.job.as_ref().and_then(|(job, _)| job.failure.as_deref())
    }
}

/// The page; while the job works it renews itself.
pub(crate) async fn show(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<PrintBatchId>,
) -> Result<Response, Failure> {
    session.require(Action::PrintList)?;
    let view = papers::batch_view(&state.services, &session.actor, id).await?;
    let job = match view.batch.job {
        Some(job) => Some(jobs::find(&mut state.services.db.read(&session.actor).await?, job).await?),
        None => None,
    };
    look(&state, &session, &view, "page").await?;
    let job = job.map(|job| {
        let told = Told::of(&job);
        (job, told)
    });
    page(&BatchPage { shell: session.shell, view, job })
}

/// The PDF.
pub(crate) async fn pdf(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<PrintBatchId>,
) -> Result<Response, Failure> {
    session.require(Action::PrintList)?;
    let view = papers::batch_view(&state.services, &session.actor, id).await?;
    match papers::fetch_batch(&state.services, &session.actor, &view).await {
        Ok(printed) => {
            look(&state, &session, &view, "pdf").await?;
            Ok(inline_pdf(&printed.name, printed.bytes))
        }
        Err(why) => Err(failure(why, Vec::new(), &format!("/papers/batches/{id}"))),
    }
}

async fn look(state: &State, session: &Session, view: &BatchView, form: &str) -> Result<(), Failure> {
    let detail = json!({ "batch": view.batch.id, "papers": view.papers.len(), "form": form });
    let look = Look { kind: LookKind::Paper, child: None, case: None, detail };
    Ok(state.services.db.look(&session.actor, look).await?)
}
