//! 复学回访: whether the child who came back is still in class.

use chrono::NaiveDate;
use serde::Deserialize;

use super::desk::{At, Desk, Done, NotDone, Opened};
use crate::app::Services;
use crate::db::cases::endings::{self, Contact};
use crate::domain::access::{Action, permit};
use crate::domain::actor::Actor;
use crate::domain::case::Act;
use crate::domain::event::EventKind;
use crate::domain::faults::Faults;
use crate::domain::fields::Fields;
use crate::domain::moment::Moment;

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AfterCareForm {
    /// 回访日期
    pub on: String,
    /// 是否在校: yes or no
    pub at_school: String,
    /// 情况
    pub note: String,
}

/// What was read from it.
#[derive(Debug, Clone)]
pub struct AfterCareFound {
    /// The day.
    pub on: NaiveDate,
    /// The child was in class.
    pub at_school: bool,
    /// What was seen.
    pub note: String,
}

impl AfterCareForm {
    /// Reads the form on a moment's day.
    pub fn read(&self, now: Moment) -> Result<AfterCareFound, Faults> {
        let mut fields = Fields::on(now);
        let on = fields.past_day("on", "回访日期", &self.on);
        let at_school = match self.at_school.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => {
                fields.fault("at_school", "请选择是否在校上课");
                None
            }
        };
        let note = fields.text("note", "情况", &self.note, 500);
        if at_school == Some(false) && note.is_empty() {
            fields.fault("note", "没有在校的，请写明情况和去向");
        }
        fields.finish(on.zip(at_school).map(|(on, at_school)| AfterCareFound { on, at_school, note }))
    }
}

/// Records the contact of a milestone (30, 60, 90 days); a child gone again leads whoever may reopen to the reopening.
pub async fn record_aftercare(
    services: &Services,
    actor: &Actor,
    at: &At,
    milestone: u16,
    found: &AfterCareFound,
) -> Result<Done, NotDone> {
    let reopens = actor.person().is_some_and(|person| permit(person.role, Action::ReopenCase).allows());
    let location = match (found.at_school, reopens) {
        (true, _) => format!("/cases/{}?done=aftercare", at.case),
        (false, true) => format!("/cases/{}/reopen?done=relapse", at.case),
        (false, false) => format!("/cases/{}?done=relapse_told", at.case),
    };
    let mut desk = match Desk::open(services, actor, Action::RecordAftercare, at, location).await? {
        Opened::Fresh(desk) => desk,
        Opened::Before(done) => return Ok(done),
    };
    desk.may(Act::AfterCare { milestone, on: found.on })?;
    let contact = Contact {
        after_days: i16::try_from(milestone).unwrap_or(i16::MAX),
        on: found.on,
        at_school: found.at_school,
        note: found.note.clone(),
    };
    let of = desk.of();
    endings::insert_contact(&mut desk.write, of, &contact).await?;
    let event = desk.event(EventKind::AftercareRecorded).with("milestone", milestone).with("on", found.on);
    desk.close(event.with("at_school", found.at_school)).await
}
