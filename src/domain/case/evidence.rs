//! The guards of a rung.

use super::round::Round;
use super::unmet::Unmet;
use crate::domain::policy::{Guard, Rung};
use crate::domain::words::DispositionKind;

impl Round<'_> {
    /// What the guards of a rung still lack, in the policy's order.
    pub(super) fn guards_unmet(&self, rung: Rung) -> Vec<Unmet> {
        let guards = self.policy.step(rung).map_or(&[][..], |step| &step.guards);
        guards.iter().filter_map(|guard| self.guard_unmet(*guard, rung)).collect()
    }

    fn guard_unmet(&self, guard: Guard, rung: Rung) -> Option<Unmet> {
        let kind = DispositionKind::CountyDecision;
        match guard {
            Guard::Confirmed => self.confirmed_on.is_none().then_some(Unmet::NotConfirmed),
            Guard::JointVisits => self.visits_short(self.policy.gate_of(rung)),
            Guard::NoExcuse => self.excuse.map(|one| Unmet::Excused { kind: one.kind, until: one.until }),
            Guard::DeadlinePassed => self.notice.unexpired(self.today),
            Guard::VerifiedAbsent => match self.notice.served() {
                Some(served) if served.verified.is_some_and(|one| !one.returned) => None,
                Some(served) => Some(Unmet::NotVerified { paper: served.paper.id, since: served.due }),
                // That it was not served is said by the guard before.
                None => None,
            },
            Guard::CountyAgreed => self.agreed_on(kind).is_none().then_some(Unmet::NotAgreed { kind }),
        }
    }
}
