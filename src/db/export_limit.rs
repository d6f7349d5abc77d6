//! What a person took out today, and the lists beyond the day's limit: asked for, decided, fetched once.

use chrono::NaiveDate;
use serde_json::Value;

use super::door::{Door, Write};
use super::error::{DbError, Result};
use crate::domain::ids::{ExportReleaseId, UnitId, UserId};
use crate::domain::list::{ListKind, TakenToday};
use crate::domain::moment::Moment;

/// What the actor has taken out on a day.
pub async fn on_day(db: &mut impl Door, user: UserId, day: NaiveDate) -> Result<TakenToday> {
    let county = db.county().0;
    let row = sqlx::query!(
        "select rows, exports from export_day where county_id = $1 and user_id = $2 and day = $3",
        county,
        user.0,
        day
    )
    .fetch_optional(db.conn())
    .await?;
    Ok(row.map_or_else(TakenToday::default, |row| today(row.rows, row.exports)))
}

/// Counts one more list of so many rows; answers what was counted before it. A second export waits until this is done.
pub async fn count(write: &mut Write, day: NaiveDate, rows: usize) -> Result<TakenToday> {
    let county = write.county().0;
    let Some(user) = write.actor().user() else { return Ok(TakenToday::default()) };
    let more = i32::try_from(rows).unwrap_or(i32::MAX);
    let after = sqlx::query!(
        "insert into export_day (county_id, user_id, day, rows, exports) values ($1, $2, $3, $4, 1)
         on conflict (county_id, user_id, day) do update set rows = export_day.rows + excluded.rows, exports = export_day.exports + 1
         returning rows, exports",
        county,
        user.0,
        day,
        more
    )
    .fetch_one(write.conn())
    .await?;
    Ok(today(after.rows - more, after.exports - 1))
}

fn today(rows: i32, exports: i32) -> TakenToday {
    TakenToday {
        rows: usize::try_from(rows).unwrap_or_default(),
        exports: usize::try_from(exports).unwrap_or_default(),
    }
}

/// A list to be asked for.
#[derive(Debug, Clone)]
pub struct NewRelease {
    /// Its key.
    pub id: ExportReleaseId,
    /// Which list.
    pub kind: ListKind,
    /// Its filters, pairs of name and value.
    pub filters: Value,
    /// The same in words.
    pub told: String,
    /// What for.
    pub reason: String,
    /// How many rows it has.
    pub rows: usize,
}

/// A list that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its key.
    pub id: ExportReleaseId,
    /// Which list.
    pub kind: ListKind,
    /// Its filters, pairs of name and value.
    pub filters: Value,
    /// The same in words.
    pub told: String,
    /// What for.
    pub reason: String,
    /// How many rows it had.
    pub rows: i32,
    /// Who asked.
    pub asked_by: UserId,
    /// Their name.
    pub asked_name: String,
    /// The unit they asked for: the list is that unit's, whatever else they are.
    pub asked_unit: UnitId,
    /// Its name.
    pub unit_name: String,
    /// When.
    pub asked_at: Moment,
    /// Who decided.
    pub decided_name: Option<String>,
    /// When.
    pub decided_at: Option<Moment>,
    /// How.
    pub granted: Option<bool>,
    /// What they said of it.
    pub note: String,
    /// The last day on which it can be fetched.
    pub until_on: Option<NaiveDate>,
    /// When it was fetched.
    pub taken_at: Option<Moment>,
}

/// Asks for a list.
pub async fn ask(write: &mut Write, new: &NewRelease) -> Result<()> {
    let (county, now) = (write.county().0, write.now());
    let (user, unit) = (write.actor().user().map(|u| u.0), write.actor().unit().map(|u| u.0));
    sqlx::query!(
        "insert into export_release (county_id, id, kind, filters, told, reason, rows, asked_by, asked_unit, asked_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        county,
        new.id.0,
        new.kind.code(),
        new.filters,
        new.told,
        new.reason,
        i32::try_from(new.rows).unwrap_or(i32::MAX),
        user,
        unit,
        now
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// One that the reader asked for or may decide.
pub async fn one(db: &mut impl Door, id: ExportReleaseId) -> Result<Release> {
    rows(db, Some(id), 1).await?.pop().ok_or(DbError::NotFound)
}

/// Those that the reader asked for or may decide: the undecided first, then the latest.
pub async fn latest(db: &mut impl Door, limit: i64) -> Result<Vec<Release>> {
    rows(db, None, limit).await
}

async fn rows(db: &mut impl Door, id: Option<ExportReleaseId>, limit: i64) -> Result<Vec<Release>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        Release,
        "select r.id as \"id: ExportReleaseId\", r.kind as \"kind: ListKind\", r.filters, r.told, r.reason, r.rows,
            r.asked_by as \"asked_by: UserId\", coalesce(a.name, '') as \"asked_name!\", r.asked_unit as \"asked_unit: UnitId\", coalesce(u.name, '') as \"unit_name!\", r.asked_at,
            d.name as \"decided_name?\", r.decided_at, r.granted, r.note, r.until_on, r.taken_at
         from export_release r
         left join account a on a.county_id = r.county_id and a.id = r.asked_by
         left join account d on d.county_id = r.county_id and d.id = r.decided_by
         left join unit u on u.county_id = r.county_id and u.id = r.asked_unit
         where r.county_id = $1 and ($2::uuid is null or r.id = $2)
         order by r.decided_at is not null, r.asked_at desc limit $3",
        county,
        id.map(|id| id.0),
        limit
    )
    .fetch_all(db.conn())
    .await?)
}

/// What of them waits for a reader.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Asked for by others and not decided.
    pub to_decide: i64,
    /// The reader's own, released and not fetched, while they can be.
    pub to_take: i64,
}

/// What waits for this reader on a day, of those they see.
pub async fn waiting(db: &mut impl Door, user: UserId, day: NaiveDate) -> Result<Waiting> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        Waiting,
        "select count(*) filter (where decided_at is null and asked_by <> $2) as \"to_decide!\",
            count(*) filter (where granted and taken_at is null and asked_by = $2 and until_on >= $3) as \"to_take!\"
         from export_release where county_id = $1",
        county,
        user.0,
        day
    )
    .fetch_one(db.conn())
    .await?)
}

/// Decides one that nobody has decided; `Conflict` where somebody has.
pub async fn decide(
    write: &mut Write,
    id: ExportReleaseId,
    (granted, note, until_on): (bool, &str, Option<NaiveDate>),
) -> Result<()> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    let done = sqlx::query!(
        "update export_release set granted = $3, note = $4, until_on = $5, decided_by = $6, decided_at = $7
         where county_id = $1 and id = $2 and decided_at is null and asked_by <> $6",
        county,
        id.0,
        granted,
        note,
        until_on,
        user,
        now
    )
    .execute(write.conn())
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::Conflict) }
}

/// Marks a released list as fetched by who asked for it, for the unit they asked for, once; `Conflict` where it cannot be fetched any more.
pub async fn take(write: &mut Write, id: ExportReleaseId, day: NaiveDate) -> Result<()> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    let unit = write.actor().unit().map(|unit| unit.0);
    let done = sqlx::query!(
        "update export_release set taken_at = $3
         where county_id = $1 and id = $2 and granted and taken_at is null and asked_by = $4 and until_on >= $5
           and asked_unit = $6",
        county,
        id.0,
        now,
        user,
        day,
        unit
    )
    .execute(write.conn())
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::Conflict) }
}
