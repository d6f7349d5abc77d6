//! Steps that are recorded, passed over with a second person, and papers that several organs sign together.

use common::Role;
use quanxue::app::cases::papers::{self, IssueForm};
use quanxue::app::cases::steps::{SkipDecideForm, SkipForm, StepForm, decide_skip, propose_skip, record_step};
use quanxue::app::cases::{Done, NotDone};
use quanxue::domain::case::{PaperState, Unmet, Verb};
use quanxue::domain::ids::{CaseId, PaperId, StepId};
use quanxue::domain::policy::{Organ, Rung};
use quanxue::domain::words::{Outcome, PaperKind};

use crate::cases::bench::{Bench, done, unmet, upload};

async fn recorded(bench: &Bench, case: CaseId, role: Role, rung: Rung, scan: Option<&str>) -> Result<Done, NotDone> {
    let form = StepForm { on: bench.now().date_naive().to_string(), note: "当面送到".to_owned() };
    let taken = form.read(bench.now(), scan.map(upload).into_iter().collect()).unwrap();
    record_step(&bench.world.services, &bench.actor(role), &bench.at(case).await, rung, taken).await
}

async fn skip(bench: &Bench, case: CaseId, role: Role) -> Result<Done, NotDone> {
    let reason = SkipForm { reason: "本县没有登记行政处罚的法律依据".to_owned() }.read(bench.now()).unwrap();
    propose_skip(&bench.world.services, &bench.actor(role), &bench.at(case).await, Rung::Penalty, &reason).await
}

async fn decided(bench: &Bench, case: CaseId, role: Role, id: StepId) -> Result<Done, NotDone> {
    let form = SkipDecideForm { approve: "yes".to_owned(), reason: String::new() };
    let decision = form.read(bench.now()).unwrap();
    decide_skip(&bench.world.services, &bench.actor(role), &bench.at(case).await, id, decision).await
}

async fn drafted(bench: &Bench, case: CaseId, (drafter, kind): (Role, PaperKind), last: &str) -> PaperId {
    let (services, officer) = (&bench.world.services, bench.actor(drafter));
    let mut text = papers::suggest(services, &officer, case, kind).await.unwrap();
    text.deadline_on = Some(last.parse().unwrap());
    let at = bench.at(case).await;
    let location = done(papers::draft_paper(services, &officer, &at, kind, &text).await);
    location.trim_start_matches("/papers/").split('?').next().unwrap().parse().unwrap()
}

async fn issued(bench: &Bench, case: CaseId, role: Role, id: PaperId) -> Result<Done, NotDone> {
    let form = IssueForm { document_number: "左岚府复通〔2026〕1号".to_owned(), ..IssueForm::default() };
    let issuing = form.read(bench.now()).unwrap();
    papers::issue_paper(&bench.world.services, &bench.actor(role), &bench.at(case).await, id, &issuing).await
}

/// AC-43, AC-45: the ladder of Huoqiu, without a legal basis for penalties.
#[tokio::test]
async fn ac_45_a_penalty_without_a_basis_is_passed_over_by_two_persons() {
    let bench = Bench::under("huoqiu-2021").await;
    let case = bench.found(1, "2026-09-10").await;
    bench.clock("2026-09-11", "16:00");
    bench.visited(case, "2026-09-11 14:30", Outcome::Refused).await;
    assert_eq!(bench.standing(case).await.now, Some(Rung::WrittenReport));

    let refused = unmet(recorded(&bench, case, Role::TownshipOfficer, Rung::WrittenReport, None).await);
    assert!(matches!(refused[..], [Unmet::NotYourRole { .. }]), "{refused:?}");
    done(recorded(&bench, case, Role::Registrar, Rung::WrittenReport, Some("报告")).await);
    let again = unmet(recorded(&bench, case, Role::Registrar, Rung::WrittenReport, None).await);
    assert!(matches!(again[..], [Unmet::AlreadyRecorded { .. }]), "{again:?}");
    assert_eq!(bench.standing(case).await.now, Some(Rung::DeadlineNotice));

    let id = drafted(&bench, case, (Role::TownshipOfficer, PaperKind::DeadlineNotice), "2026-09-18").await;
    done(issued(&bench, case, Role::TownshipHead, id).await);
    bench.served(case, id).await;
    bench.clock("2026-09-21", "09:00");
    let early = unmet(skip(&bench, case, Role::TownshipOfficer).await);
    assert_eq!(early[0].sentence(), "中心学校尚未报告乡镇人民政府");
    done(recorded(&bench, case, Role::Registrar, Rung::ExpiryReport, None).await);

    let referral = unmet(recorded(&bench, case, Role::CountyOfficer, Rung::JudicialReferral, None).await);
    assert_eq!(referral, [Unmet::PenaltyOrSkip]);
    let tasks = bench.tasks(case).await;
    assert!(tasks.iter().any(|task| task.verb == Verb::Skip && !task.waiting), "{tasks:?}");
    done(skip(&bench, case, Role::TownshipOfficer).await);
    let facts = bench.facts(case).await;
    let id = facts.skips[0].id;
    let waits = unmet(recorded(&bench, case, Role::CountyOfficer, Rung::JudicialReferral, None).await);
    assert_eq!(waits, [Unmet::SkipPending { rung: Rung::Penalty, id }]);
    done(decided(&bench, case, Role::CountyApprover, id).await);
    assert_eq!(bench.standing(case).await.now, Some(Rung::JudicialReferral));
    done(recorded(&bench, case, Role::CountyOfficer, Rung::JudicialReferral, None).await);
    assert_eq!(bench.standing(case).await.now, Some(Rung::Return));
    bench.holds().await;
    let said = bench.events(case).await;
    for kind in ["step_recorded", "skip_proposed", "skip_decided"] {
        assert!(said.iter().any(|one| one == kind), "{kind} is not in {said:?}");
    }
}

/// AC-53: the notice of Zaozhuang is not issued before its three organs have signed.
#[tokio::test]
async fn ac_53_a_joint_notice_waits_for_every_signature() {
    let bench = Bench::under("zaozhuang-2020").await;
    let case = bench.found(1, "2026-09-10").await;
    assert_eq!(bench.standing(case).await.now, Some(Rung::ReturnNotice));
    let id = drafted(&bench, case, (Role::CountyOfficer, PaperKind::ReturnNotice), "2026-09-20").await;
    let state = async || bench.standing(case).await.papers[0].state;

    done(issued(&bench, case, Role::TownshipHead, id).await);
    assert_eq!(state().await, PaperState::Draft, "one of three");
    let twice = unmet(issued(&bench, case, Role::TownshipHead, id).await);
    assert_eq!(twice, [Unmet::AlreadySigned { organ: Organ::Township }]);
    let missing = bench.standing(case).await.next.unwrap().unmet;
    assert_eq!(missing[0].sentence(), "劝返复学通知书还要县级教育行政部门、村（居）民委员会签发");
    let tasks = bench.tasks(case).await;
    let asked =
        |role| tasks.iter().any(|task| task.verb == Verb::IssuePaper && !task.waiting && task.role == Some(role));
    assert!(asked(Role::CountyApprover) && asked(Role::Village) && !asked(Role::TownshipHead), "{tasks:?}");

    done(issued(&bench, case, Role::Village, id).await);
    done(issued(&bench, case, Role::CountyApprover, id).await);
    assert!(matches!(state().await, PaperState::Issued { .. }));
    bench.holds().await;
}
