//! A county changes its policy: one person drafts it, another approves it or sends it back (security.md C3).

use chrono::{Days, NaiveDate};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::{LIBRARY, offered};
use crate::app::sending::{Before, NotDone, Outcome, Sending};
use crate::app::services::{AppError, Services};
use crate::db::jobs::{self, NewJob};
use crate::db::policies::{self, NewAdoption};
use crate::db::policy_drafts::{self as stored, Draft, NewDraft};
use crate::db::{DbError, Door as _, Write};
use crate::domain::access::{Action, permit};
use crate::domain::actor::Actor;
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::PolicyDraftId;
use crate::domain::job::JobKind;
use crate::domain::moment::{day_of, full_day};
use crate::domain::policy::{Field, Policy, Problem, fields, own_values};

/// A policy takes force at most so many days after it was drafted.
const FURTHEST: u64 = 366;
/// How long a reason or a note may be, in characters.
const WORDS: usize = 200;

/// What a person drafts.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The profile's id.
    pub profile: String,
    /// Every value that a county may set, as it was typed.
    pub typed: Vec<(String, String)>,
    /// The day on which it takes force; none if none was typed.
    pub from_on: Result<Option<NaiveDate>, String>,
    /// Why.
    pub reason: String,
}

/// Why a draft was not taken: what is wrong, by the name of its field, or that it came before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotDrafted {
    /// Each fault and its field.
    Faults(Vec<(String, String)>),
    /// It came before.
    Before(Before),
}

/// Drafts a policy and has its impact counted; answers the draft and the job that counts.
pub async fn draft(
    services: &Services,
    actor: &Actor,
    sending: &Sending,
    wanted: &Wanted,
) -> Result<Result<PolicyDraftId, NotDrafted>, AppError> {
    may(actor, Action::DraftPolicy)?;
    let id = PolicyDraftId::new();
    let mut write = services.db.write(actor).await?;
    match sending.take(&mut write, &place(id)).await? {
        Err(NotDone::Before(before)) => return Ok(Err(NotDrafted::Before(before))),
        Err(NotDone::Faults(_)) | Ok(()) => {}
    }
    let adopted = policies::adopted(&mut write).await?;
    let today = day_of(write.now());
    let (policy, own, from_on) = match read(wanted, (!adopted.is_empty()).then_some(today), today) {
        Ok(read) => read,
        Err(faults) => return Ok(Err(NotDrafted::Faults(faults))),
    };
    let body = policy.canonical_json().map_err(|error| AppError::Fault(error.to_string()))?;
    if adopted
        .iter()
        .filter(|row| row.from_on <= from_on)
        .max_by_key(|row| (row.from_on, row.version))
        .is_some_and(|row| row.body == body)
    {
        let why = format!("与{}起施行的方案完全一样，没有要采用的", full_day(from_on));
        return Ok(Err(NotDrafted::Faults(vec![("profile".to_owned(), why)])));
    }
    let new = NewDraft {
        id,
        profile: policy.id,
        title: policy.name,
        own,
        from_on,
        reason: one_line(&wanted.reason),
        schema_version: Policy::SCHEMA.into(),
        sha256: Sha256::digest(&body).to_vec(),
        body,
    };
    match stored::draft(&mut write, &new).await {
        Err(DbError::Duplicate(_)) => {
            let why = "本县已有一份草案在等待批准；请先批准、退回或撤回那一份".to_owned();
            return Ok(Err(NotDrafted::Faults(vec![("profile".to_owned(), why)])));
        }
        other => other?,
    }
    ask_to_weigh(&mut write, id).await?;
    let event = Event::new(EventKind::PolicyDrafted).with("draft", id).with("profile", &new.profile);
    write.commit(event.with("from", from_on).with("reason", &new.reason)).await?;
    Ok(Ok(id))
}

type Read = (Policy, String, NaiveDate);

