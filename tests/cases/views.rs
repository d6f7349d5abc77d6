//! What the pages of a case and of the day are given.

use chrono::NaiveDate;
use common::HERE;
use common::Role;
use common::seeds::Child;
use quanxue::app::cases::confirm::{ConfirmForm, confirm_case};
use quanxue::app::cases::open::{Origin, ToOpen, open_case};
use quanxue::app::cases::papers::{self, IssueForm};
use quanxue::app::cases::plan::{PlanForm, write_plan};
use quanxue::app::cases::view::{case_view, paper_view, today_view, visit_start, visit_view};
use quanxue::app::{projector, register};
use quanxue::db::cases::list::{CaseFilter, CaseSort, page};
use quanxue::db::work::Group;
use quanxue::domain::case::{Mend, Phase, Verb, Verdict};
use quanxue::domain::event::{Event, EventKind};
use quanxue::domain::ids::{CaseId, PaperId};
use quanxue::domain::policy::Rung;
use quanxue::domain::words::{Outcome, PaperKind};

use crate::cases::bench::{Bench, day, done, sending};

async fn up_to_the_notice(bench: &Bench) -> (CaseId, PaperId) {
    let case = bench.found(1, "2026-09-10").await;
    bench.visited_three_times(case).await;
    bench.clock("2026-09-28", "09:00");
    let (services, officer) = (&bench.world.services, bench.actor(Role::TownshipOfficer));
    let kind = PaperKind::DeadlineNotice;
    let text = papers::suggest(services, &officer, case, kind).await.unwrap();
    let location = done(papers::draft_paper(services, &officer, &bench.at(case).await, kind, &text).await);
    (case, location.trim_start_matches("/papers/").split('?').next().unwrap().parse().unwrap())
}

#[tokio::test]
async fn the_page_of_a_case_says_what_comes_next_and_where() {
    let bench = Bench::new().await;
    let (case, paper) = up_to_the_notice(&bench).await;
    let services = &bench.world.services;
    let head = bench.actor(Role::TownshipHead);
    let view = case_view(services, &head, case).await.unwrap();
    assert_eq!(view.age, 13);
    assert_eq!((view.standing.phase, view.standing.now), (Phase::Open, Some(Rung::DeadlineNotice)));
    let next = view.standing.next.as_ref().unwrap();
    assert!(next.sentence.starts_with("最迟9月30日"), "{}", next.sentence);
    assert!(view.lacking.is_empty(), "a step does not wait for itself: {:?}", view.lacking);
    assert_eq!((view.offers[0].path.as_str(), view.offers[0].main), (format!("/papers/{paper}/issue").as_str(), true));
    assert_eq!(view.owners.len(), 1, "the draft is made; only the signature is still somebody's");
    let signs = view.owners.iter().find(|owner| owner.part == "签发").unwrap();
    assert_eq!(
        signs.units,
        [("左岚乡".to_owned(), vec![common::seeds::account_name(HERE, Role::TownshipHead, common::seeds::Post::Own)])]
    );
    assert_eq!(view.visits.len(), 3);
    assert!(view.visits.iter().all(|visit| visit.units() == 3 && visit.photos() == 1));
    assert!(matches!(view.visits[0].verdict, Some(Verdict::Counts(3))));
    let titles: Vec<&str> = view.history.iter().map(|line| line.title.as_str()).collect();
    assert_eq!(titles[0], "第3次联合劝返，拒绝返校");
    assert!(titles[3..].contains(&"列为劝返对象（现场发现）"), "{titles:?}");
    // Both lines; where somebody must be named and is not, it says so.
    assert!(view.charges.iter().any(|charge| charge.person.is_some()));
    assert!(view.charges.iter().any(|charge| charge.person.is_none()));

    let issue = IssueForm { document_number: "左岚府复通〔2026〕5号".to_owned(), ..IssueForm::default() };
    done(papers::issue_paper(services, &head, &bench.at(case).await, paper, &issue.read(bench.now()).unwrap()).await);
    bench.served(case, paper).await;
    let (_, _, notice) = paper_view(services, &head, paper).await.unwrap();
    let days = notice.line.unwrap().arithmetic.unwrap();
    assert_eq!(days.due, day("2026-10-08"));
    assert!(days.sentence.contains("顺延"), "{}", days.sentence);
    assert_eq!(notice.services.len(), 1);
}

