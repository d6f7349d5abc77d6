//! What is not done, and everything that stands against it.

use chrono::NaiveDate;
use common::Role;
use common::seeds::{HERE, Post};
use quanxue::app::AppError;
use quanxue::app::cases::dispose::{DecideForm, ProposeForm, decide_disposition, propose_disposition};
use quanxue::app::cases::expiry::{ExpiryForm, verify_expiry};
use quanxue::app::cases::open::{Origin, ToOpen, open_case};
use quanxue::app::cases::papers::{self, IssueForm};
use quanxue::app::cases::plan::{PlanForm, write_plan};
use quanxue::app::cases::service::{ServiceForm, record_service};
use quanxue::app::cases::visit::log_visit;
use quanxue::app::cases::{At, NotDone};
use quanxue::db::DbError;
use quanxue::domain::case::{Unmet, Verdict, WhyNot};
use quanxue::domain::faults::Faults;
use quanxue::domain::ids::{CaseId, PaperId};
use quanxue::domain::words::{Outcome, PaperKind};

use crate::cases::bench::{Bench, day, done, sending, unmet, upload, visit};

fn faults<T: std::fmt::Debug>(result: Result<T, NotDone>) -> Vec<&'static str> {
    match result {
        Err(NotDone::Faulty(Faults(faults))) => faults.into_iter().map(|(field, _)| field).collect(),
        other => panic!("no faults: {other:?}"),
    }
}

async fn draft(bench: &Bench, case: CaseId) -> Result<PaperId, NotDone> {
    let (services, officer) = (&bench.world.services, bench.actor(Role::TownshipOfficer));
    let kind = PaperKind::DeadlineNotice;
    let text = papers::suggest(services, &officer, case, kind).await.unwrap();
    let done = papers::draft_paper(services, &officer, &bench.at(case).await, kind, &text).await?;
    Ok(done.location.trim_start_matches("/papers/").split('?').next().unwrap().parse().unwrap())
}

async fn issued(bench: &Bench, case: CaseId) -> PaperId {
    let id = draft(bench, case).await.unwrap();
    let issue = IssueForm { document_number: "左岚府复通〔2026〕1号".to_owned(), ..IssueForm::default() };
    let (services, head) = (&bench.world.services, bench.actor(Role::TownshipHead));
    done(papers::issue_paper(services, &head, &bench.at(case).await, id, &issue.read(bench.now()).unwrap()).await);
    id
}

#[tokio::test]
async fn ac_33_the_third_visit_is_missing() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-10").await;
    bench.clock("2026-09-18", "16:00");
    bench.visited(case, "2026-09-11 14:30", Outcome::Refused).await;
    bench.visited(case, "2026-09-18 14:30", Outcome::Refused).await;
    let missing = unmet(draft(&bench, case).await);
    assert_eq!(missing, [Unmet::VisitsShort { have: 2, need: 3, pupil: true }]);
    assert_eq!(missing[0].sentence(), "还差第3次联合劝返（学生在场）");
}

#[tokio::test]
async fn ac_65_a_visit_without_the_pupil_or_of_one_unit_does_not_count() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-10").await;
    bench.clock("2026-09-24", "16:00");
    let services = &bench.world.services;
    let absent = bench.visited(case, "2026-09-11 14:30", Outcome::PupilAway).await;
    let alone = visit(&bench, Outcome::Refused, "2026-09-16 10:00", &[]);
    let asked = visit(&bench, Outcome::Refused, "2026-09-24 10:00", &[Role::TownshipOfficer]);
    let (alone_id, asked_id) = (alone.id, asked.id);
    done(log_visit(services, &bench.actor(Role::ClassTeacher), case, alone).await);
    done(log_visit(services, &bench.actor(Role::Village), case, asked).await);
    let standing = bench.standing(case).await;
    let why = |id| standing.visits.iter().find(|line| line.id == id).unwrap().verdict.clone();
    assert_eq!(why(absent), Verdict::DoesNot(vec![WhyNot::PupilAbsent]));
    let too_few = Verdict::DoesNot(vec![WhyNot::TooFewUnits { confirmed: 1, need: 2, waiting: 0 }]);
    assert_eq!(why(alone_id), too_few);
    let waits = why(asked_id);
    assert!(
        matches!(&waits, Verdict::Waits(whom) if whom.len() == 1),
        "the township has not said that it went: {waits:?}"
    );
    assert_eq!(standing.counted, 0);
    // The one who is asked, and nobody else, has it among the tasks; the other doers only wait for it.
    let tasks: Vec<_> = bench.tasks(case).await.into_iter().filter(|task| task.visit == Some(asked_id)).collect();
    let (waits, asks): (Vec<_>, Vec<_>) = tasks.into_iter().partition(|task| task.waiting);
    assert!(!waits.is_empty() && waits.iter().all(|task| task.why.contains("确认参加后计入")), "{waits:?}");
    assert_eq!(asks.len(), 1);
    assert_eq!(asks[0].user, Some(bench.user(Role::TownshipOfficer)));
}

