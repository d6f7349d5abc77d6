//! The comparison of the register with the rolls: who is compared, and what it leaves behind.

use chrono::NaiveDate;
use serde_json::Value;
use uuid::Uuid;

use crate::db::door::{Door, Write};
use crate::db::error::Result;
use crate::domain::ids::{CheckId, ChildId, StatementId};
use crate::domain::moment::Moment;
use crate::domain::words::{CheckCause, RollStatus, Whereabouts};

/// A child as the comparison needs it.
#[derive(Debug, Clone)]
pub struct CompareChild {
    /// The child.
    pub id: ChildId,
    /// 姓名
    pub name: String,
    /// 出生日期
    pub birth: NaiveDate,
    /// The number, sealed (`child.idno`).
    pub idno_sealed: Option<Vec<u8>>,
    /// In the household register.
    pub registered: bool,
    /// The roll's status.
    pub roll: Option<RollStatus>,
    /// 去向
    pub whereabouts: Whereabouts,
    /// A check is open.
    pub checked: bool,
}

/// All children of the county that stand.
pub async fn compare_children(db: &mut impl Door) -> Result<Vec<CompareChild>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        CompareChild,
        "select c.id as \"id: ChildId\", c.name, c.birth, c.idno_sealed, c.registered, c.roll_status as \"roll: RollStatus\",
            c.whereabouts as \"whereabouts: Whereabouts\", q.id is not null as \"checked!\"
         from child c
         left join whereabouts_check q on q.county_id = c.county_id and q.child_id = c.id and q.closed_at is null
         where c.county_id = $1 and c.merged_into is null and c.listed",
        county
    )
    .fetch_all(db.conn())
    .await?)
}

/// What a comparison counted.
#[derive(Debug, Clone, Copy)]
pub struct NewRun {
    /// Its key.
    pub id: StatementId,
    /// The day on which ages were counted.
    pub reference_on: NaiveDate,
    /// Registered and of school age.
    pub registered_of_school_age: i32,
    /// Of these, on no roll.
    pub registered_not_enrolled: i32,
    /// On a roll and not registered.
    pub enrolled_not_registered: i32,
}

/// Records a comparison.
pub async fn insert_run(write: &mut Write, run: NewRun) -> Result<()> {
    let (county, now, by) = (write.county().0, write.now(), write.actor().user());
    sqlx::query!(
        "insert into match_run (county_id, id, reference_on, registered_of_school_age, registered_not_enrolled, enrolled_not_registered,
            created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        county,
        run.id.0,
        run.reference_on,
        run.registered_of_school_age,
        run.registered_not_enrolled,
        run.enrolled_not_registered,
        by.map(|u| u.0),
        now
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// The latest comparison and its moment.
pub async fn latest_run(db: &mut impl Door) -> Result<Option<(NewRun, Moment)>> {
    let county = db.county().0;
    let row = sqlx::query!(
        "select id as \"id: StatementId\", reference_on, registered_of_school_age, registered_not_enrolled, enrolled_not_registered,
            created_at
         from match_run where county_id = $1 order by created_at desc limit 1",
        county
    )
    .fetch_optional(db.conn())
    .await?;
    Ok(row.map(|r| {
        let run = NewRun {
            id: r.id,
            reference_on: r.reference_on,
            registered_of_school_age: r.registered_of_school_age,
            registered_not_enrolled: r.registered_not_enrolled,
            enrolled_not_registered: r.enrolled_not_registered,
        };
        (run, r.created_at)
    }))
}

/// A check to be opened.
#[derive(Debug, Clone)]
pub struct NewCheck {
    /// Its key.
    pub id: CheckId,
    /// Of which child.
    pub child: ChildId,
    /// The likely cause.
    pub cause: CheckCause,
    /// `Clue` of `app::compare`.
    pub clue: Value,
}

/// Opens checks; a child that has one open keeps it.
pub async fn insert_checks(write: &mut Write, run: StatementId, due_on: NaiveDate, new: &[NewCheck]) -> Result<()> {
    let (county, today) = (write.county().0, crate::domain::moment::day_of(write.now()));
    let ids: Vec<Uuid> = new.iter().map(|c| c.id.0).collect();
    let children: Vec<Uuid> = new.iter().map(|c| c.child.0).collect();
    let causes: Vec<String> = new.iter().map(|c| c.cause.code().to_owned()).collect();
    let clues: Vec<Value> = new.iter().map(|c| c.clue.clone()).collect();
    sqlx::query!(
        "insert into whereabouts_check (county_id, id, child_id, run_id, cause, clue, opened_on, due_on)
         select $1, n.id, n.child, $2, n.cause, n.clue, $3, $4
         from unnest($5::uuid[], $6::uuid[], $7::text[], $8::jsonb[]) as n (id, child, cause, clue)
         on conflict (county_id, child_id) where closed_at is null do nothing",
        county,
        run.0,
        today,
        due_on,
        &ids,
        &children,
        &causes,
        &clues
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// Closes the open checks of children who have since been found on a roll; answers whose.
pub async fn close_matched(write: &mut Write) -> Result<Vec<ChildId>> {
    let (county, now) = (write.county().0, write.now());
    Ok(sqlx::query_scalar!(
        "update whereabouts_check q set closed_at = $2, closing_note = '比对：已有学籍'
         from child c
         where q.county_id = $1 and c.county_id = $1 and c.id = q.child_id and q.closed_at is null and c.roll_status = 'active'
         returning q.child_id as \"child: ChildId\"",
        county,
        now
    )
    .fetch_all(write.conn())
    .await?)
}
