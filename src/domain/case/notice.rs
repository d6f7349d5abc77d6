//! The papers of a round: how far that of each rung has come, and the days it gives.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::facts_paper::{PaperFact, ServiceFact, VerificationFact};
use super::round::Round;
use super::unmet::Unmet;
use super::view::{PaperLine, PaperState};
use crate::domain::ids::PaperId;
use crate::domain::period::Arithmetic;
use crate::domain::policy::{Organ, RunsFrom};
use crate::domain::words::PaperKind;

/// The paper of a rung that has come farthest.
pub(super) enum Notice<'a> {
    Draft(&'a PaperFact),
    Issued {
        paper: &'a PaperFact,
        on: NaiveDate,
    },
    /// Served by a way that takes effect later (公告).
    BeingServed {
        effective_on: NaiveDate,
    },
    Served(Served<'a>),
}

/// A notice that was received.
pub(super) struct Served<'a> {
    pub(super) paper: &'a PaperFact,
    pub(super) on: NaiveDate,
    /// The last day of its time; none only where neither the paper nor the policy gives one.
    pub(super) due: Option<NaiveDate>,
    pub(super) arithmetic: Option<Arithmetic>,
    /// The last verification; one that found the child back may prove wrong and be done again.
    pub(super) verified: Option<&'a VerificationFact>,
}

impl<'a> Notice<'a> {
    /// The papers of the round by their kind.
    pub(super) fn all(round: &Round<'a>) -> BTreeMap<PaperKind, Self> {
        let mut farthest: BTreeMap<PaperKind, Self> = BTreeMap::new();
        for paper in round.papers().filter(|paper| !paper.voided) {
            let one = Self::state(round, paper);
            match farthest.get(&paper.kind) {
                Some(other) if one.rank() < other.rank() => {}
                _ => {
                    farthest.insert(paper.kind, one);
                }
            }
        }
        farthest
    }

    /// Farther along is greater; of two served, the one served first.
    fn rank(&self) -> (u8, std::cmp::Reverse<NaiveDate>) {
        let (rank, day) = match self {
            Self::Draft(paper) => (1, paper.drafted_on),
            Self::Issued { on, .. } => (2, *on),
            Self::BeingServed { effective_on, .. } => (3, *effective_on),
            Self::Served(served) => (4, served.on),
        };
        (rank, std::cmp::Reverse(day))
    }

    fn state(round: &Round<'a>, paper: &'a PaperFact) -> Self {
        let issued_on = paper.issued_on.filter(|on| *on <= round.today);
        let Some(on) = issued_on.filter(|_| round.unsigned(paper).is_empty()) else { return Self::Draft(paper) };
        match round.services_of(paper.id).map(|service| service.effective_on).min() {
            None => Self::Issued { paper, on },
            Some(effective_on) if effective_on > round.today => Self::BeingServed { effective_on },
            Some(received_on) => Self::Served(Served::of(round, paper, on, received_on)),
        }
    }
}

impl<'a> Served<'a> {
    fn of(round: &Round<'a>, paper: &'a PaperFact, issued_on: NaiveDate, on: NaiveDate) -> Self {
        let given = || round.time_given(paper.kind, issued_on, on);
        let arithmetic = paper.deadline.map_or_else(given, |_| None);
        let due = paper.deadline.or_else(|| arithmetic.as_ref().map(|days| days.due));
        let verified = round.facts.verifications.iter().filter(|one| one.paper == paper.id && one.on <= round.today);
        Self { paper, on, due, arithmetic, verified: verified.max_by_key(|one| one.on) }
    }
}

