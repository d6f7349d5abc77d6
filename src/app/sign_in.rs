//! Signing in and out, changing the password, choosing the appointment.

use chrono::TimeDelta;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::services::{AppError, Services};
use crate::app::password;
use crate::db::accounts::{self, SignInAccount};
use crate::db::sessions::{self, LiveSession};
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::{AppointmentId, CountyId};
use crate::domain::moment::{Moment, day_of};

/// Idle this long on a shared office PC ends a session.
pub const IDLE: TimeDelta = TimeDelta::minutes(30);
/// No session lives longer.
pub const WHOLE: TimeDelta = TimeDelta::hours(12);
/// Wrong passwords before an account is locked for a while.
const FAILURES: i64 = 10;
/// Failures from one address within a minute before it must wait.
const ADDRESS_FAILURES: i64 = 60;
/// How long failures are counted, and an account stays locked.
const WINDOW: TimeDelta = TimeDelta::minutes(15);

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

/// Tries to sign in.
pub async fn sign_in(services: &Services, attempt: Attempt) -> Result<SignIn, AppError> {
    let mut gate = services.db.gate().await?;
    let since = gate.now() - WINDOW;
    let (by_login, by_address) =
        accounts::recent_failures(&mut gate, attempt.county, &attempt.login, &attempt.address, since).await?;
    let account = accounts::sign_in_account(&mut gate, attempt.county, &attempt.login).await?;
    let now = gate.now();
    gate.commit().await?;
    if by_address >= ADDRESS_FAILURES {
        return Ok(SignIn::Refused("这台电脑或网络登录失败次数太多，请 15 分钟后再试。".to_owned()));
    }
    let locked = account.as_ref().and_then(|a| a.locked_until).filter(|until| *until > now);
    if locked.is_some() || by_login >= FAILURES {
        let minutes = locked.map_or(15, |until| (until - now).num_minutes() + 1);
        return Ok(SignIn::Refused(format!(
            "登录失败次数太多，账号暂时锁定，请 {minutes} 分钟后再试，或联系本县安全管理员解锁。"
        )));
    }
    let hash = account.as_ref().map(|a| a.password_hash.clone());
    let right =
        services.passwords.verify(attempt.password.clone(), hash).await.map_err(|e| AppError::Fault(e.to_string()))?;
    match account {
        Some(account) if right => admit(services, &attempt, &account, now).await,
        account => refuse(services, &attempt, account.as_ref()).await,
    }
}

async fn admit(
    services: &Services,
    attempt: &Attempt,
    account: &SignInAccount,
    now: Moment,
) -> Result<SignIn, AppError> {
    if account.disabled_at.is_some() {
        return Ok(SignIn::Refused("这个账号已停用。如仍在岗，请联系本县系统管理员。".to_owned()));
    }
    if account.must_change && account.password_until.is_some_and(|until| until < now) {
        return Ok(SignIn::Refused("初始密码已过期，请联系本县系统管理员重新发放。".to_owned()));
    }
    let mut gate = services.db.gate().await?;
    gate.enter_county(attempt.county, Some(account.user)).await?;
    let appointments = accounts::appointments_in_force(&mut gate, attempt.county, account.user, day_of(now)).await?;
    if appointments.is_empty() {
        return Ok(SignIn::Refused("您目前没有在任的岗位，不能登录。如仍在岗，请联系本县系统管理员续任。".to_owned()));
    }
    accounts::record_attempt(&mut gate, attempt.county, &attempt.login, &attempt.address, true).await?;
    accounts::set_failed(&mut gate, attempt.county, account.user, 0, None).await?;
    let token = new_token();
    let seen = (attempt.user_agent.as_str(), attempt.address.as_str());
    let session = sessions::start(&mut gate, attempt.county, account.user, &token_hash(&token), WHOLE, seen).await?;
    if let [only] = appointments.as_slice() {
        sessions::choose(&mut gate, session, only.id).await?;
    }
    gate.commit_with(Event::new(EventKind::SignedIn).with("address", &attempt.address)).await?;
    Ok(SignIn::Done { token })
}

async fn refuse(services: &Services, attempt: &Attempt, account: Option<&SignInAccount>) -> Result<SignIn, AppError> {
    let mut gate = services.db.gate().await?;
    gate.enter_county(attempt.county, account.map(|a| a.user)).await?;
    accounts::record_attempt(&mut gate, attempt.county, &attempt.login, &attempt.address, false).await?;
    let mut event = Event::new(EventKind::SignInRefused).with("address", &attempt.address);
    if let Some(account) = account {
        let count = account.failed_count.saturating_add(1);
        let locked = i64::from(count) >= FAILURES;
        let until = locked.then(|| gate.now() + WINDOW);
        accounts::set_failed(&mut gate, attempt.county, account.user, if locked { 0 } else { count }, until).await?;
        event = event.with("locked", locked);
    }
    gate.commit_with(event).await?;
    Ok(SignIn::Refused("区县、账号或密码不正确。".to_owned()))
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
    end_session(services, live, live.public_id, EventKind::SignedOut).await
}

/// Ends one of the person's sessions from the list of them.
pub async fn end_session(
    services: &Services,
    live: &LiveSession,
    session: Uuid,
    kind: EventKind,
) -> Result<(), AppError> {
    let mut gate = services.db.gate().await?;
    gate.enter_county(live.county, Some(live.user)).await?;
    if sessions::end(&mut gate, live.county, live.user, session).await? {
        gate.commit_with(Event::new(kind)).await?;
    }
    Ok(())
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

/// Why a new password was not taken, by field of the form.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PasswordRefusal {
    /// About the present password.
    pub old: Option<String>,
    /// About the new one.
    pub new: Option<String>,
    /// About its repetition.
    pub again: Option<String>,
}

/// Changes the person's password and ends their other sessions.
pub async fn change_password(
    services: &Services,
    live: &LiveSession,
    old: String,
    new: String,
    again: &str,
) -> Result<Result<(), PasswordRefusal>, AppError> {
    let fault = |e: password::HashError| AppError::Fault(e.to_string());
    let mut gate = services.db.gate().await?;
    gate.enter_county(live.county, Some(live.user)).await?;
    let hash = accounts::password_hash(&mut gate, live.county, live.user).await?;
    let right = services.passwords.verify(old.clone(), Some(hash)).await.map_err(fault)?;
    let refusal = PasswordRefusal {
        old: (!right).then(|| "现在的密码不正确。".to_owned()),
        new: new_password_fault(&old, &new),
        again: (new != again).then(|| "两次输入的新密码不一致。".to_owned()),
    };
    if refusal != PasswordRefusal::default() {
        return Ok(Err(refusal));
    }
    let hash = services.passwords.hash(new).await.map_err(fault)?;
    accounts::set_own_password(&mut gate, live.county, live.user, &hash).await?;
    sessions::end_others(&mut gate, live.county, live.user, Some(live.public_id)).await?;
    gate.commit_with(Event::new(EventKind::PasswordChanged)).await?;
    Ok(Ok(()))
}

fn new_password_fault(old: &str, new: &str) -> Option<String> {
    if new == old {
        return Some("新密码不能与现在的相同。".to_owned());
    }
    let found = password::weaknesses(new, &[]);
    (!found.is_empty()).then(|| format!("{}。", found.join("；")))
}

/// SHA-256 of a token: what the database keeps.
pub fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

fn new_token() -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}
