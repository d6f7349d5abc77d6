//! The job queue from outside: once a transaction is committed, by one worker at a time, and to its end though workers die.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod help;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::TimeDelta;
use common::seeds::{Post, THERE};
use common::{HERE, Role, World};
use help::{ask, claim, ended, start, state, until};
use quanxue::app::AppError;
use quanxue::db::jobs::{self, NewJob, queue};
use quanxue::domain::event::{Event, EventKind};
use quanxue::domain::ids::JobId;
use quanxue::domain::job::JobKind;
use quanxue::jobs::{Handlers, Job, JobFailure, house, tick};
use serde_json::json;
use tokio::sync::Notify;

/// Longer than a claim stands without a word.
const AFTER_THE_LEASE: TimeDelta = TimeDelta::seconds(61);

#[tokio::test]
async fn a_job_of_a_transaction_that_is_given_up_is_never_done() {
    let world = World::new().await;
    let mut write = world.db().write(&world.actor(HERE, Role::CountyOfficer, Post::Own)).await.unwrap();
    let given_up = jobs::enqueue(&mut write, NewJob::new(JobKind::Import, json!({}))).await.unwrap().unwrap();
    write.abandon().await.unwrap();
    let committed = ask(&world, NewJob::new(JobKind::Import, json!({}))).await.unwrap();
    let done = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&done);
    let (_runner, _stop) = start(
        &world.services,
        Handlers::new().on(JobKind::Import, move |_, job: Arc<Job>, _| {
            seen.lock().unwrap().push(job.id);
            async { Ok(()) }
        }),
    );
    until(&world, committed, ended).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let done = done.lock().unwrap().clone();
    assert!(done == [committed] && !done.contains(&given_up), "{done:?}");
}

#[tokio::test]
async fn many_workers_never_do_one_job_at_once_and_none_is_forgotten() {
    let world = World::new().await;
    let mut asked = Vec::new();
    for n in 0..40 {
        asked.push(ask(&world, NewJob::new(JobKind::Import, json!({ "n": n }))).await.unwrap());
    }
    let running: Arc<Mutex<HashSet<JobId>>> = Arc::default();
    let counts: Arc<Mutex<HashMap<JobId, usize>>> = Arc::default();
    let handlers = || {
        let (running, counts) = (Arc::clone(&running), Arc::clone(&counts));
        Handlers::new().on(JobKind::Import, move |_, job: Arc<Job>, _| {
            let (running, counts) = (Arc::clone(&running), Arc::clone(&counts));
            async move {
                assert!(running.lock().unwrap().insert(job.id), "two at once");
                tokio::time::sleep(Duration::from_millis(15)).await;
                running.lock().unwrap().remove(&job.id);
                *counts.lock().unwrap().entry(job.id).or_default() += 1;
                Ok(())
            }
        })
    };
    let _runners: Vec<_> = (0..3).map(|_| start(&world.services, handlers())).collect();
    for id in &asked {
        let job = until(&world, *id, ended).await;
        assert_eq!((job.failure, job.attempts), (None, 1));
    }
    let counts = counts.lock().unwrap().clone();
    assert!(asked.iter().all(|id| counts.get(id) == Some(&1)) && counts.len() == 40, "{counts:?}");
}

#[tokio::test]
async fn r20_a_job_whose_worker_was_killed_is_taken_up_after_its_claim_where_it_had_got_to() {
    let world = World::new().await;
    let id = ask(&world, NewJob::new(JobKind::Import, json!({}))).await.unwrap();
    let hangs = Handlers::new().on(JobKind::Import, |_, _, progress| async move {
        progress.say(3, 10, "正在写入").await?;
        std::future::pending().await
    });
    let (first, _) = start(&world.services, hangs);
    until(&world, id, |job| job.done == 3).await;
    first.abort(); // killed: no word of farewell
    let _dead = first.await;

    let resumed = Handlers::new().on(JobKind::Import, |_, job: Arc<Job>, progress| async move {
        assert_eq!((job.attempt, job.done, job.total), (2, 3, 10));
        progress.say(10, 10, "正在写入").await
    });
    let (_second, _stop) = start(&world.services, resumed);
    tokio::time::sleep(Duration::from_millis(200)).await;
    let still = state(&world, id).await;
    assert!(!ended(&still) && still.attempts == 1, "taken before the claim had ended: {still:?}");
    world.hand.advance(AFTER_THE_LEASE);
    let job = until(&world, id, ended).await;
    assert_eq!((job.failure, job.attempts, job.done), (None, 2, 10));
}

