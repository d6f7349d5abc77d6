//! The evidence a disposition asks for, item by item.

use super::lacking::Lacking;
use crate::domain::case::round::Round;
use crate::domain::case::unmet::Unmet;
use crate::domain::case::view::{Checklist, ChecklistItem, ItemState, MonthLine};
use crate::domain::policy::{EvidenceRule, Gate, Need, NeededAt, Step};
use crate::domain::words::{DispositionKind, EvidenceKind, PaperKind};

impl Round<'_> {
    /// The checklist of a disposition as it stands; none where the county does not use it.
    pub(in crate::domain::case) fn checklist(&self, kind: DispositionKind) -> Option<Checklist> {
        let rule = self.policy.disposition(kind)?;
        let items = rule.items.iter().map(|item| self.checklist_item(kind, item)).collect();
        Some(Checklist { kind, items })
    }

    /// What the items needed at a point still lack.
    pub(in crate::domain::case) fn lacking(&self, kind: DispositionKind, at: &[NeededAt]) -> Vec<Unmet> {
        let Some(rule) = self.policy.disposition(kind) else { return vec![Unmet::NotEnabled { kind }] };
        rule.items.iter().filter(|item| at.contains(&item.at)).flat_map(|item| self.item(item).1).collect()
    }

    fn checklist_item(&self, kind: DispositionKind, rule: &EvidenceRule) -> ChecklistItem {
        let (state, unmet) = match self.item(rule) {
            (ItemState::Elsewhere, _) => (ItemState::Elsewhere, Vec::new()),
            (ItemState::Complete, _) if self.is_asked(kind, rule.at) => (ItemState::Complete, Vec::new()),
            (ItemState::Complete, _) if rule.at != NeededAt::After => (ItemState::Complete, Vec::new()),
            // The file that the decision itself rests on is handed in with it.
            _ if rule.at == NeededAt::Decide && self.agreed_on(kind).is_none() && self.pending(kind).is_some() => {
                (ItemState::WithDecision, Vec::new())
            }
            // What cannot be done yet is not missing yet.
            (ItemState::Later, _) => (ItemState::Later, Vec::new()),
            (_, unmet) if self.is_asked(kind, rule.at) && unmet.iter().all(|one| one.wait().is_some()) => {
                (ItemState::Waiting, unmet)
            }
            (state, unmet) if self.is_asked(kind, rule.at) => (state, unmet),
            _ => (ItemState::Later, Vec::new()),
        };
        let kept = rule.kept.as_ref().map_or_else(String::new, |place| format!("（存{place}）"));
        ChecklistItem { id: rule.id.clone(), label: format!("{}{kept}", rule.label), state, unmet }
    }

    fn is_asked(&self, kind: DispositionKind, at: NeededAt) -> bool {
        match at {
            NeededAt::Propose | NeededAt::StrikeOff => true,
            NeededAt::Decide => self.pending(kind).is_some() || self.agreed_on(kind).is_some(),
            NeededAt::After => self.agreed_on(kind).is_some(),
        }
    }

    fn item(&self, rule: &EvidenceRule) -> (ItemState, Vec<Unmet>) {
        match rule.need {
            Need::Evidence => self.file(rule),
            Need::PaperServed => self.paper_served(paper_of(rule)),
            Need::ServiceProof => self.service_proof(paper_of(rule)),
            Need::JointVisits => self.joint_visits(rule.gate.unwrap_or(Gate::Notice), rule.all_signed),
            Need::PupilMedia => self.pupil_media(rule.gate.unwrap_or(Gate::Notice)),
            Need::SchoolConfirmed => one(self.returned.is_none().then_some(Unmet::ReturnNotConfirmed)),
            Need::MonthlyVisits => self.monthly_visits(),
        }
    }

    fn file(&self, rule: &EvidenceRule) -> (ItemState, Vec<Unmet>) {
        match rule.evidence {
            _ if rule.kept.is_some() => (ItemState::Elsewhere, Vec::new()),
            None => (ItemState::Complete, Vec::new()),
            Some(kind) => {
                let unmet = self.file_unmet(rule, kind);
                let there = unmet.iter().any(|one| matches!(one, Unmet::Ending(Lacking::Mark { .. })));
                graded(unmet, there)
            }
        }
    }

    fn paper_served(&self, paper: PaperKind) -> (ItemState, Vec<Unmet>) {
        match self.unserved(paper) {
            Some(unmet) if !self.may_begin(paper) => (ItemState::Later, vec![unmet]),
            Some(unmet @ (Unmet::NotServed { .. } | Unmet::BeingServed { .. })) => (ItemState::Partial, vec![unmet]),
            unmet => one(unmet),
        }
    }

    /// The paper is there, or may be drafted.
    fn may_begin(&self, paper: PaperKind) -> bool {
        let free = |step: &Step| self.guards_unmet(step.rung).is_empty();
        self.notice(paper).is_some() || self.policy.step_of(paper).is_none_or(free)
    }

    fn service_proof(&self, paper: PaperKind) -> (ItemState, Vec<Unmet>) {
        // There is nothing to prove before the paper has been handed over.
        let Some(served) = self.served(paper) else {
            return (ItemState::Later, self.unserved(paper).into_iter().collect());
        };
        let (paper, id) = (served.paper.kind, served.paper.id);
        one((!self.has_proof(id)).then_some(Unmet::ServiceProofMissing { paper, id }))
    }

    fn joint_visits(&self, gate: Gate, all_signed: bool) -> (ItemState, Vec<Unmet>) {
        let mut unmet: Vec<Unmet> = self.visits_short(gate).into_iter().collect();
        unmet.extend(self.unconfirmed_of_counted());
        if all_signed {
            unmet.extend(self.unsigned_visits());
        }
        graded(unmet, self.counted() > 0)
    }

    fn pupil_media(&self, gate: Gate) -> (ItemState, Vec<Unmet>) {
        let need = usize::from(self.policy.visits_before(gate));
        let evidence = EvidenceKind::VisitPhoto;
        let unmet = match self.visits_short(gate) {
            None if self.proved_visits() < need => vec![Unmet::EvidenceMissing { evidence }],
            short => short.into_iter().collect(),
        };
        graded(unmet, self.proved_visits() > 0)
    }

    fn monthly_visits(&self) -> (ItemState, Vec<Unmet>) {
        let months = self.months();
        let mut unmet: Vec<Unmet> = months.iter().filter(|month| month.missed).map(MonthLine::missing).collect();
        let due = self.next_month_due(&months);
        match months.last() {
            Some(open) if open.done_on.is_none() && !open.missed => unmet.push(Unmet::MonthOpen { due }),
            None => unmet.extend(self.month_ahead(due)),
            Some(_) => {}
        }
        graded(unmet, months.iter().any(|month| month.done_on.is_some()))
    }
}

/// The paper that an item is about; `check` proves that the policy names one.
fn paper_of(rule: &EvidenceRule) -> PaperKind {
    rule.paper.unwrap_or(PaperKind::DeadlineNotice)
}

fn one(unmet: Option<Unmet>) -> (ItemState, Vec<Unmet>) {
    graded(unmet.into_iter().collect(), false)
}

fn graded(unmet: Vec<Unmet>, partly: bool) -> (ItemState, Vec<Unmet>) {
    let state = match (unmet.is_empty(), partly) {
        (true, _) => ItemState::Complete,
        (false, true) => ItemState::Partial,
        (false, false) => ItemState::Missing,
    };
    (state, unmet)
}
