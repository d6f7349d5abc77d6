//! The projection of standings: what lists show and the sweep asks.

use chrono::NaiveDate;
use uuid::Uuid;

use super::case::uuids;
use crate::db::door::{Door, Write};
use crate::db::error::Result;
use crate::domain::case::Phase;
use crate::domain::ids::{CaseId, ChildId};
use crate::domain::policy::Rung;

/// Where a case stood when it was last computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingRow {
    /// The case.
    pub case: CaseId,
    /// The child.
    pub child: ChildId,
    /// In one word.
    pub state: Phase,
    /// The rung whose turn it is.
    pub rung: Option<Rung>,
    /// As the ladder calls it.
    pub rung_label: String,
    /// The next lawful step; empty when nothing is left to do.
    pub next_action: String,
    /// The visits that count in this round.
    pub counted_visits: i32,
    /// The day of the last visit.
    pub last_visit_on: Option<NaiveDate>,
    /// The last day for the next step.
    pub due_on: Option<NaiveDate>,
    /// The first day on which it would read otherwise though nothing is added.
    pub next_change_on: Option<NaiveDate>,
    /// The policy's version that was in force.
    pub policy_version: i32,
}

/// Writes standings in the place of those before.
pub async fn upsert(write: &mut Write, rows: &[StandingRow], computed_on: NaiveDate) -> Result<()> {
    let county = write.county().0;
    let ids = |f: fn(&StandingRow) -> Uuid| -> Vec<Uuid> { rows.iter().map(f).collect() };
    let texts = |f: fn(&StandingRow) -> String| -> Vec<String> { rows.iter().map(f).collect() };
    let days = |f: fn(&StandingRow) -> Option<NaiveDate>| -> Vec<Option<NaiveDate>> { rows.iter().map(f).collect() };
    let rungs: Vec<Option<String>> = rows.iter().map(|r| r.rung.map(|rung| rung.code().to_owned())).collect();
    let counted: Vec<i32> = rows.iter().map(|r| r.counted_visits).collect();
    let versions: Vec<i32> = rows.iter().map(|r| r.policy_version).collect();
    sqlx::query!(
        "insert into case_standing (county_id, case_id, child_id, state, rung, rung_label, next_action, counted_visits, last_visit_on,
            due_on, next_change_on, policy_version, computed_on)
         select $1, n.*, $13 from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[], $9::date[],
            $10::date[], $11::date[], $12::int[]) as n
         on conflict (county_id, case_id) do update set child_id = excluded.child_id, state = excluded.state, rung = excluded.rung,
            rung_label = excluded.rung_label, next_action = excluded.next_action, counted_visits = excluded.counted_visits,
            last_visit_on = excluded.last_visit_on, due_on = excluded.due_on, next_change_on = excluded.next_change_on,
            policy_version = excluded.policy_version, computed_on = excluded.computed_on",
        county,
        &ids(|r| r.case.0),
        &ids(|r| r.child.0),
        &texts(|r| r.state.code().to_owned()),
        &rungs as &[Option<String>],
        &texts(|r| r.rung_label.clone()),
        &texts(|r| r.next_action.clone()),
        &counted,
        &days(|r| r.last_visit_on) as &[Option<NaiveDate>],
        &days(|r| r.due_on) as &[Option<NaiveDate>],
        &days(|r| r.next_change_on) as &[Option<NaiveDate>],
        &versions,
        computed_on,
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// The standings of these cases as they are stored.
pub async fn of(db: &mut impl Door, cases: &[CaseId]) -> Result<Vec<StandingRow>> {
    let (county, cases) = (db.county().0, uuids(cases));
    Ok(sqlx::query_as!(
        StandingRow,
        "select case_id as \"case: CaseId\", child_id as \"child: ChildId\", state as \"state: Phase\", rung as \"rung: Rung\",
            rung_label, next_action, counted_visits, last_visit_on, due_on, next_change_on, policy_version
         from case_standing where county_id = $1 and case_id = any($2)",
        county,
        &cases
    )
    .fetch_all(db.conn())
    .await?)
}

/// The cases that read otherwise today though nothing was added, and those never computed.
pub async fn changed_by(db: &mut impl Door, today: NaiveDate) -> Result<Vec<CaseId>> {
    let county = db.county().0;
    Ok(sqlx::query_scalar!(
        "select c.id as \"id: CaseId\" from child_case c
         left join case_standing s on s.county_id = c.county_id and s.case_id = c.id
         where c.county_id = $1 and (s.case_id is null or s.next_change_on <= $2) order by c.number",
        county,
        today
    )
    .fetch_all(db.conn())
    .await?)
}
