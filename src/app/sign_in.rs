//! Signing in and out, choosing the appointment.

use chrono::TimeDelta;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::services::{AppError, Services};
use crate::db::Gate;
use crate::db::accounts::{self, SignInAccount};
use crate::db::sessions::{self, LiveSession};
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::{AppointmentId, CountyId, UserId};
use crate::domain::moment::{Moment, day_of};

/// Idle this long on a shared office PC ends a session.
pub const IDLE: TimeDelta = TimeDelta::minutes(30);
/// No session lives longer.
pub const WHOLE: TimeDelta = TimeDelta::hours(12);
/// Wrong passwords before an account is locked for a while.
const FAILURES: i32 = 10;
/// How long it stays locked.
const LOCKED: TimeDelta = TimeDelta::minutes(15);
/// Failures from one address within a minute before it must wait.
const ADDRESS_FAILURES: i64 = 60;

/// What was typed, and where it came from.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// The county chosen on the form.
    pub county: CountyId,
    /// The account.
    pub login: String,
    /// The password.
    pub password: String,
    /// From where.
    pub address: String,
    /// With which browser.
    pub user_agent: String,
}

/// What came of it.
#[derive(Debug)]
pub enum SignIn {
    /// Signed in; the cookie's token, shown once.
    Done {
        /// For the cookie.
        token: String,
    },
    /// Refused, in words that do not say which of account and password was wrong.
    Refused(String),
}

/// Tries to sign in. An account and a login that is nobody's are counted and locked alike.
pub async fn sign_in(services: &Services, attempt: Attempt) -> Result<SignIn, AppError> {
    let mut gate = services.db.gate().await?;
    let now = gate.now();
    if accounts::failures_from(&mut gate, &attempt.address, now - TimeDelta::minutes(1)).await? >= ADDRESS_FAILURES {
        return Ok(SignIn::Refused("这台电脑或网络登录失败次数太多，请一分钟后再试。".to_owned()));
    }
    let account = accounts::sign_in_account(&mut gate, attempt.county, &attempt.login).await?;
    let locked = match &account {
        Some(account) => accounts::count_try(&mut gate, attempt.county, account.user, FAILURES, now + LOCKED).await?,
        None => as_if_locked(&mut gate, &attempt).await?,
    };
    gate.commit().await?;
    if let Some(until) = locked {
        let minutes = ((until - now).num_seconds() + 59) / 60;
        return Ok(SignIn::Refused(format!(
            "登录失败次数太多，账号暂时锁定，请 {minutes} 分钟后再试，或联系本县安全管理员解锁。"
        )));
    }
    let hash = account.as_ref().map(|a| a.password_hash.clone());
    let right =
        services.passwords.verify(attempt.password.clone(), hash).await.map_err(|e| AppError::Fault(e.to_string()))?;
    match account {
        Some(account) if right => admit(services, &attempt, &account, now).await,
        account => refuse(services, &attempt, account.map(|a| a.user), Refused::Wrong).await,
    }
}

/// A login that is nobody's is locked as an account would be, so that the two are not told apart.
async fn as_if_locked(gate: &mut Gate, attempt: &Attempt) -> Result<Option<Moment>, AppError> {
    let (failures, last) = accounts::failures_of(gate, attempt.county, &attempt.login).await?;
    let until = last.map(|last| last + LOCKED).filter(|until| *until > gate.now());
    Ok(until.filter(|_| failures % i64::from(FAILURES) == 0))
}

/// Why somebody whose password could be tried was not let in.
#[derive(Clone, Copy)]
enum Refused {
    Wrong,
    Disabled,
    Expired,
    NoAppointment,
}

impl Refused {
    const fn code(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Disabled => "disabled",
            Self::Expired => "expired",
            Self::NoAppointment => "no_appointment",
        }
    }

    /// What the person reads. Only who knew the password reads more than the first.
    const fn words(self) -> &'static str {
        match self {
            Self::Wrong => "区县、账号或密码不正确。",
            Self::Disabled => "这个账号已停用。如仍在岗，请联系本县系统管理员。",
            Self::Expired => "初始密码已过期，请联系本县系统管理员重新发放。",
            Self::NoAppointment => "您目前没有在任的岗位，不能登录。如仍在岗，请联系本县系统管理员续任。",
        }
    }
}

