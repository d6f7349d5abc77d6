//! Counts what a drafted policy would change, and says how far it is.

use std::sync::Arc;

use serde::Deserialize;

use super::handler::{Job, JobFailure, Progress};
use crate::app::Services;
use crate::app::policy::weigh as uses;
use crate::domain::ids::PolicyDraftId;

/// Cases judged in one read.
const BATCH: usize = 200;

#[derive(Debug, Deserialize)]
struct WeighPayload {
    draft: PolicyDraftId,
}

pub(super) async fn weigh(services: Services, job: Arc<Job>, progress: Progress) -> Result<(), JobFailure> {
    let WeighPayload { draft } = job.read()?;
    let Some(mut weighing) = uses::begin(&services, &job.actor(), draft).await? else { return Ok(()) };
    let cases = std::mem::take(&mut weighing.cases);
    for (n, batch) in cases.chunks(BATCH).enumerate() {
        progress.say(n * BATCH, cases.len(), "正在测算影响").await?;
        let mut read = services.db.read(&job.actor()).await?;
        weighing.judge(&mut read, batch).await?;
    }
    weighing.keep(&services, &job.actor()).await?;
    Ok(())
}
