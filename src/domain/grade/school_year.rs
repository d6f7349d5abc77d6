//! School years, and where a birth date can stand in one.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Grade;

/// A school year, named by the year in which it begins: 2026 is 1 September 2026 to 31 August 2027.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SchoolYear(pub i32);

/// Where a birth date stands in a school year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not yet of the age at which school begins.
    NotYet,
    /// Of school age, and in this grade when nothing was missed or repeated.
    Due(Grade),
    /// The compulsory years are over.
    Over,
}

impl SchoolYear {
    /// The school year that a day falls in.
    pub fn of(day: NaiveDate) -> Self {
        Self(if day.month() >= 9 { day.year() } else { day.year() - 1 })
    }

    /// `2026—2027学年`
    pub fn label(self) -> String {
        format!("{}—{}学年", self.0, self.0 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_year_begins_in_september() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let year = SchoolYear::of(day(2026, 9, 14));
        assert_eq!(year, SchoolYear(2026));
        assert_eq!(SchoolYear::of(day(2026, 8, 31)), SchoolYear(2025));
        assert_eq!(SchoolYear::of(day(2027, 1, 1)), year);
        assert_eq!(year.label(), "2026—2027学年");
    }
}
