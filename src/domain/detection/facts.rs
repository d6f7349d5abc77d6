//! What is known of one child's attendance; the database or a scenario fills this, nothing here is derived.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::domain::policy::RollMark;

/// All that is known of one child's absences.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AbsenceFacts {
    /// Stretches of absence, in any order; they may touch or overlap.
    pub absences: Vec<AbsenceFact>,
    /// Leave that was granted.
    pub leaves: Vec<LeaveFact>,
    /// When nobody knew where the child was.
    pub unknown: Vec<UnknownFact>,
    /// Marks of the roll.
    pub marks: Vec<MarkFact>,
    /// What was reported or done of the duties.
    pub told: Vec<ToldFact>,
}

/// A stretch of absence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AbsenceFact {
    /// The day of the first missed roll-call.
    pub from: NaiveDate,
    /// When the roll was called; eight in the morning where that is not known.
    #[serde(default = "eight")]
    pub at: NaiveTime,
    /// The first day back in class; none while it goes on.
    #[serde(default)]
    pub returned_on: Option<NaiveDate>,
}

/// Leave that was granted, both days included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeaveFact {
    /// The first day.
    pub from: NaiveDate,
    /// The last.
    pub until: NaiveDate,
    /// 销假: the day on which it was given back.
    #[serde(default)]
    pub cancelled_on: Option<NaiveDate>,
}

/// Nobody knows where the child is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnknownFact {
    /// The day on which that was said.
    pub since: NaiveDate,
    /// At which time.
    #[serde(default = "eight")]
    pub at: NaiveTime,
    /// The day on which the child was found.
    #[serde(default)]
    pub found_on: Option<NaiveDate>,
}

/// The roll was marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkFact {
    /// As what.
    pub mark: RollMark,
    /// On which day.
    pub on: NaiveDate,
}

/// A duty was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToldFact {
    /// The rule: DET-03.
    pub id: String,
    /// On which day.
    pub on: NaiveDate,
}

fn eight() -> NaiveTime {
    NaiveTime::MIN + chrono::TimeDelta::hours(8)
}

impl AbsenceFact {
    /// The child was away on the day.
    pub(super) fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.returned_on.is_none_or(|back| day < back)
    }
}

impl AbsenceFacts {
    /// The absence that covers a day without leave, the one whose roll was called first.
    pub(super) fn unexcused(&self, day: NaiveDate) -> Option<&AbsenceFact> {
        let excused = self.leaves.iter().any(|leave| leave.from <= day && day <= leave.until);
        let covering = self.absences.iter().filter(|one| one.covers(day) && !excused);
        covering.min_by_key(|one| one.at)
    }

    /// The last mark by a day, of two of one day the one given later.
    pub(super) fn marked(&self, day: NaiveDate) -> Option<&MarkFact> {
        self.marks.iter().filter(|mark| mark.on <= day).max_by_key(|mark| mark.on)
    }

    /// The first day back in class after a day, up to another.
    pub(super) fn back_between(&self, after: NaiveDate, until: NaiveDate) -> Option<NaiveDate> {
        let back = self.absences.iter().filter_map(|one| one.returned_on);
        back.filter(|back| after < *back && *back <= until).filter(|back| self.unexcused(*back).is_none()).min()
    }

    /// Since when nobody knows where the child is, at a moment.
    pub(super) fn unknown_since(&self, now: NaiveDateTime) -> Option<NaiveDateTime> {
        let lost = |one: &UnknownFact| one.found_on.is_none_or(|found| now.date() < found);
        self.unknown.iter().filter(|one| lost(one)).map(|one| one.since.and_time(one.at)).filter(|at| *at <= now).min()
    }
}
