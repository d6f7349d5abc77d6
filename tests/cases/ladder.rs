//! One child through the whole ladder of `zuolan-2024`.

use common::Role;
use quanxue::app::cases::confirm::{ConfirmForm, confirm_case};
use quanxue::app::cases::open::{OpenForm, open_case};
use quanxue::app::cases::visit::{answer_participation, log_visit};
use quanxue::domain::case::{Phase, Verb};
use quanxue::domain::ids::CaseId;
use quanxue::domain::words::Outcome;

use crate::bench::{Bench, done, sending, visit};

fn case_of(location: &str) -> CaseId {
    location.trim_start_matches("/cases/").split(['?', '/']).next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_child_goes_up_the_ladder_to_the_county() {
    let bench = Bench::new().await;
    let (services, child) = (&bench.world.services, bench.child(1).await);
    let [officer, village, teacher] =
        [Role::TownshipOfficer, Role::Village, Role::ClassTeacher].map(|r| bench.actor(r));

    bench.clock("2026-09-09", "09:00");
    let form = OpenForm { origin: "absence".to_owned(), on: "9月9日".to_owned() };
    let case = case_of(&done(open_case(services, &officer, &sending(), form.read(bench.now(), child).unwrap()).await));
    assert_eq!(bench.standing(case).await.phase, Phase::Suspected);
    assert_eq!(bench.whereabouts(child).await, "suspected");
    assert!(bench.tasks(case).await.iter().any(|task| task.verb == Verb::Confirm && !task.waiting));

    bench.clock("2026-09-10", "15:00");
    let confirmation = ConfirmForm { on: "2026-09-10".to_owned() }.read(bench.now()).unwrap();
    done(confirm_case(services, &officer, &bench.at(case).await, confirmation).await);
    assert_eq!(bench.whereabouts(child).await, "dropped_out");

    for (when, hour) in [("2026-09-11", "16:00"), ("2026-09-18", "16:00"), ("2026-09-24", "16:00")] {
        bench.clock(when, hour);
        let entry =
            visit(&bench, Outcome::Refused, &format!("{when} 14:30"), &[Role::TownshipOfficer, Role::ClassTeacher]);
        let id = entry.id;
        done(log_visit(services, &village, case, entry).await);
        assert!(bench.tasks(case).await.iter().filter(|task| task.verb == Verb::ConfirmTaken).count() >= 2);
        done(answer_participation(services, &officer, id, true, sending()).await);
        done(answer_participation(services, &teacher, id, true, sending()).await);
    }
    let standing = bench.standing(case).await;
    assert_eq!(standing.counted, 3, "{:?}", standing.visits);
    bench.holds().await;
}
