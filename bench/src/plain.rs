//! The plain reading: every row that a case's facts come from, by one statement a table, without walls and undecoded.
#![expect(
    clippy::disallowed_types,
    reason = "the plain reading goes past the doors: it is what they are measured against"
)]

use quanxue::domain::ids::{CaseId, CountyId};
use sqlx::postgres::{PgConnection, PgRow};
use uuid::Uuid;

use crate::Outcome;

/// As many cases as the program takes at once.
pub const BATCH: usize = 200;

const BY_CASE: [&str; 13] = [
    "select c.*, k.* from child_case k join child c on c.county_id = k.county_id and c.id = k.child_id
     where k.county_id = $1 and k.id = any($2)",
    "select * from visit where county_id = $1 and case_id = any($2)",
    "select p.* from participant p join visit v on v.county_id = p.county_id and v.id = p.visit_id
     where v.county_id = $1 and v.case_id = any($2)",
    "select * from evidence where county_id = $1 and case_id = any($2)",
    "select * from paper where county_id = $1 and case_id = any($2)",
    "select s.* from service s join paper p on p.county_id = s.county_id and p.id = s.paper_id
     where p.county_id = $1 and p.case_id = any($2)",
    "select * from expiry_check where county_id = $1 and case_id = any($2)",
    "select * from disposition where county_id = $1 and case_id = any($2)",
    "select * from school_return where county_id = $1 and case_id = any($2)",
    "select * from strike_off where county_id = $1 and case_id = any($2)",
    "select * from reopening where county_id = $1 and case_id = any($2)",
    "select * from aftercare where county_id = $1 and case_id = any($2)",
    "select * from plan where county_id = $1 and case_id = any($2)",
];

/// What a sweep reads and writes beside the facts.
const SHOWN: [&str; 4] = [
    "select * from case_standing where county_id = $1 and case_id = any($2)",
    "select * from work_item where county_id = $1 and case_id = any($2)",
    "select r.* from reach r join child_case k on k.county_id = r.county_id and k.child_id = r.child_id
     where k.county_id = $1 and k.id = any($2)",
    "select r.* from roll r join child_case k on k.county_id = r.county_id and k.child_id = r.child_id
     where k.county_id = $1 and k.id = any($2)",
];

/// Reads the facts' rows; gives how many there are.
pub async fn facts(conn: &mut PgConnection, county: CountyId, cases: &[CaseId]) -> Outcome<usize> {
    read(conn, county, cases, &BY_CASE).await
}

/// Reads the facts' rows and those of what lists show.
pub async fn shown(conn: &mut PgConnection, county: CountyId, cases: &[CaseId]) -> Outcome<usize> {
    Ok(facts(conn, county, cases).await? + read(conn, county, cases, &SHOWN).await?)
}

async fn read(
    conn: &mut PgConnection,
    county: CountyId,
    cases: &[CaseId],
    statements: &[&'static str],
) -> Outcome<usize> {
    let mut rows = 0;
    for batch in cases.chunks(BATCH) {
        let ids: Vec<Uuid> = batch.iter().map(|case| case.0).collect();
        for statement in statements {
            let read: Vec<PgRow> = sqlx::query(*statement).bind(county.0).bind(&ids).fetch_all(&mut *conn).await?;
            rows += read.len();
        }
    }
    Ok(rows)
}

/// The open cases of a county, in the order of their numbers; those to which time did something already, too.
pub async fn open(conn: &mut PgConnection, county: CountyId) -> Outcome<Vec<CaseId>> {
    let ids: Vec<Uuid> = sqlx::query_scalar(
        "select k.id from child_case k where k.county_id = $1 and not exists
            (select from strike_off s where s.county_id = k.county_id and s.case_id = k.id) order by k.number",
    )
    .bind(county.0)
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(CaseId).collect())
}

/// Every case of a county.
pub async fn all(conn: &mut PgConnection, county: CountyId) -> Outcome<Vec<CaseId>> {
    let ids: Vec<Uuid> = sqlx::query_scalar("select id from child_case where county_id = $1 order by number")
        .bind(county.0)
        .fetch_all(conn)
        .await?;
    Ok(ids.into_iter().map(CaseId).collect())
}

/// Where the open cases stand: `deadline_notice 120, joint_visits 400`.
pub async fn rungs(conn: &mut PgConnection, county: CountyId) -> Outcome<String> {
    let told = sqlx::query_scalar(
        "select coalesce(string_agg(rung || ' ' || cases, ', ' order by rung), '') from
            (select coalesce(rung, state) as rung, count(*) as cases from case_standing where county_id = $1 group by 1) r",
    );
    Ok(told.bind(county.0).fetch_one(conn).await?)
}

/// Lets tonight come for these cases: each reads otherwise today.
pub async fn let_night_come(conn: &mut PgConnection, county: CountyId, cases: &[CaseId]) -> Outcome<()> {
    let ids: Vec<Uuid> = cases.iter().map(|case| case.0).collect();
    sqlx::query("update case_standing set next_change_on = '2026-10-15' where county_id = $1 and case_id = any($2)")
        .bind(county.0)
        .bind(&ids)
        .execute(&mut *conn)
        .await?;
    Ok(())
}
