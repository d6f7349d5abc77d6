//! The three doors: what each lets through, and that nothing of one transaction is left for the next.

use common::seeds::{self, Child, Post};
use common::{HERE, Role, World};
use quanxue::clock::Clock;
use quanxue::db::{Db, DbError, Door as _};
use quanxue::domain::actor::Actor;
use quanxue::domain::event::{Event, EventKind};

use crate::walls::{attempt, number};

const CHILDREN: &str = "select count(*) from child";
const EVENTS: &str = "select count(*) from event";

/// As `World`, with one connection for everybody: whatever a transaction leaves behind, the next one finds.
async fn narrow_pool(world: &World) -> Db {
    let (clock, _) = Clock::held_at("2026-10-15T09:00:00+08:00".parse().unwrap());
    Db::connect(world.database.as_program(), 1, clock).await.unwrap()
}

fn rename(child: Child) -> String {
    format!("update child set residence_text = '改' where id = '{}'", HERE.child(child))
}

async fn renamed(world: &World) -> i64 {
    let changed = "select count(*) from child where residence_text = '改'";
    number(&mut world.database.superuser().await, changed.to_owned()).await
}

#[tokio::test]
async fn the_program_serves_with_its_walls_up_and_says_which_is_down() {
    let world = World::new().await;
    assert_eq!(world.db().breaches().await.unwrap(), Vec::<String>::new());
    let temporary = |verb: &str, to: &str| {
        format!("do $$ begin execute format('{verb} temporary on database %I {to} public', current_database()); end $$")
    };
    for (down, named, up) in [
        ("alter table visit no force row level security", "visit", "alter table visit force row level security"),
        ("alter table reach disable row level security", "reach", "alter table reach enable row level security"),
        (
            "alter policy county on child to quanxue_owner",
            "child",
            "alter policy county on child to quanxue_app, quanxue_owner",
        ),
        ("create table loose (id int)", "loose", "drop table loose"),
        (&temporary("grant", "to"), "临时表", &temporary("revoke", "from")),
    ] {
        world.database.alter(down).await;
        let breaches = world.db().breaches().await.unwrap();
        assert!(breaches.len() == 1 && breaches[0].contains(named), "{down}: {breaches:?}");
        world.database.alter(up).await;
    }
    assert_eq!(world.db().breaches().await.unwrap(), Vec::<String>::new());
    let (clock, _) = Clock::held_at("2026-10-15T09:00:00+08:00".parse().unwrap());
    let superuser = Db::connect(world.database.as_superuser(), 1, clock).await.unwrap();
    let breaches = superuser.breaches().await.unwrap();
    assert!(
        breaches.iter().any(|b| b.contains("超级用户")) && breaches.iter().any(|b| b.contains("表结构")),
        "{breaches:?}"
    );
}

#[tokio::test]
async fn the_reading_door_cannot_write() {
    let world = World::new().await;
    let mut read = world.db().read(&Actor::system(HERE.id(), "sweep")).await.unwrap();
    assert_eq!(attempt(read.conn(), rename(Child::Own)).await, Err("25006".to_owned()));
}

#[tokio::test]
async fn nothing_of_one_transaction_is_left_for_the_next() {
    let world = World::new().await;
    let db = narrow_pool(&world).await;
    let (system, keeper) = (Actor::system(HERE.id(), "sweep"), world.actor(HERE, Role::SystemKeeper, Post::Own));
    let village = world.actor(HERE, Role::Village, Post::Own);
    let mut read = db.read(&system).await.unwrap();
    assert_eq!(number(read.conn(), CHILDREN.to_owned()).await, 5);
    drop(read);
    assert_eq!(number(db.read(&keeper).await.unwrap().conn(), CHILDREN.to_owned()).await, 0, "after a read dropped");
    let write = db.write(&system).await.unwrap();
    write.commit(Event::new(EventKind::Swept)).await.unwrap();
    assert_eq!(number(db.read(&village).await.unwrap().conn(), CHILDREN.to_owned()).await, 2, "after a commit");
    // What `widen` sets, set by hand: it ends with its transaction whichever way that goes.
    let widen = "select set_config('app.wide', 'system', true)";
    let mut write = db.write(&keeper).await.unwrap();
    attempt(write.conn(), widen.to_owned()).await.unwrap();
    assert_eq!(number(write.conn(), CHILDREN.to_owned()).await, 5);
    drop(write);
    assert_eq!(number(db.write(&keeper).await.unwrap().conn(), CHILDREN.to_owned()).await, 0, "after a write dropped");
    // Even what was set for the whole connection does not survive its return to the pool.
    let mut write = db.write(&system).await.unwrap();
    attempt(
        write.conn(),
        "select set_config('app.wide', 'system', false), set_config('app.county', '341522', false)".to_owned(),
    )
    .await
    .unwrap();
    write.commit(Event::new(EventKind::Swept)).await.unwrap();
    let mut gate = db.gate().await.unwrap();
    gate.enter_county(HERE.id(), None).await.unwrap();
    gate.commit().await.unwrap();
    assert_eq!(
        number(db.read(&keeper).await.unwrap().conn(), CHILDREN.to_owned()).await,
        0,
        "after a setting for good"
    );
}

