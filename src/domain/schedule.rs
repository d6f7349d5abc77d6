//! When a rhythm of the policy asks for something: the stretch of time that runs on a day, and its last day.

use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta, Weekday};

use super::calendar::Calendar;
use super::period::{Period, Unit};
use super::policy::{Dates, MonthDay, Policy, When};

/// How long before and after one of its fixed days something is asked for, in days.
const AHEAD: i64 = 30;

/// What is asked for, and when.
#[derive(Clone, Copy)]
pub(super) struct Rhythm<'a> {
    /// How often.
    pub when: &'a When,
    /// Only in these months, by the last day; empty for all.
    pub months: &'a [u16],
    /// Only where a day of the stretch is taught.
    pub in_term: bool,
}

/// A stretch of time for which something is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    /// What it is called: 2024年11月.
    pub of: String,
    /// The first day.
    pub opens: NaiveDate,
    /// The last day on which it is in time.
    pub due: NaiveDate,
    /// The last day on which it is still looked for.
    pub until: NaiveDate,
}

impl Stretch {
    fn runs_on(&self, day: NaiveDate) -> bool {
        self.opens <= day && day <= self.until
    }
}

impl Rhythm<'_> {
    /// The stretch that is asked for on a day; none where its time has not come, or it has given way to the next.
    pub(super) fn asked(self, policy: &Policy, calendar: &Calendar, today: NaiveDate) -> Option<Stretch> {
        let mut stretch = stretch(self.when, &policy.detection.dates, calendar, today)?;
        if !policy.reporting.before_is_inclusive.value && self.when.takes_a_day_off() {
            stretch.due = stretch.due.pred_opt()?;
        }
        (stretch.runs_on(today) && self.falls_in(calendar, &stretch)).then_some(stretch)
    }

    fn falls_in(self, calendar: &Calendar, stretch: &Stretch) -> bool {
        let month = u16::try_from(stretch.due.month()).is_ok_and(|month| self.months.contains(&month));
        let taught =
            || stretch.opens.iter_days().take_while(|day| *day <= stretch.due).any(|day| calendar.is_school_day(day));
        (self.months.is_empty() || month) && (!self.in_term || taught())
    }
}

