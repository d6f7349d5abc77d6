//! Visits sent twice, corrected, joined and denied.

use common::Role;
use quanxue::app::cases::NotDone;
use quanxue::app::cases::visit::{answer_participation, correct_visit, log_visit};
use quanxue::domain::case::{Unmet, Verdict};

use quanxue::domain::words::Outcome;

use crate::cases::bench::{Bench, done, sending, unmet, upload, visit};

#[tokio::test]
async fn a_visit_sent_twice_is_one_visit_and_another_under_its_id_is_refused() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-10").await;
    bench.clock("2026-09-11", "16:00");
    let (services, village) = (&bench.world.services, bench.actor(Role::Village));
    let entry = visit(&bench, Outcome::Refused, "2026-09-11 14:30", &[Role::TownshipOfficer]);
    let location = done(log_visit(services, &village, case, entry.clone()).await);
    // Days later, from a phone that heard no answer; others have acted meanwhile.
    done(answer_participation(services, &bench.actor(Role::TownshipOfficer), entry.id, true, sending()).await);
    bench.clock("2026-09-14", "16:00");
    assert_eq!(done(log_visit(services, &village, case, entry.clone()).await), location);
    assert_eq!(bench.facts(case).await.visits.len(), 1);
    let mut other = entry.clone();
    other.said = "说了别的".to_owned();
    let refused = log_visit(services, &village, case, other).await;
    assert!(matches!(refused, Err(NotDone::Conflict(_))), "{refused:?}");
    let by_another = log_visit(services, &bench.actor(Role::TownshipOfficer), case, entry.clone()).await;
    assert!(matches!(by_another, Err(NotDone::Conflict(_))), "{by_another:?}");
    // The same id in another case is a conflict too, and shows nothing of the first.
    let second = bench.found(2, "2026-09-10").await;
    let elsewhere = log_visit(services, &village, second, entry).await;
    assert!(matches!(elsewhere, Err(NotDone::Conflict(_))), "{elsewhere:?}");
    bench.holds().await;
}

#[tokio::test]
async fn sent_at_the_same_time_it_is_still_one() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-10").await;
    bench.clock("2026-09-11", "16:00");
    let (services, village) = (&bench.world.services, bench.actor(Role::Village));
    let entry = visit(&bench, Outcome::Refused, "2026-09-11 14:30", &[]);
    let sends = (0..4).map(|_| log_visit(services, &village, case, entry.clone()));
    let answers = futures::future::join_all(sends).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    assert_eq!(bench.facts(case).await.visits.len(), 1);
}

#[tokio::test]
async fn ac_126_a_corrected_visit_keeps_the_old_one_and_is_signed_anew() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-10").await;
    bench.clock("2026-09-11", "16:00");
    let (services, village) = (&bench.world.services, bench.actor(Role::Village));
    let first = bench.visited(case, "2026-09-11 14:30", Outcome::Hesitant).await;
    assert_eq!(bench.standing(case).await.counted, 1);
    let better = visit(&bench, Outcome::Refused, "2026-09-11 14:30", &[Role::TownshipOfficer, Role::ClassTeacher]);
    let corrected = better.id;
    done(correct_visit(services, &village, first, better).await);
    let facts = bench.facts(case).await;
    assert_eq!(facts.visits.iter().filter(|visit| visit.superseded).count(), 1);
    let now = facts.visits.iter().find(|visit| visit.id == corrected).unwrap();
    assert_eq!(now.photos, 2, "the photographs go with it");
    assert_eq!(now.participants.iter().filter(|who| who.confirmed).count(), 1, "the others are asked again");
    assert_eq!(bench.standing(case).await.counted, 0);
    done(answer_participation(services, &bench.actor(Role::ClassTeacher), corrected, true, sending()).await);
    assert_eq!(bench.standing(case).await.counted, 1);
    // Not twice, not by another, not after a week.
    let again = || visit(&bench, Outcome::Refused, "2026-09-11 14:30", &[]);
    assert_eq!(unmet(correct_visit(services, &village, first, again()).await), [Unmet::VisitCorrected]);
    let teacher = bench.actor(Role::ClassTeacher);
    assert_eq!(unmet(correct_visit(services, &teacher, corrected, again()).await), [Unmet::NotYourVisit]);
    bench.clock("2026-09-19", "08:00");
    let late = unmet(correct_visit(services, &village, corrected, again()).await);
    assert!(matches!(late[..], [Unmet::TooLateToCorrect { .. }]), "{late:?}");
    bench.holds().await;
}

#[tokio::test]
async fn who_says_that_they_did_not_go_is_not_counted() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-10").await;
    bench.clock("2026-09-11", "16:00");
    let services = &bench.world.services;
    let entry = visit(&bench, Outcome::Refused, "2026-09-11 14:30", &[Role::TownshipOfficer]);
    let id = entry.id;
    done(log_visit(services, &bench.actor(Role::Village), case, entry).await);
    let officer = bench.actor(Role::TownshipOfficer);
    done(answer_participation(services, &officer, id, false, sending()).await);
    let standing = bench.standing(case).await;
    assert!(matches!(standing.visits[0].verdict, Verdict::DoesNot(_)));
    let twice = answer_participation(services, &officer, id, true, sending()).await;
    assert!(matches!(twice, Err(NotDone::Failed(_))), "{twice:?}");
    let unasked = answer_participation(services, &bench.actor(Role::Principal), id, true, sending()).await;
    assert!(matches!(unasked, Err(NotDone::Failed(_))), "{unasked:?}");
}

#[tokio::test]
async fn the_signed_sheet_speaks_for_those_it_names() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-10").await;
    bench.clock("2026-09-11", "16:00");
    let mut entry = visit(&bench, Outcome::Refused, "2026-09-11 14:30", &[Role::TownshipOfficer]);
    entry.photos = Vec::new();
    entry.sheets = vec![upload("签字的劝返记录")];
    done(log_visit(&bench.world.services, &bench.actor(Role::Village), case, entry).await);
    assert_eq!(bench.standing(case).await.counted, 1);
}

#[tokio::test]
async fn a_visit_before_the_case_or_of_somebody_out_of_office_is_refused() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-10").await;
    bench.clock("2026-09-12", "16:00");
    let (services, village) = (&bench.world.services, bench.actor(Role::Village));
    let before = visit(&bench, Outcome::Refused, "2026-09-09 14:30", &[]);
    let against = unmet(log_visit(services, &village, case, before).await);
    assert!(matches!(against[..], [Unmet::BeforePredecessor { .. }]), "{against:?}");
    let mut stranger = visit(&bench, Outcome::Refused, "2026-09-11 14:30", &[]);
    stranger.appointments = vec![quanxue::domain::ids::AppointmentId::new()];
    let answer = log_visit(services, &village, case, stranger).await;
    assert!(matches!(&answer, Err(NotDone::Faulty(faults)) if faults.0[0].0 == "who"), "{answer:?}");
}