#[tokio::test]
async fn a_service_is_not_dated_before_its_paper_nor_in_the_future() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-10").await;
    bench.visited_three_times(case).await;
    bench.clock("2026-09-28", "09:00");
    let paper = issued(&bench, case).await;
    let (services, officer) = (&bench.world.services, bench.actor(Role::TownshipOfficer));
    let form = |on: &str| ServiceForm {
        method: "direct".to_owned(),
        on: on.to_owned(),
        recipient: "田父".to_owned(),
        relation: "父亲".to_owned(),
        servers: vec!["甘午松".to_owned()],
        ..ServiceForm::default()
    };
    let early = form("2026-09-27").read(bench.now(), Vec::new(), Vec::new()).unwrap();
    let against = unmet(record_service(services, &officer, &bench.at(case).await, paper, early).await);
    assert!(matches!(against[..], [Unmet::BeforePredecessor { on, .. }] if on == day("2026-09-28")), "{against:?}");
    assert!(form("2026-09-29").read(bench.now(), Vec::new(), Vec::new()).is_err());
    let bare = ServiceForm { method: "left".to_owned(), on: "2026-09-28".to_owned(), ..ServiceForm::default() };
    let Faults(lacking) = bare.read(bench.now(), Vec::new(), Vec::new()).unwrap_err();
    let fields: Vec<_> = lacking.iter().map(|(field, _)| *field).collect();
    assert_eq!(fields, ["recipient", "refusal", "servers", "witness"]);
    // A failed attempt starts no days, and the paper may still be served.
    let failed = ServiceForm { failed: "on".to_owned(), note: "家中无人".to_owned(), ..form("2026-09-28") };
    let failed = failed.read(bench.now(), Vec::new(), Vec::new()).unwrap();
    done(record_service(services, &officer, &bench.at(case).await, paper, failed).await);
    assert_eq!(bench.standing(case).await.papers[0].arithmetic, None);
    bench.served(case, paper).await;
    assert!(bench.standing(case).await.papers[0].arithmetic.is_some());
}

#[tokio::test]
async fn nobody_decides_on_what_they_proposed_and_no_paper_goes_without_its_number() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-10").await;
    bench.visited_three_times(case).await;
    bench.clock("2026-09-28", "09:00");
    let services = &bench.world.services;
    let id = draft(&bench, case).await.unwrap();
    let bare = IssueForm::default().read(bench.now()).unwrap();
    let head = bench.actor(Role::TownshipHead);
    let lacking = papers::issue_paper(services, &head, &bench.at(case).await, id, &bare).await;
    assert_eq!(faults(lacking), ["document_number"]);
    // Issuing is the head's, whatever the officer sends.
    let officer = bench.actor(Role::TownshipOfficer);
    let issue = IssueForm { document_number: "左岚府复通〔2026〕1号".to_owned(), ..IssueForm::default() };
    let issue = issue.read(bench.now()).unwrap();
    let refused = papers::issue_paper(services, &officer, &bench.at(case).await, id, &issue).await;
    assert!(matches!(refused, Err(NotDone::NotAllowed(_))), "{refused:?}");
    done(papers::issue_paper(services, &head, &bench.at(case).await, id, &issue).await);
    bench.clock("2026-09-28", "15:00");
    bench.served(case, id).await;
    bench.clock("2026-10-09", "09:00");
    let found = ExpiryForm { on: "2026-10-09".to_owned(), returned: "no".to_owned(), ..ExpiryForm::default() };
    let found = found.read(bench.now()).unwrap();
    done(verify_expiry(services, &officer, &bench.at(case).await, id, &found).await);
    let propose =
        ProposeForm { kind: "county_decision".to_owned(), ..ProposeForm::default() }.read(bench.now()).unwrap();
    done(propose_disposition(services, &officer, &bench.at(case).await, &propose).await);
    // The proposer, now at the county, still may not agree.
    let mut person = bench.actor(Role::CountyApprover).person().unwrap().clone();
    person.user = bench.user(Role::TownshipOfficer);
    let same = quanxue::domain::actor::Actor { county: HERE.id(), who: quanxue::domain::actor::Who::Person(person) };
    let agree = DecideForm { approve: "yes".to_owned(), ..DecideForm::default() };
    let agree = agree.read(bench.now(), vec![upload("审批表")]).unwrap();
    let disposition = bench.facts(case).await.dispositions[0].id;
    let against = unmet(decide_disposition(services, &same, &bench.at(case).await, disposition, agree).await);
    assert_eq!(against, [Unmet::SamePerson]);
    // Refused, it left nothing behind.
    assert!(bench.facts(case).await.evidence.is_empty());
}