/// The stretch that runs on a day; none where the calendar has none, or where no calendar yields it.
fn stretch(when: &When, dates: &Dates, calendar: &Calendar, today: NaiveDate) -> Option<Stretch> {
    let month = today.with_day(1)?;
    match when {
        When::Daily => Some(Stretch { of: full(today), opens: today, due: today, until: today }),
        When::Weekly(by) => {
            let week = today.week(Weekday::Mon);
            let by = by.unwrap_or(Weekday::Sun).num_days_from_monday();
            let opens = week.checked_first_day()?;
            let of = format!("{}年第{}周", today.iso_week().year(), today.iso_week().week());
            let due = opens.checked_add_days(Days::new(by.into()))?;
            Some(Stretch { of, opens, due, until: week.checked_last_day()? })
        }
        When::Monthly { by, of_last, from } => {
            let last = month.checked_add_months(Months::new(1))?.pred_opt()?;
            let on = |day: &Option<u16>| day.and_then(|day| month.with_day(day.into()));
            let of = if *of_last { month.checked_sub_months(Months::new(1))? } else { month };
            let of = format!("{}年{}月", of.year(), of.month());
            Some(Stretch { of, opens: on(from).unwrap_or(month), due: on(by).unwrap_or(last), until: last })
        }
        When::Quarterly => {
            let quarter = (today.month() - 1) / 3;
            let opens = NaiveDate::from_ymd_opt(today.year(), quarter * 3 + 1, 1)?;
            let last = opens.checked_add_months(Months::new(3))?.pred_opt()?;
            Some(Stretch { of: format!("{}年第{}季度", today.year(), quarter + 1), opens, due: last, until: last })
        }
        When::AfterOpening(period) => {
            let term = calendar.term_of(today)?;
            let due = period.due(term.opens, calendar).due;
            Some(Stretch { of: term.name.clone(), opens: term.opens, due, until: term.closes })
        }
        When::BeforeOpening(period) => {
            let mut all = calendar.terms().iter().map(|term| before(*period, term.opens, calendar, term.name.clone()));
            all.find_map(|one| one.filter(|one| one.runs_on(today)))
        }
        When::TermEnd => {
            let term = calendar.term_of(today)?;
            Some(Stretch { of: term.name.clone(), opens: term.opens, due: term.closes, until: term.closes })
        }
        When::Yearly(days) => {
            let of_year = |year: i32| days.iter().filter_map(move |day| day.in_year(year));
            let all = of_year(today.year() - 1).chain(of_year(today.year())).chain(of_year(today.year() + 1));
            let far = |due: &NaiveDate| (*due - today).num_days().abs();
            let due = all.filter(|due| far(due) <= AHEAD).min_by_key(|due| (today > *due, far(due)))?;
            Some(around(due, None))
        }
        When::YearWindow { from, by } => {
            let of_year = |year: i32| Some(around(by.in_year(year)?, Some(from.in_year(year)?)));
            [today.year(), today.year() - 1].into_iter().filter_map(of_year).find(|one| one.runs_on(today))
        }
        When::YearEnd => {
            let (opens, due) =
                (NaiveDate::from_ymd_opt(today.year(), 1, 1)?, NaiveDate::from_ymd_opt(today.year(), 12, 31)?);
            Some(Stretch { of: format!("{}年", today.year()), opens, due, until: due })
        }
        When::BeforeExam(period) => {
            let mut all =
                dates.exam.iter().map(|exam| before(*period, *exam, calendar, format!("{}年中考", exam.year())));
            all.find_map(|one| one.filter(|one| one.runs_on(today)))
        }
        When::Once { from, by } => Some(around(*by, *from)),
        When::Event => None,
    }
}

/// A stretch with its last day; looked for some days more, and from some days before where it has no first.
fn around(due: NaiveDate, opens: Option<NaiveDate>) -> Stretch {
    let before = || due.checked_sub_signed(TimeDelta::days(AHEAD)).unwrap_or(due);
    let until = due.checked_add_signed(TimeDelta::days(AHEAD)).unwrap_or(due);
    Stretch { of: full(due), opens: opens.unwrap_or_else(before), due, until }
}

/// The stretch of a period that ends on the day before something.
fn before(period: Period, day: NaiveDate, calendar: &Calendar, of: String) -> Option<Stretch> {
    let due = day.pred_opt()?;
    Some(Stretch { of, ..around(due, Some(back(period, day, calendar)?)) })
}

/// So long before a day.
fn back(period: Period, day: NaiveDate, calendar: &Calendar) -> Option<NaiveDate> {
    let n = period.n;
    let counted = |counts: &dyn Fn(NaiveDate) -> bool| {
        let earlier = std::iter::successors(day.pred_opt(), NaiveDate::pred_opt);
        earlier.take(usize::from(n) * 7 + 400).filter(|day| counts(*day)).nth(usize::from(n) - 1)
    };
    match period.unit {
        Unit::Month => day.checked_sub_months(Months::new(n.into())),
        Unit::WorkingDay => counted(&|day| calendar.is_workday(day)),
        Unit::SchoolDay => counted(&|day| calendar.is_school_day(day)),
        Unit::CalendarDay | Unit::Hour => day.checked_sub_days(Days::new(n.into())),
    }
}

fn full(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

impl MonthDay {
    /// The day of a year; 29 February is the last day of the month (AMB-38).
    fn in_year(self, year: i32) -> Option<NaiveDate> {
        let short = || NaiveDate::from_ymd_opt(year, self.month, 28).filter(|_| self.day == 29);
        NaiveDate::from_ymd_opt(year, self.month, self.day).or_else(short)
    }
}
