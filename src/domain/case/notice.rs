//! The 限期复学通知书 of a round: how far it has come, and the days it gives.

use chrono::NaiveDate;

use super::facts_paper::{PaperFact, ServiceFact, VerificationFact};
use super::round::Round;
use super::unmet::Unmet;
use super::view::{PaperLine, PaperState};
use crate::domain::ids::PaperId;
use crate::domain::period::Arithmetic;
use crate::domain::policy::Rung;
use crate::domain::words::PaperKind;

/// The notice that has come farthest.
pub(super) enum Notice<'a> {
    None,
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
    pub(super) fn of(round: &Round<'a>) -> Self {
        let notices = round.papers().filter(|paper| paper.kind == PaperKind::DeadlineNotice && !paper.voided);
        notices.map(|paper| Self::state(round, paper)).max_by_key(Self::rank).unwrap_or(Self::None)
    }

    /// Farther along is greater; of two served, the one served first.
    fn rank(&self) -> (u8, std::cmp::Reverse<NaiveDate>) {
        let (rank, day) = match self {
            Self::None => (0, NaiveDate::MAX),
            Self::Draft(paper) => (1, paper.drafted_on),
            Self::Issued { on, .. } => (2, *on),
            Self::BeingServed { effective_on, .. } => (3, *effective_on),
            Self::Served(served) => (4, served.on),
        };
        (rank, std::cmp::Reverse(day))
    }

    fn state(round: &Round<'a>, paper: &'a PaperFact) -> Self {
        let Some(on) = paper.issued_on.filter(|on| *on <= round.today) else { return Self::Draft(paper) };
        match round.services_of(paper.id).map(|service| service.effective_on).min() {
            None => Self::Issued { paper, on },
            Some(effective_on) if effective_on > round.today => Self::BeingServed { effective_on },
            Some(received_on) => Self::Served(Served::of(round, paper, received_on)),
        }
    }

    pub(super) const fn served(&self) -> Option<&Served<'a>> {
        match self {
            Self::Served(served) => Some(served),
            _ => None,
        }
    }

    /// What stands between the notice and its having been served.
    pub(super) fn unserved(&self) -> Option<Unmet> {
        let paper = PaperKind::DeadlineNotice;
        match self {
            Self::None => Some(Unmet::PaperNotIssued { paper }),
            Self::Draft(draft) => Some(Unmet::PaperNotSigned { paper, id: draft.id }),
            Self::Issued { paper: issued, .. } => Some(Unmet::NotServed { paper, id: issued.id }),
            Self::BeingServed { effective_on, .. } => Some(Unmet::BeingServed { paper, effective_on: *effective_on }),
            Self::Served(_) => None,
        }
    }

    /// What stands between the notice and the end of its time.
    pub(super) fn unexpired(&self, today: NaiveDate) -> Option<Unmet> {
        match self {
            Self::Served(Served { due: Some(due), .. }) if today <= *due => Some(Unmet::DeadlineRuns { due: *due }),
            _ => self.unserved(),
        }
    }
}

impl<'a> Served<'a> {
    fn of(round: &Round<'a>, paper: &'a PaperFact, on: NaiveDate) -> Self {
        let arithmetic = paper.deadline.map_or_else(|| round.deadline_from(on), |_| None);
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

    /// The time the notice gives, from the day it was received, under the policy in force on that day.
    fn deadline_from(&self, received_on: NaiveDate) -> Option<Arithmetic> {
        let step = self.policies.on(received_on).step(Rung::DeadlineNotice)?;
        step.deadline.as_ref().map(|deadline| deadline.value.due(received_on, self.calendar))
    }

    /// The papers as the page lists them, newest first.
    pub(super) fn paper_lines(&self) -> Vec<PaperLine> {
        let mut papers: Vec<&PaperFact> = self.papers().filter(|paper| !paper.voided).collect();
        papers.sort_by_key(|paper| std::cmp::Reverse((paper.drafted_on, paper.id)));
        papers.into_iter().map(|paper| self.paper_line(paper)).collect()
    }

    fn paper_line(&self, paper: &'a PaperFact) -> PaperLine {
        let (state, arithmetic) = match Notice::state(self, paper) {
            Notice::None | Notice::Draft(_) => (PaperState::Draft, None),
            Notice::Issued { on, .. } => (PaperState::Issued { on }, None),
            Notice::BeingServed { effective_on, .. } => (PaperState::BeingServed { effective_on }, None),
            Notice::Served(served) if paper.kind == PaperKind::DeadlineNotice => match served.due {
                Some(due) if self.today > due => (PaperState::Expired { on: served.on, due }, served.arithmetic),
                due => (PaperState::Served { on: served.on, due }, served.arithmetic),
            },
            Notice::Served(served) => (PaperState::Served { on: served.on, due: None }, None),
        };
        PaperLine { id: paper.id, kind: paper.kind, state, arithmetic, proof: self.has_proof(paper.id) }
    }
}
