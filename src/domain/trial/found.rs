//! What detection makes of a moment, as a scenario is told it: alerts, dated duties, the mark, leave, who is of school age.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::Scenario;
use crate::domain::calendar::Calendar;
use crate::domain::detection::{AbsenceFacts, Alert, MarkStanding, alerts, mark, open_leaves};
use crate::domain::grade::Standing;
use crate::domain::policy::{Owner, Policies, Policy};
use crate::domain::tasks::{DueTask, tasks};

/// A child of whom only the birth matters.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChildGiven {
    /// What they are called in the scenario.
    pub name: String,
    /// When they were born.
    pub birth: NaiveDate,
}

/// What detection makes of a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FoundTold {
    /// `2024-09-12 DET-01 学校（校长）→乡镇人民政府（乡镇经办）、市教育局：立即报告 待办`
    pub alerts: Vec<String>,
    /// `2024-09-04 DET-12 2024年秋季学期 待办`
    pub tasks: Vec<String>,
    /// `none`, `may 2024-09-06`, `must 2024-09-09`, `suspected 2024-09-09`, `dropped 2024-10-10 system：…`
    pub mark: String,
    /// `2024-09-11 请向班主任销假`
    pub leaves: Vec<String>,
    /// `甲 一年级，2024年秋季入学`
    pub children: Vec<String>,
}

impl FoundTold {
    pub(super) fn of(scenario: &Scenario, policies: &Policies, calendar: &Calendar, now: NaiveDateTime) -> Self {
        let (policy, facts) = (policies.on(now.date()), scenario.attendance());
        let leaves = open_leaves(&facts, policy, calendar, now);
        Self {
            alerts: alerts(&facts, policy, calendar, now).iter().map(alert).collect(),
            tasks: tasks(policy, calendar, &scenario.done, now.date()).iter().map(task).collect(),
            mark: marked(&mark(&facts, policies, calendar, now)),
            leaves: leaves.iter().map(|open| format!("{} 请向{}销假", open.since, open.to)).collect(),
            children: scenario.child.iter().map(|child| of_age(child, policy, now.date())).collect(),
        }
    }

    pub(super) fn text(&self, key: &str) -> Option<String> {
        Some(match key {
            "alerts" => self.alerts.join("\n"),
            "tasks" => self.tasks.join("\n"),
            "mark" => self.mark.clone(),
            "leaves" => self.leaves.join("\n"),
            "children" => self.children.join("\n"),
            _ => return None,
        })
    }
}

impl Scenario {
    /// What it says of one child's attendance.
    fn attendance(&self) -> AbsenceFacts {
        AbsenceFacts {
            absences: self.absence.clone(),
            leaves: self.leave.clone(),
            unknown: self.unknown.clone(),
            marks: self.mark.clone(),
            told: self.told.clone(),
        }
    }
}

fn alert(alert: &Alert<'_>) -> String {
    let all = |owners: &[Owner]| owners.iter().map(Owner::said).collect::<Vec<_>>();
    let rule = alert.rule;
    let to = [all(&rule.to), rule.to_outside.clone()].concat().join("、");
    let to = if to.is_empty() { to } else { format!("→{to}") };
    format!("{} {} {}{to}：{} {}", alert.due, rule.id, all(&rule.by).join("、"), rule.what, alert.state)
}

fn task(task: &DueTask<'_>) -> String {
    let times = if task.rule.times > 1 { format!(" {}/{}次", task.times, task.rule.times) } else { String::new() };
    let stage = task.rule.stage.map_or_else(String::new, |stage| format!(" {stage}"));
    let liable = task.liable.map_or_else(String::new, |who| format!(" 责任在{who}"));
    format!("{} {} {}{stage} {}{times}{liable}", task.due, task.rule.id, task.of, task.state)
}

fn marked(seen: &MarkStanding<'_>) -> String {
    match (&seen.auto, &seen.mark, seen.must_since, seen.may_since) {
        (Some(auto), ..) => format!("{} {} system：{}", auto.to.code(), auto.on, auto.sentence()),
        (None, Some(mark), ..) if seen.may_since.is_none() => format!("{} {}", mark.mark.code(), mark.on),
        (_, _, Some(since), _) => format!("must {since}"),
        (_, _, None, Some(since)) => format!("may {since}"),
        _ => "none".to_owned(),
    }
}

fn of_age(child: &ChildGiven, policy: &Policy, on: NaiveDate) -> String {
    let (age, birth) = (&policy.age, child.birth);
    let stands = match age.standing(birth, on) {
        Standing::NotYet => "未到入学年龄",
        Standing::Due(grade) => grade.label(),
        Standing::Over => "已过学龄",
    };
    let late = policy.detection.deferral.as_ref().filter(|_| age.grade_by_age(birth, on) <= 1);
    let late = late.and_then(|rule| rule.latest(age, birth));
    let late = late.map_or_else(String::new, |until| format!("，缓学最迟至{until}"));
    format!("{} {stands}，{}年秋季入学{late}", child.name, age.enters_in(birth))
}
