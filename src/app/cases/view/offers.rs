//! What a reader may do to a case now: the acts the rules would let pass, each with its page.

use chrono::NaiveDate;

use crate::app::cases::papers::drafting;
use crate::app::cases::paths;
use crate::app::policy::Rules;
use crate::domain::access::{Action, permit};
use crate::domain::case::{Act, Actor, Facts, Mend, Phase, may, standing};
use crate::domain::ids::CaseId;
use crate::domain::words::DispositionKind;

/// An act that is open to the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// In words: 记劝返, 开具限期复学通知书.
    pub label: String,
    /// Its page.
    pub path: String,
    /// What it is, for the page to place its button.
    pub mend: Mend,
}

pub(super) fn of(actor: &Actor, facts: &Facts, rules: &Rules, today: NaiveDate, case: CaseId) -> Vec<Offer> {
    let standing = standing(facts, &rules.policies, &rules.calendar, today);
    let can = |action: Action| permit(actor.role, action).allows();
    let lets = |act: Act| may(act, actor, facts, &rules.policies, &rules.calendar, today).is_ok();
    let mut open = Vec::new();
    let mut offer = |action: Action, act: Act, mend: Mend| {
        if can(action) && lets(act) {
            open.push(Offer { label: act.label(), path: paths::path(case, mend), mend });
        }
    };
    offer(Action::ConfirmCase, Act::Confirm { on: today }, Mend::ConfirmCase);
    offer(Action::LogVisit, Act::LogVisit { on: today }, Mend::LogVisit);
    for paper in rules.on(today).ladder.iter().filter_map(|step| step.rung.paper()) {
        offer(drafting(paper), Act::DraftPaper { paper }, Mend::DraftPaper { paper });
    }
    let kind = DispositionKind::CountyDecision;
    offer(Action::ProposeDisposition, Act::Propose { kind }, Mend::Propose { kind });
    offer(Action::ConfirmReturn, Act::ConfirmReturn { since: today }, Mend::ConfirmReturn);
    let conclusion = Some(DispositionKind::Returned);
    offer(Action::StrikeOff, Act::StrikeOff { conclusion }, Mend::StrikeOff);
    if let Some(line) = standing.after_care.iter().find(|line| line.done_on.is_none()) {
        let milestone = line.milestone;
        offer(Action::RecordAftercare, Act::AfterCare { milestone, on: today }, Mend::AfterCare { milestone });
    }
    offer(Action::ReopenCase, Act::Reopen { on: today }, Mend::Reopen);
    if can(Action::WritePlan) && standing.phase != Phase::StruckOff {
        open.push(Offer {
            label: "制定一人一案方案".to_owned(),
            path: paths::path(case, Mend::Plan),
            mend: Mend::Plan,
        });
    }
    open
}
