//! Which days are worked and which are taught: weekends, public holidays, make-up days (调休) and a county's terms.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::vocabulary;

/// The day as it is said within a sentence: 10月14日.
pub fn spoken(day: NaiveDate) -> String {
    format!("{}月{}日", day.month(), day.day())
}

/// The day of the week: 星期三.
pub const fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "星期一",
        Weekday::Tue => "星期二",
        Weekday::Wed => "星期三",
        Weekday::Thu => "星期四",
        Weekday::Fri => "星期五",
        Weekday::Sat => "星期六",
        Weekday::Sun => "星期日",
    }
}

/// A school term; both days are taught days or may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// As people call it: 2026年秋季学期.
    pub name: String,
    /// 开学日.
    pub opens: NaiveDate,
    /// The last day of the term.
    pub closes: NaiveDate,
}

impl Term {
    /// The day lies in the term, its first and last day included.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.opens <= day && day <= self.closes
    }
}

vocabulary! {
    /// What the State Council's yearly notice makes of a day.
    pub enum SpecialDay {
        Holiday = "holiday" => "放假",
        /// A weekend day that is worked for a holiday.
        Workday = "workday" => "调休上班",
    }
}

/// Why a day counts or does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// Monday to Friday, no holiday.
    Workday,
    /// A weekend day that is worked for a holiday (调休上班).
    MakeUp,
    /// Saturday or Sunday.
    Weekend,
    /// A public holiday, with its name.
    Holiday(String),
}

impl DayKind {
    /// The day is worked.
    pub const fn is_worked(&self) -> bool {
        matches!(self, Self::Workday | Self::MakeUp)
    }
}

/// A table row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("节假日表第{line}行：{reason}")]
pub struct CalendarFault {
    /// The line of the file, the heading being line 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// The county's calendar: public holidays and make-up days, terms, and the school's own exceptions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    special: BTreeMap<NaiveDate, (SpecialDay, String)>,
    terms: Vec<Term>,
    extra_school_days: BTreeSet<NaiveDate>,
    days_off_school: BTreeSet<NaiveDate>,
}

impl Calendar {
    /// Reads `date,kind,name` rows under a heading; kind is `holiday` or `workday` (a weekend day that is worked).
    pub fn parse_workdays(csv: &str) -> Result<Self, CalendarFault> {
        let rows = csv.lines().enumerate().skip(1).filter(|(_, row)| !row.trim().is_empty());
        let days = rows.map(|(at, row)| parse_row(row).map_err(|reason| CalendarFault { line: at + 1, reason }));
        Ok(Self::of_days(days.collect::<Result<Vec<_>, _>>()?))
    }

    /// A calendar of special days with their names, without terms yet.
    pub fn of_days(days: impl IntoIterator<Item = (NaiveDate, SpecialDay, String)>) -> Self {
        let special = days.into_iter().map(|(day, kind, name)| (day, (kind, name))).collect();
        Self { special, ..Self::default() }
    }

    /// The special days with their names, in order.
    pub fn special_days(&self) -> impl Iterator<Item = (NaiveDate, SpecialDay, &str)> {
        self.special.iter().map(|(day, (kind, name))| (*day, *kind, name.as_str()))
    }

    /// The same calendar with the county's terms, in order of their opening.
    #[must_use]
    pub fn with_terms(mut self, mut terms: Vec<Term>) -> Self {
        terms.sort_by_key(|term| term.opens);
        self.terms = terms;
        self
    }

    /// The same calendar with days that are taught though they are not worked, or worked but not taught.
    #[must_use]
    pub fn with_school_days(
        mut self,
        extra: impl IntoIterator<Item = NaiveDate>,
        off: impl IntoIterator<Item = NaiveDate>,
    ) -> Self {
        self.extra_school_days.extend(extra);
        self.days_off_school.extend(off);
        self
    }

    /// What the day is, for reckoning in working days.
    pub fn kind(&self, day: NaiveDate) -> DayKind {
        match self.special.get(&day) {
            Some((SpecialDay::Holiday, name)) => DayKind::Holiday(name.clone()),
            Some((SpecialDay::Workday, _)) => DayKind::MakeUp,
            None if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) => DayKind::Weekend,
            None => DayKind::Workday,
        }
    }

    /// Worked: no weekend and no holiday, or a make-up day.
    pub fn is_workday(&self, day: NaiveDate) -> bool {
        self.kind(day).is_worked()
    }

    /// Taught: in a term and worked, unless the county's schools said otherwise of that day.
    pub fn is_school_day(&self, day: NaiveDate) -> bool {
        let usual = self.is_workday(day) && !self.days_off_school.contains(&day);
        self.term_of(day).is_some() && (usual || self.extra_school_days.contains(&day))
    }

    /// Taught, or worked and beyond the last term that is known: a count of school days must end somewhere.
    pub fn may_be_school_day(&self, day: NaiveDate) -> bool {
        if day > self.terms_known_until() { self.is_workday(day) } else { self.is_school_day(day) }
    }

    /// The last day of the last known term.
    pub fn terms_known_until(&self) -> NaiveDate {
        self.terms.iter().map(|term| term.closes).max().unwrap_or(NaiveDate::MIN)
    }

    /// The first working day on or after the day.
    pub fn next_workday(&self, day: NaiveDate) -> NaiveDate {
        day.iter_days().find(|day| self.is_workday(*day)).unwrap_or(day)
    }

    /// The first working day after the day.
    pub fn workday_after(&self, day: NaiveDate) -> NaiveDate {
        day.checked_add_days(Days::new(1)).map_or(day, |next| self.next_workday(next))
    }

    /// The holidays of the day's year are known; without them a due day in that year is provisional.
    pub fn knows_year(&self, day: NaiveDate) -> bool {
        self.special.keys().any(|known| known.year() == day.year())
    }

    /// The term in which the day lies.
    pub fn term_of(&self, day: NaiveDate) -> Option<&Term> {
        self.terms.iter().find(|term| term.contains(day))
    }

    /// All terms, in order of their opening.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }
}

fn parse_row(row: &str) -> Result<(NaiveDate, SpecialDay, String), String> {
    let mut fields = row.trim().splitn(3, ',');
    let (Some(day), Some(kind), Some(name)) = (fields.next(), fields.next(), fields.next()) else {
        return Err("应有日期、类别、名称三列".to_owned());
    };
    let day = day.parse().map_err(|_| format!("日期“{day}”读不出来，应写成 2026-10-01"))?;
    let kind = SpecialDay::from_code(kind).ok_or_else(|| format!("类别“{kind}”不认识，只能是 holiday 或 workday"))?;
    Ok((day, kind, name.to_owned()))
}
