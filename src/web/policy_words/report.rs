//! 报送: what is reported, by whom, to whom and when.

use super::absence::{finds, task};
use super::line::{Line, owner};
use crate::domain::policy::{Owner, Policy, ReportRule};

pub(super) fn lines(policy: &Policy) -> Vec<Line> {
    let tasks = policy.detection.tasks.iter().filter(|rule| !finds(rule)).map(task);
    if policy.reports.is_empty() {
        return tasks.collect();
    }
    let rule = &policy.reporting.before_is_inclusive;
    let says = if rule.value {
        "期限当日报送的，算按期"
    } else {
        "“某日前”不含当日，须在前一日报送"
    };
    let read = Line::new("reporting.before_is_inclusive", "期限当日", says).of(rule);
    policy.reports.iter().map(report).chain([read]).chain(tasks).collect()
}

fn report(rule: &ReportRule) -> Line {
    let all = |owners: &[Owner]| owners.iter().map(owner).collect::<Vec<_>>();
    let months: Vec<String> = rule.months.iter().map(ToString::to_string).collect();
    let (from, to) = (all(&rule.from).join("；"), [all(&rule.to), rule.to_outside.clone()].concat().join("；"));
    Line::new(format!("report.{}", rule.id), rule.when.label(), rule.what.clone())
        .resting_on(&rule.basis)
        .note("from", format!("报送：{from}"))
        .note("to", format!("报给：{to}"))
        .maybe("form", rule.form.as_ref().map(|form| format!("表式 {form}")))
        .maybe("zero", rule.zero.then_some("没有情况也要零报告"))
        .maybe("signed", rule.signed.then_some("须主要负责人签字"))
        .maybe("in_term", rule.in_term.then_some("只在上课期间"))
        .maybe("months", (!months.is_empty()).then(|| format!("只在{}月", months.join("、"))))
}
