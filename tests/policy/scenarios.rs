//! The scenarios of `tests/scenarios`, each a file: facts, days with what stands on them, acts with their answer.

use chrono::NaiveDate;
use quanxue::domain::case::{Facts, Standing, StepState, Verdict, WhyNot, duties, may, standing};
use quanxue::domain::policy::Policies;

use crate::policy::ground::calendar;
use crate::policy::scenario_file::{Ask, Expect, Scenario};

macro_rules! scenarios {
    ($($name:ident),+ $(,)?) => {
        $(#[test] fn $name() { play(stringify!($name)); })+

        #[test]
        fn every_file_is_played() {
            let folder = format!("{}/tests/scenarios", env!("CARGO_MANIFEST_DIR"));
            let mut files: Vec<String> = std::fs::read_dir(folder).unwrap()
                .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
                .collect();
            files.sort();
            let mut played = vec![$(stringify!($name)),+];
            played.sort_unstable();
            assert_eq!(files, played);
        }
    };
}

scenarios!(
    ac_41_days_run_from_receipt_only,
    ac_60_a_valid_leave_rests_the_ladder,
    ac_61_a_return_stops_the_ladder,
    ac_65_a_visit_without_the_pupil_does_not_count,
    ac_66_68_graduation_is_named_but_not_offered,
    ac_80_a_month_without_a_joint_visit_is_overdue,
    ac_81_no_county_decision_without_a_notice,
    ac_106_no_strike_off_without_a_conclusion,
    ac_128_a_gate_once_met_stays_met,
    ac_128_a_later_step_follows_the_later_policy,
    case_of_the_design,
    found_back_waits_for_the_school,
    from_suspicion_to_the_notice,
    relapse_begins_a_new_round,
    return_strike_off_and_after_care,
    the_edges_of_days,
    what_a_visit_needs_to_count,
);

fn play(name: &str) {
    let scenario = Scenario::read(name);
    let (facts, policies) = (scenario.facts(), scenario.policies());
    assert!(!scenario.expect.is_empty() || !scenario.ask.is_empty(), "{name} expects nothing");
    for expect in &scenario.expect {
        check(&format!("{} on {}", scenario.title, expect.on), expect, &facts, &policies);
    }
    for ask in &scenario.ask {
        answer(&scenario.title, ask, &facts, &policies);
    }
}

fn answer(title: &str, ask: &Ask, facts: &Facts, policies: &Policies) {
    let said = may(ask.act(), &ask.actor(), facts, policies, &calendar(), ask.on).err().map(|no| no.sentence());
    assert_eq!(said, ask.refused, "{title}: {} on {}", ask.act, ask.on);
}

fn check(what: &str, expect: &Expect, facts: &Facts, policies: &Policies) {
    let seen = standing(facts, policies, &calendar(), expect.on);
    let next = seen.next.as_ref();
    let say = |day: Option<NaiveDate>, none: &str| day.map_or_else(|| none.to_owned(), |day| day.to_string());
    let same = |field: &str, wanted: Option<String>, found: String| {
        if let Some(wanted) = wanted {
            assert_eq!(found, wanted, "{field} of {what}");
        }
    };
    same("phase", expect.phase.clone(), seen.phase.code().to_owned());
    same("now", expect.now.clone(), seen.now.map_or("none", |rung| rung.code()).to_owned());
    same("counted", expect.counted.map(|n| n.to_string()), seen.counted.to_string());
    same("next", expect.next.clone(), next.map_or_else(|| "none".to_owned(), |step| step.sentence.clone()));
    same("due", expect.due.map(|day| day.to_string()), say(next.and_then(|step| step.due), "none"));
    same("overdue_since", expect.overdue_since.clone(), say(next.and_then(|step| step.overdue_since), "no"));
    same("next_change_on", expect.next_change_on.clone(), say(seen.next_change_on, "never"));
    let lists = [
        (
            "unmet",
            &expect.unmet,
            next.map_or_else(Vec::new, |step| step.unmet.iter().map(quanxue::domain::case::Unmet::sentence).collect()),
        ),
        ("visits", &expect.visits, visits(&seen)),
        ("ladder", &expect.ladder, ladder(&seen)),
        ("evidence", &expect.evidence, evidence(&seen)),
        ("duties", &expect.duties, tasks(facts, policies, expect.on)),
        ("after_care", &expect.after_care, after_care(&seen)),
    ];
    for (field, wanted, found) in lists {
        if let Some(wanted) = wanted {
            assert_eq!(&found, wanted, "{field} of {what}");
        }
    }
}

fn visits(seen: &Standing) -> Vec<String> {
    let line = |verdict: &Verdict| match verdict {
        Verdict::Counts(nth) => format!("第{nth}次"),
        Verdict::Waits(_) => verdict.waits_for().unwrap_or_default(),
        Verdict::DoesNot(why) => why.iter().map(|one: &WhyNot| one.sentence()).collect::<Vec<_>>().join("；"),
    };
    seen.visits.iter().map(|visit| format!("{} {}", visit.day, line(&visit.verdict))).collect()
}

fn ladder(seen: &Standing) -> Vec<String> {
    let line = |state: StepState| match state {
        StepState::Done { on } => format!("done {on}"),
        StepState::Now => "now".to_owned(),
        StepState::Todo => "todo".to_owned(),
        StepState::Dropped => "dropped".to_owned(),
    };
    seen.steps
        .iter()
        .map(|step| format!("{} {} {}", step.label, line(step.state), step.note).trim().to_owned())
        .collect()
}

fn evidence(seen: &Standing) -> Vec<String> {
    let items = seen.evidence.iter().flat_map(|list| &list.items);
    items.map(|item| format!("{} {}", item.state.label(), item.label)).collect()
}

fn tasks(facts: &Facts, policies: &Policies, on: NaiveDate) -> Vec<String> {
    let line = |duty: quanxue::domain::case::Duty| {
        let roles: Vec<&str> = duty.owner.roles.iter().map(|role| role.code()).collect();
        format!("{} {} {}：{}", duty.due, roles.join("/"), duty.verb, duty.reason)
    };
    duties(facts, policies, &calendar(), on).into_iter().map(line).collect()
}

fn after_care(seen: &Standing) -> Vec<String> {
    let state = |line: &quanxue::domain::case::CareLine| match (line.done_on, line.overdue_since) {
        (Some(on), _) => format!("done {on}"),
        (None, Some(since)) => format!("overdue since {since}"),
        (None, None) => "to come".to_owned(),
    };
    seen.after_care.iter().map(|line| format!("{} {} {}", line.milestone, line.due, state(line))).collect()
}
