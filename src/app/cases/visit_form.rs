//! The form of a visit, and what is read from it.

use chrono::NaiveDate;
use serde::Deserialize;

use super::desk::Upload;
use crate::domain::faults::Faults;
use crate::domain::fields::Fields;
use crate::domain::ids::{AppointmentId, UnitId, VisitId};
use crate::domain::moment::{Moment, day_of};
use crate::domain::words::{Outcome, VisitKind, VisitMode};

/// The form. Three taps fill it: the rest has been filled in or may be left empty.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct VisitForm {
    /// Made where the form was shown; sent twice it makes one visit.
    pub id: String,
    /// 结果; it says whether the pupil was there.
    pub outcome: String,
    /// 方式; 入户 if left out
    pub mode: String,
    /// 三访类别
    pub kind: String,
    /// 劝返时间; now if left out
    pub when: String,
    /// 监护人在场: on
    pub guardian_present: String,
    /// 在场的监护人
    pub guardian_name: String,
    /// 说了什么
    pub said: String,
    /// 答应哪天返校
    pub promised: String,
    /// 地点
    pub place: String,
    /// Appointments of those who went beside the author.
    pub who: Vec<String>,
    /// Names of those who went and have no account …
    pub other_name: Vec<String>,
    /// … their units, in the same order …
    pub other_unit: Vec<String>,
    /// … and posts.
    pub other_title: Vec<String>,
}

/// A visit as it was typed, with what came along.
#[derive(Debug, Clone)]
pub struct VisitEntry {
    /// Made where it was written.
    pub id: VisitId,
    /// What came of it.
    pub outcome: Outcome,
    /// How the family was met.
    pub mode: VisitMode,
    /// One of the three visits (三访) it also was.
    pub kind: Option<VisitKind>,
    /// When it happened; none for now.
    pub happened_at: Option<Moment>,
    /// A guardian was there.
    pub guardian_present: bool,
    /// Which.
    pub guardian_name: String,
    /// What was said.
    pub said: String,
    /// The day on which the child is to be back, by their word.
    pub promised_on: Option<NaiveDate>,
    /// Where it was, if not at home.
    pub place: String,
    /// Appointments of those who went.
    pub appointments: Vec<AppointmentId>,
    /// Those who went and have no account.
    pub others: Vec<Other>,
    /// Photographs.
    pub photos: Vec<Upload>,
    /// The signed paper sheet.
    pub sheets: Vec<Upload>,
}

/// One who went and has no account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// The person's name.
    pub name: String,
    /// The post.
    pub title: String,
    /// For which unit.
    pub unit: UnitId,
}

impl VisitForm {
    /// Reads the form on a moment's day; the files were looked at before.
    pub fn read(&self, now: Moment, photos: Vec<Upload>, sheets: Vec<Upload>) -> Result<VisitEntry, Faults> {
        let mut fields = Fields::on(now);
        let id = fields.need_choice("id", "记录编号", &self.id);
        let outcome = fields.need_choice::<Outcome>("outcome", "结果", &self.outcome);
        let mode = fields.choice("mode", "方式", &self.mode).unwrap_or(VisitMode::Home);
        let kind = fields.choice("kind", "三访类别", &self.kind);
        let happened_at =
            if self.when.trim().is_empty() { None } else { fields.past_moment("when", "劝返时间", &self.when) };
        let promised_on = fields.day("promised", "答应哪天返校", &self.promised);
        if promised_on.is_some_and(|on| on < day_of(happened_at.unwrap_or(now))) {
            fields.fault("promised", "“答应哪天返校”不能早于劝返当天");
        }
        let guardian_name = fields.text("guardian_name", "在场的监护人", &self.guardian_name, 50);
        let said = fields.text("said", "说了什么", &self.said, 2000);
        let place = fields.text("place", "地点", &self.place, 100);
        let appointments = self.who.iter().filter_map(|raw| fields.choice("who", "谁去的", raw)).collect();
        let others = self.others(&mut fields);
        let entry = |(id, outcome): (VisitId, Outcome)| VisitEntry {
            id,
            outcome,
            mode,
            kind,
            happened_at,
            guardian_present: !self.guardian_present.is_empty() || guardian_spoke(outcome),
            guardian_name,
            said,
            promised_on,
            place,
            appointments,
            others,
            photos,
            sheets,
        };
        fields.finish(id.zip(outcome).map(entry))
    }

    fn others(&self, fields: &mut Fields) -> Vec<Other> {
        let mut others = Vec::new();
        for (place, name) in self.other_name.iter().enumerate() {
            let name = fields.text("other_name", "姓名", name, 50);
            if name.is_empty() {
                continue;
            }
            let title = self.other_title.get(place).map_or("", String::as_str);
            let title = fields.text("other_title", "职务", title, 50);
            let unit = self.other_unit.get(place).map_or("", String::as_str);
            match fields.choice("other_unit", "单位", unit) {
                Some(unit) => others.push(Other { name, title, unit }),
                None if unit.trim().is_empty() => fields.fault("other_unit", format!("请选择{name}的单位")),
                None => {}
            }
        }
        others
    }
}

/// An outcome that only a guardian can have spoken.
const fn guardian_spoke(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::GuardianAgreed | Outcome::GuardianHesitant | Outcome::GuardianRefused)
}
