//! School terms by name: 2026-2027-1 is the autumn term of the school year that starts in 2026.

use chrono::{Datelike as _, NaiveDate};

use super::calendar::Term;
use super::grade::SchoolYear;

/// Which term it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId {
    /// The year in which the school year starts.
    pub year: i32,
    /// The spring term, which lies in the next year.
    pub spring: bool,
}

impl TermId {
    /// `2026年秋季学期`
    pub fn name(self) -> String {
        if self.spring { format!("{}年春季学期", self.year + 1) } else { format!("{}年秋季学期", self.year) }
    }

    /// `2026—2027学年第一学期`
    pub fn long_name(self) -> String {
        format!("{}—{}学年第{}学期", self.year, self.year + 1, if self.spring { "二" } else { "一" })
    }

    /// The calendar year in which it opens.
    pub const fn opens_in(self) -> i32 {
        if self.spring { self.year + 1 } else { self.year }
    }

    /// The term under its name for the calendar.
    pub fn of_days(self, opens: NaiveDate, closes: NaiveDate) -> Term {
        Term { name: self.name(), opens, closes }
    }
}

impl std::fmt::Display for TermId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}-{}", self.year, self.year + 1, if self.spring { 2 } else { 1 })
    }
}

/// A text that names no term.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} names no term")]
pub struct NoTerm(pub String);

impl std::str::FromStr for TermId {
    type Err = NoTerm;
    fn from_str(text: &str) -> Result<Self, NoTerm> {
        let year = text.get(..4).and_then(|y| y.parse().ok()).filter(|y| (2000..2100).contains(y));
        let id = year.map(|year| Self { year, spring: text.ends_with('2') });
        id.filter(|id| id.to_string() == text).ok_or_else(|| NoTerm(text.to_owned()))
    }
}

/// The terms a new county begins with; it sets its own days afterwards.
pub fn usual() -> Vec<(TermId, NaiveDate, NaiveDate)> {
    [
        (2025, false, (2025, 9, 1), (2026, 1, 30)),
        (2025, true, (2026, 3, 2), (2026, 7, 10)),
        (2026, false, (2026, 9, 1), (2027, 1, 22)),
        (2026, true, (2027, 2, 22), (2027, 7, 2)),
    ]
    .into_iter()
    .filter_map(|(year, spring, opens, closes)| Some((TermId { year, spring }, day(opens)?, day(closes)?)))
    .collect()
}

fn day((year, month, day): (i32, u32, u32)) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

/// What a day is called after the terms of a county: the term in which it lies, else the holiday after the one that has
/// closed (2026年秋季学期后的寒假). Where the county's terms say nothing, the usual term of the month.
pub fn said(terms: &[(TermId, NaiveDate, NaiveDate)], day: NaiveDate) -> String {
    if let Some((id, ..)) = terms.iter().find(|(_, opens, closes)| *opens <= day && day <= *closes) {
        return id.name();
    }
    let closed = terms.iter().filter(|(_, _, closes)| *closes < day).max_by_key(|(_, _, closes)| *closes);
    match closed.filter(|(_, _, closes)| (day - *closes).num_days() <= LONGEST_HOLIDAY) {
        Some((id, ..)) => format!("{}后的{}", id.name(), if id.spring { "暑假" } else { "寒假" }),
        None => TermId { year: SchoolYear::of(day).0, spring: (2..=8).contains(&day.month()) }.name(),
    }
}

/// No holiday between two terms is longer, in days; a gap beyond it is a term that nobody has entered.
const LONGEST_HOLIDAY: i64 = 80;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_between_two_terms_is_called_by_the_holiday_it_lies_in() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let of = |text: &str| said(&usual(), day(text));
        assert_eq!(of("2027-01-22"), "2026年秋季学期");
        assert_eq!(of("2027-01-29"), "2026年秋季学期后的寒假");
        assert_eq!(of("2027-02-22"), "2027年春季学期");
        assert_eq!(of("2026-08-20"), "2026年春季学期后的暑假");
        assert_eq!(of("2028-10-08"), "2028年秋季学期", "terms that nobody has entered yet");
        assert_eq!(said(&[], day("2027-01-29")), "2026年秋季学期");
    }

    #[test]
    fn a_term_is_read_from_its_own_code_and_from_nothing_else() {
        let id: TermId = "2026-2027-1".parse().unwrap();
        assert_eq!((id.name().as_str(), id.opens_in()), ("2026年秋季学期", 2026));
        let id: TermId = "2026-2027-2".parse().unwrap();
        assert_eq!((id.name().as_str(), id.opens_in()), ("2027年春季学期", 2027));
        assert_eq!(id.long_name(), "2026—2027学年第二学期");
        for text in ["", "2026-2027", "2026-2028-1", "2026-2027-3", "1999-2000-1", "二〇二六-2", "2026-2027-1 "] {
            assert!(text.parse::<TermId>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_usual_terms_follow_each_other() {
        let terms = usual();
        assert_eq!(terms.len(), 4);
        assert!(terms.iter().all(|(_, opens, closes)| opens < closes));
        assert!(terms.windows(2).all(|pair| pair[0].2 < pair[1].1));
        assert_eq!(terms[2].1, NaiveDate::from_ymd_opt(2026, 9, 1).unwrap());
    }
}
