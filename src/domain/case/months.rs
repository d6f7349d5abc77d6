//! The visit of every month after a step was done, until the child is back (002:L52, AC-80).

use chrono::{Datelike, Months, NaiveDate};

use super::facts::VisitFact;
use super::round::Round;
use super::unmet::Unmet;
use super::verdict::Awaited;
use super::view::MonthLine;
use crate::domain::policy::{Guard, Rung};
use crate::domain::words::DispositionKind;

impl Round<'_> {
    /// The months since the one after the county agreed, up to this one or to the one of the return.
    pub(super) fn months(&self) -> Vec<MonthLine> {
        let Some(first) = self.monthly_since().and_then(next_month) else { return Vec::new() };
        let until = self.returned.map_or(self.today, |back| back.on.min(self.today));
        std::iter::successors(Some(first), |month| next_month(*month))
            .take_while(|month| *month <= until)
            .map(|month| self.month(month, until))
            .collect()
    }

    /// The day on which the step was done after which a visit is made in every month.
    pub(super) fn laddered_months(&self) -> Option<NaiveDate> {
        let step = self.policy.step(Rung::MonthlyVisit)?;
        let after = step.guards.iter().find_map(|guard| match guard {
            Guard::Done(rung) => Some(*rung),
            _ => None,
        })?;
        self.done_on(after)
    }

    /// The day since when a joint visit is made every month: by the ladder, or by what follows a disposition.
    fn monthly_since(&self) -> Option<NaiveDate> {
        let monthly = |kind: DispositionKind| {
            let follow_up = self.policy.disposition(kind).and_then(|rule| rule.follow_up.as_ref());
            follow_up.is_some_and(|follow_up| follow_up.monthly_visit)
        };
        let holding = self.holding().filter(|ending| monthly(ending.kind)).map(|ending| ending.agreed_on);
        self.laddered_months().or_else(|| holding.min())
    }

    /// That the month of a last day has not begun.
    pub(super) fn month_ahead(&self, due: NaiveDate) -> Option<Unmet> {
        let from = due.with_day(1).filter(|from| self.today < *from)?;
        Some(Unmet::MonthAhead { from, due })
    }

    /// The visit of this month that only waits for somebody's word, where none counts yet.
    pub(super) fn month_waiting(&self) -> Option<(&VisitFact, &[Awaited])> {
        let months = self.months();
        let open = months.last().filter(|month| month.done_on.is_none() && !month.missed)?;
        let first = open.due.with_day(1)?;
        self.waiting().find(|(visit, _)| (first..=open.due).contains(&visit.day))
    }

    fn month(&self, first: NaiveDate, until: NaiveDate) -> MonthLine {
        let due = last_of(first);
        let done_on = self.counting().map(|visit| visit.day).find(|day| (first..=due).contains(day));
        MonthLine { year: first.year(), month: first.month(), due, done_on, missed: done_on.is_none() && due < until }
    }

    /// The month whose visit comes next, by its last day.
    pub(super) fn next_month_due(&self, months: &[MonthLine]) -> NaiveDate {
        match months.last() {
            Some(month) if month.done_on.is_none() && self.today <= month.due => month.due,
            Some(month) => next_month(month.due).map_or(month.due, last_of),
            None => self.monthly_since().and_then(next_month).map_or(self.today, last_of),
        }
    }
}

/// The months in a row up to now in which no visit was made, oldest first; a visit made since ends the row.
pub(super) fn missed_in_a_row(months: &[MonthLine]) -> &[MonthLine] {
    let over = match months {
        [over @ .., open] if open.done_on.is_none() && !open.missed => over,
        all => all,
    };
    let from = over.iter().rposition(|month| !month.missed).map_or(0, |last| last + 1);
    &over[from..]
}

/// The first of the month after a day's.
pub(super) fn next_month(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.checked_add_months(Months::new(1))
}

pub(super) fn last_of(first: NaiveDate) -> NaiveDate {
    next_month(first).and_then(|next| next.pred_opt()).unwrap_or(first)
}
