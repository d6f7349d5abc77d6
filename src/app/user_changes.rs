//! Changing users: their person, appointments, passwords, and whether they are in use.

use chrono::NaiveDate;

use super::sending::{NotDone, Outcome, Sending};
use super::services::{AppError, Services};
use super::users::{FIRST_PASSWORD, FirstPassword, first_password, seal_phone};
use crate::db::user_changes::{self as changes, NewAppointment};
use crate::db::users::{self as stored, Post};
use crate::db::{DbError, Door as _, Write};
use crate::domain::actor::Actor;
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::{AppointmentId, UserId};
use crate::domain::moment::day_of;
use crate::domain::role::Role;
use crate::domain::user_form::PostDraft;

/// Changes what a person is called, and their phone where one was typed.
pub async fn set_person(
    services: &Services,
    actor: &Actor,
    sending: &Sending,
    user: UserId,
    (name, phone): (String, Option<String>),
) -> Outcome<()> {
    let phone = match phone {
        Some(phone) => Some(seal_phone(&services.key(actor.county).await?, user, &phone)?),
        None => None,
    };
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, &format!("/users/{user}?done=changed")).await? {
        return Ok(Err(not));
    }
    changes::set_person(&mut write, user, &name, phone.map(|(masked, sealed)| (Some(masked), Some(sealed)))).await?;
    write.commit(Event::new(EventKind::UserChanged).with("user", user)).await?;
    Ok(Ok(()))
}

/// Appoints a person to another unit or in another role.
pub async fn appoint(
    services: &Services,
    actor: &Actor,
    sending: &Sending,
    user: UserId,
    draft: PostDraft,
) -> Outcome<()> {
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, &format!("/users/{user}?done=appointed")).await? {
        return Ok(Err(not));
    }
    stored::user(&mut write, user).await?;
    let held = stored::posts(&mut write, &[user]).await?;
    if let Some(not) = clash(&held, &draft) {
        return Ok(Err(not));
    }
    let PostDraft { role, unit, title, from_on, until_on } = draft;
    changes::insert_appointment(&mut write, &NewAppointment { user, role, unit, title, from_on, until_on }).await?;
    let event = Event::new(EventKind::Appointed).with("user", user).with("role", role).with("unit", unit);
    write.commit(event.with("from", from_on).with("until", until_on)).await?;
    Ok(Ok(()))
}

/// The same post twice at once, or a keeper's post beside any other: the three keepers stand apart (security.md C7).
fn clash(held: &[Post], draft: &PostDraft) -> Option<NotDone> {
    let overlaps =
        |post: &&Post| !post.ended(draft.from_on) && draft.until_on.is_none_or(|until| post.from_on <= until);
    let beside: Vec<&Post> = held.iter().filter(overlaps).collect();
    if beside.iter().any(|post| post.role == draft.role && post.unit == draft.unit) {
        return Some(NotDone::fault("role", "这个岗位还在任期内，不用再加"));
    }
    let keeper = beside.iter().find(|post| post.role.is_keeper() || draft.role.is_keeper());
    keeper.map(|post| {
        NotDone::fault(
            "role",
            format!("系统、安全、审计三员要由不同的人担任，也不能兼任其他岗位；此人在任{}，请先办理止任", post.role),
        )
    })
}

/// Sets the last day of an appointment that has not ended, or takes it away.
pub async fn set_last_day(
    services: &Services,
    actor: &Actor,
    sending: &Sending,
    (user, appointment): (UserId, AppointmentId),
    until: Option<NaiveDate>,
) -> Outcome<()> {
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, &format!("/users/{user}?done=until")).await? {
        return Ok(Err(not));
    }
    let today = day_of(write.now());
    let held = stored::posts(&mut write, &[user]).await?;
    let Some(post) = held.iter().find(|post| post.id == appointment) else { return Err(DbError::NotFound.into()) };
    if let Some(fault) = last_day_fault(post, until, today) {
        return Ok(Err(NotDone::fault("until", fault)));
    }
    if let Some(until) = until
        && let Some(not) = last_keeper(&mut write, post, until.max(today)).await?
    {
        return Ok(Err(not));
    }
    changes::set_until(&mut write, appointment, until).await?;
    let event = Event::new(EventKind::AppointmentEnded).with("user", user).with("appointment", appointment);
    write.commit(event.with("role", post.role).with("unit", post.unit).with("until", until)).await?;
    Ok(Ok(()))
}

