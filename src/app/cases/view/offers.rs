//! What a reader may do to a case now: the acts the rules would let pass, each with its page; and why not the others.

use super::opened::Opened;
use crate::app::cases::papers::{drafting, issuing};
use crate::app::cases::paths;
use crate::domain::access::{Action, permit};
use crate::domain::case::{Act, Mend, NextStep, PaperState, Phase, Unmet};
use crate::domain::policy::{Rung, Work};
use crate::domain::refusal::Refusal;
use crate::domain::words::{DispositionKind, ServiceMethod};

/// An act that is open to the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// In words: 记劝返, 开具限期复学通知书.
    pub label: String,
    /// Its page.
    pub path: String,
    /// What it is, for the page to place its button.
    pub mend: Mend,
    /// It is the next step, or what the next step waits for.
    pub main: bool,
}

/// What is open to the reader, what the next step waits for first; and what is theirs but barred.
pub(super) fn of(open: &Opened) -> (Vec<Offer>, Vec<Refusal>) {
    let can = |action: Action| permit(open.reader.role, action).allows();
    let (mut offers, mut barred) = (Vec::new(), Vec::new());
    for (action, act, mend) in asked(open) {
        if can(action) {
            match open.may(act) {
                Ok(()) => offers.push(offer(open, act.label(), mend)),
                Err(refusal) => barred.push(refusal),
            }
        }
    }
    if can(Action::WritePlan) && open.standing.phase != Phase::StruckOff {
        offers.push(offer(open, "制定一人一案方案".to_owned(), Mend::Plan));
    }
    let waited: Vec<Mend> =
        open.standing.next.iter().flat_map(|next| next.unmet.iter().filter_map(Unmet::mend)).collect();
    let rung = open.standing.next.as_ref().map(|next| next.rung);
    let next = |mend: Mend| rung.is_some_and(|rung| takes(mend, rung));
    offers.sort_by_key(|offer| (!waited.contains(&offer.mend), !next(offer.mend)));
    let only_waits = open.standing.next.as_ref().is_some_and(NextStep::only_waits);
    for offer in &mut offers {
        offer.main = waited.contains(&offer.mend) || (next(offer.mend) && !only_waits);
    }
    (offers, barred)
}

/// Whether an act is the step itself that a rung asks for.
fn takes(mend: Mend, rung: Rung) -> bool {
    match mend {
        Mend::ConfirmCase => rung == Rung::Confirm,
        Mend::LogVisit => matches!(rung.work(), Work::Visits | Work::Monthly | Work::Further),
        Mend::DraftPaper { paper } => rung.paper() == Some(paper),
        Mend::IssuePaper { .. } | Mend::RecordService { .. } => rung.paper().is_some(),
        Mend::RecordStep { rung: of } | Mend::Skip { rung: of } => rung == of,
        Mend::DecideSkip { .. } => rung == Rung::Penalty,
        Mend::VerifyExpiry { .. } => rung == Rung::VerifyExpiry,
        Mend::Propose { .. } | Mend::Decide { .. } => rung == Rung::CountyDecision,
        Mend::ConfirmReturn | Mend::StrikeOff | Mend::AfterCare { .. } => rung == Rung::Return,
        _ => false,
    }
}

fn offer(open: &Opened, label: String, mend: Mend) -> Offer {
    Offer { label, path: paths::path(open.head.id, mend), mend, main: false }
}

/// The acts that this case could see next, in the order of the ladder.
fn asked(open: &Opened) -> Vec<(Action, Act, Mend)> {
    let (on, facts, standing) = (open.today, &open.facts, &open.standing);
    let mut acts = Vec::new();
    let mut ask = |action: Action, act: Act, mend: Mend| acts.push((action, act, mend));
    if standing.phase == Phase::Suspected {
        ask(Action::ConfirmCase, Act::Confirm { on }, Mend::ConfirmCase);
    }
    // Of a child who is back no further visit is made; one made before is added beside the list of visits.
    if !matches!(standing.phase, Phase::StruckOff | Phase::Returned) {
        ask(Action::LogVisit, Act::LogVisit { on }, Mend::LogVisit);
    }
    for paper in open.rules.on(on).ladder.iter().filter_map(|step| step.rung.paper()) {
        ask(drafting(paper), Act::DraftPaper { paper }, Mend::DraftPaper { paper });
    }
    for line in &standing.papers {
        let (id, paper) = (line.id, line.kind);
        match line.state {
            PaperState::Draft => ask(issuing(paper), Act::IssuePaper { paper, on }, Mend::IssuePaper { id, paper }),
            PaperState::Issued { .. } => {
                let act = Act::RecordService { paper: id, method: ServiceMethod::Direct, effective_on: on };
                ask(Action::RecordService, act, Mend::RecordService { id });
            }
            _ => {}
        }
    }
    for step in open.rules.on(on).ladder.iter().filter(|step| step.rung.work() == Work::Record) {
        let rung = step.rung;
        ask(Action::RecordStep, Act::RecordStep { rung, on }, Mend::RecordStep { rung });
    }
    if open.rules.on(on).step(Rung::Penalty).is_some() && !open.rules.on(on).penalty.enabled {
        let rung = Rung::Penalty;
        ask(Action::ProposeDisposition, Act::ProposeSkip { rung }, Mend::Skip { rung });
    }
    if let Some(one) = facts.skips.iter().rev().find(|one| one.decided.is_none()) {
        ask(Action::ApproveDisposition, Act::DecideSkip { id: one.id, approve: true }, Mend::DecideSkip { id: one.id });
    }
    let issued = facts.papers.iter().rev().find(|paper| paper.issued_on.is_some() && !paper.voided);
    if let Some(paper) = issued {
        ask(Action::VerifyExpiry, Act::VerifyExpiry { paper: paper.id, on }, Mend::VerifyExpiry { id: paper.id });
    }
    let kind = DispositionKind::CountyDecision;
    ask(Action::ProposeDisposition, Act::Propose { kind }, Mend::Propose { kind });
    if let Some(one) = facts.dispositions.iter().rev().find(|one| one.decided.is_none()) {
        let act = Act::Decide { disposition: one.id, approve: true };
        ask(Action::ApproveDisposition, act, Mend::Decide { id: one.id });
    }
    ask(Action::ConfirmReturn, Act::ConfirmReturn { since: on }, Mend::ConfirmReturn);
    ask(Action::StrikeOff, Act::StrikeOff { conclusion: Some(DispositionKind::Returned) }, Mend::StrikeOff);
    if let Some(line) = standing.after_care.iter().find(|line| line.done_on.is_none()) {
        let milestone = line.milestone;
        ask(Action::RecordAftercare, Act::AfterCare { milestone, on }, Mend::AfterCare { milestone });
    }
    if matches!(standing.phase, Phase::StruckOff | Phase::Returned) {
        ask(Action::ReopenCase, Act::Reopen { on }, Mend::Reopen);
    }
    acts
}
