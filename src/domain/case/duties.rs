//! Which tasks a case sets on a day, and those that follow from checks and terms alone.

use chrono::{Datelike, NaiveDate};

use super::duty::{Duty, Verb};
use super::facts::Facts;
use super::notice::{Notice, Served};
use super::round::Round;
use super::steps::lacking_words;
use super::unmet::{Mend, Unmet};
use super::view::{NextStep, Phase};
use crate::domain::calendar::{Calendar, spoken};
use crate::domain::policy::{Guard, NeededAt, Owner, Policies, Rung, Step, Work};
use crate::domain::words::{DispositionKind, PaperKind};

/// The tasks of a case on a day, the next step's first.
pub fn duties(facts: &Facts, policies: &Policies, calendar: &Calendar, today: NaiveDate) -> Vec<Duty> {
    round_duties(&Round::of(facts, policies, calendar, today))
}

/// The task to answer a check that was set on a day (002:L25).
pub fn check_duty(set_on: NaiveDate, policies: &Policies, calendar: &Calendar, today: NaiveDate) -> Duty {
    let rule = &policies.on(set_on).check;
    let due = rule.within.value.due(set_on, calendar).due;
    let late = today > due;
    Duty {
        overdue_since: due.succ_opt().filter(|_| late),
        ..Duty::new(Verb::Confirm, "去向没有证明，请现场核查后回复", due, rule.by.clone())
    }
}

impl Duty {
    fn new(verb: Verb, reason: &str, due: NaiveDate, owner: Owner) -> Self {
        Self {
            verb,
            reason: reason.to_owned(),
            due,
            overdue_since: None,
            owner,
            person: None,
            waiting: Vec::new(),
            waiting_since: None,
            waiting_reason: String::new(),
            place: None,
        }
    }

    fn at(self, place: Mend) -> Self {
        Self { place: Some(place), ..self }
    }

    fn awaited_by(mut self, owner: &Owner, since: NaiveDate) -> Self {
        self.waiting.extend(owner.roles.iter().copied());
        Self { waiting_since: Some(since), ..self }
    }
}

pub(super) fn round_duties(round: &Round<'_>) -> Vec<Duty> {
    let mut duties: Vec<Duty> = round.next_step().iter().flat_map(|next| step_duties(round, next)).collect();
    duties.extend(confirmations(round));
    duties.extend(missing_files(round));
    duties.extend(contact(round));
    duties.extend(plan_review(round));
    duties.extend(super::disposition::follow_ups(round));
    duties
}

/// The next step as a task for whoever is to take it now; for each of those who sign together.
fn step_duties(round: &Round<'_>, next: &NextStep) -> Vec<Duty> {
    let step = round.policy.step(next.rung).filter(|_| round.phase() != Phase::StruckOff);
    let (Some(step), Some(due)) = (step, next.due) else { return Vec::new() };
    if round.awaits_word(next.rung).is_some() {
        return Vec::new();
    }
    let task = |verb: Verb, owner: &Owner| Duty {
        overdue_since: next.overdue_since,
        ..Duty::new(verb, &reason(round, next, step), due, owner.clone())
    };
    let seconds = |verb: Verb, place: Mend, since: NaiveDate| -> Vec<Duty> {
        let second = |owner: &Owner| task(verb, owner).at(place).awaited_by(&step.by, since);
        step.completed_by().iter().map(second).collect()
    };
    match next.rung.work() {
        Work::Confirm => vec![task(Verb::Confirm, &step.by).at(Mend::ConfirmCase)],
        Work::Visits | Work::Monthly | Work::Further => vec![task(Verb::LogVisit, &step.by).at(Mend::LogVisit)],
        Work::Paper(_) if round.lacks_basis(next.rung) => skip_duty(round, step, task).into_iter().collect(),
        Work::Paper(paper) => paper_duties(round, step, paper, task),
        Work::Record => vec![task(Verb::RecordStep, &step.by).at(Mend::RecordStep { rung: next.rung })],
        Work::Verify => {
            let served = round.to_verify().filter(|served| served.due.is_none_or(|due| round.today > due));
            let at = |served: &Served<'_>| Mend::VerifyExpiry { id: served.paper.id };
            served.map(|served| task(Verb::VerifyExpiry, &step.by).at(at(served))).into_iter().collect()
        }
        Work::CountyDecision => match round.pending(DispositionKind::CountyDecision) {
            Some(pending) => seconds(Verb::Decide, Mend::Decide { id: pending.id }, pending.proposed_on),
            None => vec![task(Verb::Propose, &step.by).at(Mend::Propose { kind: DispositionKind::CountyDecision })],
        },
        Work::Return if round.returned.is_some() => {
            step.completed_by().iter().map(|owner| task(Verb::StrikeOff, owner).at(Mend::StrikeOff)).collect()
        }
        Work::Return => {
            let since = round.found_back_on().unwrap_or(round.today);
            let confirm = task(Verb::ConfirmReturn, &step.by).at(Mend::ConfirmReturn);
            vec![step.completed_by().iter().fold(confirm, |duty, owner| duty.awaited_by(owner, since))]
        }
    }
}

