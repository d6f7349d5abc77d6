//! What one can only wait for is never called missing, and says until when; whose word is waited for is asked for it.

use proptest::prelude::*;
use quanxue::domain::case::{Duty, ItemState, Mend, Phase, Standing, Unmet, Verb, Verdict, Wait, duties, standing};
use quanxue::domain::policy::Rung;

use crate::policy::ground::{calendar, day, library, scenario};
use crate::policy::properties::{a_day, facts, policies, seen};

proptest! {
    /// Whoever is waited for by name is asked by name, and their word alone makes the visit count.
    #[test]
    fn a_word_that_is_waited_for_is_asked_for_and_is_enough(facts in facts(), today in a_day()) {
        let (before, tasks) = seen(&facts, &policies(), today);
        let waiting: Vec<_> =
            before.visits.iter().filter(|line| matches!(line.verdict, Verdict::Waits(_))).map(|line| line.id).collect();
        let mut said = facts.clone();
        for visit in said.visits.iter_mut().filter(|visit| waiting.contains(&visit.id)) {
            visit.participants.iter_mut().filter(|who| who.user.is_some()).for_each(|who| who.confirmed = true);
        }
        let after = standing(&said, &policies(), &calendar(), today);
        for line in &before.visits {
            let Verdict::Waits(whom) = &line.verdict else { continue };
            let now = after.visits.iter().find(|one| one.id == line.id).map(|one| &one.verdict);
            prop_assert!(matches!(now, Some(Verdict::Counts(_))), "{:?}", now);
            let asked = |task: &Duty| task.place == Some(Mend::Visit { id: line.id });
            let asked: Vec<_> = tasks.iter().filter(|task| asked(task)).filter_map(|task| task.person).collect();
            prop_assert!(
                before.phase == Phase::StruckOff || whom.iter().all(|one| asked.contains(&one.user)),
                "{:?} of {:?}", asked, whom
            );
        }
    }
}

fn stands(name: &str, on: &str) -> Standing {
    let scenario = scenario(name);
    standing(scenario.facts.as_ref().unwrap(), &scenario.policies(&library()).unwrap(), &calendar(), day(on))
}

/// A month that has not begun, a deadline that runs: nobody has to do anything, and the sentence says from when.
#[test]
fn what_only_time_brings_says_until_when() {
    let held = stands("ac_80_a_month_without_a_joint_visit_is_overdue", "2026-09-15").next.unwrap();
    assert_eq!(held.unmet.iter().map(Unmet::wait).collect::<Vec<_>>(), [Some(Wait::Until { day: day("2026-10-01") })]);
    assert!(held.only_waits());
    let open = stands("ac_80_a_month_without_a_joint_visit_is_overdue", "2026-10-15").next.unwrap();
    assert!(!open.only_waits(), "the month has begun: {}", open.sentence);
    let runs = stands("case_of_the_design", "2026-09-30").next.unwrap();
    assert_eq!(runs.rung, Rung::VerifyExpiry, "{}", runs.sentence);
    assert!(runs.unmet.iter().all(|one| matches!(one.wait(), Some(Wait::Until { .. }))), "{:?}", runs.unmet);
    assert!(runs.sentence.contains("现在只需等待"), "{}", runs.sentence);
}

/// The file of the monthly visits is not complete before a month has gone by, nor is it missing.
#[test]
fn the_file_of_monthly_visits_waits_for_its_first_month() {
    let state = |on: &str| {
        let seen = stands("ac_80_a_month_without_a_joint_visit_is_overdue", on);
        seen.evidence.unwrap().items.into_iter().find(|item| item.id == "monthly").unwrap().state
    };
    assert_eq!(state("2026-09-15"), ItemState::Waiting);
    assert_eq!(state("2026-10-20"), ItemState::Waiting, "the month is open");
    assert_eq!(state("2026-11-01"), ItemState::Missing, "the month went by");
}

/// Once as many visits were made as are asked for, nobody is sent up again: only the word of the one who went is missing.
#[test]
fn who_has_done_their_part_only_waits_for_the_word_of_the_other() {
    let scenario = scenario("from_suspicion_to_the_notice");
    let (mut facts, policies) = (scenario.facts.clone().unwrap(), scenario.policies(&library()).unwrap());
    let today = day("2026-09-10");
    let mut days: Vec<_> = standing(&facts, &policies, &calendar(), today).visits.iter().map(|line| line.day).collect();
    days.sort_unstable();
    let last = facts.visits.iter_mut().filter(|visit| visit.day <= today).max_by_key(|visit| visit.day).unwrap();
    let who = last.participants.last_mut().unwrap();
    (who.confirmed, who.user) = (false, who.user.or(Some(quanxue::domain::ids::UserId::new())));
    let person = (who.person.clone(), who.user);
    let seen = standing(&facts, &policies, &calendar(), today);
    let tasks = duties(&facts, &policies, &calendar(), today);
    let next = seen.next.unwrap();
    assert_eq!(next.rung, Rung::JointVisits);
    assert!(next.sentence.contains(&person.0) && next.owners.is_empty(), "{}", next.sentence);
    assert!(tasks.iter().all(|task| task.verb != Verb::LogVisit), "{tasks:?}");
    let asked: Vec<_> = tasks.iter().filter(|task| task.verb == Verb::ConfirmTaken).collect();
    assert_eq!((asked.len(), asked[0].person), (1, person.1));
    assert!(!asked[0].waiting.is_empty() && asked[0].waiting_reason.contains(&person.0), "{asked:?}");
}
