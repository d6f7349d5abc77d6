//! Tasks that follow from checks and terms alone, and who waits for whom.

use quanxue::domain::case::{Duty, Mend, Verb, check_duty, duties};
use quanxue::domain::policy::Policies;
use quanxue::domain::role::Role;

use crate::policy::ground::{calendar, changed_on, day, library, scenario, zuolan};

fn tasks_of(name: &str, on: &str) -> Vec<Duty> {
    let scenario = scenario(name);
    duties(scenario.facts.as_ref().unwrap(), &scenario.policies(&library()).unwrap(), &calendar(), day(on))
}

/// Five working days from Monday 14 September, the make-up Sunday among them.
#[test]
fn a_check_is_answered_within_the_countys_days() {
    let (calendar, policies) = (calendar(), Policies::only(zuolan()));
    let task = check_duty(day("2026-09-14"), &policies, &calendar, day("2026-09-20"));
    assert_eq!((task.verb, task.due, task.overdue_since), (Verb::Confirm, day("2026-09-20"), None));
    assert_eq!(task.owner.roles, [Role::Village]);
    let late = check_duty(day("2026-09-14"), &policies, &calendar, day("2026-09-21"));
    assert_eq!(late.overdue_since, Some(day("2026-09-21")));
}

#[test]
fn a_check_keeps_the_days_of_the_policy_under_which_it_was_set() {
    let calendar = calendar();
    let policies = changed_on("2026-09-15", "[check]\nwithin = { n = 20, unit = \"calendar_day\" }");
    let due = |set_on: &str| check_duty(day(set_on), &policies, &calendar, day("2026-09-16")).due;
    assert_eq!(due("2026-09-14"), day("2026-09-20"));
    assert_eq!(due("2026-09-15"), day("2026-10-05"));
}

#[test]
fn whoever_laid_a_thing_before_another_waits_for_it() {
    let tasks = tasks_of("from_suspicion_to_the_notice", "2026-09-11");
    let issue = tasks.iter().find(|task| task.verb == Verb::IssuePaper).unwrap();
    assert_eq!(
        (issue.waiting.as_slice(), issue.waiting_since),
        (&[Role::TownshipOfficer][..], Some(day("2026-09-11")))
    );
    assert!(matches!(issue.place, Some(Mend::IssuePaper { .. })));

    let tasks = tasks_of("ac_80_a_month_without_a_joint_visit_is_overdue", "2026-08-20");
    let decide = tasks.iter().find(|task| task.verb == Verb::Decide).unwrap();
    assert_eq!(
        (decide.waiting_since, decide.owner.roles.as_slice()),
        (Some(day("2026-08-18")), &[Role::CountyApprover][..])
    );
    assert!(matches!(decide.place, Some(Mend::Decide { .. })));
}

#[test]
fn one_person_is_asked_whether_they_went() {
    let tasks = tasks_of("case_of_the_design", "2026-09-25");
    let asked: Vec<_> = tasks.iter().filter(|task| task.verb == Verb::ConfirmTaken).collect();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].person.unwrap().0, quanxue::domain::trial::id("齐心村的人"));
    assert!(matches!(asked[0].place, Some(Mend::Visit { .. })));
}