/// No legal basis: whoever may proposes to pass the step over, and a second person decides.
fn skip_duty(round: &Round<'_>, step: &Step, task: impl Fn(Verb, &Owner) -> Duty) -> Option<Duty> {
    let rule = &round.policy.penalty;
    let Some(pending) = round.pending_skip(step.rung) else {
        return rule.skip_by.as_ref().map(|owner| task(Verb::Skip, owner).at(Mend::Skip { rung: step.rung }));
    };
    let decide = |owner: &Owner| task(Verb::DecideSkip, owner).at(Mend::DecideSkip { id: pending.id });
    rule.skip_decided_by.as_ref().map(|owner| decide(owner).awaited_by(&step.by, pending.proposed_on))
}

fn paper_duties(round: &Round<'_>, step: &Step, paper: PaperKind, task: impl Fn(Verb, &Owner) -> Duty) -> Vec<Duty> {
    match round.notice(paper) {
        None => vec![task(Verb::DraftPaper, &step.by).at(Mend::DraftPaper { paper })],
        Some(Notice::Draft(draft)) => {
            let unsigned = round.unsigned(draft);
            let asked = |owner: &&Owner| unsigned.is_empty() || unsigned.contains(&owner.organ);
            let sign = |owner: &Owner| {
                task(Verb::IssuePaper, owner)
                    .at(Mend::IssuePaper { id: draft.id, paper })
                    .awaited_by(&step.by, draft.drafted_on)
            };
            step.completed_by().iter().filter(asked).map(sign).collect()
        }
        Some(Notice::Issued { paper: issued, .. }) => {
            vec![task(Verb::RecordService, &step.by).at(Mend::RecordService { id: issued.id })]
        }
        Some(Notice::BeingServed { .. } | Notice::Served(_)) => Vec::new(),
    }
}

fn reason(round: &Round<'_>, next: &NextStep, step: &Step) -> String {
    let missing = match lacking_words(&next.unmet) {
        none if none.is_empty() => none,
        some => format!("；{some}"),
    };
    let name = step.name();
    match next.rung.work() {
        Work::Confirm => "疑似辍学，还没有现场核查".to_owned(),
        Work::Visits => format!("第{}次{name}{}", round.made().saturating_add(1), presence(round)),
        Work::Paper(_) if round.pending_skip(next.rung).is_some() => format!("没有处罚依据，提请跳过{name}，等待审批"),
        Work::Paper(_) if round.lacks_basis(next.rung) => format!("没有处罚依据，登记依据或者提请跳过{name}"),
        Work::Paper(paper) => match round.notice(paper) {
            None => format!("{}开具{name}", round.readiness(step)),
            Some(Notice::Issued { on, .. }) => format!("{name}{}已签发，还没有送达记录", spoken(*on)),
            Some(_) => format!("{name}已拟好，等待签发"),
        },
        Work::Record => next.action.clone(),
        Work::Verify => "限期已满，核实是否已经复学".to_owned(),
        Work::CountyDecision if round.pending(DispositionKind::CountyDecision).is_some() => {
            format!("移交县级核处，等待审批{missing}")
        }
        Work::CountyDecision if let Some(on) = round.sent_back_on(DispositionKind::CountyDecision) => {
            format!("{}退回了移交县级核处的提请，补正后再提请{missing}", spoken(on))
        }
        Work::CountyDecision => format!("限期已满未复学，提请移交县级核处{missing}"),
        Work::Monthly => {
            if let Some(Unmet::MonthAhead { from, .. }) = next.unmet.first() {
                let (month, from) = (from.month(), spoken(*from));
                return format!("移交后每月联合劝返，{month}月的从{from}起做{}", presence(round));
            }
            let month = next.due.map_or(0, |due| due.month());
            let what = if next.overdue_since.is_some() { "没有做" } else { "这一次" };
            format!("移交后每月联合劝返，{month}月{what}{}", presence(round))
        }
        Work::Further => format!("{name}，直至复学{}", presence(round)),
        Work::Return if round.returned.is_some() => format!("已返校，办理销号{missing}"),
        Work::Return => "已返校，等学校确认到校上课".to_owned(),
    }
}

impl Round<'_> {
    /// Why a paper may be drafted now: 3次联合劝返已满，
    fn readiness(&self, step: &Step) -> String {
        let visits = step.guards.iter().any(|guard| matches!(guard, Guard::Visits(_)));
        let name = self.policy.step(Rung::JointVisits).map_or("劝返", Step::name);
        if visits { format!("{}次{name}已满，", self.counted()) } else { String::new() }
    }
}

