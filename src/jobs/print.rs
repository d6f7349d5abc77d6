//! Prints a batch of papers into one PDF, in the name of whoever asked for it, and says how far it is.

use std::sync::Arc;

use serde::Deserialize;
use tokio::sync::watch;

use super::handler::{Job, JobFailure, Progress};
use crate::app::Services;
use crate::app::cases::papers;
use crate::db::accounts;
use crate::db::cases::print_batches;
use crate::domain::ids::{AppointmentId, PrintBatchId};
use crate::domain::moment::day_of;

#[derive(Debug, Deserialize)]
struct PrintPayload {
    batch: PrintBatchId,
    appointment: AppointmentId,
}

pub(super) async fn print(services: Services, job: Arc<Job>, progress: Progress) -> Result<(), JobFailure> {
    let PrintPayload { batch, appointment } = job.read()?;
    let mut gate = services.db.gate().await?;
    let today = day_of(gate.now());
    let actor = accounts::actor(&mut gate, job.county, appointment, today).await?;
    gate.commit().await?;
    let actor =
        actor.ok_or_else(|| JobFailure::Never("提交打印的人已不在岗，没有打印。请由在岗人员重新勾选。".to_owned()))?;
    let asked = print_batches::one(&mut services.db.read(&actor).await?, batch).await?;
    let total = usize::try_from(asked.papers - asked.failed).unwrap_or_default();
    progress.say(0, total, "正在排版").await?;
    let (told, mut hear) = watch::channel(0);
    let making = async {
        let told = told;
        papers::make_batch(&services, &actor, batch, |done| {
            told.send_replace(done);
        })
        .await
    };
    let telling = async {
        while hear.changed().await.is_ok() {
            let done = *hear.borrow_and_update();
            progress.say(done, total, "正在排版").await?;
        }
        Ok::<(), JobFailure>(())
    };
    let (made, said) = tokio::join!(making, telling);
    made?;
    said
}
