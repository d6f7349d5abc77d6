//! 重点人群 by hand: set with a basis and a day, ended with a reason; 信教, 服刑, 早婚 by township and county only.

use serde::Deserialize;

use crate::app::sending::{NotDone, Outcome, Sending};
use crate::app::{AppError, Services};
use crate::db::{DbError, Door as _, register as stored};
use crate::domain::access::sees_flag;
use crate::domain::actor::Actor;
use crate::domain::event::{Event, EventKind};
use crate::domain::fields::Fields;
use crate::domain::ids::ChildId;
use crate::domain::moment::{Moment, day_of};
use crate::domain::words::{KeyPopulation, SourceKind};

/// The form of either.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct FlagForm {
    /// A key population's code.
    pub flag: String,
    /// From or until which day.
    pub on: String,
    /// 依据
    pub basis: String,
}

struct Read {
    flag: KeyPopulation,
    on: chrono::NaiveDate,
    basis: String,
}

impl FlagForm {
    fn read(&self, now: Moment, actor: &Actor, day: &str) -> Result<Read, NotDone> {
        let mut fields = Fields::on(now);
        let flag: Option<KeyPopulation> = fields.need_choice("flag", "标记", &self.flag);
        let seen = |flag: KeyPopulation| actor.role().is_some_and(|role| sees_flag(role, flag));
        if flag.is_some_and(|flag| !seen(flag)) {
            fields.fault("flag", "这一类由乡镇和县里标记，请告诉所在乡镇");
        }
        let on = fields.past_day("on", day, &self.on);
        let basis = fields.need_text("basis", "依据", &self.basis, 100);
        Ok(fields.finish(flag.zip(on).map(|(flag, on)| Read { flag, on, basis }))?)
    }
}

/// What is told of it to the chain: a restricted one by its child only.
fn event(kind: EventKind, child: ChildId, read: &Read) -> Event {
    let event = Event::new(kind).child(child);
    if read.flag.restricted() { event } else { event.with("on", read.on).with("reason", &read.basis) }
}

/// Sets a flag.
pub async fn set_flag(
    services: &Services,
    actor: &Actor,
    sent: &Sending,
    child: ChildId,
    form: &FlagForm,
) -> Outcome<String> {
    let mut write = services.db.write(actor).await?;
    let location = format!("/children/{child}/flags?done=set");
    if let Err(before) = sent.take(&mut write, &location).await? {
        return Ok(Err(before));
    }
    let read = match form.read(write.now(), actor, "从哪天起") {
        Ok(read) => read,
        Err(why) => return Ok(Err(why)),
    };
    if !stored::hold(&mut write, &[child]).await? {
        return Err(DbError::Conflict.into());
    }
    let today = day_of(write.now());
    let source = stored::insert_source(&mut write, SourceKind::Clerk, "人工标记", today, None).await?;
    if !stored::set_flag(&mut write, child, read.flag, source, read.on, &read.basis).await? {
        return Ok(Err(NotDone::fault("flag", "已经有这个标记，不用再标")));
    }
    write.commit(event(EventKind::FlagSet, child, &read)).await?;
    Ok(Ok(location))
}

/// Ends a flag, whoever set it; a source that names it anew later sets it anew.
pub async fn end_flag(
    services: &Services,
    actor: &Actor,
    sent: &Sending,
    child: ChildId,
    form: &FlagForm,
) -> Result<Result<String, NotDone>, AppError> {
    let mut write = services.db.write(actor).await?;
    let location = format!("/children/{child}/flags?done=ended");
    if let Err(before) = sent.take(&mut write, &location).await? {
        return Ok(Err(before));
    }
    let read = match form.read(write.now(), actor, "到哪天止") {
        Ok(read) => read,
        Err(why) => return Ok(Err(why)),
    };
    if !stored::end_flag(&mut write, child, read.flag, read.on, &read.basis).await? {
        return Ok(Err(NotDone::fault("on", "没有可以结束的标记，或结束的日期早于标记的日期，请核对")));
    }
    write.commit(event(EventKind::FlagEnded, child, &read)).await?;
    Ok(Ok(location))
}