fn presence(round: &Round<'_>) -> &'static str {
    if round.policy.visit.pupil_present.value { "，学生须在场" } else { "" }
}

/// 我参加了: one task for each person named in a visit of this round who has not said so.
fn confirmations(round: &Round<'_>) -> Vec<Duty> {
    if matches!(round.phase(), Phase::StruckOff) {
        return Vec::new();
    }
    let mut duties = Vec::new();
    let by = round.policy.step(Rung::JointVisits).map_or(&round.policy.case.visit_by, |step| &step.by);
    for visit in round.hopeful() {
        let waited = round.waiting().any(|(waiting, _)| waiting.id == visit.id);
        let rule = &round.policies.on(visit.day).visit;
        let due = rule.confirm_within.value.due(visit.received_on, round.calendar).due;
        for who in
            visit.participants.iter().filter(|who| who.user.is_some() && !super::visits::vouched(who, visit, rule))
        {
            let reason = format!("{}的联合劝返写了您参加，请确认", spoken(visit.day));
            duties.push(Duty {
                overdue_since: round.overdue_since(Some(due)),
                person: who.user,
                waiting: if waited { by.roles.clone() } else { Vec::new() },
                // The earliest visit is answered for first.
                waiting_since: Some(visit.day),
                waiting_reason: format!(
                    "{}的联合劝返，等{}{}确认参加后计入",
                    spoken(visit.day),
                    who.unit_name,
                    who.person
                ),
                ..Duty::new(Verb::ConfirmTaken, &reason, due, round.policy.case.visit_by.clone())
                    .at(Mend::Visit { id: visit.id })
            });
        }
    }
    duties
}

/// Files that a step already taken still owes: the proof of service by the end of the time, the evidence of a return.
fn missing_files(round: &Round<'_>) -> Vec<Duty> {
    match round.phase() {
        Phase::Open | Phase::Held => round.policy.ladder.iter().filter_map(|step| missing_proof(round, step)).collect(),
        Phase::Returned => {
            let owners = round.policy.step(Rung::Return).map_or(&[][..], Step::completed_by);
            let due = round.strike_off_by().due;
            let lacking = round.lacking(DispositionKind::Returned, &[NeededAt::StrikeOff]);
            let files = lacking.iter().filter_map(|unmet| match unmet {
                Unmet::EvidenceMissing { evidence } => Some(*evidence),
                _ => None,
            });
            let (Some(owner), Some(due)) = (owners.first(), due) else { return Vec::new() };
            let duty =
                |evidence| file_duty(round, &format!("销号缺{evidence}"), due, owner, Mend::Evidence { evidence });
            files.map(duty).collect()
        }
        Phase::Suspected | Phase::Excused | Phase::StruckOff => Vec::new(),
    }
}

fn missing_proof(round: &Round<'_>, step: &Step) -> Option<Duty> {
    let served = round.served(step.rung.paper()?).filter(|served| !round.has_proof(served.paper.id))?;
    let place = Mend::ServiceProof { id: served.paper.id };
    let reason = format!("{}已送达，缺送达回证", step.name());
    Some(file_duty(round, &reason, served.due.unwrap_or(served.on), &step.by, place))
}

fn file_duty(round: &Round<'_>, reason: &str, due: NaiveDate, owner: &Owner, place: Mend) -> Duty {
    Duty {
        overdue_since: round.overdue_since(Some(due)),
        ..Duty::new(Verb::AddEvidence, reason, due, owner.clone()).at(place)
    }
}

/// The next contact after the return, or the reopening where a contact found the child gone again.
fn contact(round: &Round<'_>) -> Option<Duty> {
    let rule = &round.policy.after_care;
    if let Some(gone_on) = round.gone_again_on() {
        let duty =
            Duty::new(Verb::Reopen, "回访发现又离校，请重新列入劝返", gone_on, round.policy.case.reopen_by.clone());
        return Some(Duty { overdue_since: round.overdue_since(Some(gone_on)), ..duty.at(Mend::Reopen) });
    }
    let line = round.care_lines().into_iter().find(|line| line.done_on.is_none())?;
    let reason = format!("复学满{}日，核实一次是否在校", line.milestone);
    let duty = Duty::new(Verb::AfterCare, &reason, line.due, rule.by.clone());
    Some(Duty { overdue_since: line.overdue_since, ..duty.at(Mend::AfterCare { milestone: line.milestone }) })
}

fn plan_review(round: &Round<'_>) -> Option<Duty> {
    let plan =
        round.facts.plan.as_ref().filter(|_| matches!(round.phase(), Phase::Open | Phase::Held | Phase::Returned))?;
    let due = plan.review_on?;
    let duty = Duty::new(Verb::ReviewPlan, "一人一案方案到了复核的日子", due, round.policy.case.plan_by.clone());
    Some(Duty { overdue_since: round.overdue_since(Some(due)), ..duty.at(Mend::Plan) })
}
