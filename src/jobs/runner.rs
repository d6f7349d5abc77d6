//! The workers: claim, do, keep hold meanwhile, settle; and stop in good order.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::handler::{Handlers, Job, JobFailure, Progress};
use super::nightly;
use crate::app::{AppError, Services};
use crate::db::{Gate, jobs::queue};

/// How long a claim stands without a word: after that a worker counts as dead.
const LEASE: TimeDelta = TimeDelta::seconds(60);
/// How often a living worker gives word.
const BEAT: Duration = Duration::from_secs(15);
/// After so many words that did not come through, the claim may be another's.
const MISSES: u32 = 3;
/// How often an idle worker looks for work.
const LOOK: Duration = Duration::from_secs(1);
/// How often the clock is asked whether a new day has begun.
const TICK: Duration = Duration::from_mins(1);
/// How long a job may go on once the program is told to stop.
const LAST: Duration = Duration::from_secs(8);
/// How long to wait after the first, second, … attempt that failed.
const DELAYS: [TimeDelta; 4] =
    [TimeDelta::seconds(10), TimeDelta::minutes(1), TimeDelta::minutes(5), TimeDelta::minutes(30)];

/// Workers over one queue. Cheap to clone; several processes may each run one.
#[derive(Debug, Clone)]
pub struct Runner {
    services: Services,
    handlers: Handlers,
    workers: usize,
    look: Duration,
}

impl Runner {
    /// Two workers.
    pub fn new(services: Services, handlers: Handlers) -> Self {
        Self { services, handlers, workers: 2, look: LOOK }
    }

    /// Looks for work more often; for tests.
    #[must_use]
    pub fn looking_every(mut self, look: Duration) -> Self {
        self.look = look;
        self
    }

    /// Works until `stop` is there; jobs under way may end, or are let go for the next start.
    pub async fn run(self, stop: impl Future<Output = ()> + Send) {
        let (told, hear) = watch::channel(false);
        let mut workers = JoinSet::new();
        for _ in 0..self.workers {
            workers.spawn(self.clone().work(hear.clone()));
        }
        workers.spawn(self.watch_the_clock(hear));
        stop.await;
        // Nobody listens where all have ended.
        let _told = told.send(true);
        while workers.join_next().await.is_some() {}
    }

