//! What stands on a day, as a scenario is told it: codes and sentences, one line a thing.

use chrono::NaiveDate;
use serde::Serialize;

use super::penalty::Law;
use super::{FoundTold, Look, Scenario};
use crate::domain::calendar::Calendar;
use crate::domain::case::{
    CareLine, Checklist, Duty, Ending, Facts, Quota, Standing, StepState, Unmet, Verdict, WhyNot, checklist, duties,
    standing,
};
use crate::domain::policy::Policies;
use crate::domain::reporting::{Due, reports};

/// What stands on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayTold {
    /// The day.
    pub on: NaiveDate,
    /// The case, if the scenario has one.
    #[serde(flatten)]
    pub case: Option<CaseTold>,
    /// `2024-12-02 REP-05 2024年11月 待报`
    pub reports: Vec<String>,
    /// `罚 2026-09-01 提起行政诉讼 party open administrative-litigation-46`
    pub enforcement: Vec<String>,
    /// What detection makes of it.
    #[serde(flatten)]
    pub found: FoundTold,
}

/// How a case stands on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseTold {
    /// The code of the phase.
    pub phase: &'static str,
    /// The code of the rung whose turn it is, or `none`.
    pub now: &'static str,
    /// How many visits count.
    pub counted: u16,
    /// The sentence of the next step, or `none`.
    pub next: String,
    /// Its last day, or `none`.
    pub due: String,
    /// The first day on which it was late, or `no`.
    pub overdue_since: String,
    /// What it lacks.
    pub unmet: Vec<String>,
    /// `2026-09-11 第1次`, or why it does not count; newest first.
    pub visits: Vec<String>,
    /// `核查确认 done 2026-09-09 已完成`
    pub ladder: Vec<String>,
    /// `缺 送达回证`
    pub evidence: Vec<String>,
    /// `2026-10-09 township_officer 开通知书：…`
    pub duties: Vec<String>,
    /// `30 2026-10-14 done 2026-10-14`
    pub after_care: Vec<String>,
    /// `suspension monitored 2026-08-31 有效`, or `none`.
    pub ending: String,
    /// `2026年学时 78/80，差2`
    pub quotas: Vec<String>,
    /// The sentence, or `none`.
    pub placement: String,
    /// The day on which it changes by itself, or `never`.
    pub next_change_on: String,
}

impl DayTold {
    /// Works it out.
    pub(super) fn of(scenario: &Scenario, law: &Law<'_>, look: &Look) -> Self {
        let (on, now) = (look.on, look.moment());
        let (policies, calendar) = (law.policies, law.calendar);
        let case = scenario.facts.as_ref().map(|facts| CaseTold::of(facts, policies, calendar, look));
        let asked = reports(policies.on(on), calendar, &scenario.handed, on);
        let line = |due: &Due<'_>| format!("{} {} {} {}", due.due, due.rule.id, due.of, due.state);
        let reports = asked.iter().map(line).collect();
        let found = FoundTold::of(scenario, policies, calendar, now);
        Self { on, case, reports, enforcement: scenario.enforcement(law, on), found }
    }

    /// What stands under a key, a list by its lines.
    pub(super) fn text(&self, key: &str) -> String {
        if let Some(found) = self.found.text(key) {
            return found;
        }
        match (key, &self.case) {
            ("reports", _) => self.reports.join("\n"),
            ("enforcement", _) => self.enforcement.join("\n"),
            (key, Some(case)) => case.text(key),
            (_, None) => String::new(),
        }
    }
}

