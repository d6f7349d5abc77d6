//! Whatever people do in whatever order, what lists show is what the facts say.

use common::Role;
use quanxue::app::cases::NotDone;
use quanxue::app::cases::after_care::{AfterCareForm, record_aftercare};
use quanxue::app::cases::confirm::{ConfirmForm, confirm_case};
use quanxue::app::cases::dispose::{DecideForm, ProposeForm, decide_disposition, propose_disposition};
use quanxue::app::cases::expiry::{ExpiryForm, verify_expiry};
use quanxue::app::cases::open::{Origin, ToOpen, open_case};
use quanxue::app::cases::papers::{self, IssueForm};
use quanxue::app::cases::reopen::{ReopenForm, reopen};
use quanxue::app::cases::school_return::{ReturnForm, confirm_return};
use quanxue::app::cases::service::{ServiceForm, record_service};
use quanxue::app::cases::strike_off::strike_off;
use quanxue::app::cases::visit::{answer_participation, log_visit};
use quanxue::domain::case::Verb;
use quanxue::domain::ids::{CaseId, PaperId};
use quanxue::domain::words::{DispositionKind, EvidenceKind, Outcome, PaperKind};

use crate::cases::bench::{Bench, sending, upload, visit};

/// The same walk every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

#[tokio::test]
async fn after_every_act_and_every_night_the_projection_is_the_recomputation() {
    let bench = Bench::new().await;
    let (mut dice, mut day) = (Dice(20_261_015), chrono::NaiveDate::from_ymd_opt(2026, 9, 8).unwrap());
    let (services, officer) = (&bench.world.services, bench.actor(Role::TownshipOfficer));
    let mut cases = Vec::new();
    for n in 0..3 {
        let asked = ToOpen::new(bench.child(n).await, Origin::Absence { on: day });
        open_case(services, &officer, &sending(), asked.clone()).await.unwrap();
        cases.push(asked.id);
    }
    let mut done = 0;
    for step in 0..160 {
        if dice.roll(3) == 0 {
            day = day + chrono::Days::new(1 + dice.roll(9));
            bench.clock(&day.to_string(), "09:00");
        }
        let case = cases[usize::try_from(dice.roll(3)).unwrap()];
        // Children come back only in the second half: before that the ladder goes to its end.
        let sides = if step < 90 { 11 } else { 15 };
        let which = match next(&bench, case).await {
            Some(next) if dice.roll(2) == 0 => next,
            _ => dice.roll(sides),
        };
        match act(&bench, case, which, dice.roll(4)).await {
            Ok(()) => done += 1,
            Err(NotDone::Failed(why)) => panic!("step {step}: {why:?}"),
            Err(_) => {}
        }
        bench.holds().await;
    }
    assert!(done > 60, "only {done} of 160 acts were done");
    let mut said = Vec::new();
    for case in &cases {
        said.extend(bench.events(*case).await);
    }
    for kind in
        ["paper_issued", "service_recorded", "expiry_checked", "disposition_decided", "struck_off", "case_reopened"]
    {
        assert!(said.iter().any(|one| one == kind), "the walk never came to {kind}");
    }
}

/// The act that the lists ask for.
async fn next(bench: &Bench, case: CaseId) -> Option<u64> {
    let verbs = [
        Verb::Confirm,
        Verb::LogVisit,
        Verb::DraftPaper,
        Verb::IssuePaper,
        Verb::RecordService,
        Verb::VerifyExpiry,
        Verb::Propose,
        Verb::Decide,
        Verb::StrikeOff,
        Verb::Reopen,
    ];
    let acts = [0, 1, 5, 6, 7, 8, 9, 10, 12, 14];
    let tasks = bench.tasks(case).await;
    let asked = verbs.iter().zip(acts).find(|(verb, _)| tasks.iter().any(|task| task.verb == **verb && !task.waiting));
    asked.map(|(_, act)| act)
}