async fn admit(
    services: &Services,
    attempt: &Attempt,
    account: &SignInAccount,
    now: Moment,
) -> Result<SignIn, AppError> {
    let user = account.user;
    if account.disabled_at.is_some() {
        return refuse(services, attempt, Some(user), Refused::Disabled).await;
    }
    if account.must_change && account.password_until.is_some_and(|until| until < now) {
        return refuse(services, attempt, Some(user), Refused::Expired).await;
    }
    let mut gate = services.db.gate().await?;
    gate.enter_county(attempt.county, Some(user)).await?;
    let appointments = accounts::appointments_in_force(&mut gate, attempt.county, user, day_of(now)).await?;
    if appointments.is_empty() {
        drop(gate);
        return refuse(services, attempt, Some(user), Refused::NoAppointment).await;
    }
    accounts::record_attempt(&mut gate, attempt.county, &attempt.login, &attempt.address, true).await?;
    accounts::clear_failures(&mut gate, attempt.county, user).await?;
    let token = new_token();
    let seen = (attempt.user_agent.as_str(), attempt.address.as_str());
    let session = sessions::start(&mut gate, attempt.county, user, &token_hash(&token), WHOLE, seen).await?;
    if let [only] = appointments.as_slice() {
        sessions::choose(&mut gate, session, only.id).await?;
    }
    gate.commit_with(Event::new(EventKind::SignedIn).with("address", &attempt.address)).await?;
    Ok(SignIn::Done { token })
}

async fn refuse(
    services: &Services,
    attempt: &Attempt,
    user: Option<UserId>,
    why: Refused,
) -> Result<SignIn, AppError> {
    let mut gate = services.db.gate().await?;
    gate.enter_county(attempt.county, user).await?;
    accounts::record_attempt(&mut gate, attempt.county, &attempt.login, &attempt.address, false).await?;
    let event = Event::new(EventKind::SignInRefused).with("address", &attempt.address).with("why", why.code());
    gate.commit_with(event).await?;
    Ok(SignIn::Refused(why.words().to_owned()))
}

/// The live session of a cookie's token.
pub async fn session(services: &Services, token: &str) -> Result<Option<LiveSession>, AppError> {
    let mut gate = services.db.gate().await?;
    let live = sessions::touch(&mut gate, &token_hash(token), IDLE).await?;
    gate.commit().await?;
    Ok(live)
}

/// Ends the session.
pub async fn sign_out(services: &Services, live: &LiveSession) -> Result<(), AppError> {
    end_session(services, live, live.public_id, EventKind::SignedOut).await?;
    Ok(())
}

/// Ends one of the person's sessions; whether there was such a one.
pub async fn end_session(
    services: &Services,
    live: &LiveSession,
    session: Uuid,
    kind: EventKind,
) -> Result<bool, AppError> {
    let mut gate = services.db.gate().await?;
    gate.enter_county(live.county, Some(live.user)).await?;
    let ended = sessions::end(&mut gate, live.county, live.user, session).await?;
    if ended {
        gate.commit_with(Event::new(kind)).await?;
    }
    Ok(ended)
}

/// Chooses the appointment to act under.
pub async fn choose(services: &Services, live: &LiveSession, appointment: AppointmentId) -> Result<bool, AppError> {
    let mut gate = services.db.gate().await?;
    gate.enter_county(live.county, Some(live.user)).await?;
    let today = day_of(gate.now());
    let mine = accounts::appointments_in_force(&mut gate, live.county, live.user, today).await?;
    let Some(chosen) = mine.iter().find(|a| a.id == appointment) else { return Ok(false) };
    sessions::choose(&mut gate, live.public_id, appointment).await?;
    gate.commit_with(Event::new(EventKind::AppointmentChosen).with("role", chosen.role).with("unit", chosen.unit))
        .await?;
    Ok(true)
}

/// SHA-256 of a token: what the database keeps.
pub fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

fn new_token() -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}
