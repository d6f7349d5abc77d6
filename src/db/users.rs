//! Users as their keeper sees them: accounts with their dated appointments.

use chrono::NaiveDate;

use super::door::Door;
use super::error::Result;
use crate::domain::ids::{AppointmentId, UnitId, UserId};
use crate::domain::moment::Moment;
use crate::domain::role::Role;

/// An account as lists and its own page show it.
#[derive(Debug, Clone)]
pub struct User {
    /// Its key.
    pub id: UserId,
    /// What is typed at sign-in.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// Masked.
    pub phone: Option<String>,
    /// A first password still waits to be changed.
    pub must_change: bool,
    /// Until when a first password may be used.
    pub password_until: Option<Moment>,
    /// Soft lock after too many wrong passwords.
    pub locked_until: Option<Moment>,
    /// Out of use since.
    pub disabled_at: Option<Moment>,
    /// Since when it exists.
    pub created_at: Moment,
}

/// An appointment with its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Its key.
    pub id: AppointmentId,
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

impl Post {
    /// Whether it is in force on a day.
    pub fn in_force(&self, on: NaiveDate) -> bool {
        self.from_on <= on && !self.ended(on)
    }

    /// Whether its last day lies before a day.
    pub fn ended(&self, on: NaiveDate) -> bool {
        self.until_on.is_some_and(|until| until < on)
    }
}

/// What a list of users is narrowed by; whatever is none narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct UserFilter {
    /// A part of the name or of the login.
    pub text: Option<String>,
    /// Appointed to one of these units on the day.
    pub units: Option<Vec<UnitId>>,
    /// Appointed in this role on the day.
    pub role: Option<Role>,
    /// In use with an appointment in force (true), or disabled or without one (false).
    pub active: Option<bool>,
}

/// One page of the users that a filter leaves, by name, and how many there are in all.
pub async fn list(
    db: &mut impl Door,
    filter: &UserFilter,
    on: NaiveDate,
    (limit, offset): (i64, i64),
) -> Result<(Vec<User>, i64)> {
    let county = db.county().0;
    let units: Option<Vec<uuid::Uuid>> = filter.units.as_ref().map(|units| units.iter().map(|u| u.0).collect());
    let rows = sqlx::query!(
        "select a.id as \"id: UserId\", a.login, a.name, a.phone_masked, a.must_change, a.password_until, a.locked_until, a.disabled_at,
            a.created_at, count(*) over () as \"total!\"
         from account a
         cross join lateral (
            select count(*) as n, count(*) filter (where ($3::uuid[] is null or p.unit_id = any($3)) and ($4::text is null or p.role = $4)) as fitting
            from appointment p where p.county_id = a.county_id and p.user_id = a.id and p.from_on <= $6 and (p.until_on is null or p.until_on >= $6)) held
         where a.county_id = $1 and ($2::text is null or position($2 in a.name) > 0 or position(lower($2) in a.login) > 0)
            and (($3::uuid[] is null and $4::text is null) or held.fitting > 0)
            and ($5::bool is null or $5 = (a.disabled_at is null and held.n > 0))
         order by a.name collate \"zh-x-icu\", a.login limit $7 offset $8",
        county,
        filter.text,
        units.as_deref(),
        filter.role.map(Role::code),
        filter.active,
        on,
        limit,
        offset,
    )
    .fetch_all(db.conn())
    .await?;
    let total = rows.first().map_or(0, |row| row.total);
    let users = rows.into_iter().map(|r| User {
        id: r.id,
        login: r.login,
        name: r.name,
        phone: r.phone_masked,
        must_change: r.must_change,
        password_until: r.password_until,
        locked_until: r.locked_until,
        disabled_at: r.disabled_at,
        created_at: r.created_at,
    });
    Ok((users.collect(), total))
}

/// One user.
pub async fn user(db: &mut impl Door, user: UserId) -> Result<User> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        User,
        "select id as \"id: UserId\", login, name, phone_masked as phone, must_change, password_until, locked_until, disabled_at, created_at
         from account where county_id = $1 and id = $2",
        county,
        user.0
    )
    .fetch_one(db.conn())
    .await?)
}

/// The appointments of users, past and to come, the latest first.
pub async fn posts(db: &mut impl Door, users: &[UserId]) -> Result<Vec<Post>> {
    let county = db.county().0;
    let users: Vec<uuid::Uuid> = users.iter().map(|u| u.0).collect();
    Ok(sqlx::query_as!(
        Post,
        "select id as \"id: AppointmentId\", user_id as \"user: UserId\", role as \"role: Role\", unit_id as \"unit: UnitId\", title, from_on, until_on
         from appointment where county_id = $1 and user_id = any($2) order by from_on desc, id",
        county,
        &users
    )
    .fetch_all(db.conn())
    .await?)
}

/// Which of these logins are taken in the county.
pub async fn taken(db: &mut impl Door, logins: &[String]) -> Result<Vec<String>> {
    let county = db.county().0;
    Ok(sqlx::query_scalar!("select login from account where county_id = $1 and login = any($2)", county, logins)
        .fetch_all(db.conn())
        .await?)
}

/// Somebody in a post.
#[derive(Debug, Clone)]
pub struct InPost {
    /// The person's name.
    pub name: String,
    /// Their login.
    pub login: String,
    /// In what capacity.
    pub role: Role,
    /// To which unit.
    pub unit: UnitId,
}

/// Who of these names is in which post on a day.
pub async fn in_post(db: &mut impl Door, names: &[String], on: NaiveDate) -> Result<Vec<InPost>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        InPost,
        "select a.name, a.login, p.role as \"role: Role\", p.unit_id as \"unit: UnitId\" from account a
         join appointment p on p.county_id = a.county_id and p.user_id = a.id
         where a.county_id = $1 and a.name = any($2) and p.from_on <= $3 and (p.until_on is null or p.until_on >= $3)",
        county,
        names,
        on
    )
    .fetch_all(db.conn())
    .await?)
}