#[tokio::test]
async fn offers_are_what_the_reader_may_do_now() {
    let bench = Bench::new().await;
    let child = bench.child(1).await;
    bench.clock("2026-09-10", "09:00");
    let (services, officer) = (&bench.world.services, bench.actor(Role::TownshipOfficer));
    let absent = ToOpen::new(child, Origin::Absence { on: day("2026-09-10") });
    done(open_case(services, &officer, &sending(), absent.clone()).await);
    let mends = async |role: Role| -> Vec<Mend> {
        let view = case_view(services, &bench.actor(role), absent.id).await.unwrap();
        view.offers.into_iter().map(|offer| offer.mend).collect()
    };
    assert_eq!(mends(Role::TownshipOfficer).await, [Mend::ConfirmCase, Mend::LogVisit, Mend::Plan]);
    assert_eq!(mends(Role::Village).await, [Mend::LogVisit]);
    assert_eq!(mends(Role::Registrar).await, [Mend::LogVisit, Mend::ConfirmReturn, Mend::Plan]);
    assert_eq!(mends(Role::Inspector).await, []);
    let confirmation = ConfirmForm { on: "2026-09-10".to_owned() }.read(bench.now()).unwrap();
    done(confirm_case(services, &officer, &bench.at(absent.id).await, confirmation).await);
    assert!(!mends(Role::TownshipOfficer).await.contains(&Mend::ConfirmCase));
}

#[tokio::test]
async fn a_restricted_cause_is_shown_to_township_and_county_only() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-10").await;
    let services = &bench.world.services;
    let form = PlanForm { cause: "early_marriage".to_owned(), aid: "劝导".to_owned(), ..PlanForm::default() };
    let plan = form.read(bench.now()).unwrap();
    done(write_plan(services, &bench.actor(Role::TownshipOfficer), &bench.at(case).await, &plan).await);
    let causes = async |role: Role| case_view(services, &bench.actor(role), case).await.unwrap().plan.unwrap().causes;
    assert_eq!(causes(Role::TownshipHead).await, "早婚早育");
    assert_eq!(causes(Role::ClassTeacher).await, "（由乡镇和县里掌握）");
    assert_eq!(causes(Role::Village).await, "（由乡镇和县里掌握）");
}

#[tokio::test]
async fn the_form_of_a_visit_begins_with_those_who_went_the_last_time() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-10").await;
    bench.clock("2026-09-11", "16:00");
    let id = bench.visited(case, "2026-09-11 14:30", Outcome::Refused).await;
    let (services, village) = (&bench.world.services, bench.actor(Role::Village));
    let start = visit_start(services, &village, case).await.unwrap();
    assert_eq!((start.ordinal, start.required, start.min_units), (2, 3, 2));
    assert_eq!(start.chosen.len(), 2);
    assert!(start.candidates.iter().all(|one| one.who.user != village.user()));
    let (_, _, visit) = visit_view(services, &village, id).await.unwrap();
    assert!(visit.correctable && !visit.asks_me);
    let (_, _, visit) = visit_view(services, &bench.actor(Role::TownshipOfficer), id).await.unwrap();
    assert!(!visit.correctable);
}

#[tokio::test]
async fn who_was_written_by_hand_and_has_an_account_is_ticked_the_next_time() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-10").await;
    bench.clock("2026-09-11", "16:00");
    let visit = bench.visited(case, "2026-09-11 14:30", Outcome::Refused).await;
    let (services, village) = (&bench.world.services, bench.actor(Role::Village));
    let before = visit_start(services, &village, case).await.unwrap();
    let known = before.candidates.iter().find(|one| !before.chosen.contains(&one.appointment)).unwrap();
    let child = bench.head(case).await.child;
    let by_hand = |name: &str| {
        format!(
            "insert into participant (county_id, id, visit_id, child_id, name, unit_id)
             values ({}, gen_random_uuid(), '{visit}', '{child}', '{name}', '{}');",
            HERE.0, known.who.unit
        )
    };
    bench.world.database.alter(format!("{} {}", by_hand(&known.who.name), by_hand("甘无号"))).await;
    let start = visit_start(services, &village, case).await.unwrap();
    assert!(start.chosen.contains(&known.appointment), "{:?}", start.chosen);
    let names: Vec<_> = start.without_account.iter().map(|who| who.name.as_str()).collect();
    assert_eq!(names, ["甘无号"]);
}

