//! What the keeper of accounts watches: locks, failures, live sessions, attempts to sign in. No child anywhere.

use chrono::NaiveDate;

use super::door::{Door as _, Read};
use super::error::Result;
use crate::domain::ids::UserId;
use crate::domain::moment::Moment;

/// Which accounts are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Watched {
    /// Locked, or with wrong passwords in a row or lately, or with a first password that ended unused.
    #[default]
    Alarming,
    /// Out of use.
    Disabled,
    /// With a live session.
    Online,
    /// All of them.
    All,
}

/// An account as its keeper sees it.
#[derive(Debug, Clone)]
pub struct WatchedAccount {
    /// Its key.
    pub user: UserId,
    /// The person's name.
    pub name: String,
    /// What is typed at sign-in.
    pub login: String,
    /// Soft lock after too many wrong passwords.
    pub locked_until: Option<Moment>,
    /// Out of use since.
    pub disabled_at: Option<Moment>,
    /// A first password that nobody used in time.
    pub first_password_ended: bool,
    /// Wrong passwords since the moment asked for.
    pub failures: i64,
    /// Live sessions.
    pub sessions: i64,
    /// The last time somebody signed in.
    pub last_sign_in: Option<Moment>,
}

/// The accounts asked for, at most two hundred; failures are counted since a moment, sessions live after another.
pub async fn accounts(
    read: &mut Read,
    watched: Watched,
    text: Option<&str>,
    (failed_since, live_since): (Moment, Moment),
) -> Result<Vec<WatchedAccount>> {
    let (county, now) = (read.county().0, read.now());
    let watched = match watched {
        Watched::Alarming => "alarming",
        Watched::Disabled => "disabled",
        Watched::Online => "online",
        Watched::All => "all",
    };
    Ok(sqlx::query_as!(
        WatchedAccount,
        "select * from (
            select a.id as \"user: UserId\", a.name, a.login, case when a.locked_until > $2 then a.locked_until end as locked_until,
                a.disabled_at, (a.must_change and a.password_until < $2) as \"first_password_ended!\",
                (select count(*) from sign_in_attempt t where t.county_id = a.county_id and t.login = a.login and not t.succeeded and t.at > $3) as \"failures!\",
                (select count(*) from session s where s.county_id = a.county_id and s.user_id = a.id and s.ended_at is null
                    and s.expires_at > $2 and s.last_seen_at > $4) as \"sessions!\",
                (select max(t.at) from sign_in_attempt t where t.county_id = a.county_id and t.login = a.login and t.succeeded) as last_sign_in
            from account a
            where a.county_id = $1 and ($6::text is null or position($6 in a.name) > 0 or position(lower($6) in a.login) > 0)) w
         where case $5
            when 'alarming' then w.disabled_at is null and (w.locked_until is not null or w.\"failures!\" > 0 or w.\"first_password_ended!\")
            when 'disabled' then w.disabled_at is not null
            when 'online' then w.\"sessions!\" > 0
            else true end
         order by w.locked_until nulls last, w.\"failures!\" desc, w.login limit 200",
        county,
        now,
        failed_since,
        live_since,
        watched,
        text,
    )
    .fetch_all(read.conn())
    .await?)
}

/// Attempts of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempts {
    /// The day in the county.
    pub day: NaiveDate,
    /// Those that let somebody in.
    pub succeeded: i64,
    /// Those that did not.
    pub failed: i64,
}

/// Attempts a day since a moment, the latest day first.
pub async fn attempts_by_day(read: &mut Read, since: Moment) -> Result<Vec<Attempts>> {
    let county = read.county().0;
    Ok(sqlx::query_as!(
        Attempts,
        "select (at at time zone 'Asia/Shanghai')::date as \"day!\", count(*) filter (where succeeded) as \"succeeded!\",
            count(*) filter (where not succeeded) as \"failed!\"
         from sign_in_attempt where county_id = $1 and at > $2 group by 1 order by 1 desc",
        county,
        since
    )
    .fetch_all(read.conn())
    .await?)
}

/// A failed attempt: what was typed as a login may be nobody's.
#[derive(Debug, Clone)]
pub struct Failed {
    /// When.
    pub at: Moment,
    /// The login that was tried.
    pub login: String,
    /// From where.
    pub address: String,
    /// There is such an account.
    pub known: bool,
}

/// The latest failed attempts since a moment.
pub async fn failed_attempts(read: &mut Read, since: Moment, limit: i64) -> Result<Vec<Failed>> {
    let county = read.county().0;
    Ok(sqlx::query_as!(
        Failed,
        "select t.at, t.login, t.address, exists (select from account a where a.county_id = t.county_id and a.login = t.login) as \"known!\"
         from sign_in_attempt t where t.county_id = $1 and not t.succeeded and t.at > $2 order by t.at desc limit $3",
        county,
        since,
        limit
    )
    .fetch_all(read.conn())
    .await?)
}
