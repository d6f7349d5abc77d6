//! Which reports are due on a day, for which stretch of time, and whether they were handed in.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::policy::{Policy, ReportRule};
use super::schedule::{Rhythm, Stretch};
use crate::vocabulary;

/// A report that was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handed {
    /// The rule: REP-05.
    pub id: String,
    /// What it is of, as the schedule names it: 2024年11月.
    pub of: String,
    /// The day it was handed in.
    pub on: NaiveDate,
    /// It said that there was nothing (零报告).
    #[serde(default)]
    pub zero: bool,
}

vocabulary! {
    /// How a report stands on a day.
    pub enum ReportState {
        Waiting = "waiting" => "待报",
        /// Its day went by: silence is not zero (AMB-42).
        Late = "late" => "未报",
        Handed = "handed" => "已报",
        Zero = "zero" => "已零报告",
    }
}

/// One report as it stands on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due<'a> {
    /// The rule.
    pub rule: &'a ReportRule,
    /// What it is of: 2024年11月, 2024年秋季学期.
    pub of: String,
    /// The last day for it.
    pub due: NaiveDate,
    /// How it stands.
    pub state: ReportState,
}

/// Every report whose time has come and has not given way to the next, in the policy's order.
pub fn reports<'a>(policy: &'a Policy, calendar: &Calendar, handed: &[Handed], today: NaiveDate) -> Vec<Due<'a>> {
    let stands = |rule: &'a ReportRule| {
        let rhythm = Rhythm { when: &rule.when, months: &rule.months, in_term: rule.in_term };
        rhythm.asked(policy, calendar, today).map(|stretch| due(rule, stretch, handed, today))
    };
    policy.reports.iter().filter_map(stands).collect()
}

fn due<'a>(rule: &'a ReportRule, stretch: Stretch, handed: &[Handed], today: NaiveDate) -> Due<'a> {
    let ours = |one: &&Handed| one.id == rule.id && one.of == stretch.of && one.on <= today;
    let state = match handed.iter().find(ours) {
        Some(one) if one.zero => ReportState::Zero,
        Some(_) => ReportState::Handed,
        None if today > stretch.due => ReportState::Late,
        None => ReportState::Waiting,
    };
    Due { rule, of: stretch.of, due: stretch.due, state }
}
