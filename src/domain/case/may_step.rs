//! Whether a step that is neither visit nor paper may be recorded, or passed over for want of a legal basis.

use chrono::NaiveDate;

use super::may::{Asked, once};
use super::unmet::Unmet;
use crate::domain::ids::StepId;
use crate::domain::policy::{Owner, Rung, Work};

impl Asked<'_> {
    /// A step is recorded by whoever took it, once all is so that its guards ask for.
    pub(super) fn record_step(&self, rung: Rung, on: NaiveDate) -> Vec<Unmet> {
        if self.round.policy.step(rung).is_none() {
            return vec![Unmet::NoSuchStep { rung }];
        }
        if rung.work() != Work::Record {
            return vec![Unmet::NotRecorded { rung }];
        }
        let mut unmet = self.taken_by(rung);
        unmet.extend(self.stopped());
        unmet.extend(self.round.taken(rung).map(|one| Unmet::AlreadyRecorded { on: one.on }));
        unmet.extend(self.round.guards_unmet(rung));
        unmet.extend(self.not_ahead(on));
        unmet.extend(self.round.before_guards(rung, on));
        once(unmet)
    }

    /// Only a step for which the county has no legal basis; the reason is on record and a second person agrees.
    pub(super) fn propose_skip(&self, rung: Rung) -> Vec<Unmet> {
        if !self.round.lacks_basis(rung) {
            return vec![Unmet::NotToBeSkipped { rung }];
        }
        let mut unmet = self.is_named(self.round.policy.penalty.skip_by.as_ref());
        unmet.extend(self.stopped());
        unmet.extend(self.round.pending_skip(rung).map(|one| Unmet::SkipPending { rung, id: one.id }));
        unmet.extend(self.round.skipped_on(rung).map(|on| Unmet::AlreadyRecorded { on }));
        unmet.extend(self.round.guards_unmet(rung));
        once(unmet)
    }

    /// Four eyes: another person than the proposer.
    pub(super) fn decide_skip(&self, id: StepId, approve: bool) -> Vec<Unmet> {
        let pending = Rung::ALL.iter().filter_map(|rung| self.round.pending_skip(*rung)).find(|one| one.id == id);
        let Some(pending) = pending else { return vec![Unmet::NotProposed] };
        let mut unmet = self.is_named(self.round.policy.penalty.skip_decided_by.as_ref());
        if pending.proposed_by == self.actor.user {
            unmet.push(Unmet::SamePerson);
        }
        if approve {
            unmet.extend(self.stopped());
        }
        unmet
    }

    fn is_named(&self, owner: Option<&Owner>) -> Vec<Unmet> {
        owner.map_or_else(|| vec![Unmet::NotProposed], |owner| self.is_one_of(owner))
    }
}