#[tokio::test]
async fn a_worker_that_was_only_slow_has_no_word_any_more() {
    let world = World::new().await;
    let id = ask(&world, NewJob::new(JobKind::Import, json!({}))).await.unwrap();
    let slow = claim(&world).await.unwrap();
    assert!(claim(&world).await.is_none(), "it is held");
    world.hand.advance(AFTER_THE_LEASE);
    let quick = claim(&world).await.unwrap();
    assert_eq!((slow.id, slow.attempt, quick.id, quick.attempt), (id, 1, id, 2));
    let mut gate = world.db().gate().await.unwrap();
    assert!(!queue::hold(&mut gate, &slow, AFTER_THE_LEASE).await.unwrap());
    assert!(!queue::progress(&mut gate, &slow, 9, 9, "迟到").await.unwrap());
    assert!(!queue::postpone(&mut gate, &slow, AFTER_THE_LEASE, "迟到").await.unwrap());
    assert!(!queue::finish(&mut gate, &slow, None).await.unwrap());
    assert!(queue::finish(&mut gate, &quick, None).await.unwrap());
    gate.commit().await.unwrap();
    let job = state(&world, id).await;
    assert_eq!((job.done, job.note.as_str(), ended(&job)), (0, "", true));
}

#[tokio::test]
async fn what_fails_is_tried_again_later_and_given_up_with_a_sentence() {
    let world = World::new().await;
    let id = ask(&world, NewJob::new(JobKind::Import, json!({})).leading_to("/imports")).await.unwrap();
    let fails = Handlers::new().on(JobKind::Import, |_, job: Arc<Job>, _| async move {
        assert!(job.attempt != 2, "a handler that crashes");
        Err(JobFailure::Again(AppError::Fault("the disk is full".to_owned())))
    });
    let (_runner, _stop) = start(&world.services, fails);
    for attempt in 1..5 {
        let job = until(&world, id, |job| job.note.starts_with(&format!("第 {attempt} 次没有办成"))).await;
        assert!(!ended(&job));
        tokio::time::sleep(Duration::from_millis(60)).await;
        assert_eq!(state(&world, id).await.attempts, attempt, "it waits for its time");
        world.hand.advance(TimeDelta::minutes(31));
    }
    let job = until(&world, id, ended).await;
    let failure = job.failure.unwrap();
    assert!(failure.starts_with("试了 5 次都没有办成。请把编号") && failure.ends_with('。'), "{failure}");
}

#[tokio::test]
async fn what_cannot_go_well_is_said_at_once() {
    let world = World::new().await;
    let id = ask(&world, NewJob::new(JobKind::Import, json!({}))).await.unwrap();
    let never = Handlers::new().on(JobKind::Import, |_, _, _| async {
        Err(JobFailure::Never("这个文件不是工作簿，请重新上传。".to_owned()))
    });
    let (_runner, _stop) = start(&world.services, never);
    let job = until(&world, id, ended).await;
    assert_eq!((job.failure.as_deref(), job.attempts), (Some("这个文件不是工作簿，请重新上传。"), 1));
}

#[tokio::test]
async fn a_stop_lets_a_short_job_end_and_begins_no_other() {
    let world = World::new().await;
    let first = ask(&world, NewJob::new(JobKind::Import, json!({}))).await.unwrap();
    let begun = Arc::new(Notify::new());
    let seen = Arc::clone(&begun);
    let short = Handlers::new().on(JobKind::Import, move |_, _, _| {
        let seen = Arc::clone(&seen);
        async move {
            seen.notify_one();
            tokio::time::sleep(Duration::from_millis(300)).await;
            Ok(())
        }
    });
    let (runner, stop) = start(&world.services, short);
    begun.notified().await;
    stop.notify_one();
    tokio::time::sleep(Duration::from_millis(50)).await;
    let second = ask(&world, NewJob::new(JobKind::Import, json!({}))).await.unwrap();
    runner.await.unwrap();
    assert!(ended(&state(&world, first).await));
    assert_eq!(state(&world, second).await.attempts, 0);
}

