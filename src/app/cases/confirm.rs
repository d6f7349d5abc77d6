//! 现场核查确认: somebody saw that the child is out of school.

use serde::Deserialize;

use super::desk::{At, Desk, Done, NotDone, Opened};
use crate::app::Services;
use crate::db::cases::case;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::case::Act;
use crate::domain::event::EventKind;
use crate::domain::fields::Fields;
use crate::domain::moment::Moment;

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ConfirmForm {
    /// 核查日期
    pub on: String,
}

/// What was read from it.
#[derive(Debug, Clone, Copy)]
pub struct Confirmation {
    /// The day on the spot.
    pub on: chrono::NaiveDate,
}

impl ConfirmForm {
    /// Reads the form on a moment's day.
    pub fn read(&self, now: Moment) -> Result<Confirmation, crate::domain::faults::Faults> {
        let mut fields = Fields::on(now);
        let on = fields.past_day("on", "核查日期", &self.on);
        fields.finish(on.map(|on| Confirmation { on }))
    }
}

/// Confirms a suspected case.
pub async fn confirm_case(
    services: &Services,
    actor: &Actor,
    at: &At,
    confirmation: Confirmation,
) -> Result<Done, NotDone> {
    let location = format!("/cases/{}?done=confirmed", at.case);
    let mut desk = match Desk::open(services, actor, Action::ConfirmCase, at, location).await? {
        Opened::Fresh(desk) => desk,
        Opened::Before(done) => return Ok(done),
    };
    desk.may(Act::Confirm { on: confirmation.on })?;
    case::confirm(&mut desk.write, at.case, confirmation.on).await?;
    let event = desk.event(EventKind::CaseConfirmed).with("on", confirmation.on);
    desk.close(event).await
}
