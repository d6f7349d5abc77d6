//! What a timetable and an act are judged on: a proceeding as it stood on a day, the county's policy, law and calendar.

use chrono::NaiveDate;

use super::facts::{Act, Deed, Proceeding, Subject};
use super::law::{Periods, Span};
use crate::domain::calendar::Calendar;
use crate::domain::period::Arithmetic;
use crate::domain::policy::{Policies, Policy};

/// A proceeding and all it is judged by, on one day: what happened later is not seen.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The penalty or order.
    pub of: &'a Proceeding,
    /// The county's policy that governs it.
    pub policy: &'a Policy,
    /// The periods of law.
    pub law: &'a Periods,
    /// The working calendar.
    pub calendar: &'a Calendar,
    /// The day.
    pub today: NaiveDate,
}

impl<'a> Ground<'a> {
    /// The ground under a county's policies: the one in force when it was decided, or today while it is not.
    pub fn of(
        of: &'a Proceeding,
        policies: &'a Policies,
        law: &'a Periods,
        calendar: &'a Calendar,
        today: NaiveDate,
    ) -> Self {
        let decided = of.acts.iter().find(|act| act.act == Deed::Decided && act.on <= today);
        Self { of, policy: policies.on(decided.map_or(today, |act| act.on)), law, calendar, today }
    }

    /// The county may punish, where this is a penalty.
    pub(super) const fn is_lawful(&self) -> bool {
        matches!(self.of.subject, Subject::Order) || self.policy.penalty.is_lawful()
    }

    /// The first act of a kind.
    pub(super) fn act(&self, deed: Deed) -> Option<&'a Act> {
        let acts = self.of.acts.iter().filter(|act| act.act == deed && act.on <= self.today);
        acts.min_by_key(|act| act.on)
    }

    /// The day of the first act of a kind.
    pub(super) fn on(&self, deed: Deed) -> Option<NaiveDate> {
        self.act(deed).map(|act| act.on)
    }

    /// The earliest day of any of these acts.
    pub(super) fn any(&self, deeds: &[Deed]) -> Option<NaiveDate> {
        deeds.iter().filter_map(|deed| self.on(*deed)).min()
    }

    /// A period of law from a day.
    pub(super) fn due(&self, span: Span, from: NaiveDate) -> Arithmetic {
        self.law.due(span, from, self.calendar)
    }

    /// The last day on which the party still does in time what it was told to; a deferral only ever moves it on.
    pub(super) fn obligation(&self) -> Option<NaiveDate> {
        let served = self.on(Deed::Served)?;
        match self.of.subject {
            Subject::Order => self.of.perform_by.map(|by| by.max(served)),
            Subject::Penalty => {
                self.of.fine?;
                let due = self.due(Span::Payment, served).due;
                Some(self.deferred_until().map_or(due, |until| until.max(due)))
            }
        }
    }

    /// The day to which payment was put off while it was still owed.
    pub(super) fn deferred_until(&self) -> Option<NaiveDate> {
        let deferred = self.act(Deed::Deferred)?;
        let paid_before = self.on(Deed::Paid).is_some_and(|paid| paid < deferred.on);
        if paid_before { None } else { deferred.sets }
    }

    /// The day on which nothing was left to enforce.
    pub(super) fn settled(&self) -> Option<NaiveDate> {
        match self.of.subject {
            Subject::Order => self.any(&[Deed::Performed, Deed::ChildBack]),
            Subject::Penalty => self.any(&[Deed::Performed, Deed::Paid]),
        }
    }
}
