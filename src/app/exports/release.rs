//! A list beyond the day's limit: asked for with its reason, released by another person of the county, fetched once.

use chrono::Days;
use serde_json::json;

use super::{Exported, Request, made, may};
use crate::app::sending::{Before, NotDone, Outcome, Sending};
use crate::app::services::{AppError, Services};
use crate::db::export_limit::{self, NewRelease, Release};
use crate::db::{DbError, Door as _};
use crate::domain::access::{Action, permit};
use crate::domain::actor::Actor;
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::ExportReleaseId;
use crate::domain::list::{MOST_RELEASED, RELEASED_DAYS, reason};
use crate::domain::moment::day_of;

/// Asks for a list; answers the address of its page. Only what the day's limit stands against is asked for.
pub async fn ask(services: &Services, actor: &Actor, sent: &Sending, asked: &Request) -> Outcome<String> {
    let kind = asked.list.kind();
    if !may(actor, kind) {
        return Err(DbError::NotFound.into());
    }
    let reason = match reason(&asked.reason) {
        Ok(reason) => reason,
        Err(faults) => return Ok(Err(faults.into())),
    };
    let id = ExportReleaseId::new();
    let page = format!("/exports/requests/{id}");
    let rows = super::count(services, actor, &asked.list).await?;
    let mut write = services.db.write(actor).await?;
    match sent.take(&mut write, &page).await? {
        Err(NotDone::Before(Before::Same(location))) => return Ok(Ok(location)),
        Err(other) => return Ok(Err(other)),
        Ok(()) => {}
    }
    if rows == 0 || rows > MOST_RELEASED {
        write.abandon().await?;
        let why = format!("一份最多申请 {MOST_RELEASED} 行。请先在名单页按乡镇、村筛选，再分次申请。");
        return Ok(Err(NotDone::fault("reason", why)));
    }
    let (told, filters) = (asked.told.clone(), json!(asked.filters));
    let new = NewRelease { id, kind, filters, told, reason: reason.clone(), rows };
    export_limit::ask(&mut write, &new).await?;
    let event = Event::new(EventKind::ExportAsked).with("request", id).with("list", kind).with("rows", rows);
    write.commit(event.with("filters", json!(asked.filters)).with("reason", reason)).await?;
    Ok(Ok(page))
}

/// Whether an actor decides what others ask for.
pub fn decides(actor: &Actor) -> bool {
    actor.role().is_some_and(|role| permit(role, Action::ReleaseExport).allows())
}

/// Whether this actor may decide this one now: never one's own.
pub fn may_decide(actor: &Actor, release: &Release) -> bool {
    decides(actor) && release.decided_at.is_none() && actor.user() != Some(release.asked_by)
}

/// Releases a list once, or refuses it with a reason.
pub async fn decide(
    services: &Services,
    actor: &Actor,
    sent: &Sending,
    id: ExportReleaseId,
    (granted, note): (bool, &str),
) -> Outcome<()> {
    let note: String = note.split_whitespace().collect::<Vec<_>>().join(" ");
    if !granted && note.is_empty() {
        return Ok(Err(NotDone::fault("note", "不同意的，请写明原因。")));
    }
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sent.take(&mut write, &format!("/exports/requests/{id}")).await? {
        return Ok(Err(not));
    }
    let release = export_limit::one(&mut write, id).await?;
    if actor.user() == Some(release.asked_by) || !decides(actor) {
        return Err(DbError::NotFound.into());
    }
    let until_on = granted.then(|| day_of(write.now()) + Days::new(RELEASED_DAYS));
    export_limit::decide(&mut write, id, (granted, &note, until_on)).await?;
    let event = Event::new(EventKind::ExportDecided).with("request", id).with("list", release.kind);
    write.commit(event.with("rows", release.rows).with("granted", granted).with("reason", note)).await?;
    Ok(Ok(()))
}

/// Hands a released list to who asked for it, as it is now; once. What a second person released does not use up the day.
pub async fn take(
    services: &Services,
    actor: &Actor,
    id: ExportReleaseId,
    asked: Request,
) -> Result<Exported, AppError> {
    let kind = asked.list.kind();
    if !may(actor, kind) {
        return Err(DbError::NotFound.into());
    }
    let mut write = services.db.write(actor).await?;
    let release = export_limit::one(&mut write, id).await?;
    let today = day_of(write.now());
    export_limit::take(&mut write, id, today).await?;
    let (made, event) = made(services, &mut write, actor, asked, release.reason).await?;
    // As it is now, but never more than anybody could have released.
    if made.rows > MOST_RELEASED {
        write.abandon().await?;
        return Err(DbError::Conflict.into());
    }
    write.commit(event.with("request", id)).await?;
    Ok(made.file)
}

/// The filters of a list that was asked for, as its address has them.
pub fn filters(release: &Release) -> Vec<(String, String)> {
    serde_json::from_value(release.filters.clone()).unwrap_or_default()
}
