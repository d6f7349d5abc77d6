//! One child through the whole ladder of `zuolan-2024`: to the county, back to school, away again.

use chrono::NaiveDate;
use common::Role;
use quanxue::app::cases::after_care::{AfterCareForm, record_aftercare};
use quanxue::app::cases::confirm::{ConfirmForm, confirm_case};
use quanxue::app::cases::dispose::{DecideForm, ProposeForm, decide_disposition, propose_disposition};
use quanxue::app::cases::expiry::{ExpiryForm, verify_expiry};
use quanxue::app::cases::open::{OpenForm, open_case};
use quanxue::app::cases::papers::{self, IssueForm};
use quanxue::app::cases::plan::{PlanForm, write_plan};
use quanxue::app::cases::reopen::{ReopenForm, reopen};
use quanxue::app::cases::school_return::{ReturnForm, confirm_return};
use quanxue::app::cases::strike_off::strike_off;
use quanxue::domain::case::{Phase, Unmet, Verb};
use quanxue::domain::ids::{CaseId, ChildId, PaperId};
use quanxue::domain::policy::Rung;
use quanxue::domain::words::{DispositionKind, EvidenceKind, PaperKind};

use crate::cases::bench::{Bench, day, done, sending, unmet, upload};

#[tokio::test]
async fn a_child_goes_up_the_ladder_comes_back_and_leaves_again() {
    let bench = Bench::new().await;
    let child = bench.child(1).await;
    let case = suspected_then_confirmed(&bench, child).await;
    planned(&bench, case).await;
    bench.visited_three_times(case).await;
    let notice = noticed(&bench, case).await;
    to_the_county(&bench, case, notice).await;
    assert_eq!(bench.whereabouts(child).await, "suspended");
    back_to_school(&bench, case).await;
    assert_eq!(bench.whereabouts(child).await, "at_school");
    away_again(&bench, case).await;
    assert_eq!(bench.whereabouts(child).await, "dropped_out");
    bench.holds().await;
    // Every act was said in the chain.
    let said = bench.events(case).await;
    for kind in [
        "case_opened",
        "case_confirmed",
        "plan_written",
        "visit_logged",
        "participation_confirmed",
        "paper_drafted",
        "paper_issued",
        "paper_set",
        "service_recorded",
        "expiry_checked",
        "disposition_proposed",
        "disposition_decided",
        "return_confirmed",
        "struck_off",
        "aftercare_recorded",
        "case_reopened",
    ] {
        assert!(said.iter().any(|one| one == kind), "{kind} is not in {said:?}");
    }
}

async fn suspected_then_confirmed(bench: &Bench, child: ChildId) -> CaseId {
    let (services, officer) = (&bench.world.services, bench.actor(Role::TownshipOfficer));
    bench.clock("2026-09-09", "09:00");
    let form = OpenForm {
        origin: "absence".to_owned(),
        on: "9月9日".to_owned(),
        found_by: "班主任".to_owned(),
        found_how: "连续三天没有到校".to_owned(),
    };
    let location = done(open_case(services, &officer, &sending(), form.read(bench.now(), child).unwrap()).await);
    let case: CaseId = location.trim_start_matches("/cases/").split('?').next().unwrap().parse().unwrap();
    assert_eq!(bench.standing(case).await.phase, Phase::Suspected);
    assert_eq!(bench.whereabouts(child).await, "suspected");
    assert_eq!(bench.head(case).await.number, "2026-0006");
    assert!(bench.tasks(case).await.iter().any(|task| task.verb == Verb::Confirm && !task.waiting));

    bench.clock("2026-09-10", "15:00");
    let confirmation = ConfirmForm { on: "2026-09-10".to_owned() }.read(bench.now()).unwrap();
    done(confirm_case(services, &officer, &bench.at(case).await, confirmation).await);
    assert_eq!(bench.whereabouts(child).await, "dropped_out");
    bench.holds().await;
    case
}

async fn planned(bench: &Bench, case: CaseId) {
    let form = PlanForm {
        cause: "tired_of_school".to_owned(),
        other_cause: vec!["working".to_owned(), "tired_of_school".to_owned()],
        aid: "免住宿费；每周心理辅导1次".to_owned(),
        review_on: "2026-10-30".to_owned(),
        ..PlanForm::default()
    };
    let plan = form.read(bench.now()).unwrap();
    done(write_plan(&bench.world.services, &bench.actor(Role::TownshipOfficer), &bench.at(case).await, &plan).await);
}

