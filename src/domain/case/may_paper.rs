//! Whether a paper may be drafted, issued and served, and what it led to recorded.

use chrono::NaiveDate;

use super::facts_paper::PaperFact;
use super::may::{Asked, not_before, once};
use super::unmet::Unmet;
use crate::domain::ids::PaperId;
use crate::domain::policy::{Power, Rung};
use crate::domain::words::{PaperKind, ServiceMethod};

impl Asked<'_> {
    pub(super) fn draft_paper(&self, paper: PaperKind) -> Vec<Unmet> {
        let Some(rung) = self.rung_of(paper) else { return self.outside_ladder(paper) };
        let drafts = self.taken_by(rung);
        // Whoever may issue it may also draft it.
        let mut unmet = if drafts.is_empty() || self.signed_by(rung).is_empty() { Vec::new() } else { drafts };
        unmet.extend(self.stopped());
        unmet.extend(self.without_basis(rung));
        unmet.extend(self.in_force(paper, true));
        unmet.extend(self.round.guards_unmet(rung));
        unmet
    }

    pub(super) fn issue_paper(&self, paper: PaperKind, on: NaiveDate) -> Vec<Unmet> {
        let Some(rung) = self.rung_of(paper) else { return self.outside_ladder(paper) };
        let mut unmet = self.signed_by(rung);
        unmet.extend(self.without_power(rung));
        unmet.extend(self.stopped());
        unmet.extend(self.without_basis(rung));
        unmet.extend(self.in_force(paper, false));
        unmet.extend(self.signed_before(paper));
        unmet.extend(self.without_deadline(rung, paper));
        unmet.extend(self.round.guards_unmet(rung));
        unmet.extend(self.not_ahead(on));
        let drafted_on = self.drafts(paper).map(|draft| draft.drafted_on).max();
        unmet.extend(self.round.before_guards(rung, on));
        unmet.extend(not_before(on, "拟稿", drafted_on));
        once(unmet)
    }

    pub(super) fn record_service(&self, id: PaperId, method: ServiceMethod, effective_on: NaiveDate) -> Vec<Unmet> {
        let issued = self.paper(id).and_then(|paper| Some((paper, paper.issued_on?)));
        let Some((paper, issued_on)) = issued else { return vec![Unmet::NoSuchPaper] };
        let by = self.rung_of(paper.kind).map_or_else(Vec::new, |rung| self.taken_by(rung));
        let signed_by = self.rung_of(paper.kind).map_or_else(Vec::new, |rung| self.signed_by(rung));
        let mut unmet = if signed_by.is_empty() { signed_by } else { by };
        unmet.extend(self.ended());
        let served = self.round.services_of(id).map(|service| service.effective_on).min();
        unmet.extend(served.map(|on| Unmet::AlreadyServed { on }));
        unmet.extend(not_before(effective_on, "签发", Some(issued_on)));
        // 公告 takes effect on a day that is known beforehand.
        if method != ServiceMethod::Public {
            unmet.extend(self.not_ahead(effective_on));
        }
        unmet
    }

    pub(super) fn verify_expiry(&self, id: PaperId, on: NaiveDate) -> Vec<Unmet> {
        let Some(served) = self.round.to_verify().filter(|served| served.paper.id == id) else {
            return self
                .paper(id)
                .map_or_else(|| vec![Unmet::NoSuchPaper], |paper| vec![Unmet::NotServed { paper: paper.kind, id }]);
        };
        let mut unmet = self.taken_by(Rung::VerifyExpiry);
        unmet.extend(self.stopped());
        unmet.extend(served.verified.filter(|one| !one.returned).map(|one| Unmet::AlreadyVerified { on: one.on }));
        unmet.extend(self.not_ahead(on));
        unmet.extend(served.due.filter(|due| on <= *due).map(|due| Unmet::DeadlineRuns { due }));
        unmet.extend(self.round.guards_unmet(Rung::VerifyExpiry));
        once(unmet)
    }

    fn rung_of(&self, paper: PaperKind) -> Option<Rung> {
        self.round.policy.step_of(paper).map(|step| step.rung)
    }

    /// Forms that go with a case everywhere need no rung; a paper of another county's ladder is refused (G14).
    fn outside_ladder(&self, paper: PaperKind) -> Vec<Unmet> {
        match paper {
            PaperKind::VisitRecord
            | PaperKind::Commitment
            | PaperKind::ReturnReceipt
            | PaperKind::CountyReferral
            | PaperKind::ServiceProof => self.is_one_of(&self.round.policy.case.visit_by),
            _ => vec![Unmet::NotInLadder { paper }],
        }
    }

    /// A school or a village never orders; an organ that the law does not name needs a local basis.
    fn without_power(&self, rung: Rung) -> Option<Unmet> {
        let organ = self.actor.organ;
        if !rung.orders() {
            return None;
        }
        match organ.power_to_order() {
            Power::ByLocalBasis if !self.round.policy.may_order(organ) => Some(Unmet::NoLocalBasis { organ }),
            Power::Never => Some(Unmet::NoPower { organ }),
            Power::ByLaw | Power::ByLocalBasis => None,
        }
    }

    /// No penalty without a legal basis on record (design.md §4.7).
    fn without_basis(&self, rung: Rung) -> Option<Unmet> {
        self.round.lacks_basis(rung).then_some(Unmet::NoPenaltyBasis)
    }

    /// Of those who issue a paper together, each organ signs once.
    fn signed_before(&self, paper: PaperKind) -> Option<Unmet> {
        let organ = self.actor.organ;
        let mut signatures = self.drafts(paper).flat_map(|draft| &draft.signatures);
        let signed = signatures.any(|signature| signature.organ == organ);
        signed.then_some(Unmet::AlreadySigned { organ })
    }

    /// Where the scheme leaves the last day to the issuer, it is filled in before the paper is issued (AC-38).
    fn without_deadline(&self, rung: Rung, paper: PaperKind) -> Option<Unmet> {
        let by_hand = self.round.policy.step(rung).is_some_and(|step| step.deadline_by_hand && step.deadline.is_none());
        let blank = self.drafts(paper).any(|draft| draft.deadline.is_none());
        (by_hand && blank).then_some(Unmet::DeadlineMissing { paper })
    }

    fn paper(&self, id: PaperId) -> Option<&PaperFact> {
        self.round.papers().find(|paper| paper.id == id && !paper.voided)
    }

    fn drafts(&self, kind: PaperKind) -> impl Iterator<Item = &PaperFact> {
        self.round.papers().filter(move |paper| paper.kind == kind && !paper.voided && paper.issued_on.is_none())
    }

    fn in_force(&self, kind: PaperKind, drafts_too: bool) -> Option<Unmet> {
        let mut draft = None;
        for paper in self.round.papers().filter(|paper| paper.kind == kind && !paper.voided) {
            if paper.issued_on.is_some() {
                return Some(Unmet::PaperInForce { paper: kind });
            }
            draft = Some(Unmet::PaperNotSigned { paper: kind, id: paper.id });
        }
        draft.filter(|_| drafts_too)
    }
}
