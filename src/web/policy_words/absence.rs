//! 发现, on: what follows from absence, who grants leave, the dated duties, whom to watch.

use super::line::{Line, owner};
use crate::domain::moment::full_day;
use crate::domain::policy::{AttendanceRule, LeaveRule, Owner, Policy, TaskGroup, TaskRule, When};

/// In the order in which a school lives them; none of it where the scheme says nothing.
pub(super) fn lines(policy: &Policy) -> Vec<Line> {
    let found = &policy.detection;
    let absences = found.attendance.iter().map(absence);
    let tasks = found.tasks.iter().filter(|rule| finds(rule)).map(task);
    absences.chain(marking(policy)).chain(leave(&found.leave)).chain(tasks).chain(watched(policy)).collect()
}

fn all(owners: &[Owner], names: &[String]) -> Option<String> {
    let told: Vec<String> = owners.iter().map(owner).chain(names.iter().cloned()).collect();
    (!told.is_empty()).then(|| told.join("；"))
}

fn absence(rule: &AttendanceRule) -> Line {
    let within = rule.within.map_or_else(|| "当日".to_owned(), |period| format!("{}内", period.label()));
    Line::new(format!("attendance.{}", rule.id), rule.trigger(), rule.what.clone())
        .resting_on(&rule.basis)
        .maybe("by", all(&rule.by, &[]).map(|by| format!("办理：{by}，{within}")))
        .maybe("to", all(&rule.to, &rule.to_outside).map(|to| format!("报给：{to}")))
        .maybe("mark", rule.mark.map(|mark| format!("学籍标注“{mark}”")))
        .not_offered()
}

/// Said where the scheme speaks of absence at all: that no mark changes by itself is worth knowing there.
fn marking(policy: &Policy) -> Option<Line> {
    let found = &policy.detection;
    let line = Line::new("marking.auto_dropout", "学籍标注", found.marking.sentence());
    match &found.marking.auto_dropout {
        Some(rule) => Some(line.of(rule).not_offered()),
        None => (!found.attendance.is_empty()).then_some(line),
    }
}

fn leave(rule: &LeaveRule) -> Option<Line> {
    let mut told = rule.sentences().into_iter();
    let mut line = Line::new("leave", "请假", told.next()?).not_offered();
    if let Some(basis) = &rule.basis {
        line = line.resting_on(basis);
    }
    Some(told.fold(line, |line, sentence| line.note("bands", sentence)))
}

/// The duty finds children out of school; the others are work with the scheme, told beside the reports.
pub(super) const fn finds(rule: &TaskRule) -> bool {
    use TaskGroup as G;
    matches!(rule.group, G::RollCall | G::Opening | G::Census | G::Headcount | G::Comparison | G::Patrol | G::Watch)
}

/// A dated duty.
pub(super) fn task(rule: &TaskRule) -> Line {
    let months: Vec<String> = rule.months.iter().map(ToString::to_string).collect();
    let moved = rule.liability.as_ref().map(|who| format!("移交前责任在{}，移交后在{}", who.until, who.after));
    Line::new(format!("task.{}", rule.id), rule.when.label(), rule.what.clone())
        .resting_on(&rule.basis)
        .note("group", rule.group.label())
        .maybe("by", all(&rule.by, &[]).map(|by| format!("办理：{by}")))
        .maybe("stage", rule.stage.map(|stage| format!("只涉及{stage}")))
        .maybe("to", all(&rule.to, &rule.to_outside).map(|to| format!("报给：{to}")))
        .maybe("times", (rule.times > 1).then(|| format!("不少于 {} 次", rule.times)))
        .maybe("in_term", rule.in_term.then_some("只在上课期间"))
        .maybe("months", (!months.is_empty()).then(|| format!("只在{}月", months.join("、"))))
        .maybe("liability", moved)
        .not_offered()
}

fn watched(policy: &Policy) -> Vec<Line> {
    let (watch, mut lines) = (&policy.detection.watch, Vec::new());
    if let Some(grades) = &watch.grades {
        let names: Vec<&str> = grades.value.iter().map(|grade| grade.label()).collect();
        lines.push(Line::new("watch.grades", "重点年级", names.join("、")).of(grades).not_offered());
    }
    if let Some(flags) = &watch.flags {
        let names: Vec<&str> = flags.value.iter().map(|flag| flag.label()).collect();
        lines.push(Line::new("watch.flags", "重点人群", names.join("、")).of(flags).not_offered());
    }
    if let Some(named) = &watch.named {
        lines.push(Line::new("watch.named", "重点学生", named.value.join("、")).of(named).not_offered());
    }
    if let Some(rule) = &policy.detection.deferral {
        let line = Line::new("deferral.max_years", "延缓入学", rule.sentence()).of(&rule.max_years);
        lines.push(line.not_offered());
    }
    let exams = &policy.detection.dates.exam;
    let days: Vec<String> = exams.iter().map(|day| full_day(*day)).collect();
    if !days.is_empty() {
        lines.push(Line::new("dates.exam", "中考", days.join("、")));
    } else if policy.detection.tasks.iter().any(|task| matches!(task.when, When::BeforeExam(_))) {
        lines.push(Line::new("dates.exam", "中考", "本县还没有登记日期，中考前的事项排不出期限"));
    }
    lines
}
