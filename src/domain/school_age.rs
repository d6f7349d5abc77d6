//! The birth dates of school age on a day, under a county's rule: what lists and counts ask the database for.

use chrono::{Days, Months, NaiveDate};

use super::policy::AgeRule;

/// First and last day of birth, both included, of those whom the rule covers on a day (`AgeRule::covers`).
pub fn births(rule: &AgeRule, on: NaiveDate) -> (NaiveDate, NaiveDate) {
    let entered_last = rule.school_year(on);
    let cut_off = |year: i32| {
        let (month, day) = (rule.by.value.month, rule.by.value.day);
        (0..4).find_map(|back| NaiveDate::from_ymd_opt(year, month, day - back)).unwrap_or(on)
    };
    let enters_at = i32::from(rule.enters_at.value);
    let last = cut_off(entered_last - enters_at);
    let before_first = cut_off(entered_last - enters_at - i32::from(rule.years.value));
    let too_old = on - Months::new(12 * (u32::from(rule.max.value) + 1));
    let before = if rule.ends_by_age() { too_old } else { before_first.max(too_old) };
    let first = before.checked_add_days(Days::new(1)).unwrap_or(last);
    (first, last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::grade::{Grade, Standing};
    use crate::domain::policy::{Library, shipped};
    use proptest::prelude::*;

    fn rule() -> AgeRule {
        let (library, _) = Library::parse(&shipped());
        library.resolve("zuolan-2024").unwrap().age
    }

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn the_school_year_of_2026() {
        assert_eq!(births(&rule(), day(2026, 9, 14)), (day(2011, 9, 1), day(2020, 8, 31)));
    }

    #[test]
    fn six_by_the_last_of_august_is_grade_one() {
        let grade = |n| Standing::Due(Grade::new(n).unwrap());
        for (born, standing) in [
            (day(2020, 9, 1), Standing::NotYet),
            (day(2020, 8, 31), grade(1)),
            (day(2019, 9, 1), grade(1)),
            (day(2019, 8, 31), grade(2)),
            (day(2011, 9, 1), grade(9)),
            (day(2011, 8, 31), Standing::Over),
        ] {
            assert_eq!(rule().standing(born, day(2026, 9, 14)), standing, "{born}");
        }
    }

    proptest! {
        #[test]
        fn one_year_later_is_one_grade_on(days in 0_u64..4000, start in 2018_i32..2030) {
            let born = day(2009, 1, 1) + Days::new(days);
            let on = |year| rule().standing(born, day(year, 10, 1));
            if let (Standing::Due(now), Standing::Due(next)) = (on(start), on(start + 1)) {
                prop_assert_eq!(next.number(), now.number() + 1);
            }
        }

        #[test]
        fn the_range_is_what_the_rule_covers(born in 0_u64..9000, on in 0_u64..4000) {
            let (birth, on) = (day(2004, 1, 1) + Days::new(born), day(2018, 1, 1) + Days::new(on));
            let (first, last) = births(&rule(), on);
            prop_assert_eq!((first..=last).contains(&birth), rule().covers(birth, on), "{} on {}", birth, on);
        }
    }
}
