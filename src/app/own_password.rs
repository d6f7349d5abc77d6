//! Changing one's own password, the first or a later one.

use super::password;
use super::services::{AppError, Services};
use crate::db::accounts;
use crate::db::sessions::{self, LiveSession};
use crate::domain::event::{Event, EventKind};

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
    let (login, hash) = accounts::login_and_hash(&mut gate, live.county, live.user).await?;
    let right = services.passwords.verify(old.clone(), Some(hash)).await.map_err(fault)?;
    let refusal = PasswordRefusal {
        old: (!right).then(|| "现在的密码不正确。".to_owned()),
        new: new_password_fault(&old, &new, &login),
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

fn new_password_fault(old: &str, new: &str, login: &str) -> Option<String> {
    if new == old {
        return Some("新密码不能与现在的相同。".to_owned());
    }
    let found = password::weaknesses(new, &[login]);
    (!found.is_empty()).then(|| format!("{}。", found.join("；")))
}
