//! What the tests of the core stand on: the calendar, the profiles as files, one case to vary.

use chrono::NaiveDate;
use quanxue::domain::calendar::{Calendar, Term};
use quanxue::domain::policy::{Adopted, Library, Policies, Policy, Problem, shipped};
use quanxue::domain::trial::Scenario;

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The public calendar with the two terms of 2026–2027.
pub fn calendar() -> Calendar {
    let term = |name: &str, opens, closes| Term { name: name.to_owned(), opens: day(opens), closes: day(closes) };
    Calendar::parse_workdays(include_str!("../../data/workdays.csv")).unwrap().with_terms(vec![
        term("2026年秋季学期", "2026-09-01", "2027-01-22"),
        term("2026年春季学期", "2026-03-02", "2026-07-03"),
        term("2024年秋季学期", "2024-09-02", "2025-01-17"),
    ])
}

/// The public calendar of 2018 to 2026 with a spring and an autumn term of each year.
pub fn nine_years() -> Calendar {
    let term = |year: i32, name: &str, opens: &str, closes: String| Term {
        name: format!("{year}年{name}季学期"),
        opens: day(&format!("{year}-{opens}")),
        closes: day(&closes),
    };
    let of_year = |year: i32| {
        let spring = term(year, "春", "03-01", format!("{year}-07-05"));
        [spring, term(year, "秋", "09-01", format!("{}-01-18", year + 1))]
    };
    calendar().with_terms((2018..=2026).flat_map(of_year).collect())
}

/// A scenario of `tests/scenarios`.
pub fn scenario(name: &str) -> Scenario {
    let file = format!("{name}.toml");
    let path = format!("{}/tests/scenarios/{file}", env!("CARGO_MANIFEST_DIR"));
    Scenario::parse(&file, &std::fs::read_to_string(path).unwrap()).unwrap()
}

pub fn library() -> Library {
    let (library, problems) = Library::parse(&shipped());
    assert_eq!(problems, []);
    library
}

pub fn zuolan() -> Policy {
    library().resolve("zuolan-2024").unwrap()
}

/// zuolan-2024 with a county's own values over it.
pub fn zuolan_with(own: &str) -> Result<Policy, Vec<Problem>> {
    library().resolve_with("zuolan-2024", "county.toml", own)
}

/// zuolan-2024 from the beginning, and with the county's own values from a day on.
pub fn changed_on(from: &str, own: &str) -> Policies {
    let first = Adopted { from: NaiveDate::MIN, policy: zuolan() };
    let second = Adopted { from: day(from), policy: zuolan_with(own).unwrap() };
    Policies::of(vec![second, first]).unwrap()
}
