//! Periods against a naive reckoning, day by day, over the years whose holidays are known.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};
use quanxue::domain::period::{Period, Roll, Unit};

use crate::policy::ground::{day, nine_years};

/// The table of holidays, read here and not by the program.
struct Oracle {
    worked: BTreeMap<NaiveDate, bool>,
    terms: Vec<(NaiveDate, NaiveDate)>,
}

impl Oracle {
    fn new() -> Self {
        let rows = include_str!("../../data/workdays.csv").lines().skip(1).filter(|row| !row.is_empty());
        let worked = rows.map(|row| (day(&row[..10]), row.contains(",workday,"))).collect();
        let terms = nine_years().terms().iter().map(|term| (term.opens, term.closes)).collect();
        Self { worked, terms }
    }

    fn works(&self, on: NaiveDate) -> bool {
        let weekend = [Weekday::Sat, Weekday::Sun].contains(&on.weekday());
        self.worked.get(&on).copied().unwrap_or(!weekend)
    }

    fn teaches(&self, on: NaiveDate) -> bool {
        let known = self.terms.iter().any(|(opens, closes)| (*opens..=*closes).contains(&on));
        let beyond = self.terms.iter().all(|(_, closes)| on > *closes);
        (known || beyond) && self.works(on)
    }

    fn last(&self, start: NaiveDate, period: Period) -> NaiveDate {
        let last = match period.unit {
            Unit::CalendarDay => start + Days::new(period.n.into()),
            Unit::Hour => (start.and_hms_opt(23, 59, 59).unwrap() + TimeDelta::hours(period.n.into())).date(),
            Unit::Month => same_day(start, period.n),
            Unit::WorkingDay => nth(start, period.n, |on| self.works(on)),
            Unit::SchoolDay => nth(start, period.n, |on| self.teaches(on)),
        };
        match period.roll {
            Roll::None => last,
            Roll::NextWorkday if self.works(last) => last,
            Roll::NextWorkday => nth(last, 1, |on| self.works(on)),
        }
    }
}

/// The n-th day after the start that counts.
fn nth(start: NaiveDate, n: u16, counts: impl Fn(NaiveDate) -> bool) -> NaiveDate {
    let (mut on, mut left) = (start, n);
    while left > 0 {
        on = on.succ_opt().unwrap();
        left -= u16::from(counts(on));
    }
    on
}

/// The same day of the month so many months on, or the last before it that there is.
fn same_day(start: NaiveDate, months: u16) -> NaiveDate {
    let (mut year, mut month) = (start.year(), start.month());
    for _ in 0..months {
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    (0..4).find_map(|back| NaiveDate::from_ymd_opt(year, month, start.day() - back)).unwrap()
}

/// Every start of the nine years, every unit, with and without moving on, and both 以内 and 超过 at its ends.
#[test]
fn a_period_agrees_with_counting_it_a_day_at_a_time() {
    let (oracle, calendar) = (Oracle::new(), nine_years());
    let days = || day("2018-01-01").iter_days().take_while(|on| *on <= day("2026-12-31"));
    for (place, start) in days().enumerate() {
        // Short ones everywhere, long ones in turn.
        let ns = [1, 3, 7, [2, 5, 10, 14, 15, 30, 60][place % 7]];
        for (unit, n) in Unit::ALL.iter().flat_map(|unit| ns.map(|n| (*unit, n))) {
            let roll = Roll::ALL[place % 2];
            let period = Period { n, unit, roll };
            let (found, last) = (period.due(start, &calendar), oracle.last(start, period));
            assert_eq!(found.due, last, "{n} {} {} from {start}", unit.code(), roll.code());
            assert!(!found.exceeded_on(last) && found.exceeded_on(last.succ_opt().unwrap()));
        }
    }
}
