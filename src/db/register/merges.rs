//! Two files of one child made one, with what moved, so that it can be taken back.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::db::door::{Door, Write};
use crate::db::error::{DbError, Result};
use crate::domain::ids::{CheckId, ChildId, MergeId, StatementId};
use crate::domain::moment::{Moment, day_of};

/// What went from one child to another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moved {
    statements: Vec<Uuid>,
    claims: Vec<Uuid>,
    flags: Vec<Uuid>,
}

/// A merge that stands.
#[derive(Debug, Clone)]
pub struct Merge {
    /// Its key.
    pub id: MergeId,
    /// The child that went into this one.
    pub merged: ChildId,
    /// Its name at the time.
    pub name: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: Option<String>,
    /// When.
    pub at: Moment,
}

/// Merges a child into another: its statements, the claims on its number and the flags set by hand are the other's from
/// now on, its row stays and points there. `Conflict` where it was merged meanwhile.
pub async fn merge(write: &mut Write, from: ChildId, into: ChildId) -> Result<Moved> {
    let county = write.county().0;
    let gone = sqlx::query!(
        "update child set merged_into = $3, listed = false where county_id = $1 and id = $2 and merged_into is null",
        county,
        from.0,
        into.0
    )
    .execute(write.conn())
    .await?;
    if gone.rows_affected() == 0 {
        return Err(DbError::Conflict);
    }
    let statements = sqlx::query_scalar!(
        "update statement set child_id = $3 where county_id = $1 and child_id = $2 returning id",
        county,
        from.0,
        into.0
    )
    .fetch_all(write.conn())
    .await?;
    let claims = sqlx::query_scalar!(
        "update number_claim set child_id = $3 where county_id = $1 and child_id = $2 returning id",
        county,
        from.0,
        into.0
    )
    .fetch_all(write.conn())
    .await?;
    let flags = sqlx::query_scalar!(
        "update key_population k set child_id = $3
         where k.county_id = $1 and k.child_id = $2 and k.set_by is not null and k.until_on is null
           and not exists (select from key_population o
              where o.county_id = $1 and o.child_id = $3 and o.flag = k.flag and o.until_on is null)
         returning k.id",
        county,
        from.0,
        into.0
    )
    .fetch_all(write.conn())
    .await?;
    sqlx::query!(
        "update roll set until_on = greatest(from_on, (select app_today())) where county_id = $1 and child_id = $2 and until_on is null",
        county,
        from.0
    )
    .execute(write.conn())
    .await?;
    Ok(Moved { statements, claims, flags })
}

/// Tells a merge, so that it can be taken back.
pub async fn tell_merge(
    write: &mut Write,
    (from, into): (ChildId, ChildId),
    moved: &Moved,
    (checks, restated): (&[CheckId], Option<StatementId>),
    reason: &str,
) -> Result<()> {
    let (county, now, by) = (write.county().0, write.now(), write.actor().user());
    let checks: Vec<Uuid> = checks.iter().map(|check| check.0).collect();
    sqlx::query!(
        "insert into child_merge (county_id, id, child_id, merged_id, reason, statements, claims, flags, checks, restated, merged_by, merged_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        county,
        MergeId::new().0,
        into.0,
        from.0,
        reason,
        &moved.statements,
        &moved.claims,
        &moved.flags,
        &checks,
        restated.map(|statement| statement.0),
        by.map(|user| user.0),
        now
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// The merges into a child that stand, the latest first.
pub async fn merges(db: &mut impl Door, into: ChildId) -> Result<Vec<Merge>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        Merge,
        "select m.id as \"id: MergeId\", m.merged_id as \"merged: ChildId\", c.name, m.reason, a.name as \"by?\", m.merged_at as at
         from child_merge m join child c on c.county_id = m.county_id and c.id = m.merged_id
         left join account a on a.county_id = m.county_id and a.id = m.merged_by
         where m.county_id = $1 and m.child_id = $2 and m.undone_at is null order by m.merged_at desc, m.id",
        county,
        into.0
    )
    .fetch_all(db.conn())
    .await?)
}