/// Drafted by one, issued by another, served on the father: seven days from 28 September roll past the holidays to 8 October.
async fn noticed(bench: &Bench, case: CaseId) -> PaperId {
    let (services, officer, head) =
        (&bench.world.services, bench.actor(Role::TownshipOfficer), bench.actor(Role::TownshipHead));
    bench.clock("2026-09-28", "09:00");
    let text = papers::suggest(services, &officer, case, PaperKind::DeadlineNotice).await.unwrap();
    assert_eq!(text.addressees.len(), 1);
    let location =
        done(papers::draft_paper(services, &officer, &bench.at(case).await, PaperKind::DeadlineNotice, &text).await);
    let id: PaperId = location.trim_start_matches("/papers/").split('?').next().unwrap().parse().unwrap();
    let waiting = bench.tasks(case).await;
    assert!(waiting.iter().any(|task| task.verb == Verb::IssuePaper && task.role == Some(Role::TownshipHead)));
    assert!(waiting.iter().any(|task| task.verb == Verb::IssuePaper && task.waiting));

    let issue = IssueForm { document_number: "左岚府复通〔2026〕5号".to_owned(), ..IssueForm::default() };
    let issuing = issue.read(bench.now()).unwrap();
    done(papers::issue_paper(services, &head, &bench.at(case).await, id, &issuing).await);
    let printed = papers::print_paper(services, &officer, id).await.unwrap();
    assert!(printed.bytes.starts_with(b"%PDF"), "no PDF");
    assert_eq!(printed.count, 1);

    bench.clock("2026-09-28", "15:30");
    bench.served(case, id).await;
    let standing = bench.standing(case).await;
    assert_eq!(standing.now, Some(Rung::VerifyExpiry));
    assert_eq!(standing.papers[0].state.due(), Some(day("2026-10-08")));
    bench.holds().await;
    id
}

async fn to_the_county(bench: &Bench, case: CaseId, notice: PaperId) {
    let (services, officer, approver) =
        (&bench.world.services, bench.actor(Role::TownshipOfficer), bench.actor(Role::CountyApprover));
    bench.clock("2026-10-09", "16:00");
    let found = ExpiryForm { on: "2026-10-09".to_owned(), returned: "no".to_owned(), note: "仍在家中".to_owned() };
    let found = found.read(bench.now()).unwrap();
    done(verify_expiry(services, &officer, &bench.at(case).await, notice, &found).await);

    let proposal =
        ProposeForm { kind: "county_decision".to_owned(), ..ProposeForm::default() }.read(bench.now()).unwrap();
    done(propose_disposition(services, &officer, &bench.at(case).await, &proposal).await);
    let disposition = bench.facts(case).await.dispositions[0].id;

    bench.clock("2026-10-12", "10:00");
    let agree = DecideForm { approve: "yes".to_owned(), ..DecideForm::default() };
    let bare = agree.read(bench.now(), Vec::new()).unwrap();
    let missing = unmet(decide_disposition(services, &approver, &bench.at(case).await, disposition, bare).await);
    assert_eq!(missing, [Unmet::EvidenceMissing { evidence: EvidenceKind::GroupConsent }]);
    let with_scan = agree.read(bench.now(), vec![upload("审批表")]).unwrap();
    done(decide_disposition(services, &approver, &bench.at(case).await, disposition, with_scan).await);
    assert_eq!(bench.standing(case).await.phase, Phase::Held);
    bench.holds().await;
    // The monthly visit goes on; its month begins by the sweep alone.
    bench.clock("2026-11-02", "07:00");
    bench.holds().await;
    let visit = bench.tasks(case).await.into_iter().find(|task| task.verb == Verb::LogVisit).unwrap();
    assert_eq!(visit.due_on, day("2026-11-30"));
}

async fn back_to_school(bench: &Bench, case: CaseId) {
    let (services, registrar, officer) =
        (&bench.world.services, bench.actor(Role::Registrar), bench.actor(Role::TownshipOfficer));
    bench.clock("2026-11-10", "10:00");
    let back =
        ReturnForm { on: "2026-11-09".to_owned(), class_label: "七年级1班".to_owned(), ..ReturnForm::default() };
    let back = back.read(bench.now()).unwrap();
    done(confirm_return(services, &registrar, &bench.at(case).await, &back).await);
    let lacking = unmet(strike_off(services, &officer, &bench.at(case).await, Some(DispositionKind::Returned)).await);
    assert_eq!(lacking, [Unmet::EvidenceMissing { evidence: EvidenceKind::Commitment }]);
    bench.file(case, EvidenceKind::Commitment).await;
    let conclusion = unmet(strike_off(services, &officer, &bench.at(case).await, None).await);
    assert_eq!(conclusion, [Unmet::NoConclusion]); // AC-106
    done(strike_off(services, &officer, &bench.at(case).await, Some(DispositionKind::Returned)).await);
    let standing = bench.standing(case).await;
    assert_eq!(standing.phase, Phase::StruckOff);
    let days: Vec<NaiveDate> = standing.after_care.iter().map(|line| line.due).collect();
    assert_eq!(days, [day("2026-12-09"), day("2027-01-08"), day("2027-02-07")]);
    bench.holds().await;
}

async fn away_again(bench: &Bench, case: CaseId) {
    let (services, officer) = (&bench.world.services, bench.actor(Role::TownshipOfficer));
    bench.clock("2026-12-09", "10:00");
    let gone =
        AfterCareForm { on: "2026-12-09".to_owned(), at_school: "no".to_owned(), note: "随父外出".to_owned() };
    let gone = gone.read(bench.now()).unwrap();
    let location = done(record_aftercare(services, &officer, &bench.at(case).await, 30, &gone).await);
    assert!(location.contains("/reopen"), "{location}");
    assert!(bench.tasks(case).await.iter().any(|task| task.verb == Verb::Reopen));
    let relapse = ReopenForm { on: "2026-12-09".to_owned(), reason: "回访发现又离校".to_owned() };
    let relapse = relapse.read(bench.now()).unwrap();
    done(reopen(services, &officer, &bench.at(case).await, &relapse).await);
    let standing = bench.standing(case).await;
    assert_eq!((standing.phase, standing.counted), (Phase::Open, 0), "the ladder begins anew");
}
