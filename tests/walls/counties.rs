//! Between counties: nothing seen, nothing written, nothing learned from what is refused.

use common::seeds::{Child, Place, Post};
use common::{HERE, Role, THERE, World};
use quanxue::db::Door as _;
use quanxue::domain::actor::Actor;

use crate::walls::{attempt, number, tables};

#[tokio::test]
async fn no_table_shows_another_countys_row_even_to_the_system() {
    let world = World::new().await;
    let all = tables(&mut world.database.superuser().await).await;
    for actor in [Actor::system(HERE.id(), "sweep"), world.actor(HERE, Role::CountyApprover, Post::Own)] {
        let mut read = world.db().read(&actor).await.unwrap();
        for table in &all {
            let there = format!("select count(*) from {table} where county_id <> {}", HERE.0);
            assert_eq!(number(read.conn(), there).await, 0, "{table}");
        }
        let id = THERE.child(Child::Own);
        assert_eq!(number(read.conn(), format!("select count(*) from child where id = '{id}'")).await, 0);
    }
}

#[tokio::test]
async fn who_says_nothing_of_itself_sees_nothing() {
    let world = World::new().await;
    let all = tables(&mut world.database.superuser().await).await;
    let mut conn = world.database.program().await;
    for table in &all {
        assert_eq!(attempt(&mut conn, format!("select 1 from {table}")).await, Err("42501".to_owned()), "{table}");
    }
    attempt(&mut conn, "set role quanxue_app".to_owned()).await.unwrap();
    for table in &all {
        assert_eq!(number(&mut conn, format!("select count(*) from {table}")).await, 0, "{table}");
    }
    // A setting that was once set is '' afterwards, and not null.
    let once = "begin; select set_config('app.county', '500229', true), set_config('app.unit', '', true); commit";
    attempt(&mut conn, once.to_owned()).await.unwrap();
    for table in &all {
        assert_eq!(number(&mut conn, format!("select count(*) from {table}")).await, 0, "{table}, the second time");
    }
}

#[tokio::test]
async fn a_county_named_alone_shows_no_child() {
    let world = World::new().await;
    let mut superuser = world.database.superuser().await;
    let of_children = crate::walls::tables_of_children(&mut superuser).await;
    let mut conn = world.database.program().await;
    let county = format!("set role quanxue_app; select set_config('app.county', '{}', false)", HERE.0);
    attempt(&mut conn, county).await.unwrap();
    for (table, _) in of_children.iter().chain(&[("household".to_owned(), "")]) {
        assert_eq!(number(&mut conn, format!("select count(*) from {table}")).await, 0, "{table}");
    }
    assert!(number(&mut conn, "select count(*) from unit".to_owned()).await > 0);
}

fn child_of(county: i32, id: uuid::Uuid) -> String {
    format!(
        "insert into child (county_id, id, name, sex, birth, idno_index, created_at)
         values ({county}, '{id}', '试', 'male', '2013-01-01', '\\x0102', '2026-10-15')"
    )
}

#[tokio::test]
async fn the_same_number_may_be_in_two_counties_and_only_once_in_each() {
    let world = World::new().await;
    for county in [HERE, THERE] {
        let mut write = world.db().write(&Actor::system(county.id(), "import")).await.unwrap();
        let insert = |n| child_of(county.0, county.uuid("child", n));
        assert_eq!(attempt(write.conn(), insert(70)).await, Ok(1));
        assert_eq!(attempt(write.conn(), insert(71)).await, Err("23505".to_owned()));
    }
}

#[tokio::test]
async fn nothing_is_written_into_another_county_or_moved_there() {
    let world = World::new().await;
    let system = Actor::system(HERE.id(), "import");
    let refused = |sql: String| {
        let (db, system) = (world.db().clone(), system.clone());
        async move { attempt(db.write(&system).await.unwrap().conn(), sql).await }
    };
    let insert = child_of(THERE.0, THERE.uuid("child", 72));
    assert_eq!(refused(insert).await, Err("42501".to_owned()));
    let moved = format!("update child set county_id = {} where county_id = {}", THERE.0, HERE.0);
    assert_eq!(refused(moved).await, Err("42501".to_owned()));
    let there = format!("update child set name = '试' where county_id = {}", THERE.0);
    assert_eq!(refused(there).await, Ok(0));
}

/// A reference is checked without regard to row security: only the county in its key keeps it from answering.
#[tokio::test]
async fn a_reference_to_another_countys_child_is_to_nobody() {
    let world = World::new().await;
    let reach = |child: uuid::Uuid| {
        format!(
            "insert into reach (county_id, unit_id, child_id, kind) values ({}, '{}', '{child}', 'handover')",
            HERE.0,
            HERE.unit(Place::Village)
        )
    };
    let answer = |sql: String| {
        let db = world.db().clone();
        async move { attempt(db.write(&Actor::system(HERE.id(), "import")).await.unwrap().conn(), sql).await }
    };
    let (theirs, nobody) = (THERE.child(Child::Sibling).0, HERE.uuid("child", 999));
    assert_eq!(answer(reach(theirs)).await, Err("23503".to_owned()));
    assert_eq!(answer(reach(theirs)).await, answer(reach(nobody)).await);
    assert_eq!(answer(reach(HERE.child(Child::Sibling).0)).await, Ok(1));
}