impl<'a> Round<'a> {
    /// The papers of this round, drafts and voided ones too.
    pub(super) fn papers(&self) -> impl Iterator<Item = &'a PaperFact> {
        let (start, today) = (self.start, self.today);
        self.facts.papers.iter().filter(move |paper| start <= paper.drafted_on && paper.drafted_on <= today)
    }

    /// The attempts to serve a paper that did not fail.
    pub(super) fn services_of(&self, paper: PaperId) -> impl Iterator<Item = &'a ServiceFact> {
        self.facts.services.iter().filter(move |service| service.paper == paper && !service.failed)
    }

    /// A proof of service is on file.
    pub(super) fn has_proof(&self, paper: PaperId) -> bool {
        self.services_of(paper).any(|service| service.proof)
    }

    /// The paper of a kind that has come farthest.
    pub(super) fn notice(&self, kind: PaperKind) -> Option<&Notice<'a>> {
        self.notices.get(&kind)
    }

    /// The paper of a kind, once it was received.
    pub(super) fn served(&self, kind: PaperKind) -> Option<&Served<'a>> {
        match self.notice(kind)? {
            Notice::Served(served) => Some(served),
            _ => None,
        }
    }

    /// The served paper whose time is verified: of the last rung with a paper before 期满核实.
    pub(super) fn to_verify(&self) -> Option<&Served<'a>> {
        self.served(self.policy.verified_paper())
    }

    /// What stands between a paper and its having been served.
    pub(super) fn unserved(&self, paper: PaperKind) -> Option<Unmet> {
        match self.notice(paper) {
            None => Some(Unmet::PaperNotIssued { paper }),
            Some(Notice::Draft(draft)) => Some(self.not_signed(draft)),
            Some(Notice::Issued { paper: issued, .. }) => Some(Unmet::NotServed { paper, id: issued.id }),
            Some(Notice::BeingServed { effective_on }) => {
                Some(Unmet::BeingServed { paper, effective_on: *effective_on })
            }
            Some(Notice::Served(_)) => None,
        }
    }

    /// What stands between a paper and the end of its time.
    pub(super) fn unexpired(&self, paper: PaperKind) -> Option<Unmet> {
        match self.served(paper) {
            Some(Served { due: Some(due), .. }) if self.today <= *due => Some(Unmet::DeadlineRuns { due: *due }),
            _ => self.unserved(paper),
        }
    }

    /// The draft waits for its issuer, or for the rest of those who issue it together.
    fn not_signed(&self, draft: &PaperFact) -> Unmet {
        let (paper, id, organs) = (draft.kind, draft.id, self.unsigned(draft));
        let nobody_yet = draft.signatures.iter().all(|signature| signature.on > self.today);
        if organs.is_empty() || nobody_yet {
            return Unmet::PaperNotSigned { paper, id };
        }
        Unmet::SignaturesMissing { paper, id, organs }
    }

    /// The organs that issue a paper together and have not signed it; none where one issues it alone.
    pub(super) fn unsigned(&self, paper: &PaperFact) -> Vec<Organ> {
        let policy = self.policies.on(paper.issued_on.unwrap_or(self.today));
        let joint = policy.step_of(paper.kind).and_then(|step| step.signed_by.as_ref()).filter(|by| by.is_joint());
        let signed = |organ: Organ| {
            let mut signatures = paper.signatures.iter().filter(|signature| signature.on <= self.today);
            signatures.any(|signature| signature.organ.stands_for(organ))
        };
        joint.iter().flat_map(|signers| signers.organs()).filter(|organ| !signed(*organ)).collect()
    }

    /// The time a paper gives, under the policy in force on the day it was received.
    fn time_given(&self, kind: PaperKind, issued_on: NaiveDate, received_on: NaiveDate) -> Option<Arithmetic> {
        let step = self.policies.on(received_on).step_of(kind)?;
        let runs_from = step.runs_from.as_ref().map_or(RunsFrom::Receipt, |from| from.value);
        let start = match runs_from {
            RunsFrom::Receipt => received_on,
            RunsFrom::Issue => issued_on,
        };
        step.deadline.as_ref().map(|deadline| deadline.value.due(start, self.calendar))
    }

    /// The papers as the page lists them, newest first.
    pub(super) fn paper_lines(&self) -> Vec<PaperLine> {
        let mut papers: Vec<&PaperFact> = self.papers().filter(|paper| !paper.voided).collect();
        papers.sort_by_key(|paper| std::cmp::Reverse((paper.drafted_on, paper.id)));
        papers.into_iter().map(|paper| self.paper_line(paper)).collect()
    }

    fn paper_line(&self, paper: &'a PaperFact) -> PaperLine {
        let (state, arithmetic) = match Notice::state(self, paper) {
            Notice::Draft(_) => (PaperState::Draft, None),
            Notice::Issued { on, .. } => (PaperState::Issued { on }, None),
            Notice::BeingServed { effective_on, .. } => (PaperState::BeingServed { effective_on }, None),
            Notice::Served(served) => match served.due {
                Some(due) if self.today > due => (PaperState::Expired { on: served.on, due }, served.arithmetic),
                due => (PaperState::Served { on: served.on, due }, served.arithmetic),
            },
        };
        PaperLine { id: paper.id, kind: paper.kind, state, arithmetic, proof: self.has_proof(paper.id) }
    }
}
