//! What is append-only stays as it was written: by grant, whoever asks.

use common::{HERE, World};
use quanxue::db::Door as _;
use quanxue::domain::actor::Actor;

use crate::walls::{attempt, tables};

const REFUSED: &str = "42501";
/// Rows that are never changed, but by columns of their own for a later word: a confirmation, a withdrawal, an undoing.
const NEVER_CHANGED: &[(&str, &str)] = &[
    ("visit", "said"),
    ("plan", "aid"),
    ("check_answer", "note"),
    ("service", "note"),
    ("expiry_check", "note"),
    ("disposition", "note"),
    ("disposition_decision", "reason"),
    ("school_return", "note"),
    ("strike_off", "struck_on"),
    ("reopening", "reason"),
    ("aftercare", "note"),
    ("evidence", "title"),
    ("participant", "name"),
    ("statement", "fields"),
    ("file", "sha256"),
    ("source", "title"),
    ("adopted_policy", "body"),
    ("idempotency", "location"),
    ("event", "detail"),
    ("look", "detail"),
    ("audit_head", "hash"),
    ("sign_in_attempt", "login"),
    ("match_run", "registered_of_school_age"),
];
/// Rows that may go: ties and lists that are computed anew, what was kept for a day.
const MAY_GO: &[&str] =
    &["calendar_day", "catchment", "kept_form", "name_key", "reach", "refused_row", "school_day", "term", "work_item"];

#[tokio::test]
async fn what_was_written_is_neither_changed_nor_deleted_nor_emptied() {
    let world = World::new().await;
    let all = tables(&mut world.database.superuser().await).await;
    let system = Actor::system(HERE.id(), "sweep");
    let ask = async |sql: String| attempt(world.db().write(&system).await.unwrap().conn(), sql).await;
    for (table, column) in NEVER_CHANGED {
        let sql = format!("update {table} set {column} = {column}");
        assert_eq!(ask(sql.clone()).await, Err(REFUSED.to_owned()), "{sql}");
    }
    for table in &all {
        let gone = ask(format!("delete from {table}")).await;
        assert_eq!(gone == Err(REFUSED.to_owned()), !MAY_GO.contains(&table.as_str()), "delete from {table}: {gone:?}");
        let sql = format!("truncate {table} cascade");
        assert_eq!(ask(sql.clone()).await, Err(REFUSED.to_owned()), "{sql}");
    }
}

#[tokio::test]
async fn the_chain_is_written_by_its_function_only() {
    let world = World::new().await;
    let forged = [
        "insert into event (county_id, seq, at, role, kind, detail, prev, hash) values (500229, 1, '2026-10-15', 'x', 'swept', '{}', '', '')",
        "insert into audit_head values (500229, 7, '')",
        "update audit_head set seq = 0",
        "delete from event",
    ];
    for sql in forged {
        for role in ["quanxue_app", "quanxue_gate"] {
            let mut conn = world.database.program().await;
            let enter = format!(
                "set role {role}; select set_config('app.county', '500229', false), set_config('app.wide', 'system', false)"
            );
            attempt(&mut conn, enter).await.unwrap();
            assert_eq!(attempt(&mut conn, sql.to_owned()).await, Err(REFUSED.to_owned()), "{role}: {sql}");
        }
    }
}
