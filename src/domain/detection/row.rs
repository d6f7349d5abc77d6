//! Absence in a row (连续): its days up to a moment, and when so much of it is reached or exceeded.

use std::collections::BTreeMap;

use chrono::{Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::facts::AbsenceFacts;
use crate::domain::calendar::Calendar;
use crate::domain::period::Unit;
use crate::domain::policy::{Cmp, Threshold};

/// The unexcused absence that goes on at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The taught days of it, up to today, and when their rolls are called; never none.
    days: BTreeMap<NaiveDate, NaiveTime>,
    /// The day of the moment.
    today: NaiveDate,
}

impl Row {
    /// The row that goes on at a moment: back from its day to the last taught day that was attended or on leave.
    pub(super) fn at(facts: &AbsenceFacts, calendar: &Calendar, now: NaiveDateTime) -> Option<Self> {
        let today = now.date();
        let first_known = facts.absences.iter().map(|one| one.from).min()?;
        let mut days = BTreeMap::new();
        let back = std::iter::successors(Some(today), NaiveDate::pred_opt).take_while(|day| *day >= first_known);
        for day in back.filter(|day| calendar.is_school_day(*day)) {
            let Some(absence) = facts.unexcused(day) else { break };
            days.insert(day, absence.at);
        }
        (!days.is_empty()).then_some(Self { days, today })
    }

    /// The first day of it.
    pub(super) fn first(&self) -> NaiveDate {
        self.days.keys().next().copied().unwrap_or(self.today)
    }

    /// The day of the moment.
    pub(super) const fn today(&self) -> NaiveDate {
        self.today
    }

    /// When a day of it counts: once its roll is called, from its beginning where none is.
    pub(super) fn called(&self, day: NaiveDate) -> NaiveDateTime {
        day.and_time(self.days.get(&day).copied().unwrap_or(NaiveTime::MIN))
    }

    /// When so much is reached or exceeded, if that is by today.
    pub(super) fn met(&self, threshold: Threshold, calendar: &Calendar) -> Option<NaiveDateTime> {
        let n = u64::from(threshold.n);
        let over = u64::from(threshold.cmp == Cmp::Over);
        let nth = |days: &mut dyn Iterator<Item = NaiveDate>| {
            let place = usize::try_from(n + over).ok()?.checked_sub(1)?;
            days.nth(place).map(|day| self.called(day))
        };
        match threshold.unit {
            Unit::Hour => self.hours(threshold),
            Unit::SchoolDay => nth(&mut self.days.keys().copied()),
            Unit::WorkingDay if threshold.count_nonschool => {
                nth(&mut self.all().filter(|day| calendar.is_workday(*day)))
            }
            Unit::WorkingDay => nth(&mut self.days.keys().copied().filter(|day| calendar.is_workday(*day))),
            Unit::CalendarDay => nth(&mut self.all()),
            Unit::Month => {
                let same = self.first().checked_add_months(Months::new(threshold.n.into()))?;
                same.checked_add_days(Days::new(over)).filter(|day| *day <= self.today).map(|day| self.called(day))
            }
        }
    }

    /// Every day of it, taught or not.
    fn all(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        self.first().iter_days().take_while(|day| *day <= self.today)
    }

    /// Hours run through the whole of each day that counts, from the first missed roll-call; 超过 is a minute more.
    fn hours(&self, threshold: Threshold) -> Option<NaiveDateTime> {
        let mut left = TimeDelta::hours(threshold.n.into());
        if threshold.cmp == Cmp::Over {
            left += TimeDelta::minutes(1);
        }
        let counts = |day: &NaiveDate| threshold.count_nonschool || self.days.contains_key(day);
        for day in self.all().filter(counts) {
            let opens = if day == self.first() { self.called(day) } else { day.and_time(NaiveTime::MIN) };
            let holds = day.succ_opt()?.and_time(NaiveTime::MIN) - opens;
            if left <= holds {
                return Some(opens + left);
            }
            left -= holds;
        }
        None
    }
}
