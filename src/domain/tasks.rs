//! Which dated duties stand on a day, for which stretch of time, whether they were done, and who answers until then.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::policy::{Policy, TaskRule};
use super::schedule::{Rhythm, Stretch};
use crate::vocabulary;

/// A duty that was done, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Done {
    /// The rule: DET-12.
    pub id: String,
    /// What it is of, as the schedule names it: 2024年秋季学期.
    pub of: String,
    /// The day.
    pub on: NaiveDate,
}

vocabulary! {
    /// How a duty stands on a day.
    pub enum TaskState {
        Waiting = "waiting" => "待办",
        Late = "late" => "未办",
        Done = "done" => "已办",
    }
}

/// One duty as it stands on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueTask<'a> {
    /// The rule.
    pub rule: &'a TaskRule,
    /// What it is of: 2024年秋季学期, 2024年9月.
    pub of: String,
    /// The last day for it.
    pub due: NaiveDate,
    /// How often it was done in the stretch.
    pub times: u16,
    /// How it stands.
    pub state: TaskState,
    /// Who answers for the children now, where the rule moves it (DET-23).
    pub liable: Option<&'a str>,
}

impl DueTask<'_> {
    /// The first day on which it was late, if it is.
    pub fn overdue_since(&self) -> Option<NaiveDate> {
        (self.state == TaskState::Late).then(|| self.due.succ_opt()).flatten()
    }
}

/// Every dated duty whose time has come and has not given way to the next, in the policy's order.
pub fn tasks<'a>(policy: &'a Policy, calendar: &Calendar, done: &[Done], today: NaiveDate) -> Vec<DueTask<'a>> {
    let stands = |rule: &'a TaskRule| {
        let rhythm = Rhythm { when: &rule.when, months: &rule.months, in_term: rule.in_term };
        rhythm.asked(policy, calendar, today).map(|stretch| due(rule, stretch, done, today))
    };
    policy.detection.tasks.iter().filter_map(stands).collect()
}

fn due<'a>(rule: &'a TaskRule, stretch: Stretch, done: &[Done], today: NaiveDate) -> DueTask<'a> {
    let ours = |one: &&Done| one.id == rule.id && one.of == stretch.of && one.on <= today;
    let times = u16::try_from(done.iter().filter(ours).count()).unwrap_or(u16::MAX);
    let state = match times >= rule.times {
        true => TaskState::Done,
        false if today > stretch.due => TaskState::Late,
        false => TaskState::Waiting,
    };
    let who = |rests: &'a super::policy::Liability| {
        if state == TaskState::Done { rests.after.as_str() } else { rests.until.as_str() }
    };
    DueTask { rule, of: stretch.of, due: stretch.due, times, state, liable: rule.liability.as_ref().map(who) }
}