async fn act(bench: &Bench, case: CaseId, which: u64, how: u64) -> Result<(), NotDone> {
    let services = &bench.world.services;
    let [officer, head, village, teacher, registrar, approver] = [
        Role::TownshipOfficer,
        Role::TownshipHead,
        Role::Village,
        Role::ClassTeacher,
        Role::Registrar,
        Role::CountyApprover,
    ]
    .map(|role| bench.actor(role));
    let (at, now, on) = (bench.at(case).await, bench.now(), bench.now().format("%Y-%m-%d").to_string());
    let facts = bench.facts(case).await;
    let kind = PaperKind::DeadlineNotice;
    let paper = facts.papers.iter().rev().find(|paper| !paper.voided).map_or_else(PaperId::new, |paper| paper.id);
    match which {
        0 => {
            confirm_case(services, &officer, &at, ConfirmForm { on }.read(now)?).await?;
        }
        1..=4 => {
            let outcome = [Outcome::Refused, Outcome::Hesitant, Outcome::Refused, Outcome::PupilAway];
            let when = format!("{on} 0{}:30", how + 1);
            let outcome = outcome[usize::try_from(how).unwrap()];
            let entry = visit(bench, outcome, &when, &[Role::TownshipOfficer, Role::ClassTeacher]);
            let id = entry.id;
            log_visit(services, &village, case, entry).await?;
            answer_participation(services, &teacher, id, how != 3, sending()).await?;
            answer_participation(services, &officer, id, true, sending()).await?;
        }
        5 => {
            let text = papers::suggest(services, &officer, case, kind).await?;
            papers::draft_paper(services, &officer, &at, kind, &text).await?;
        }
        6 => {
            let issue = IssueForm { document_number: format!("{case}"), ..IssueForm::default() }.read(now)?;
            if facts.papers.iter().any(|one| one.id == paper && one.issued_on.is_none()) {
                papers::issue_paper(services, &head, &at, paper, &issue).await?;
            }
        }
        7 => {
            let form = ServiceForm {
                method: if how == 0 { "public" } else { "direct" }.to_owned(),
                on,
                recipient: "田父".to_owned(),
                relation: "父亲".to_owned(),
                servers: vec!["甘".to_owned()],
                tried: "外出无法联系".to_owned(),
                published: "村务公开栏".to_owned(),
                ..ServiceForm::default()
            };
            let served = form.read(now, vec![upload("送达回证")], Vec::new())?;
            record_service(services, &officer, &at, paper, served).await?;
        }
        8 => {
            let returned = if how == 0 { "yes" } else { "no" }.to_owned();
            let found = ExpiryForm { on, returned, note: String::new() }.read(now)?;
            verify_expiry(services, &officer, &at, paper, &found).await?;
        }
        9 => {
            let proposal = ProposeForm { kind: "county_decision".to_owned(), ..ProposeForm::default() }.read(now)?;
            propose_disposition(services, &officer, &at, &proposal).await?;
        }
        10 => {
            let approve = if how == 0 { "no" } else { "yes" }.to_owned();
            let form = DecideForm { approve, reason: "材料".to_owned(), ..DecideForm::default() };
            if let Some(last) = facts.dispositions.last() {
                decide_disposition(services, &approver, &at, last.id, form.read(now, vec![upload("审批表")])?).await?;
            }
        }
        11 => {
            let form = ReturnForm { on, class_label: "七年级1班".to_owned(), ..ReturnForm::default() };
            confirm_return(services, &registrar, &at, &form.read(now)?).await?;
            bench.file(case, EvidenceKind::Commitment).await;
        }
        12 => {
            strike_off(services, &officer, &at, Some(DispositionKind::Returned)).await?;
        }
        13 => {
            let form = AfterCareForm {
                on,
                at_school: if how == 0 { "yes" } else { "no" }.to_owned(),
                note: "看过".to_owned(),
            };
            record_aftercare(services, &officer, &at, 30, &form.read(now)?).await?;
        }
        _ => {
            let form = ReopenForm { on, reason: "又离校".to_owned() };
            reopen(services, &officer, &at, &form.read(now)?).await?;
        }
    }
    Ok(())
}
