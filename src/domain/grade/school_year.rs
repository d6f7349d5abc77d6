//! School years, and which grade a birth date belongs to in one.

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
    /// Not yet six by 31 August.
    NotYet,
    /// Of school age, and in this grade when nothing was missed or repeated.
    Due(Grade),
    /// Nine years are over.
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

    /// Six by 31 August of the starting year → grade 1, and so on to grade 9 (义务教育法 §11).
    pub fn standing(self, born: NaiveDate) -> Standing {
        let first_year = born.year() + if born.month() <= 8 { 6 } else { 7 };
        match self.0 - first_year + 1 {
            ..=0 => Standing::NotYet,
            n => u8::try_from(n).ok().and_then(Grade::new).map_or(Standing::Over, Standing::Due),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn six_by_the_last_of_august_is_grade_one() {
        let year = SchoolYear::of(day(2026, 9, 14));
        assert_eq!(year, SchoolYear(2026));
        assert_eq!(SchoolYear::of(day(2026, 8, 31)), SchoolYear(2025));
        assert_eq!(SchoolYear::of(day(2027, 1, 1)), year);
        assert_eq!(year.label(), "2026—2027学年");
        for (born, standing) in [
            (day(2020, 9, 1), Standing::NotYet),
            (day(2020, 8, 31), Standing::Due(Grade::new(1).unwrap())),
            (day(2019, 9, 1), Standing::Due(Grade::new(1).unwrap())),
            (day(2019, 8, 31), Standing::Due(Grade::new(2).unwrap())),
            (day(2011, 9, 1), Standing::Due(Grade::new(9).unwrap())),
            (day(2011, 8, 31), Standing::Over),
        ] {
            assert_eq!(year.standing(born), standing, "{born}");
        }
    }

    proptest! {
        #[test]
        fn one_year_later_is_one_grade_on(days in 0u64..4000, start in 2018i32..2030) {
            let born = day(2009, 1, 1) + chrono::Days::new(days);
            if let (Standing::Due(now), Standing::Due(next)) = (SchoolYear(start).standing(born), SchoolYear(start + 1).standing(born)) {
                prop_assert_eq!(next.number(), now.number() + 1);
            }
        }
    }
}
