//! How the party's remedies stand, and the window that their end opens to the court.

use chrono::NaiveDate;

use super::facts::Deed;
use super::ground::Ground;
use super::law::Span;
use crate::domain::period::Arithmetic;

/// How reconsideration and suit stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Remedies {
    /// Unused: they end on this day, by this arithmetic.
    End(Arithmetic),
    /// Taken on a day, not yet answered.
    Pending(Deed, NaiveDate),
    /// The decision is gone since a day.
    Revoked(NaiveDate),
    /// A court has upheld the decision: it enforces its own judgment.
    Judged(NaiveDate),
}

/// The days on which the court may be asked, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) first: NaiveDate,
    pub(super) last: Arithmetic,
    pub(super) span: Span,
}

impl Ground<'_> {
    /// How the remedies stand; none before the decision was received.
    pub(super) fn remedies(&self) -> Option<Remedies> {
        let served = self.on(Deed::Served)?;
        if let Some(on) = self.any(&[Deed::ReconsiderationRevoked, Deed::SuitRevoked]) {
            return Some(Remedies::Revoked(on));
        }
        if let Some(on) = self.on(Deed::SuitUpheld) {
            return Some(Remedies::Judged(on));
        }
        if let Some(on) = self.on(Deed::SuitFiled) {
            return Some(Remedies::Pending(Deed::SuitFiled, on));
        }
        if let Some(on) = self.on(Deed::ReconsiderationUpheld) {
            return Some(Remedies::End(self.due(Span::SuitAfterReconsideration, on)));
        }
        if let Some(on) = self.on(Deed::ReconsiderationApplied) {
            return Some(Remedies::Pending(Deed::ReconsiderationApplied, on));
        }
        // After a penalty on the spot there is no suit without reconsideration (行政复议法 §23).
        let reconsider = self.due(Span::Reconsideration, served);
        if self.of.on_the_spot {
            return Some(Remedies::End(reconsider));
        }
        let sue = self.due(Span::Suit, served);
        Some(Remedies::End(if sue.due >= reconsider.due { sue } else { reconsider }))
    }

    /// When the court may be asked, as far as the remedies let it be known.
    pub(super) fn window(&self) -> Option<Window> {
        let (end, span) = match self.remedies()? {
            Remedies::End(end) => (end.due, Span::Application),
            Remedies::Judged(on) => (on, Span::Judgment),
            Remedies::Pending(..) | Remedies::Revoked(_) => return None,
        };
        // 行政处罚法 §72: where payment was put off, the time to apply runs from the end of that.
        let end = self.deferred_until().map_or(end, |until| until.max(end));
        Some(Window { first: end.succ_opt()?, last: self.due(span, end), span })
    }

    /// The last working day on which a demand still leaves a day for the court.
    pub(super) fn last_demand(&self, window: &Window) -> Option<NaiveDate> {
        let leaves_a_day =
            |day: &NaiveDate| self.calendar.is_workday(*day) && self.due(Span::Demand, *day).due < window.last.due;
        window.last.due.iter_days().rev().take(60).find(leaves_a_day)
    }

    /// The first day on which the demand may be served: after the default, and after the remedies unless the county's
    /// switch lets it run before.
    pub(super) fn first_demand(&self, window: &Window) -> Option<NaiveDate> {
        let default = self.obligation()?.succ_opt()?;
        Some(if self.policy.penalty.demand_before_lapse { default } else { default.max(window.first) })
    }
}
