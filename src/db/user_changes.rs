//! Users made and changed: accounts, appointments, first passwords, the end of sessions.

use chrono::NaiveDate;

use super::door::{Door as _, Write};
use super::error::{DbError, Result};
use crate::domain::ids::{AppointmentId, UnitId, UserId};
use crate::domain::moment::Moment;
use crate::domain::role::Role;

/// A new account.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Its key.
    pub user: UserId,
    /// What is typed at sign-in.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// `138****5678`, where a phone was given.
    pub phone_masked: Option<String>,
    /// The phone, sealed into `account.phone`.
    pub phone_sealed: Option<Vec<u8>>,
    /// argon2id, in the PHC format.
    pub password_hash: String,
    /// Whether the first password must be changed at once.
    pub must_change: bool,
    /// Until when that first password may be used.
    pub password_until: Option<Moment>,
}

/// A new appointment.
#[derive(Debug, Clone)]
pub struct NewAppointment {
    /// Whose.
    pub user: UserId,
    /// In what capacity.
    pub role: Role,
    /// To which unit.
    pub unit: UnitId,
    /// Post as the county calls it.
    pub title: String,
    /// First day.
    pub from_on: NaiveDate,
    /// Last day, if it is known.
    pub until_on: Option<NaiveDate>,
}

/// Makes an account; a login taken already is a `Duplicate`.
pub async fn insert_account(write: &mut Write, account: &NewAccount) -> Result<()> {
    let (county, now) = (write.county().0, write.now());
    sqlx::query!(
        "insert into account (county_id, id, login, name, phone_masked, phone_sealed, password_hash, must_change, password_until,
            password_set_at, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)",
        county,
        account.user.0,
        account.login,
        account.name,
        account.phone_masked,
        account.phone_sealed,
        account.password_hash,
        account.must_change,
        account.password_until,
        now,
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// Appoints a person.
pub async fn insert_appointment(write: &mut Write, new: &NewAppointment) -> Result<AppointmentId> {
    let (county, now) = (write.county().0, write.now());
    let id = AppointmentId::new();
    sqlx::query!(
        "insert into appointment (county_id, id, user_id, role, unit_id, title, from_on, until_on, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        county,
        id.0,
        new.user.0,
        new.role.code(),
        new.unit.0,
        new.title,
        new.from_on,
        new.until_on,
        now,
    )
    .execute(write.conn())
    .await?;
    Ok(id)
}

/// Sets the last day of an appointment, or takes it away.
pub async fn set_until(write: &mut Write, appointment: AppointmentId, until: Option<NaiveDate>) -> Result<()> {
    let county = write.county().0;
    let done = sqlx::query!(
        "update appointment set until_on = $3 where county_id = $1 and id = $2",
        county,
        appointment.0,
        until
    )
    .execute(write.conn())
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::NotFound) }
}

/// Other people in use whose appointment in a role is in force on a day. Waits for whoever asks the same at once.
pub async fn others_in_role(write: &mut Write, role: Role, except: UserId, on: NaiveDate) -> Result<i64> {
    let county = write.county().0;
    sqlx::query!("select pg_advisory_xact_lock($1, hashtext('keepers'))", county).execute(write.conn()).await?;
    Ok(sqlx::query_scalar!(
        "select count(distinct a.id) as \"n!\" from account a
         join appointment p on p.county_id = a.county_id and p.user_id = a.id
         where a.county_id = $1 and a.id <> $2 and a.disabled_at is null and p.role = $3
            and p.from_on <= $4 and (p.until_on is null or p.until_on >= $4)",
        county,
        except.0,
        role.code(),
        on
    )
    .fetch_one(write.conn())
    .await?)
}

/// Takes an account out of use, or back into it.
pub async fn set_disabled(write: &mut Write, user: UserId, disabled: bool) -> Result<()> {
    let (county, now) = (write.county().0, write.now());
    let done = sqlx::query!(
        "update account set disabled_at = case when $3 then coalesce(disabled_at, $4) end where county_id = $1 and id = $2",
        county,
        user.0,
        disabled,
        now,
    )
    .execute(write.conn())
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::NotFound) }
}

/// Sets a first password, to be changed before anything else; a lock falls with the old one.
pub async fn set_first_password(write: &mut Write, user: UserId, hash: &str, until: Moment) -> Result<()> {
    let (county, now) = (write.county().0, write.now());
    let done = sqlx::query!(
        "update account set password_hash = $3, must_change = true, password_until = $4, password_set_at = $5,
            failed_count = 0, locked_until = null
         where county_id = $1 and id = $2",
        county,
        user.0,
        hash,
        until,
        now,
    )
    .execute(write.conn())
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::NotFound) }
}

/// Takes a lock away; the wrong passwords that led to it no longer count.
pub async fn unlock(write: &mut Write, user: UserId) -> Result<()> {
    let county = write.county().0;
    let done = sqlx::query!(
        "update account set failed_count = 0, locked_until = null where county_id = $1 and id = $2",
        county,
        user.0
    )
    .execute(write.conn())
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::NotFound) }
}

/// Changes what a person is called and their phone; `phone` none keeps what is there, an empty one takes it away.
pub async fn set_person(
    write: &mut Write,
    user: UserId,
    name: &str,
    phone: Option<(Option<String>, Option<Vec<u8>>)>,
) -> Result<()> {
    let county = write.county().0;
    let change = phone.is_some();
    let (masked, sealed) = phone.unwrap_or_default();
    let done = sqlx::query!(
        "update account set name = $3, phone_masked = case when $4 then $5 else phone_masked end,
            phone_sealed = case when $4 then $6 else phone_sealed end
         where county_id = $1 and id = $2",
        county,
        user.0,
        name,
        change,
        masked,
        sealed,
    )
    .execute(write.conn())
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::NotFound) }
}

/// Ends all live sessions of a person; how many.
pub async fn end_sessions(write: &mut Write, user: UserId) -> Result<u64> {
    let (county, now) = (write.county().0, write.now());
    let done = sqlx::query!(
        "update session set ended_at = $3 where county_id = $1 and user_id = $2 and ended_at is null",
        county,
        user.0,
        now
    )
    .execute(write.conn())
    .await?;
    Ok(done.rows_affected())
}