#[tokio::test]
async fn one_waiting_job_a_key_is_enough_but_what_has_begun_does_not_count() {
    let world = World::new().await;
    let job = || NewJob::new(JobKind::Project, json!({})).once("all");
    let first = ask(&world, job()).await.unwrap();
    assert_eq!(ask(&world, job()).await, Some(first));
    assert_ne!(ask(&world, NewJob::new(JobKind::Project, json!({})).once("other")).await, Some(first));
    // Another unit learns that one waits, but not which.
    let mut write = world.db().write(&world.actor(HERE, Role::TownshipOfficer, Post::Own)).await.unwrap();
    assert_eq!(jobs::enqueue(&mut write, job()).await.unwrap(), None);
    write.abandon().await.unwrap();
    let hangs = Handlers::new().on(JobKind::Project, |_, _, _| std::future::pending());
    let (_runner, _stop) = start(&world.services, hangs);
    until(&world, first, |job| job.attempts == 1).await;
    assert_ne!(ask(&world, job()).await, Some(first), "it may have read what has changed since");
}

#[tokio::test]
async fn every_county_is_swept_and_sealed_once_a_day() {
    let world = World::new().await;
    assert_eq!(tick(&world.services).await.unwrap(), 4);
    assert_eq!(tick(&world.services).await.unwrap(), 0);
    let (_runner, _stop) = start(&world.services, house());
    let mut finished = 0;
    for _ in 0..300 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        let mut conn = world.database.superuser().await;
        let sql = "select count(*) from job where finished_at is not null and failure is null and kind in ('sweep', 'seal_looks')";
        finished = sqlx::query_scalar::<_, i64>(sql).fetch_one(&mut conn).await.unwrap();
        if finished == 4 {
            break;
        }
    }
    assert_eq!(finished, 4);
    assert_eq!(tick(&world.services).await.unwrap(), 0, "done today is done");
    world.hand.advance(TimeDelta::days(1));
    assert_eq!(tick(&world.services).await.unwrap(), 4);
}

#[tokio::test]
async fn the_page_tells_how_far_it_is_to_who_asked_and_to_nobody_else() {
    let world = World::new().await;
    let mut write = world.db().write(&world.actor(HERE, Role::Registrar, Post::Own)).await.unwrap();
    let id = jobs::enqueue(&mut write, NewJob::new(JobKind::Import, json!({})).leading_to("/imports/1"))
        .await
        .unwrap()
        .unwrap();
    write.commit(Event::new(EventKind::ImportUploaded)).await.unwrap();
    let path = format!("/jobs/{id}");
    let mut asker = world.sign_in_as(Role::Registrar).await;
    let page = asker.get(&path).await;
    assert_eq!((page.status, page.h1().as_str()), (200, "导入名册"));
    assert!(page.text().contains("正在排队") && page.body().contains("http-equiv=\"refresh\""));
    for (county, role, post) in [
        (HERE, Role::Registrar, Post::Sibling),
        (HERE, Role::Village, Post::Own),
        (THERE, Role::CountyOfficer, Post::Own),
    ] {
        let mut other = world.sign_in(county, role, post).await;
        assert_eq!(other.get(&path).await.status, 404, "{role:?} {post:?}");
        assert_eq!(other.get(&format!("{path}/state")).await.status, 404, "{role:?} {post:?}");
    }
    let half = Handlers::new().on(JobKind::Import, |_, _, progress| async move {
        progress.say(5, 10, "正在读第 2 张表").await?;
        std::future::pending().await
    });
    let (first, _) = start(&world.services, half);
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        if asker.get(&path).await.text().contains("正在读第 2 张表（5/10）") {
            break;
        }
    }
    let told: serde_json::Value = serde_json::from_slice(&asker.get(&format!("{path}/state")).await.bytes).unwrap();
    assert_eq!(
        (told["done"].as_i64(), told["total"].as_i64(), told["ended"].as_bool()),
        (Some(5), Some(10), Some(false))
    );
    first.abort();
    let _dead = first.await;
    world.hand.advance(AFTER_THE_LEASE);
    let (_second, _) = start(&world.services, Handlers::new().on(JobKind::Import, |_, _, _| async { Ok(()) }));
    let mut page = asker.get(&path).await;
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        page = asker.get(&path).await;
        if page.text().contains("已办完") {
            break;
        }
    }
    assert!(page.body().contains("href=\"/imports/1\"") && !page.body().contains("http-equiv"), "{}", page.text());
}