fn last_day_fault(post: &Post, until: Option<NaiveDate>, today: NaiveDate) -> Option<&'static str> {
    if post.ended(today) {
        return Some("这段任职已经结束，不能再改；继续任职请新加一段");
    }
    match until {
        None if post.role == Role::Inspector => Some("督导是有期限的，请填写止任日期"),
        Some(until) if until < post.from_on => Some("止任日期不能早于起任日期"),
        Some(until) if until < today.pred_opt().unwrap_or(today) => {
            Some("止任日期不能早于昨天：已经办过的事要有当时的任职")
        }
        _ => None,
    }
}

/// A county must not be left without a system keeper: nobody could make users any more.
async fn last_keeper(write: &mut Write, post: &Post, after: NaiveDate) -> Result<Option<NotDone>, AppError> {
    if post.role != Role::SystemKeeper {
        return Ok(None);
    }
    let next = after.succ_opt().unwrap_or(after);
    let others = changes::others_in_role(write, Role::SystemKeeper, post.user, next).await?;
    Ok((others == 0).then(|| {
        NotDone::fault("until", "这是本县最后一位系统管理员，止任后就没有人能管理用户了。请先任命另一位，再办理止任")
    }))
}

/// Takes a user out of use and ends their sessions.
pub async fn disable(services: &Services, actor: &Actor, sending: &Sending, user: UserId, back: &str) -> Outcome<()> {
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, &format!("{back}?done=disabled")).await? {
        return Ok(Err(not));
    }
    if actor.user() == Some(user) {
        return Ok(Err(NotDone::fault("disable", "不能停用自己的账号，请由另一位管理员办理")));
    }
    let today = day_of(write.now());
    let held = stored::posts(&mut write, &[user]).await?;
    let keeper = held.iter().any(|post| post.role == Role::SystemKeeper && post.in_force(today));
    if keeper && changes::others_in_role(&mut write, Role::SystemKeeper, user, today).await? == 0 {
        let why = "这是本县最后一位系统管理员，停用后就没有人能管理用户了。请先任命另一位，再停用";
        return Ok(Err(NotDone::fault("disable", why)));
    }
    changes::set_disabled(&mut write, user, true).await?;
    let sessions = changes::end_sessions(&mut write, user).await?;
    write.commit(Event::new(EventKind::UserDisabled).with("user", user).with("sessions", sessions)).await?;
    Ok(Ok(()))
}

/// Puts a user back into use.
pub async fn enable(services: &Services, actor: &Actor, sending: &Sending, user: UserId, back: &str) -> Outcome<()> {
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, &format!("{back}?done=enabled")).await? {
        return Ok(Err(not));
    }
    changes::set_disabled(&mut write, user, false).await?;
    write.commit(Event::new(EventKind::UserEnabled).with("user", user)).await?;
    Ok(Ok(()))
}

/// Takes away the lock that wrong passwords led to.
pub async fn unlock(services: &Services, actor: &Actor, sending: &Sending, user: UserId) -> Outcome<()> {
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, "/accounts?done=unlocked").await? {
        return Ok(Err(not));
    }
    changes::unlock(&mut write, user).await?;
    write.commit(Event::new(EventKind::UserUnlocked).with("user", user)).await?;
    Ok(Ok(()))
}

/// Ends all sessions of a user.
pub async fn end_sessions(services: &Services, actor: &Actor, sending: &Sending, user: UserId) -> Outcome<()> {
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, "/accounts?done=ended").await? {
        return Ok(Err(not));
    }
    stored::user(&mut write, user).await?;
    let sessions = changes::end_sessions(&mut write, user).await?;
    write.commit(Event::new(EventKind::SessionEnded).with("user", user).with("sessions", sessions)).await?;
    Ok(Ok(()))
}

/// Gives a user a new first password and ends their sessions.
pub async fn reset_password(
    services: &Services,
    actor: &Actor,
    sending: &Sending,
    user: UserId,
) -> Outcome<FirstPassword> {
    let (password, hash) = first_password(services).await?;
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, &format!("/users/{user}?done=reset")).await? {
        return Ok(Err(not));
    }
    let known = stored::user(&mut write, user).await?;
    let until = write.now() + FIRST_PASSWORD;
    changes::set_first_password(&mut write, user, &hash, until).await?;
    changes::end_sessions(&mut write, user).await?;
    write.commit(Event::new(EventKind::PasswordReset).with("user", user)).await?;
    Ok(Ok(FirstPassword { user, name: known.name, login: known.login, password, until }))
}