    async fn watch_the_clock(self, mut stop: watch::Receiver<bool>) {
        let mut ticks = interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = ticks.tick() => {
                    if let Err(error) = nightly::tick(&self.services).await {
                        tracing::warn!(%error, "the day's jobs could not be asked for; in a minute again");
                    }
                }
                _ = stop.changed() => return,
            }
        }
    }

    async fn work(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            match self.claim().await {
                Ok(Some(job)) => self.carry_out(job, &mut stop).await,
                nothing => {
                    if let Err(error) = nothing {
                        tracing::warn!(%error, "no job could be claimed; soon again");
                    }
                    let _told = timeout(self.look, stop.changed()).await;
                }
            }
        }
    }

    async fn claim(&self) -> Result<Option<Job>, AppError> {
        let mut gate = self.services.db.gate().await?;
        let job = queue::claim(&mut gate, &self.handlers.kinds(), LEASE).await?;
        gate.commit().await?;
        Ok(job)
    }

    /// Does one claimed job to its end, or lets it go.
    async fn carry_out(&self, job: Job, stop: &mut watch::Receiver<bool>) {
        let job = Arc::new(job);
        let Some(handler) = self.handlers.of(job.kind) else { return };
        if job.attempt > job.max_attempts {
            return self.settle(&job, Err(interrupted(&job))).await;
        }
        let progress = Progress { db: self.services.db.clone(), job: Arc::clone(&job) };
        // A set of one: whoever drops it ends what is in it.
        let mut doing = JoinSet::new();
        doing.spawn(handler(self.services.clone(), Arc::clone(&job), progress));
        tokio::select! {
            outcome = outcome(&mut doing) => return self.settle(&job, outcome).await,
            () = self.lose_hold(&job) => {
                tracing::warn!(job_id = %job.id, "the claim on a job was lost; it is left to the other worker");
                return;
            }
            _ = stop.changed() => {}
        }
        if let Ok(outcome) = timeout(LAST, outcome(&mut doing)).await {
            return self.settle(&job, outcome).await;
        }
        doing.shutdown().await;
        self.let_go(&job).await;
    }

    /// Keeps hold of a job; returns when it is lost, or may be, because the database was away for most of the lease.
    async fn lose_hold(&self, job: &Arc<Job>) {
        let mut beats = interval(BEAT);
        let mut missed = 0;
        while missed < MISSES {
            beats.tick().await;
            // In a task of its own: a job that ends meanwhile would cut it off inside its transaction.
            match tokio::spawn(self.clone().hold(Arc::clone(job))).await {
                Ok(Ok(true)) => missed = 0,
                Ok(Ok(false)) => return,
                Ok(Err(_)) | Err(_) => missed += 1,
            }
        }
    }

    async fn hold(self, job: Arc<Job>) -> Result<bool, AppError> {
        let mut gate = self.services.db.gate().await?;
        let held = queue::hold(&mut gate, &job, LEASE).await?;
        gate.commit().await?;
        Ok(held)
    }

    async fn settle(&self, job: &Job, outcome: Result<(), JobFailure>) {
        if let Err(error) = self.write_down(job, outcome).await {
            tracing::warn!(job_id = %job.id, %error, "how a job ended could not be written; it will be done again");
        }
    }

    async fn write_down(&self, job: &Job, outcome: Result<(), JobFailure>) -> Result<(), AppError> {
        let mut gate = self.services.db.gate().await?;
        match outcome {
            Ok(()) => queue::finish(&mut gate, job, None).await?,
            Err(JobFailure::Never(sentence)) => queue::finish(&mut gate, job, Some(&sentence)).await?,
            Err(JobFailure::Again(error)) => {
                let kind = job.kind.code();
                tracing::warn!(job_id = %job.id, kind, attempt = job.attempt, error = ?error, "a job did not go well");
                self.try_again(&mut gate, job).await?
            }
        };
        Ok(gate.commit().await?)
    }

    async fn try_again(&self, gate: &mut Gate, job: &Job) -> Result<bool, AppError> {
        if job.attempt >= job.max_attempts {
            return Ok(queue::finish(gate, job, Some(&given_up(job))).await?);
        }
        let nth = usize::try_from(job.attempt - 1).unwrap_or_default().min(DELAYS.len() - 1);
        let note = format!("第 {} 次没有办成，稍后自动再试", job.attempt);
        Ok(queue::postpone(gate, job, DELAYS[nth], &note).await?)
    }

    async fn let_go(&self, job: &Job) {
        let released = async {
            let mut gate = self.services.db.gate().await?;
            queue::release(&mut gate, job).await?;
            Ok::<(), AppError>(gate.commit().await?)
        };
        if let Err(error) = released.await {
            tracing::warn!(job_id = %job.id, %error, "a job could not be let go; it is taken up when its claim ends");
        }
    }
}

async fn outcome(doing: &mut JoinSet<Result<(), JobFailure>>) -> Result<(), JobFailure> {
    match doing.join_next().await {
        Some(Ok(outcome)) => outcome,
        Some(Err(error)) => Err(AppError::Fault(format!("the handler crashed: {error}")).into()),
        None => Err(AppError::Fault("the handler was not there".to_owned()).into()),
    }
}

/// The program was killed in the middle of it each time: perhaps because of it.
fn interrupted(job: &Job) -> JobFailure {
    tracing::error!(job_id = %job.id, kind = job.kind.code(), "a job was interrupted at every attempt and is given up");
    JobFailure::Never(given_up(job))
}

fn given_up(job: &Job) -> String {
    let number = &job.id.0.simple().to_string()[..8].to_uppercase();
    format!("试了 {} 次都没有办成。请把编号 {number} 告诉本县系统管理员，处理后重新提交。", job.max_attempts)
}