#[tokio::test]
async fn a_page_that_is_out_of_date_does_not_act() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-10").await;
    let (services, officer) = (&bench.world.services, bench.actor(Role::TownshipOfficer));
    let before = bench.at(case).await;
    let form = PlanForm { cause: "poverty".to_owned(), aid: "生活补助".to_owned(), ..PlanForm::default() };
    let plan = form.read(bench.now()).unwrap();
    let sent_again = At { seen: before.seen, case, sent: before.sent.clone() };
    let location = done(write_plan(services, &officer, &before, &plan).await);
    assert_eq!(done(write_plan(services, &officer, &sent_again, &plan).await), location, "the same form once more");
    let late = At { sent: sending(), ..before.clone() };
    let conflict = write_plan(services, &officer, &late, &plan).await;
    assert!(matches!(&conflict, Err(NotDone::Conflict(why)) if why.contains("情况已经变化")), "{conflict:?}");
    let mut other_body = before.sent.clone();
    other_body.body_hash = b"other".to_vec();
    let conflict = write_plan(services, &officer, &At { sent: other_body, ..bench.at(case).await }, &plan).await;
    assert!(matches!(&conflict, Err(NotDone::Conflict(why)) if why.contains("内容与这一次不同")), "{conflict:?}");
}

#[tokio::test]
async fn a_case_that_is_not_ones_own_is_not_there() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-10").await;
    let elsewhere = bench.world.actor(HERE, Role::TownshipOfficer, Post::Sibling);
    let plan = PlanForm { cause: "poverty".to_owned(), aid: "补助".to_owned(), ..PlanForm::default() };
    let plan = plan.read(bench.now()).unwrap();
    let hidden = write_plan(&bench.world.services, &elsewhere, &bench.at(case).await, &plan).await;
    assert!(matches!(hidden, Err(NotDone::Failed(AppError::Db(DbError::NotFound)))), "{hidden:?}");
    let inspector =
        write_plan(&bench.world.services, &bench.actor(Role::Inspector), &bench.at(case).await, &plan).await;
    assert!(matches!(inspector, Err(NotDone::NotAllowed(_))), "{inspector:?}");
}

#[tokio::test]
async fn a_child_has_one_open_case_and_others_are_opened_beside_it() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-10").await;
    let child = bench.head(case).await.child;
    let (services, officer) = (&bench.world.services, bench.actor(Role::TownshipOfficer));
    bench.clock("2026-09-11", "09:00");
    let found = |on: &str| Origin::Found { on: day(on) };
    let twice = unmet(open_case(services, &officer, &sending(), ToOpen::new(child, found("2026-09-11"))).await);
    assert_eq!(twice, [Unmet::CaseOpen { case, number: "2026-0006".to_owned() }]);
    let (free, old) = (bench.child(2).await, bench.child(3).await);
    bench.born(old, "2009-01-01").await;
    let late = unmet(open_case(services, &officer, &sending(), ToOpen::new(old, found("2026-09-10"))).await);
    assert_eq!(late, [Unmet::NotSchoolAge]);
    let opened = ToOpen::new(free, found("2026-09-10"));
    let id = opened.id;
    done(open_case(services, &officer, &sending(), opened).await);
    assert_eq!(bench.head(id).await.number, "2026-0007");
    let future = Origin::Found { on: NaiveDate::MAX };
    let ahead = unmet(open_case(services, &officer, &sending(), ToOpen::new(bench.child(4).await, future)).await);
    assert!(ahead.contains(&Unmet::InFuture { on: NaiveDate::MAX }), "{ahead:?}");
}
