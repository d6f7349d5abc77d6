//! Who sees which child, in every table that has one: by unit, by roll, by catchment, until a hand-over ends.

use common::seeds::{Child, Place, Post, place, seen_by, sow_endings};
use common::{HERE, Role, World};
use quanxue::db::Door as _;
use quanxue::domain::actor::Actor;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::walls::{number, tables_of_children};

/// Tables whose rows are not for everybody who sees their child: a unit's own work, one's own acts and looks.
const NARROWER: [&str; 3] = ["event", "look", "work_item"];

fn everybody() -> impl Iterator<Item = (Role, Post, Vec<Child>)> {
    let posts = [Post::Own, Post::Sibling, Post::Other];
    let all = Role::ALL.iter().flat_map(move |&role| posts.map(|post| (role, post)));
    all.filter(|(role, post)| place(*role, *post).is_some()).map(|(role, post)| (role, post, seen_by(role, post)))
}

async fn sees(conn: &mut PgConnection, table: &str, column: &str) -> Vec<Uuid> {
    #[expect(clippy::disallowed_methods, reason = "table names come from the catalogue")]
    let sql =
        sqlx::AssertSqlSafe(format!("select distinct {column} from {table} where {column} is not null order by 1"));
    sqlx::query_scalar(sql).fetch_all(conn).await.unwrap()
}

fn ids(children: &[Child]) -> Vec<Uuid> {
    children.iter().map(|&child| HERE.child(child).0).collect()
}

async fn children_seen(world: &World, actor: &Actor) -> Vec<Uuid> {
    let mut read = world.db().read(actor).await.unwrap();
    sees(read.conn(), "child", "id").await
}

#[tokio::test]
async fn every_table_of_children_shows_each_role_its_own_and_no_other() {
    let world = World::new().await;
    let mut superuser = world.database.superuser().await;
    sow_endings(&mut superuser).await;
    let tables = tables_of_children(&mut superuser).await;
    for (table, column) in &tables {
        let sown = sees(&mut superuser, table, column).await.len();
        let all = if table == "roll" { 8 } else { 10 };
        assert!(sown == all || table == "event", "{table}: sow a row a child in tests/common/seeds/endings.sql");
    }
    for (role, post, children) in everybody() {
        let expected = ids(&children);
        let mut read = world.db().read(&world.actor(HERE, role, post)).await.unwrap();
        for (table, column) in &tables {
            let seen = sees(read.conn(), table, column).await;
            if NARROWER.contains(&table.as_str()) {
                assert!(
                    seen.iter().all(|id| expected.contains(id))
                        || role == Role::AuditKeeper
                        || role == Role::SecurityKeeper,
                    "{role:?} {post:?} in {table}"
                );
                continue;
            }
            let on_roll = |child: &&Child| table != "roll" || **child != Child::Catchment;
            let expected = ids(&children.iter().filter(on_roll).copied().collect::<Vec<_>>());
            assert_eq!(seen, expected, "{role:?} {post:?} in {table}");
        }
    }
}

#[tokio::test]
async fn a_unit_has_only_its_own_work_list() {
    let world = World::new().await;
    for (role, post, at) in [
        (Role::Village, Post::Own, Child::Own),
        (Role::Village, Post::Other, Child::Elsewhere),
        (Role::TownshipOfficer, Post::Own, Child::Own),
    ] {
        let mut read = world.db().read(&world.actor(HERE, role, post)).await.unwrap();
        let items = sees(read.conn(), "work_item", "child_id").await;
        assert_eq!(items.contains(&HERE.child(at).0), role == Role::Village, "{role:?} {post:?}");
        assert!(!items.contains(&HERE.child(Child::Sibling).0), "{role:?} {post:?}");
    }
}

#[tokio::test]
async fn a_child_handed_over_is_seen_until_the_day_has_passed() {
    let world = World::new().await;
    let village = world.actor(HERE, Role::Village, Post::Own);
    world.hand.set("2026-11-01T23:59:00+08:00".parse().unwrap());
    assert_eq!(children_seen(&world, &village).await, ids(&[Child::Own, Child::HandedOver]));
    world.hand.set("2026-11-02T00:00:00+08:00".parse().unwrap());
    assert_eq!(children_seen(&world, &village).await, ids(&[Child::Own]));
}

#[tokio::test]
async fn restricted_flags_are_for_township_and_county_only() {
    let world = World::new().await;
    for (role, post, children) in everybody() {
        let mut read = world.db().read(&world.actor(HERE, role, post)).await.unwrap();
        let of = |restricted: bool| format!("select count(*) from key_population where restricted = {restricted}");
        let (plain, restricted) = (number(read.conn(), of(false)).await, number(read.conn(), of(true)).await);
        let may =
            matches!(role, Role::TownshipOfficer | Role::TownshipHead | Role::CountyOfficer | Role::CountyApprover);
        let all = i64::try_from(children.len()).unwrap();
        assert_eq!((plain, restricted), (all, if may { all } else { 0 }), "{role:?} {post:?}");
    }
    let mut read = world.db().read(&Actor::system(HERE.id(), "sweep")).await.unwrap();
    let restricted = number(read.conn(), "select count(*) from key_population where restricted".to_owned()).await;
    assert_eq!(restricted, 5, "the system's own work");
}

#[tokio::test]
async fn a_village_writes_nothing_of_a_child_it_does_not_see() {
    let world = World::new().await;
    let mut write = world.db().write(&world.actor(HERE, Role::Village, Post::Own)).await.unwrap();
    let copy = |of: Child, n: usize| {
        let (case, child) = (HERE.case(of).0, HERE.child(of).0);
        let id = HERE.uuid("visit", n);
        format!(
            "insert into visit (county_id, id, case_id, child_id, happened_at, received_at, mode, kind, outcome, pupil_present, guardian_present, author, unit_id)
             values ({}, '{id}', '{case}', '{child}', '2026-10-14', '2026-10-14', 'home', 'home', 'hesitant', true, true, '{child}', '{}')",
            HERE.0,
            HERE.unit(Place::Village)
        )
    };
    assert_eq!(crate::walls::attempt(write.conn(), copy(Child::Own, 77)).await, Ok(1));
    assert_eq!(crate::walls::attempt(write.conn(), copy(Child::Sibling, 78)).await, Err("42501".to_owned()));
}
