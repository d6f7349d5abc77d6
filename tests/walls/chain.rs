//! The chain of events and the looks sealed into it: whatever is altered afterwards is found, with its place.

use common::seeds::{Child, Post};
use common::{HERE, Role, World};
use quanxue::db::audit::{ChainReport, Look, seal_looks, verify_chain};
use quanxue::domain::actor::Actor;
use quanxue::domain::event::{Event, EventKind, LookKind};

use crate::walls::number;

/// Ten events, of which the sixth seals two looks.
async fn written() -> World {
    let world = World::new().await;
    let officer = world.actor(HERE, Role::CountyOfficer, Post::Own);
    act(&world, &officer, 5).await;
    for child in [Child::Own, Child::Sibling] {
        let child = Some(HERE.child(child));
        let look = Look { kind: LookKind::Child, child, case: None, detail: serde_json::json!({}) };
        world.db().look(&officer, look).await.unwrap();
    }
    let mut write = world.db().write(&Actor::system(HERE.id(), "sweep")).await.unwrap();
    assert_eq!(seal_looks(&mut write).await.unwrap(), 2);
    write.commit(Event::new(EventKind::Swept)).await.unwrap();
    act(&world, &officer, 3).await;
    let report = verified(&world).await;
    assert_eq!((report.events, report.looks, report.broken), (10, 2, None));
    world
}

async fn act(world: &World, actor: &Actor, times: usize) {
    for n in 0..times {
        let write = world.db().write(actor).await.unwrap();
        write.commit(Event::new(EventKind::ListPrinted).with("rows", n)).await.unwrap();
    }
}

async fn verified(world: &World) -> ChainReport {
    let keeper = world.actor(HERE, Role::AuditKeeper, Post::Own);
    verify_chain(&mut world.db().read(&keeper).await.unwrap()).await.unwrap()
}

const KEEP: &str = "create schema kept; create table kept.event as table event; create table kept.look as table look;
    create table kept.audit_head as table audit_head";
const RESTORE: &str = "truncate event, look, audit_head; insert into event table kept.event;
    insert into look overriding system value table kept.look; insert into audit_head table kept.audit_head";

/// What the check says after each alteration by somebody for whom no wall stands.
async fn broken_by(cases: &[(&str, &str)]) {
    let world = written().await;
    world.database.alter(KEEP).await;
    for (alteration, found) in cases {
        world.database.alter(*alteration).await;
        assert_eq!(verified(&world).await.broken.unwrap_or_default(), *found, "{alteration}");
        world.database.alter(RESTORE).await;
    }
    assert_eq!(verified(&world).await.broken, None);
}

#[tokio::test]
async fn an_event_edited_is_found_at_its_place() {
    let edits = [
        "update event set detail = '{\"rows\": 4}' where seq = 3",
        "update event set at = at + interval '1 second' where seq = 3",
        "update event set user_id = null where seq = 3",
        "update event set role = 'village' where seq = 3",
        "update event set kind = 'list_exported' where seq = 3",
        "update event set child_id = gen_random_uuid() where seq = 3",
        "update event set hash = set_byte(hash, 0, get_byte(hash, 0) # 1) where seq = 3",
        "update event set prev = set_byte(prev, 31, get_byte(prev, 31) # 1) where seq = 3",
    ];
    broken_by(&edits.map(|edit| (edit, "第 3 条记录与前后不符"))).await;
}

#[tokio::test]
async fn an_event_taken_out_or_moved_is_found() {
    let swap = "update event set seq = 100 where seq = 2; update event set seq = 2 where seq = 3; update event set seq = 3 where seq = 100";
    let close_up = "delete from event where seq = 4; update event set seq = seq - 1 where seq > 4";
    broken_by(&[
        ("delete from event where seq = 4", "第 5 条记录与前后不符"),
        ("delete from event where seq = 1", "第 2 条记录与前后不符"),
        (swap, "第 2 条记录与前后不符"),
        (close_up, "第 4 条记录与前后不符"),
    ])
    .await;
}

#[tokio::test]
async fn a_cut_tail_is_found_by_the_head_and_a_cut_head_by_what_was_printed() {
    broken_by(&[
        ("delete from event where seq > 8", "链头是第 10 条，库中有 8 条"),
        ("delete from audit_head", "链头不见了"),
    ])
    .await;
    let world = written().await;
    let printed = verified(&world).await.head.unwrap();
    world
        .database
        .alter("delete from event where seq > 8; update audit_head set seq = 8, hash = (select hash from event where seq = 8)")
        .await;
    let report = verified(&world).await;
    assert_ne!(report.head.unwrap(), printed, "consistent in itself, yet not what was printed");
}

#[tokio::test]
async fn a_fork_is_found_where_it_leaves_the_chain() {
    let fork = |seq: i64| {
        format!(
            "update event set detail = '{{\"rows\": 9}}' where seq = {seq};
            update event e set hash = sha256(e.prev || convert_to(event_text(e), 'UTF8')) where seq = {seq}"
        )
    };
    broken_by(&[
        (&fork(9), "第 10 条记录与前后不符"),
        (&fork(10), "链头与第 10 条记录不符"),
        ("update audit_head set hash = sha256('other')", "链头与第 10 条记录不符"),
    ])
    .await;
}

#[tokio::test]
async fn a_sealed_look_altered_is_found_at_its_seal() {
    let alterations = [
        "update look set user_id = gen_random_uuid() where id = 1",
        "update look set child_id = null where id = 1",
        "update look set at = at + interval '1 hour' where id = 2",
        "delete from look where id = 2",
        "update look set sealed_by = null where id = 2",
        "insert into look (county_id, at, user_id, role, kind, sealed_by) select county_id, at, user_id, role, kind, sealed_by from look where id = 1",
    ];
    broken_by(&alterations.map(|alteration| (alteration, "第 6 条记录封存的查看记录被改动"))).await;
}

#[tokio::test]
async fn a_look_stands_unchained_until_it_is_sealed_and_once_only() {
    let world = World::new().await;
    let village = world.actor(HERE, Role::Village, Post::Own);
    let look =
        Look { kind: LookKind::Case, child: None, case: Some(HERE.case(Child::Own)), detail: serde_json::json!({}) };
    world.db().look(&village, look).await.unwrap();
    let mut superuser = world.database.superuser().await;
    let open = "select count(*) from look where sealed_by is null";
    assert_eq!(number(&mut superuser, open.to_owned()).await, 1);
    assert_eq!(number(&mut superuser, "select count(*) from event".to_owned()).await, 0);
    act(&world, &village, 1).await;
    for expected in [1, 0] {
        let mut write = world.db().write(&Actor::system(HERE.id(), "sweep")).await.unwrap();
        assert_eq!(seal_looks(&mut write).await.unwrap(), expected);
        write.commit(Event::new(EventKind::Swept)).await.unwrap();
    }
    assert_eq!(number(&mut superuser, open.to_owned()).await, 0);
    let report = verified(&world).await;
    assert_eq!((report.looks, report.broken), (1, None));
}

#[tokio::test]
async fn many_at_once_make_one_chain() {
    let world = World::new().await;
    let officer = world.actor(HERE, Role::CountyOfficer, Post::Own);
    let acts = (0..40).map(|_| {
        let (db, officer) = (world.db().clone(), officer.clone());
        tokio::spawn(async move {
            db.write(&officer).await.unwrap().commit(Event::new(EventKind::ListPrinted)).await.unwrap();
        })
    });
    for act in acts.collect::<Vec<_>>() {
        act.await.unwrap();
    }
    let report = verified(&world).await;
    assert_eq!((report.events, report.broken), (40, None));
}
