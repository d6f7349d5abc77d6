//! What a handler is given, what it may answer, and the map from kinds to handlers.

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;

use futures::future::BoxFuture;
use serde::de::DeserializeOwned;

use crate::app::{AppError, Services};
use crate::db::jobs::queue::{self, Claimed};
use crate::db::{Db, DbError};
use crate::domain::actor::Actor;
use crate::domain::job::JobKind;

/// A job to be done. `done` and `total` are what an earlier attempt had reached.
pub type Job = Claimed;

/// Why a job was not done.
#[derive(Debug, thiserror::Error)]
pub enum JobFailure {
    /// Worth another try: the database was away, the disk full.
    #[error(transparent)]
    Again(#[from] AppError),
    /// No further try would help; a Chinese sentence that says what to do.
    #[error("{0}")]
    Never(String),
}

impl From<DbError> for JobFailure {
    fn from(error: DbError) -> Self {
        Self::Again(error.into())
    }
}

impl Claimed {
    /// The payload as a struct.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, JobFailure> {
        serde_json::from_value(self.payload.clone())
            .map_err(|error| JobFailure::Again(AppError::Fault(format!("payload of {}: {error}", self.id))))
    }

    /// The system actor in whose name it is done.
    pub fn actor(&self) -> Actor {
        Actor::system(self.county, self.kind.code())
    }
}

/// Says how far a job is.
#[derive(Debug, Clone)]
pub struct Progress {
    pub(super) db: Db,
    pub(super) job: Arc<Claimed>,
}

impl Progress {
    /// So many pieces of so many are done, and what comes next. Fails when another worker has taken over meanwhile.
    pub async fn say(&self, done: usize, total: usize, note: &str) -> Result<(), JobFailure> {
        let number = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
        let mut gate = self.db.gate().await?;
        let ours = queue::progress(&mut gate, &self.job, number(done), number(total), note).await?;
        gate.commit().await?;
        if ours { Ok(()) } else { Err(JobFailure::Again(AppError::Fault(format!("{} was taken over", self.job.id)))) }
    }
}

type Handler = Arc<dyn Fn(Services, Arc<Job>, Progress) -> BoxFuture<'static, Result<(), JobFailure>> + Send + Sync>;

/// Who does which kind.
#[derive(Clone, Default)]
pub struct Handlers(HashMap<JobKind, Handler>);

impl std::fmt::Debug for Handlers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Handlers {
    /// Nobody does anything.
    pub fn new() -> Self {
        Self::default()
    }

    /// This one does this kind. It must do the same twice without harm, and may be dropped at any `await`.
    #[must_use]
    pub fn on<F, Fut>(mut self, kind: JobKind, handler: F) -> Self
    where
        F: Fn(Services, Arc<Job>, Progress) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), JobFailure>> + Send + 'static,
    {
        self.0.insert(kind, Arc::new(move |services, job, progress| Box::pin(handler(services, job, progress))));
        self
    }

    pub(super) fn kinds(&self) -> Vec<JobKind> {
        self.0.keys().copied().collect()
    }

    pub(super) fn of(&self, kind: JobKind) -> Option<Handler> {
        self.0.get(&kind).cloned()
    }
}
