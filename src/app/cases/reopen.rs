//! 重新列入: a relapse brings the same case back.

use chrono::NaiveDate;
use serde::Deserialize;

use super::desk::{At, Desk, Done, NotDone, Opened};
use crate::app::Services;
use crate::db::cases::endings;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::case::Act;
use crate::domain::event::EventKind;
use crate::domain::faults::Faults;
use crate::domain::fields::Fields;
use crate::domain::moment::Moment;

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ReopenForm {
    /// 重新列入的日期
    pub on: String,
    /// 原因
    pub reason: String,
}

/// What was read from it.
#[derive(Debug, Clone)]
pub struct Relapse {
    /// The day on which the child was found gone again.
    pub on: NaiveDate,
    /// Why.
    pub reason: String,
}

impl ReopenForm {
    /// Reads the form on a moment's day.
    pub fn read(&self, now: Moment) -> Result<Relapse, Faults> {
        let mut fields = Fields::on(now);
        let on = fields.past_day("on", "重新列入的日期", &self.on);
        let reason = fields.need_text("reason", "原因", &self.reason, 500);
        fields.finish(on.map(|on| Relapse { on, reason }))
    }
}

/// Brings a case back; the ladder starts anew.
pub async fn reopen(services: &Services, actor: &Actor, at: &At, relapse: &Relapse) -> Result<Done, NotDone> {
    let location = format!("/cases/{}?done=reopened", at.case);
    let mut desk = match Desk::open(services, actor, Action::ReopenCase, at, location).await? {
        Opened::Fresh(desk) => desk,
        Opened::Before(done) => return Ok(done),
    };
    desk.may(Act::Reopen { on: relapse.on })?;
    let of = desk.of();
    endings::reopen(&mut desk.write, of, relapse.on, &relapse.reason).await?;
    let event = desk.event(EventKind::CaseReopened).with("on", relapse.on);
    desk.close(event).await
}
