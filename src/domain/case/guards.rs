//! What the guards of a rung still lack (catalogue §5.3).

use chrono::NaiveDate;

use super::may::not_before;
use super::round::Round;
use super::unmet::Unmet;
use crate::domain::policy::{Guard, Rung, Step, Work};
use crate::domain::words::DispositionKind;

impl Round<'_> {
    /// What the guards of a rung still lack, in the policy's order.
    pub(super) fn guards_unmet(&self, rung: Rung) -> Vec<Unmet> {
        let guards = self.policy.step(rung).map_or(&[][..], |step| &step.guards);
        guards.iter().filter_map(|guard| self.guard_unmet(*guard)).collect()
    }

    fn guard_unmet(&self, guard: Guard) -> Option<Unmet> {
        match guard {
            Guard::Confirmed => self.confirmed_on.is_none().then_some(Unmet::NotConfirmed),
            Guard::NoExcuse => self.excuse.map(|one| Unmet::Excused { kind: one.kind, until: one.until }),
            Guard::Visits(gate) => self.visits_short(gate),
            Guard::Done(rung) => self.undone(rung),
            Guard::Expired(rung) => rung.paper().and_then(|paper| self.unexpired(paper)),
            Guard::Verified(rung) => {
                // That the paper was not served is said by the guard before.
                let served = rung.paper().and_then(|paper| self.served(paper))?;
                let absent = served.verified.is_some_and(|one| !one.returned);
                (!absent).then_some(Unmet::NotVerified { paper: served.paper.id, since: served.due })
            }
        }
    }

    /// The day on which the last of a rung's guards was met, as far as they are, and what that was.
    pub(super) fn guards_met_on(&self, rung: Rung) -> Option<(NaiveDate, &'static str)> {
        let guards = self.policy.step(rung).map_or(&[][..], |step| &step.guards);
        guards.iter().filter_map(|guard| self.guard_met_on(*guard)).max_by_key(|(on, _)| *on)
    }

    /// G12: a step is not dated before what its guards ask for.
    pub(super) fn before_guards(&self, rung: Rung, on: NaiveDate) -> Option<Unmet> {
        self.guards_met_on(rung).and_then(|(first, what)| not_before(on, what, Some(first)))
    }

    fn guard_met_on(&self, guard: Guard) -> Option<(NaiveDate, &'static str)> {
        let (on, what) = match guard {
            Guard::NoExcuse => return None,
            Guard::Confirmed => (self.confirmed_on, "核查确认"),
            Guard::Visits(gate) => (self.gate_met_on(gate), "联合劝返满次"),
            Guard::Done(rung) => (self.done_on(rung), "前一步办完"),
            Guard::Expired(rung) => {
                (rung.paper().and_then(|paper| self.served(paper)?.due?.succ_opt()), "限期届满次日")
            }
            Guard::Verified(rung) => {
                (rung.paper().and_then(|paper| Some(self.served(paper)?.verified?.on)), "期满核实")
            }
        };
        Some((on?, what))
    }

    /// What stands between a rung and its having been done; a rung that was lawfully skipped counts as done (G6).
    pub(super) fn undone(&self, rung: Rung) -> Option<Unmet> {
        if self.done_on(rung).is_some() {
            return None;
        }
        if let Some(pending) = self.pending_skip(rung) {
            return Some(Unmet::SkipPending { rung, id: pending.id });
        }
        let step = self.policy.step(rung);
        match rung.work() {
            Work::Confirm => Some(Unmet::NotConfirmed),
            Work::Visits => self.visits_short(self.policy.first_gate()),
            Work::Paper(_) if self.lacks_basis(rung) => Some(Unmet::PenaltyOrSkip),
            Work::Paper(paper) => self.unserved(paper),
            Work::CountyDecision => Some(Unmet::NotAgreed { kind: DispositionKind::CountyDecision }),
            Work::Record if self.recorded(rung).is_some() => Some(Unmet::ScanMissing { rung }),
            Work::Record => Some(not_recorded(rung, step)),
            Work::Verify | Work::Monthly | Work::Further | Work::Return => Some(Unmet::StepNotDone { rung }),
        }
    }

    /// The rung is a penalty and the county has no legal basis for one (design.md §4.7).
    pub(super) fn lacks_basis(&self, rung: Rung) -> bool {
        rung == Rung::Penalty && !self.policy.penalty.is_lawful()
    }
}

/// 学校尚未报告乡镇人民政府 (AC-40), else the bare name of the step.
fn not_recorded(rung: Rung, step: Option<&Step>) -> Unmet {
    match (rung, step) {
        (Rung::WrittenReport | Rung::ExpiryReport | Rung::GovernmentReport, Some(step)) => {
            Unmet::NotReported { rung, by: step.by.organ, to: step.goes_to() }
        }
        _ => Unmet::StepNotDone { rung },
    }
}
