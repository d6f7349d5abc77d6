//! Sessions: a cookie's hash, whose it is, under which appointment, until when.

use chrono::TimeDelta;
use uuid::Uuid;

use super::accounts;
use super::door::Gate;
use super::error::Result;
use crate::domain::actor::Actor;
use crate::domain::ids::{AppointmentId, CountyId, UserId};
use crate::domain::moment::{Moment, day_of};

/// How long a session may stand idle, and live at all.
#[derive(Debug, Clone, Copy)]
pub struct Lifetimes {
    /// Without a request.
    pub idle: TimeDelta,
    /// From sign-in.
    pub whole: TimeDelta,
}

/// A session that is alive.
#[derive(Debug, Clone)]
pub struct LiveSession {
    /// For the session list and for ending it.
    pub public_id: Uuid,
    /// The county.
    pub county: CountyId,
    /// The account.
    pub user: UserId,
    /// The person's name.
    pub name: String,
    /// A first password must be changed before anything else.
    pub must_change: bool,
    /// 长辈版
    pub large_print: bool,
    /// When it ends at the latest.
    pub expires_at: Moment,
    /// The person under the appointment chosen; none until one is chosen, or when it has ended.
    pub actor: Option<Actor>,
}

/// What a cookie that is no longer alive still says: whose form it was that came too late.
#[derive(Debug, Clone, Copy)]
pub struct DeadSession {
    /// The county.
    pub county: CountyId,
    /// The account.
    pub user: UserId,
}

/// Starts a session.
pub async fn start(
    gate: &mut Gate,
    county: CountyId,
    user: UserId,
    token_hash: &[u8],
    whole: TimeDelta,
    seen: (&str, &str),
) -> Result<Uuid> {
    let now = gate.now();
    let public_id = AppointmentId::new().0;
    sqlx::query!(
        "insert into session (county_id, token_hash, public_id, user_id, created_at, last_seen_at, expires_at, user_agent, address)
         values ($1, $2, $3, $4, $5, $5, $6, $7, $8)",
        county.0,
        token_hash,
        public_id,
        user.0,
        now,
        now + whole,
        seen.0,
        seen.1,
    )
    .execute(gate.conn())
    .await?;
    Ok(public_id)
}

/// The live session of a token, marked as seen now. Ended, expired, idle too long, a disabled account: none.
pub async fn touch(gate: &mut Gate, token_hash: &[u8], idle: TimeDelta) -> Result<Option<LiveSession>> {
    let now = gate.now();
    let today = day_of(now);
    let row = sqlx::query!(
        "update session s set last_seen_at = $2
         from account a
         where s.token_hash = $1 and a.county_id = s.county_id and a.id = s.user_id
           and s.ended_at is null and s.expires_at > $2 and s.last_seen_at > $3 and a.disabled_at is null
         returning s.county_id as \"county: CountyId\", s.public_id, s.user_id as \"user: UserId\", a.name, a.must_change, a.large_print,
            s.expires_at, s.appointment_id as \"appointment: AppointmentId\"",
        token_hash,
        now,
        now - idle,
    )
    .fetch_optional(gate.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let actor = match row.appointment {
        Some(appointment) => accounts::actor(gate, row.county, appointment, today).await?,
        None => None,
    };
    Ok(Some(LiveSession {
        public_id: row.public_id,
        county: row.county,
        user: row.user,
        name: row.name,
        must_change: row.must_change,
        large_print: row.large_print,
        expires_at: row.expires_at,
        actor,
    }))
}

/// Whose a dead session was, within a day of its last use.
pub async fn dead(gate: &mut Gate, token_hash: &[u8]) -> Result<Option<DeadSession>> {
    let since = gate.now() - TimeDelta::days(1);
    Ok(sqlx::query_as!(
        DeadSession,
        "select county_id as \"county: CountyId\", user_id as \"user: UserId\" from session where token_hash = $1 and last_seen_at > $2",
        token_hash,
        since
    )
    .fetch_optional(gate.conn())
    .await?)
}

/// Acts under an appointment from here on.
pub async fn choose(gate: &mut Gate, session: Uuid, appointment: AppointmentId) -> Result<()> {
    sqlx::query!("update session set appointment_id = $2 where public_id = $1", session, appointment.0)
        .execute(gate.conn())
        .await?;
    Ok(())
}

/// Ends one of a person's sessions.
pub async fn end(gate: &mut Gate, county: CountyId, user: UserId, session: Uuid) -> Result<bool> {
    let now = gate.now();
    let done = sqlx::query!(
        "update session set ended_at = $4 where county_id = $1 and user_id = $2 and public_id = $3 and ended_at is null",
        county.0,
        user.0,
        session,
        now
    )
    .execute(gate.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends all of a person's sessions but one.
pub async fn end_others(gate: &mut Gate, county: CountyId, user: UserId, keep: Option<Uuid>) -> Result<u64> {
    let now = gate.now();
    let done = sqlx::query!(
        "update session set ended_at = $4 where county_id = $1 and user_id = $2 and ended_at is null and public_id is distinct from $3",
        county.0,
        user.0,
        keep,
        now
    )
    .execute(gate.conn())
    .await?;
    Ok(done.rows_affected())
}

/// A session on the person's own list.
#[derive(Debug, Clone)]
pub struct ListedSession {
    /// To end it by.
    pub public_id: Uuid,
    /// When it began.
    pub created_at: Moment,
    /// When it was last used.
    pub last_seen_at: Moment,
    /// The browser, as it names itself.
    pub user_agent: String,
    /// From where.
    pub address: String,
}

/// A person's live sessions, the latest used first.
pub async fn list(gate: &mut Gate, county: CountyId, user: UserId, idle: TimeDelta) -> Result<Vec<ListedSession>> {
    let now = gate.now();
    Ok(sqlx::query_as!(
        ListedSession,
        "select public_id, created_at, last_seen_at, user_agent, address from session
         where county_id = $1 and user_id = $2 and ended_at is null and expires_at > $3 and last_seen_at > $4
         order by last_seen_at desc",
        county.0,
        user.0,
        now,
        now - idle
    )
    .fetch_all(gate.conn())
    .await?)
}
