//! Accounts and appointments, as the gate needs them for signing in.

use chrono::NaiveDate;

use super::door::Gate;
use super::error::Result;
use crate::domain::actor::{Actor, Person, Who};
use crate::domain::ids::{AppointmentId, CountyId, UnitId, UserId};
use crate::domain::moment::Moment;
use crate::domain::role::Role;

/// What signing in needs of an account.
#[derive(Debug, Clone)]
pub struct SignInAccount {
    /// Its key.
    pub user: UserId,
    /// The person's name.
    pub name: String,
    /// argon2id, in the PHC format.
    pub password_hash: String,
    /// A first password, to be changed before anything else.
    pub must_change: bool,
    /// Until when a first password may be used.
    pub password_until: Option<Moment>,
    /// Out of use since.
    pub disabled_at: Option<Moment>,
    /// 长辈版
    pub large_print: bool,
}

/// The account of a login in a county.
pub async fn sign_in_account(gate: &mut Gate, county: CountyId, login: &str) -> Result<Option<SignInAccount>> {
    Ok(sqlx::query_as!(
        SignInAccount,
        "select id as \"user: UserId\", name, password_hash, must_change, password_until, disabled_at, large_print
         from account where county_id = $1 and login = $2",
        county.0,
        login
    )
    .fetch_optional(gate.conn())
    .await?)
}

/// Failures from an address since a moment.
pub async fn failures_from(gate: &mut Gate, address: &str, since: Moment) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        "select count(*) as \"n!\" from sign_in_attempt where address = $1 and at > $2 and not succeeded",
        address,
        since
    )
    .fetch_one(gate.conn())
    .await?)
}

/// All failures of a login, and the last of them: what a login that is nobody's is judged by.
pub async fn failures_of(gate: &mut Gate, county: CountyId, login: &str) -> Result<(i64, Option<Moment>)> {
    let row = sqlx::query!(
        "select count(*) as \"n!\", max(at) as last from sign_in_attempt where county_id = $1 and login = $2 and not succeeded",
        county.0,
        login
    )
    .fetch_one(gate.conn())
    .await?;
    Ok((row.n, row.last))
}

/// Counts a password about to be tried, before it is known to be wrong, so that trying many at once tries no more; the
/// `most`th locks the account until `until`. Until when it may not be tried at all, if so.
pub async fn count_try(
    gate: &mut Gate,
    county: CountyId,
    user: UserId,
    most: i32,
    until: Moment,
) -> Result<Option<Moment>> {
    let now = gate.now();
    let counted = sqlx::query!(
        "update account set failed_count = case when failed_count + 1 >= $4 then 0 else failed_count + 1 end,
            locked_until = case when failed_count + 1 >= $4 then $5::timestamptz end
         where county_id = $1 and id = $2 and (locked_until is null or locked_until <= $3)",
        county.0,
        user.0,
        now,
        most,
        until
    )
    .execute(gate.conn())
    .await?;
    if counted.rows_affected() == 1 {
        return Ok(None);
    }
    Ok(sqlx::query_scalar!("select locked_until from account where county_id = $1 and id = $2", county.0, user.0)
        .fetch_one(gate.conn())
        .await?)
}

/// Records an attempt to sign in.
pub async fn record_attempt(
    gate: &mut Gate,
    county: CountyId,
    login: &str,
    address: &str,
    succeeded: bool,
) -> Result<()> {
    let now = gate.now();
    sqlx::query!(
        "insert into sign_in_attempt (county_id, login, address, at, succeeded) values ($1, $2, $3, $4, $5)",
        county.0,
        login,
        address,
        now,
        succeeded
    )
    .execute(gate.conn())
    .await?;
    Ok(())
}

/// Sets the count of wrong passwords back: the right one was typed.
pub async fn clear_failures(gate: &mut Gate, county: CountyId, user: UserId) -> Result<()> {
    sqlx::query!(
        "update account set failed_count = 0, locked_until = null where county_id = $1 and id = $2",
        county.0,
        user.0
    )
    .execute(gate.conn())
    .await?;
    Ok(())
}

/// Sets a password that the person chose.
pub async fn set_own_password(gate: &mut Gate, county: CountyId, user: UserId, hash: &str) -> Result<()> {
    let now = gate.now();
    sqlx::query!(
        "update account set password_hash = $3, must_change = false, password_until = null, password_set_at = $4,
            failed_count = 0, locked_until = null
         where county_id = $1 and id = $2",
        county.0,
        user.0,
        hash,
        now
    )
    .execute(gate.conn())
    .await?;
    Ok(())
}

/// Turns 长辈版 on or off for a person.
pub async fn set_large_print(gate: &mut Gate, county: CountyId, user: UserId, on: bool) -> Result<()> {
    sqlx::query!("update account set large_print = $3 where county_id = $1 and id = $2", county.0, user.0, on)
        .execute(gate.conn())
        .await?;
    Ok(())
}

/// A person's login and the stored hash of their password.
pub async fn login_and_hash(gate: &mut Gate, county: CountyId, user: UserId) -> Result<(String, String)> {
    let row =
        sqlx::query!("select login, password_hash from account where county_id = $1 and id = $2", county.0, user.0)
            .fetch_one(gate.conn())
            .await?;
    Ok((row.login, row.password_hash))
}

/// One of a person's appointments, as they choose among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// Its key.
    pub id: AppointmentId,
    /// In what capacity.
    pub role: Role,
    /// Post as the county calls it.
    pub title: String,
    /// The unit.
    pub unit: UnitId,
    /// The unit's name.
    pub unit_name: String,
}

/// The appointments of a person that are in force on a day.
pub async fn appointments_in_force(
    gate: &mut Gate,
    county: CountyId,
    user: UserId,
    on: NaiveDate,
) -> Result<Vec<Appointment>> {
    Ok(sqlx::query_as!(
        Appointment,
        "select a.id as \"id: AppointmentId\", a.role as \"role: Role\", a.title, a.unit_id as \"unit: UnitId\", u.name as unit_name
         from appointment a join unit u on u.county_id = a.county_id and u.id = a.unit_id
         where a.county_id = $1 and a.user_id = $2 and a.from_on <= $3 and (a.until_on is null or a.until_on >= $3)
         order by a.from_on, a.id",
        county.0,
        user.0,
        on
    )
    .fetch_all(gate.conn())
    .await?)
}

/// The person of an appointment that is in force on a day, as the doors know them; none when it is not, or the account is disabled.
pub async fn actor(
    gate: &mut Gate,
    county: CountyId,
    appointment: AppointmentId,
    on: NaiveDate,
) -> Result<Option<Actor>> {
    let found = sqlx::query!(
        "select a.id as \"user: UserId\", a.name, p.role as \"role: Role\", p.title, p.unit_id as \"unit: UnitId\", u.name as unit_name
         from appointment p
         join unit u on u.county_id = p.county_id and u.id = p.unit_id
         join account a on a.county_id = p.county_id and a.id = p.user_id
         where p.county_id = $1 and p.id = $2 and a.disabled_at is null
           and p.from_on <= $3 and (p.until_on is null or p.until_on >= $3)",
        county.0,
        appointment.0,
        on
    )
    .fetch_optional(gate.conn())
    .await?;
    Ok(found.map(|p| Actor {
        county,
        who: Who::Person(Person {
            user: p.user,
            name: p.name,
            appointment,
            role: p.role,
            title: p.title,
            unit: p.unit,
            unit_name: p.unit_name,
        }),
    }))
}
