//! Making users, and giving them first passwords.

use chrono::TimeDelta;

use super::sending::{NotDone, Outcome, Sending};
use super::services::{AppError, Services};
use crate::app::password;
use crate::db::user_changes::{self, NewAccount, NewAppointment};
use crate::db::{Write, users as stored};
use crate::domain::actor::Actor;
use crate::domain::event::{Event, EventKind};
use crate::domain::faults::Faults;
use crate::domain::ids::UserId;
use crate::domain::moment::Moment;
use crate::domain::user_form::{self, UserDraft};
use crate::vault::CountyKey;

/// How long a first password may be used (security.md C5).
pub const FIRST_PASSWORD: TimeDelta = TimeDelta::hours(72);

/// A first password, known only now: it is shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstPassword {
    /// Whose.
    pub user: UserId,
    /// The person's name.
    pub name: String,
    /// The login that goes with it.
    pub login: String,
    /// The password.
    pub password: String,
    /// Until when it may be used.
    pub until: Moment,
}

/// Makes a user with a first appointment and a first password. A login that was left out is made from the name.
pub async fn add_user(
    services: &Services,
    actor: &Actor,
    sending: &Sending,
    draft: UserDraft,
) -> Outcome<FirstPassword> {
    if let Some(before) = sending.before(services, actor).await? {
        return Ok(Err(NotDone::Before(before)));
    }
    let prepared = prepare(services, actor, draft).await?;
    let mut write = services.db.write(actor).await?;
    let user = prepared.account.user;
    if let Err(not) = sending.take(&mut write, &format!("/users/{user}?done=made")).await? {
        return Ok(Err(not));
    }
    let first = match insert(&mut write, prepared).await? {
        Ok(first) => first,
        Err(faults) => return Ok(Err(faults.into())),
    };
    write.commit(Event::new(EventKind::UserMade).with("user", user).with("login", &first.login)).await?;
    Ok(Ok(first))
}

/// Makes many users at once, all of them or none: one event. The faults of each row stand at its place.
pub async fn add_users(
    services: &Services,
    actor: &Actor,
    sending: &Sending,
    drafts: Vec<UserDraft>,
) -> Outcome<Vec<FirstPassword>> {
    if let Some(before) = sending.before(services, actor).await? {
        return Ok(Err(NotDone::Before(before)));
    }
    let prepared = prepare_all(services, actor, drafts).await?;
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, "/users?done=sheet").await? {
        return Ok(Err(not));
    }
    let mut made = Vec::with_capacity(prepared.len());
    for one in prepared {
        let name = one.account.name.clone();
        match insert(&mut write, one).await? {
            Ok(first) => made.push(first),
            Err(faults) => return Ok(Err(NotDone::fault("rows", format!("{name}：{}", faults.sentence())))),
        }
    }
    let users: Vec<UserId> = made.iter().map(|first| first.user).collect();
    write.commit(Event::new(EventKind::UsersMade).with("count", made.len()).with("users", users)).await?;
    Ok(Ok(made))
}

/// A person whose password is hashed, ready to be stored.
struct Prepared {
    account: NewAccount,
    post: NewAppointment,
    password: String,
    until: Moment,
    login: Option<String>,
}

/// Hashes as many passwords at once as the machine has room for.
async fn prepare_all(services: &Services, actor: &Actor, drafts: Vec<UserDraft>) -> Result<Vec<Prepared>, AppError> {
    use futures::{StreamExt as _, TryStreamExt as _};
    futures::stream::iter(drafts).map(|draft| prepare(services, actor, draft)).buffered(4).try_collect().await
}

async fn prepare(services: &Services, actor: &Actor, draft: UserDraft) -> Result<Prepared, AppError> {
    let user = UserId::new();
    let (password, hash) = first_password(services).await?;
    let until = services.db.clock().now().to_utc() + FIRST_PASSWORD;
    let sealed = match &draft.phone {
        Some(phone) => Some(seal_phone(&services.key(actor.county).await?, user, phone)?),
        None => None,
    };
    let (phone_masked, phone_sealed) = sealed.unzip();
    let account = NewAccount {
        user,
        login: String::new(),
        name: draft.name,
        phone_masked,
        phone_sealed,
        password_hash: hash,
        must_change: true,
        password_until: Some(until),
    };
    let post = NewAppointment {
        user,
        role: draft.post.role,
        unit: draft.post.unit,
        title: draft.post.title,
        from_on: draft.post.from_on,
        until_on: draft.post.until_on,
    };
    Ok(Prepared { account, post, password, until, login: draft.login })
}

/// Stores a person under the login that was typed, or under the first free one made from the name.
async fn insert(write: &mut Write, prepared: Prepared) -> Result<Result<FirstPassword, Faults>, AppError> {
    let Prepared { mut account, post, password, until, login } = prepared;
    account.login = match login {
        Some(login) if stored::taken(write, std::slice::from_ref(&login)).await?.is_empty() => login,
        Some(login) => return Ok(Err(Faults::one("login", format!("账号“{login}”已有人使用，请换一个")))),
        None => free_login(write, &account.name).await?,
    };
    let first =
        FirstPassword { user: account.user, name: account.name.clone(), login: account.login.clone(), password, until };
    match user_changes::insert_account(write, &account).await {
        Err(error) if error.duplicate().is_some() => {
            return Ok(Err(Faults::one("login", "这个账号刚刚被别人用了，请换一个")));
        }
        done => done?,
    }
    user_changes::insert_appointment(write, &post).await?;
    Ok(Ok(first))
}

/// The first login made from the name that nobody has.
pub(crate) async fn free_login(write: &mut Write, name: &str) -> Result<String, AppError> {
    let mut tried: Vec<String> = Vec::new();
    loop {
        let login = user_form::suggest(name, |login| tried.iter().any(|t| t == login));
        if stored::taken(write, std::slice::from_ref(&login)).await?.is_empty() {
            return Ok(login);
        }
        tried.push(login);
    }
}

/// A random password and its hash.
pub(crate) async fn first_password(services: &Services) -> Result<(String, String), AppError> {
    let password = password::random_password();
    let hash = services.passwords.hash(password.clone()).await.map_err(|e| AppError::Fault(e.to_string()))?;
    Ok((password, hash))
}

/// A phone as it is shown and as it is kept.
pub(crate) fn seal_phone(key: &CountyKey, user: UserId, phone: &str) -> Result<(String, Vec<u8>), AppError> {
    Ok((crate::domain::phone::mask(phone), key.seal("account.phone", user.0, phone.as_bytes())?))
}