/// Reads what is wanted: the whole policy, the county's own values over the profile, and the day.
fn read(wanted: &Wanted, not_before: Option<NaiveDate>, today: NaiveDate) -> Result<Read, Vec<(String, String)>> {
    let mut faults = Vec::new();
    let from_on = match &wanted.from_on {
        Ok(Some(day)) if not_before.is_some_and(|first| *day < first) => {
            let why = "只能从今天或以后的一天起施行；已经过去的日子仍按原来的方案".to_owned();
            Err(why)
        }
        Ok(Some(day)) if *day > today + Days::new(FURTHEST) => Err("施行日期最远在一年以内，请核对年份".to_owned()),
        Ok(Some(day)) => Ok(*day),
        Ok(None) => Err("请填写施行日期".to_owned()),
        Err(why) => Err(why.clone()),
    };
    let from_on = from_on.map_err(|why| faults.push(("from_on".to_owned(), why))).ok();
    match one_line(&wanted.reason).chars().count() {
        0 => faults.push(("reason".to_owned(), "请写明为什么采用或更改".to_owned())),
        1 | 2 => faults.push(("reason".to_owned(), "理由写得太短，请写明依据哪份文件或为什么更改".to_owned())),
        n if n > WORDS => faults.push(("reason".to_owned(), format!("理由写了 {n} 个字，请控制在 {WORDS} 个字以内"))),
        _ => {}
    }
    let policy = resolve(&wanted.profile, &wanted.typed).map_err(|told| faults.extend(told)).ok();
    match (policy, from_on) {
        (Some((policy, own)), Some(from_on)) if faults.is_empty() => Ok((policy, own, from_on)),
        _ => Err(faults),
    }
}

/// A profile with the values that were typed laid over it; else what is wrong, by field.
fn resolve(profile: &str, typed: &[(String, String)]) -> Result<(Policy, String), Vec<(String, String)>> {
    let Some(base) = offered().iter().find(|policy| policy.id == profile) else {
        return Err(vec![("profile".to_owned(), "请选择一个方案".to_owned())]);
    };
    let fields: Vec<Field> = fields(base).into_iter().map(|field| field.typed(typed)).collect();
    let own = own_values(base, &fields)?;
    let whole = LIBRARY.resolve_with(profile, "own", &own);
    let policy = whole.map_err(|problems| {
        problems.into_iter().map(|problem| (field_of(&problem, &fields), problem.sentence)).collect::<Vec<_>>()
    })?;
    Ok((policy, own))
}

/// The field that a problem belongs to: its own, the one that it lies within, or the first that lies within it.
fn field_of(problem: &Problem, fields: &[Field]) -> String {
    let within = |outer: &str, inner: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let key = problem.key.as_str();
    let about = fields.iter().find(|field| within(&field.key, key));
    let signed = fields.iter().find(|field| field.key == format!("{key}.signed_by"));
    let below = || fields.iter().find(|field| within(key, &field.key));
    about.or(signed).or_else(below).map_or_else(|| "profile".to_owned(), |field| field.key.clone())
}

async fn ask_to_weigh(write: &mut Write, id: PolicyDraftId) -> Result<(), DbError> {
    let job = NewJob::new(JobKind::Weigh, json!({ "draft": id })).once(id.to_string()).leading_to(place(id));
    jobs::enqueue(write, job).await.map(|_| ())
}

/// Has the impact of a draft counted again, as the cases are now.
pub async fn weigh_again(services: &Services, actor: &Actor, sending: &Sending, id: PolicyDraftId) -> Outcome<()> {
    may(actor, Action::DraftPolicy)?;
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, &place(id)).await? {
        return Ok(Err(not));
    }
    if !stored::one(&mut write, id).await?.is_open() {
        return Err(DbError::Conflict.into());
    }
    ask_to_weigh(&mut write, id).await?;
    write.commit(Event::new(EventKind::PolicyWeighed).with("draft", id)).await?;
    Ok(Ok(()))
}

/// Whether this actor may decide this draft now: never their own.
pub fn may_decide(actor: &Actor, draft: &Draft) -> bool {
    may(actor, Action::AdoptPolicy).is_ok() && draft.is_open() && actor.user() != Some(draft.drafted_by)
}

