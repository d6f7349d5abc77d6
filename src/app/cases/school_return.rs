//! 一验: the school's word that the child is back in class.

use chrono::NaiveDate;
use serde::Deserialize;

use super::desk::{At, Desk, Done, NotDone, Opened, standing_for};
use crate::app::Services;
use crate::db::cases::endings::{self, SchoolReturn};
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
pub struct ReturnForm {
    /// 到校上课日期
    pub on: String,
    /// 年级
    pub grade: String,
    /// 班级
    pub class_label: String,
    /// 帮扶教师
    pub helper: String,
    /// 说明
    pub note: String,
}

/// What was read from it.
#[derive(Debug, Clone)]
pub struct BackInClass {
    /// The first day back.
    pub on: NaiveDate,
    /// Grade 1 to 9.
    pub grade: Option<i16>,
    /// The class as the school calls it.
    pub class_label: String,
    /// 帮扶教师
    pub helper: String,
    /// What else there is to say.
    pub note: String,
}

impl ReturnForm {
    /// Reads the form on a moment's day.
    pub fn read(&self, now: Moment) -> Result<BackInClass, Faults> {
        let mut fields = Fields::on(now);
        let on = fields.past_day("on", "到校上课日期", &self.on);
        let grade = self.grade.trim().parse().ok().filter(|grade| (1..=9).contains(grade));
        if grade.is_none() && !self.grade.trim().is_empty() {
            fields.fault("grade", "“年级”应是一年级到九年级，请重新选择");
        }
        let class_label = fields.need_text("class_label", "班级", &self.class_label, 30);
        let helper = fields.text("helper", "帮扶教师", &self.helper, 50);
        let note = fields.text("note", "说明", &self.note, 500);
        fields.finish(on.map(|on| BackInClass { on, grade, class_label, helper, note }))
    }
}

/// Confirms for the actor's school that the child is back.
pub async fn confirm_return(services: &Services, actor: &Actor, at: &At, back: &BackInClass) -> Result<Done, NotDone> {
    let location = format!("/cases/{}?done=returned", at.case);
    let mut desk = match Desk::open(services, actor, Action::ConfirmReturn, at, location).await? {
        Opened::Fresh(desk) => desk,
        Opened::Before(done) => return Ok(done),
    };
    desk.may(Act::ConfirmReturn { since: back.on })?;
    let school = standing_for(&desk.units, desk.person.unit);
    let row = SchoolReturn {
        school,
        on: back.on,
        grade: back.grade,
        class_label: back.class_label.clone(),
        helper: back.helper.clone(),
        note: back.note.clone(),
    };
    let of = desk.of();
    endings::confirm_return(&mut desk.write, of, &row).await?;
    endings::sits_at(&mut desk.write, of.1, school, back.on).await?;
    let event = desk.event(EventKind::ReturnConfirmed).with("school", school).with("on", back.on);
    desk.close(event).await
}