#[tokio::test]
async fn a_statement_that_is_given_up_midway_leaves_nothing_behind() {
    let world = World::new().await;
    let db = narrow_pool(&world).await;
    let mut write = db.write(&Actor::system(HERE.id(), "sweep")).await.unwrap();
    attempt(write.conn(), rename(Child::Own)).await.unwrap();
    let slow = attempt(write.conn(), "select pg_sleep(1)".to_owned());
    assert!(tokio::time::timeout(std::time::Duration::from_millis(50), slow).await.is_err());
    drop(write);
    let keeper = world.actor(HERE, Role::SystemKeeper, Post::Own);
    // The connection may still be busy with what was given up; whoever comes next gets a clean one or none.
    if let Ok(mut read) = db.read(&keeper).await {
        assert_eq!(number(read.conn(), CHILDREN.to_owned()).await, 0);
    }
    assert_eq!(renamed(&world).await, 0);
}

/// `Write` has no other way to be kept than `commit` and `commit_all`, which take events: that nothing is done in silence
/// is a matter of types. What remains is that to drop it, to abandon it, or to say nothing undoes it.
#[tokio::test]
async fn what_is_not_said_is_not_done() {
    let world = World::new().await;
    let officer = world.actor(HERE, Role::CountyOfficer, Post::Own);
    for how in 0..3 {
        let mut write = world.db().write(&officer).await.unwrap();
        assert_eq!(attempt(write.conn(), rename(Child::Own)).await, Ok(1));
        match how {
            0 => drop(write),
            1 => write.abandon().await.unwrap(),
            _ => write.commit_all(vec![]).await.unwrap(),
        }
        assert_eq!(renamed(&world).await, 0, "way {how}");
    }
    let mut write = world.db().write(&officer).await.unwrap();
    attempt(write.conn(), rename(Child::Own)).await.unwrap();
    write.commit(Event::new(EventKind::ChildChanged).child(HERE.child(Child::Own))).await.unwrap();
    assert_eq!(renamed(&world).await, 1);
    assert_eq!(number(&mut world.database.superuser().await, EVENTS.to_owned()).await, 1);
}

#[tokio::test]
async fn an_act_whose_event_cannot_be_written_is_undone() {
    let world = World::new().await;
    world.database.alter("revoke execute on function append_event from quanxue_app, quanxue_gate").await;
    let mut write = world.db().write(&world.actor(HERE, Role::CountyOfficer, Post::Own)).await.unwrap();
    attempt(write.conn(), rename(Child::Own)).await.unwrap();
    let refused = write.commit(Event::new(EventKind::ChildChanged)).await;
    assert!(matches!(refused, Err(DbError::Walled)), "{refused:?}");
    assert_eq!(renamed(&world).await, 0);
    // From outside: nobody is signed in when that cannot be said.
    let mut client = world.client();
    let fields = [("county", "500229"), ("login", "village"), ("password", seeds::PASSWORD)];
    let page = client.post_form("/sign-in", &fields).await;
    assert_eq!(page.status, 500, "{}", page.text());
    assert!(client.cookies.is_empty());
    let sessions = "select count(*) from session".to_owned();
    assert_eq!(number(&mut world.database.superuser().await, sessions).await, 0);
}