#[tokio::test]
async fn the_days_tasks_are_grouped_and_each_leads_somewhere() {
    let bench = Bench::new().await;
    let (case, paper) = up_to_the_notice(&bench).await;
    let services = &bench.world.services;
    let of = async |role: Role| today_view(services, &bench.actor(role)).await.unwrap();
    let in_case = |view: &quanxue::app::cases::view::TodayView, group: Group| -> Vec<(Verb, Option<String>)> {
        let group = view.groups.iter().find(|one| one.group == group).unwrap();
        let rows = group.rows.iter().filter(|row| row.item.case == Some(case));
        rows.map(|row| (row.item.verb, row.path.clone())).collect()
    };
    let head = of(Role::TownshipHead).await;
    assert_eq!(in_case(&head, Group::Week), [(Verb::IssuePaper, Some(format!("/papers/{paper}/issue")))]);
    let officer = of(Role::TownshipOfficer).await;
    assert_eq!(in_case(&officer, Group::Week), []);
    assert_eq!(in_case(&officer, Group::Waiting), [(Verb::IssuePaper, Some(format!("/cases/{case}")))]);
    assert!(
        of(Role::CountyApprover)
            .await
            .groups
            .iter()
            .all(|group| group.rows.iter().all(|row| row.item.case != Some(case)))
    );
    // The day moves on, the sweep has not run: late is late all the same.
    bench.clock("2026-10-12", "09:00");
    let head = of(Role::TownshipHead).await;
    assert_eq!(in_case(&head, Group::Late).len(), 1);
    assert_eq!(head.own, head.groups.iter().filter(|g| g.group != Group::Waiting).map(|g| g.total).sum::<i64>());
}

#[tokio::test]
async fn the_list_of_cases_filters_sorts_and_counts_in_one_statement() {
    let bench = Bench::new().await;
    let (case, _) = up_to_the_notice(&bench).await;
    bench.holds().await;
    let today: NaiveDate = day("2026-10-12");
    let mut read = bench.world.db().read(&bench.actor(Role::CountyOfficer)).await.unwrap();
    let mut list =
        async |filter: CaseFilter, size: i64| page(&mut read, &filter, CaseSort::Due, today, (0, size)).await.unwrap();
    let all = list(CaseFilter::default(), 50).await;
    assert_eq!(all.len(), 6);
    let first = list(CaseFilter::default(), 2).await;
    assert_eq!((first.len(), first[0].total), (2, 6));
    let at_notice = list(CaseFilter { rung: Some(Rung::DeadlineNotice), ..CaseFilter::default() }, 50).await;
    assert_eq!(at_notice.iter().map(|line| line.id).collect::<Vec<_>>(), [case]);
    let named = CaseFilter { text: Some(" 小禾1 ".to_owned()), ..CaseFilter::default() };
    assert_eq!(list(named, 50).await.len(), 1);
    let number = CaseFilter { text: Some("2026-0006".to_owned()), ..CaseFilter::default() };
    assert_eq!(list(number, 50).await[0].id, case);
    let none = CaseFilter { state: Some(Phase::StruckOff), ..CaseFilter::default() };
    assert!(list(none, 50).await.is_empty());
    let late = list(CaseFilter { overdue: true, ..CaseFilter::default() }, 50).await;
    assert!(late.iter().all(|line| line.due_on.unwrap() < today) && late.iter().any(|line| line.id == case));
    drop(read);
    // A village sees its own.
    let mut read = bench.world.db().read(&bench.actor(Role::Village)).await.unwrap();
    let seen = page(&mut read, &CaseFilter::default(), CaseSort::Place, today, (0, 50)).await.unwrap();
    assert!(seen.iter().any(|line| line.id == case) && seen.iter().all(|line| line.id != HERE.case(Child::Sibling)));
}

#[tokio::test]
async fn a_child_who_changes_class_or_name_changes_on_the_lists_too() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-10").await;
    let child = bench.head(case).await.child;
    let move_on = format!(
        "update child set name = '田大禾', class_id = '{}' where county_id = {} and id = '{child}'",
        HERE.unit(common::seeds::Place::SiblingClass),
        HERE.0
    );
    bench.world.database.alter(move_on).await;
    let services = &bench.world.services;
    let drifted = projector::drift(services, HERE.id()).await.unwrap();
    assert_eq!(drifted.iter().map(|drift| drift.case).collect::<Vec<_>>(), [case], "the comparison finds it");
    assert_eq!(projector::mend(services, HERE.id()).await.unwrap(), 1, "and mends it at night");
    assert_eq!(projector::mend(services, HERE.id()).await.unwrap(), 0);
    let mut write = services.db.write(&bench.actor(Role::CountyOfficer)).await.unwrap();
    register::refresh_children(services, &mut write, &[child]).await.unwrap();
    write.commit(Event::new(EventKind::ChildChanged).child(child)).await.unwrap();
    bench.holds().await;
    assert!(bench.tasks(case).await.iter().all(|task| task.who == "田大禾"));
}