impl CaseTold {
    fn of(facts: &Facts, policies: &Policies, calendar: &Calendar, look: &Look) -> Self {
        let on = look.on;
        let seen = standing(facts, policies, calendar, on);
        let named = look.disposition.map(|kind| checklist(kind, facts, policies, calendar, on));
        let asked = named.unwrap_or_else(|| seen.evidence.clone());
        let next = seen.next.as_ref();
        let day = |day: Option<NaiveDate>, none: &str| day.map_or_else(|| none.to_owned(), |day| day.to_string());
        Self {
            phase: seen.phase.code(),
            now: seen.now.map_or("none", |rung| rung.code()),
            counted: seen.counted,
            next: next.map_or_else(|| "none".to_owned(), |step| step.sentence.clone()),
            due: day(next.and_then(|step| step.due), "none"),
            overdue_since: day(next.and_then(|step| step.overdue_since), "no"),
            unmet: next.map_or_else(Vec::new, |step| step.unmet.iter().map(Unmet::sentence).collect()),
            visits: visits(&seen),
            ladder: ladder(&seen),
            evidence: evidence(asked.as_ref()),
            duties: duties(facts, policies, calendar, on).iter().map(duty).collect(),
            after_care: seen.after_care.iter().map(contact).collect(),
            ending: seen.ending.as_ref().map_or_else(|| "none".to_owned(), ending),
            quotas: seen.quotas.iter().map(Quota::sentence).collect(),
            placement: seen.placement.clone().unwrap_or_else(|| "none".to_owned()),
            next_change_on: day(seen.next_change_on, "never"),
        }
    }
}

impl CaseTold {
    fn text(&self, key: &str) -> String {
        match key {
            "phase" => self.phase.to_owned(),
            "now" => self.now.to_owned(),
            "counted" => self.counted.to_string(),
            "next" => self.next.clone(),
            "due" => self.due.clone(),
            "overdue_since" => self.overdue_since.clone(),
            "unmet" => self.unmet.join("\n"),
            "visits" => self.visits.join("\n"),
            "ladder" => self.ladder.join("\n"),
            "evidence" => self.evidence.join("\n"),
            "duties" => self.duties.join("\n"),
            "after_care" => self.after_care.join("\n"),
            "ending" => self.ending.clone(),
            "quotas" => self.quotas.join("\n"),
            "placement" => self.placement.clone(),
            "next_change_on" => self.next_change_on.clone(),
            _ => String::new(),
        }
    }
}

fn visits(seen: &Standing) -> Vec<String> {
    let verdict = |verdict: &Verdict| match verdict {
        Verdict::Counts(nth) => format!("第{nth}次"),
        Verdict::Waits(_) => verdict.waits_for().unwrap_or_default(),
        Verdict::DoesNot(why) => why.iter().map(|one: &WhyNot| one.sentence()).collect::<Vec<_>>().join("；"),
    };
    seen.visits.iter().map(|visit| format!("{} {}", visit.day, verdict(&visit.verdict))).collect()
}

fn ladder(seen: &Standing) -> Vec<String> {
    let state = |state: StepState| match state {
        StepState::Done { on } => format!("done {on}"),
        StepState::Now => "now".to_owned(),
        StepState::Todo => "todo".to_owned(),
        StepState::Dropped => "dropped".to_owned(),
    };
    let line = |label: &str, at: StepState, note: &str| format!("{label} {} {note}", state(at)).trim().to_owned();
    seen.steps.iter().map(|step| line(&step.label, step.state, &step.note)).collect()
}

fn evidence(asked: Option<&Checklist>) -> Vec<String> {
    let items = asked.iter().flat_map(|list| &list.items);
    items.map(|item| format!("{} {}", item.state.label(), item.label)).collect()
}

fn ending(ending: &Ending) -> String {
    let until = ending.until.map_or_else(String::new, |until| format!(" {until}"));
    format!("{} {}{until} {}", ending.kind.code(), ending.effect.code(), ending.state)
}

fn duty(duty: &Duty) -> String {
    let roles: Vec<&str> = duty.owner.roles.iter().map(|role| role.code()).collect();
    format!("{} {} {}：{}", duty.due, roles.join("/"), duty.verb, duty.reason)
}

fn contact(line: &CareLine) -> String {
    let state = match (line.done_on, line.overdue_since) {
        (Some(on), _) => format!("done {on}"),
        (None, Some(since)) => format!("overdue since {since}"),
        (None, None) => "to come".to_owned(),
    };
    format!("{} {} {state}", line.milestone, line.due)
}
