//! 期满核实: whether the child was back once the notice's time had passed.

use chrono::NaiveDate;
use serde::Deserialize;

use super::desk::{At, Desk, Done, NotDone, Opened};
use crate::app::Services;
use crate::db::cases::services as stored;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::case::Act;
use crate::domain::event::EventKind;
use crate::domain::faults::Faults;
use crate::domain::fields::Fields;
use crate::domain::ids::PaperId;
use crate::domain::moment::Moment;

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ExpiryForm {
    /// 核实日期
    pub on: String,
    /// 是否已经返校: yes or no
    pub returned: String,
    /// 看到的情况
    pub note: String,
}

/// What was read from it.
#[derive(Debug, Clone)]
pub struct ExpiryFound {
    /// The day.
    pub on: NaiveDate,
    /// The child was back at school.
    pub returned: bool,
    /// What was seen.
    pub note: String,
}

impl ExpiryForm {
    /// Reads the form on a moment's day.
    pub fn read(&self, now: Moment) -> Result<ExpiryFound, Faults> {
        let mut fields = Fields::on(now);
        let on = fields.past_day("on", "核实日期", &self.on);
        let returned = match self.returned.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => {
                fields.fault("returned", "请选择是否已经返校");
                None
            }
        };
        let note = fields.text("note", "看到的情况", &self.note, 500);
        fields.finish(on.zip(returned).map(|(on, returned)| ExpiryFound { on, returned, note }))
    }
}

/// Records what was found after a paper's deadline.
pub async fn verify_expiry(
    services: &Services,
    actor: &Actor,
    at: &At,
    paper: PaperId,
    found: &ExpiryFound,
) -> Result<Done, NotDone> {
    let location = format!("/cases/{}?done=verified", at.case);
    let mut desk = match Desk::open(services, actor, Action::VerifyExpiry, at, location).await? {
        Opened::Fresh(desk) => desk,
        Opened::Before(done) => return Ok(done),
    };
    desk.may(Act::VerifyExpiry { paper, on: found.on })?;
    let (case, child) = desk.of();
    stored::insert_expiry(&mut desk.write, (case, child, paper), (found.on, found.returned, &found.note)).await?;
    let event = desk.event(EventKind::ExpiryChecked).with("paper", paper).with("on", found.on);
    desk.close(event.with("returned", found.returned)).await
}
