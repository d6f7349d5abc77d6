//! Reading a roster that was brought, and taking it in, in the name of who asked.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::handler::{Job, JobFailure, Progress};
use crate::app::Services;
use crate::app::imports::{self, Mode, Taken};
use crate::app::register::Decided;
use crate::db::accounts;
use crate::domain::ids::{AppointmentId, ImportId};
use crate::domain::moment::day_of;

/// What a [`JobKind::Import`](crate::domain::job::JobKind::Import) is told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ImportPayload {
    /// Which import.
    pub import: ImportId,
    /// Under whose appointment.
    pub appointment: AppointmentId,
    /// Takes it in, this way; only reads it where absent.
    pub take: Option<Mode>,
    /// What was decided of rows that are like children who are here.
    #[serde(default)]
    pub decided: Vec<Decided>,
}

pub(super) async fn import(services: Services, job: Arc<Job>, progress: Progress) -> Result<(), JobFailure> {
    let payload = job.read::<ImportPayload>()?;
    let mut gate = services.db.gate().await?;
    let today = day_of(gate.now());
    let actor = accounts::actor(&mut gate, job.county, payload.appointment, today).await?;
    gate.commit().await?;
    let actor = actor
        .ok_or_else(|| JobFailure::Never("提交这份名册的人已不在岗，没有导入。请由在岗人员重新上传。".to_owned()))?;
    let Some(mode) = payload.take else {
        progress.say(0, 1, "正在读取表格并逐行核对").await?;
        return Ok(imports::look(&services, &actor, payload.import).await?);
    };
    progress.say(0, 1, "正在写入，完成前不会改动任何资料").await?;
    match imports::take(&services, &actor, payload.import, mode, &payload.decided).await? {
        Taken::In(_) => Ok(()),
        Taken::Refused(why) => Err(JobFailure::Never(why)),
    }
}
