//! The house's own handlers: let the day take effect, seal what was looked at, compute cases anew.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::handler::{Handlers, Job, JobFailure, Progress};
use crate::app::cases::papers;
use crate::app::{Services, audit, projector, units};
use crate::db::cases::case;
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::{CaseId, UnitId};
use crate::domain::job::JobKind;

/// Cases computed in one transaction.
const BATCH: usize = 200;

/// What a [`JobKind::Project`] is told.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ProjectPayload {
    /// Which cases; all of the county where absent, as when policy or calendar changed.
    pub cases: Option<Vec<CaseId>>,
}

/// What a [`JobKind::Places`] is told.
#[derive(Debug, Serialize, Deserialize)]
struct PlacesPayload {
    villages: Vec<UnitId>,
}

/// Handlers for everything the house itself asks for.
pub fn house() -> Handlers {
    Handlers::new()
        .on(JobKind::Sweep, sweep)
        .on(JobKind::SealLooks, seal_looks)
        .on(JobKind::Project, project)
        .on(JobKind::Places, places)
        .on(JobKind::Import, super::import::import)
        .on(JobKind::Print, super::print::print)
        .on(JobKind::Weigh, super::weigh::weigh)
}

async fn sweep(services: Services, job: Arc<Job>, _: Progress) -> Result<(), JobFailure> {
    projector::sweep(&services, job.county).await?;
    projector::mend(&services, job.county).await?;
    papers::remove_stale(&services, job.county).await?;
    Ok(())
}

async fn seal_looks(services: Services, job: Arc<Job>, _: Progress) -> Result<(), JobFailure> {
    audit::seal(&services, job.county).await?;
    Ok(())
}

async fn places(services: Services, job: Arc<Job>, _: Progress) -> Result<(), JobFailure> {
    let villages = job.read::<PlacesPayload>()?.villages;
    units::refresh_places(&services, &job.actor(), &villages).await?;
    Ok(())
}

async fn project(services: Services, job: Arc<Job>, progress: Progress) -> Result<(), JobFailure> {
    let cases = match job.read::<ProjectPayload>()?.cases {
        Some(cases) => cases,
        None => case::all(&mut services.db.read(&job.actor()).await?).await?,
    };
    for (n, batch) in cases.chunks(BATCH).enumerate() {
        progress.say(n * BATCH, cases.len(), "正在更新劝返进展").await?;
        let mut write = services.db.write(&job.actor()).await?;
        projector::project_cases(&services, &mut write, batch).await?;
        write.commit(Event::new(EventKind::Swept).with("cases", batch.len())).await?;
    }
    Ok(())
}