/// Gives back to a child what went with it; answers it with the checks to be opened again. `NotFound` where the merge
/// does not stand. The child itself is freed by [`unmerge`], once the other's columns are written anew.
pub async fn take_back(write: &mut Write, into: ChildId, merge: MergeId) -> Result<(ChildId, Vec<CheckId>)> {
    let (county, now, by) = (write.county().0, write.now(), write.actor().user());
    let told = sqlx::query!(
        "update child_merge set undone_at = $4, undone_by = $5
         where county_id = $1 and child_id = $2 and id = $3 and undone_at is null
         returning merged_id as \"from: ChildId\", statements, claims, flags, checks, restated, merged_at",
        county,
        into.0,
        merge.0,
        now,
        by.map(|user| user.0)
    )
    .fetch_one(write.conn())
    .await?;
    sqlx::query!(
        "update statement set child_id = $2 where county_id = $1 and id = any($3)",
        county,
        told.from.0,
        &told.statements
    )
    .execute(write.conn())
    .await?;
    sqlx::query!(
        "update statement set undone_at = $3 where county_id = $1 and id = $2 and undone_at is null",
        county,
        told.restated,
        now
    )
    .execute(write.conn())
    .await?;
    sqlx::query!(
        "update number_claim set child_id = $2 where county_id = $1 and id = any($3) and settled is null",
        county,
        told.from.0,
        &told.claims
    )
    .execute(write.conn())
    .await?;
    sqlx::query!(
        "update key_population set child_id = $2 where county_id = $1 and id = any($3)",
        county,
        told.from.0,
        &told.flags
    )
    .execute(write.conn())
    .await?;
    take_back_rolls(write, into, told.from, &told.statements, day_of(told.merged_at)).await?;
    Ok((told.from, told.checks.into_iter().map(CheckId).collect()))
}

/// A roll that the merge closed goes on; what the child that stayed got by it alone was never its own, and ends before it
/// began.
async fn take_back_rolls(
    write: &mut Write,
    into: ChildId,
    from: ChildId,
    statements: &[Uuid],
    merged_on: NaiveDate,
) -> Result<()> {
    let county = write.county().0;
    sqlx::query!(
        "update roll set until_on = null where county_id = $1 and id = (select id from roll
            where county_id = $1 and child_id = $2 and until_on = greatest(from_on, $3) order by from_on desc, id limit 1)
           and not exists (select from roll where county_id = $1 and child_id = $2 and until_on is null)",
        county,
        from.0,
        merged_on
    )
    .execute(write.conn())
    .await?;
    sqlx::query!(
        "update roll r set until_on = r.from_on - 1 where r.county_id = $1 and r.child_id = $2 and r.source_id in (
            select source_id from statement where county_id = $1 and id = any($3)
            except select source_id from statement where county_id = $1 and child_id = $2)",
        county,
        into.0,
        statements
    )
    .execute(write.conn())
    .await?;
    sqlx::query!(
        "update attendance_at a set until_on = a.from_on - 1 where a.county_id = $1 and a.child_id = $2 and a.source_id in (
            select source_id from statement where county_id = $1 and id = any($3)
            except select source_id from statement where county_id = $1 and child_id = $2)",
        county,
        into.0,
        statements
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// Whoever saw a child only because another was merged into it has nothing to hand over; who acts in its case has.
pub async fn end_handover(write: &mut Write, into: ChildId, from: ChildId, until: NaiveDate) -> Result<()> {
    let county = write.county().0;
    sqlx::query!(
        "delete from reach where county_id = $1 and child_id = $2 and kind = 'handover' and until = $4
           and unit_id in (select unit_id from reach where county_id = $1 and child_id = $3 and until = 'infinity')
           and not exists (select from child_case k
              where k.county_id = $1 and k.child_id = $2 and reach.unit_id in (k.acting_township, k.school_id))",
        county,
        into.0,
        from.0,
        until
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// Frees a child that was merged: it is one of its own again, to be projected anew.
pub async fn unmerge(write: &mut Write, child: ChildId) -> Result<()> {
    let county = write.county().0;
    sqlx::query!(
        "update child set merged_into = null, idno_index = null where county_id = $1 and id = $2",
        county,
        child.0
    )
    .execute(write.conn())
    .await?;
    Ok(())
}