/// Adopts a draft as the county's next version; all cases are computed anew under it after the answer. What it would
/// change must have been counted, and its day must not have passed.
pub async fn approve(
    services: &Services,
    actor: &Actor,
    sending: &Sending,
    id: PolicyDraftId,
    note: &str,
) -> Outcome<()> {
    let mut write = services.db.write(actor).await?;
    let draft = match begin_to_decide(&mut write, actor, sending, id).await? {
        Ok(draft) => draft,
        Err(not) => return Ok(Err(not)),
    };
    if draft.impact.is_none() {
        return Ok(Err(NotDone::fault("decision", "影响还没有测算完，请稍等，看过影响再批准。")));
    }
    let is_first = policies::fingerprint(&mut write).await?.0 == 0;
    if !is_first && draft.from_on < day_of(write.now()) {
        let why = "施行日期已经过去，不能从过去的日子起施行。请退回，由起草人改日期后重新起草。";
        return Ok(Err(NotDone::fault("decision", why)));
    }
    let new = NewAdoption {
        profile: draft.profile,
        title: draft.title,
        from_on: draft.from_on,
        schema_version: draft.schema_version,
        body: draft.body,
        sha256: draft.sha256,
        reason: draft.reason,
    };
    let version = policies::adopt(&mut write, &new).await?;
    stored::decide(&mut write, id, Some(version), &one_line(note)).await?;
    jobs::enqueue(&mut write, NewJob::new(JobKind::Project, json!({})).once("policy")).await?;
    let event = Event::new(EventKind::PolicyAdopted).with("draft", id).with("profile", &new.profile);
    let event = event.with("version", version).with("from", new.from_on).with("sha256", hex::encode(&new.sha256));
    write.commit(event).await?;
    Ok(Ok(()))
}

/// Sends a draft back, with what is to be changed.
pub async fn send_back(
    services: &Services,
    actor: &Actor,
    sending: &Sending,
    id: PolicyDraftId,
    note: &str,
) -> Outcome<()> {
    let note = one_line(note);
    let mut write = services.db.write(actor).await?;
    if let Err(not) = begin_to_decide(&mut write, actor, sending, id).await? {
        return Ok(Err(not));
    }
    if note.is_empty() {
        return Ok(Err(NotDone::fault("note", "退回的，请写明要改什么。")));
    }
    stored::decide(&mut write, id, None, &note).await?;
    write.commit(Event::new(EventKind::PolicyDraftEnded).with("draft", id).with("reason", note)).await?;
    Ok(Ok(()))
}

async fn begin_to_decide(write: &mut Write, actor: &Actor, sending: &Sending, id: PolicyDraftId) -> Outcome<Draft> {
    may(actor, Action::AdoptPolicy)?;
    if let Err(not) = sending.take(write, &place(id)).await? {
        return Ok(Err(not));
    }
    let draft = stored::one(write, id).await?;
    if !draft.is_open() {
        return Err(DbError::Conflict.into());
    }
    if !may_decide(actor, &draft) {
        return Ok(Err(NotDone::fault("decision", "自己起草的方案要由本县另一位审批人员批准。")));
    }
    Ok(Ok(draft))
}

/// Takes one's own draft back.
pub async fn withdraw(services: &Services, actor: &Actor, sending: &Sending, id: PolicyDraftId) -> Outcome<()> {
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, &place(id)).await? {
        return Ok(Err(not));
    }
    if actor.user() != Some(stored::one(&mut write, id).await?.drafted_by) {
        return Err(DbError::NotFound.into());
    }
    stored::withdraw(&mut write, id).await?;
    write.commit(Event::new(EventKind::PolicyDraftEnded).with("draft", id).with("removed", true)).await?;
    Ok(Ok(()))
}

fn may(actor: &Actor, action: Action) -> Result<(), DbError> {
    let allows = actor.role().is_some_and(|role| permit(role, action).allows());
    if allows { Ok(()) } else { Err(DbError::NotFound) }
}

fn place(id: PolicyDraftId) -> String {
    format!("/policy/drafts/{id}")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
