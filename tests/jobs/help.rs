//! Asks for jobs, waits for them, starts workers.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use common::seeds::Post;
use common::{HERE, Role, World};
use quanxue::app::Services;
use quanxue::db::jobs::{self, JobState, NewJob, queue};
use quanxue::domain::event::{Event, EventKind};
use quanxue::domain::ids::JobId;
use quanxue::domain::job::JobKind;
use quanxue::jobs::{Handlers, Job, Runner};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// Asks for a job as the county's officer.
pub async fn ask(world: &World, job: NewJob) -> Option<JobId> {
    let mut write = world.db().write(&world.actor(HERE, Role::CountyOfficer, Post::Own)).await.unwrap();
    let id = jobs::enqueue(&mut write, job).await.unwrap();
    write.commit(Event::new(EventKind::ImportUploaded)).await.unwrap();
    id
}

/// How far it is.
pub async fn state(world: &World, id: JobId) -> JobState {
    let mut read = world.db().read(&world.actor(HERE, Role::CountyOfficer, Post::Own)).await.unwrap();
    jobs::find(&mut read, id).await.unwrap()
}

/// Workers that look often; they end with their handle, or in good order when told.
pub fn start(services: &Services, handlers: Handlers) -> (JoinHandle<()>, Arc<Notify>) {
    let stop = Arc::new(Notify::new());
    let hear = Arc::clone(&stop);
    let runner = Runner::new(services.clone(), handlers).looking_every(Duration::from_millis(10));
    (tokio::spawn(runner.run(async move { hear.notified().await })), stop)
}

/// Waits until a job is as one wants it.
pub async fn until(world: &World, id: JobId, wanted: impl Fn(&JobState) -> bool) -> JobState {
    for _ in 0..500 {
        let now = state(world, id).await;
        if wanted(&now) {
            return now;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it never came to that: {:?}", state(world, id).await)
}

/// Well or not.
pub fn ended(job: &JobState) -> bool {
    job.finished_at.is_some()
}

/// Takes a job as a worker does.
pub async fn claim(world: &World) -> Option<Job> {
    let mut gate = world.db().gate().await.unwrap();
    let job = queue::claim(&mut gate, &[JobKind::Import], TimeDelta::seconds(60)).await.unwrap();
    gate.commit().await.unwrap();
    job
}
