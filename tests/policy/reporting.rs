//! The schedule of reports: what is asked for on which day, whichever rhythm a scheme has.

use chrono::{Datelike, Days, NaiveDate};
use proptest::prelude::*;
use quanxue::domain::policy::Policy;
use quanxue::domain::reporting::{Handed, ReportState, reports};

use crate::policy::ground::{calendar, day, zuolan_with};

/// zuolan-2024 with one more report.
fn with(id: &str, when: &str, more: &str) -> Policy {
    zuolan_with(&report(id, when, more)).unwrap()
}

fn report(id: &str, when: &str, more: &str) -> String {
    format!(
        "[[report]]\nid = \"{id}\"\nwhat = \"报送\"\nfrom = [{{ organ = \"school\", roles = [\"registrar\"] }}]\nto_outside = [\"市教育局\"]\nwhen = {{ {when} }}\n{more}\nbasis = {{ text = \"试\" }}\n"
    )
}

/// `of due state` of the report on a day; empty where none is asked for.
fn on(policy: &Policy, handed: &[Handed], today: &str) -> String {
    let asked = reports(policy, &calendar(), handed, day(today));
    let ours = asked.into_iter().find(|due| due.rule.id == "X");
    ours.map(|due| format!("{} {} {}", due.of, due.due, due.state)).unwrap_or_default()
}

fn handed(of: &str, on: &str, zero: bool) -> Vec<Handed> {
    vec![Handed { id: "X".to_owned(), of: of.to_owned(), on: day(on), zero }]
}

#[test]
fn ac_110_last_months_report_is_due_on_the_second_and_that_day_is_in_time() {
    let policy = with("X", "every = \"month\", by = 2, of_last = true", "signed = true");
    assert_eq!(on(&policy, &[], "2024-12-01"), "2024年11月 2024-12-02 待报");
    assert_eq!(on(&policy, &[], "2024-12-02"), "2024年11月 2024-12-02 待报");
    assert_eq!(on(&policy, &[], "2024-12-03"), "2024年11月 2024-12-02 未报");
    assert_eq!(on(&policy, &handed("2024年11月", "2024-12-02", false), "2024-12-02"), "2024年11月 2024-12-02 已报");
}

/// AMB-20: a county may read 前 as the day before.
#[test]
fn a_county_may_take_the_day_itself_for_too_late() {
    let report = report("X", "every = \"month\", by = 2, of_last = true", "");
    let policy = zuolan_with(&format!("[reporting]\nbefore_is_inclusive = false\n{report}")).unwrap();
    assert_eq!(on(&policy, &[], "2024-12-02"), "2024年11月 2024-12-01 未报");
}

#[test]
fn ac_111_no_word_is_no_zero_report() {
    let policy = with("X", "every = \"month\", by = 25", "zero = true");
    assert_eq!(on(&policy, &[], "2024-11-25"), "2024年11月 2024-11-25 待报");
    assert_eq!(on(&policy, &[], "2024-11-26"), "2024年11月 2024-11-25 未报");
    assert_eq!(on(&policy, &handed("2024年11月", "2024-11-20", true), "2024-11-26"), "2024年11月 2024-11-25 已零报告");
    assert_eq!(on(&policy, &handed("2024年10月", "2024-11-20", true), "2024-11-26"), "2024年11月 2024-11-25 未报");
}

/// REP-04: 每周三前; REP-09: only in weeks that are taught.
#[test]
fn a_week_has_its_day_and_a_holiday_week_none() {
    let policy = with("X", "every = \"week\", by = \"wednesday\"", "in_term = true");
    assert_eq!(on(&policy, &[], "2026-10-14"), "2026年第42周 2026-10-14 待报");
    assert_eq!(on(&policy, &[], "2026-10-15"), "2026年第42周 2026-10-14 未报");
    assert_eq!(
        on(&policy, &[], "2026-10-06"),
        "",
        "the week of the national holiday has no taught day up to its Wednesday"
    );
    assert_eq!(on(&policy, &[], "2027-01-27"), "", "after the term");
}

/// REP-13 and REP-15: quarters, and fixed days of the year.
#[test]
fn quarters_end_and_fixed_days_come_round() {
    let quarter = with("X", "every = \"quarter\"", "");
    assert_eq!(on(&quarter, &[], "2026-08-01"), "2026年第3季度 2026-09-30 待报");
    let fixed = with("X", "every = \"year\", on = [\"03-15\", \"09-15\"]", "");
    assert_eq!(on(&fixed, &[], "2026-08-15"), "", "more than a month ahead");
    assert_eq!(on(&fixed, &[], "2026-08-16"), "2026年9月15日 2026-09-15 待报");
    assert_eq!(on(&fixed, &[], "2026-09-16"), "2026年9月15日 2026-09-15 未报");
    let months = with("X", "every = \"month\"", "months = [9, 10, 11, 12]");
    assert_eq!((on(&months, &[], "2026-08-20"), on(&months, &[], "2026-09-20").is_empty()), (String::new(), false));
}

#[test]
fn a_report_without_receiver_or_with_a_month_of_thirteen_does_not_parse() {
    for (report, why) in [
        (
            "id = \"X\"\nwhat = \"报送\"\nfrom = [{ organ = \"school\", roles = [\"registrar\"] }]\nwhen = { every = \"week\" }\nbasis = { text = \"试\" }",
            "写明报给谁",
        ),
        (
            "id = \"X\"\nwhat = \"报送\"\nfrom = []\nto_outside = [\"市\"]\nwhen = { every = \"week\" }\nbasis = { text = \"试\" }",
            "至少写一个报送的单位",
        ),
        (
            "id = \"X\"\nwhat = \"报送\"\nfrom = [{ organ = \"school\", roles = [\"registrar\"] }]\nto_outside = [\"市\"]\nmonths = [13]\nwhen = { every = \"week\" }\nbasis = { text = \"试\" }",
            "1 到 12 的月份",
        ),
        (
            "id = \"X\"\nwhat = \"报送\"\nfrom = [{ organ = \"school\", roles = [\"registrar\"] }]\nto_outside = [\"市\"]\nwhen = { every = \"fortnight\" }\nbasis = { text = \"试\" }",
            "不认识“fortnight”",
        ),
        (
            "id = \"X\"\nwhat = \"报送\"\nfrom = [{ organ = \"school\", roles = [\"registrar\"] }]\nto_outside = [\"市\"]\nwhen = { every = \"month\", by = 32 }\nbasis = { text = \"试\" }",
            "1 到 31 的一天",
        ),
    ] {
        let problems = zuolan_with(&format!("[[report]]\n{report}\n")).unwrap_err();
        assert!(problems.iter().any(|problem| problem.to_string().contains(why)), "{why}: {problems:?}");
    }
}

proptest! {
    /// Whatever the rhythm, each stretch is asked for in one row of days, with one last day, and silence never hands it in.
    #[test]
    fn a_stretch_is_asked_for_without_a_gap_and_late_only_after_its_day(
        when in prop::sample::select(vec![
            "every = \"day\"", "every = \"week\"", "every = \"week\", by = \"friday\"", "every = \"month\"",
            "every = \"month\", by = 31", "every = \"month\", by = 2, of_last = true", "every = \"quarter\"",
            "every = \"term\"", "every = \"term\", within = { n = 2, unit = \"school_day\" }",
            "every = \"year\", on = [\"02-29\", \"09-15\"]", "every = \"year\", on = [\"01-10\", \"12-20\"]",
            "every = \"month\", from = 20, by = 25", "every = \"term\", before = { n = 10, unit = \"working_day\" }",
            "every = \"year\", from = \"08-01\", by = \"09-05\"", "every = \"year\", from = \"01-01\", by = \"12-31\"",
            "every = \"year\"", "every = \"exam\", before = { n = 1, unit = \"month\" }",
            "every = \"once\", from = \"2025-06-29\", by = \"2025-07-08\"", "every = \"once\", by = \"2026-02-03\"",
        ]),
        start in (0_u64..900).prop_map(|days| NaiveDate::from_ymd_opt(2024, 8, 1).unwrap() + Days::new(days)),
    ) {
        let exams = "[dates]\nexam = [\"2026-06-13\", \"2025-06-14\"]\n";
        let policy = zuolan_with(&format!("{}{exams}", report("X", when, ""))).unwrap();
        let (calendar, mut seen) = (calendar(), Vec::<(String, NaiveDate, NaiveDate)>::new());
        for today in start.iter_days().take(120) {
            let asked = reports(&policy, &calendar, &[], today);
            let Some(due) = asked.into_iter().find(|due| due.rule.id == "X") else { continue };
            prop_assert_eq!(due.state, if today > due.due { ReportState::Late } else { ReportState::Waiting });
            match seen.last_mut() {
                Some((of, last_due, last)) if *of == due.of => {
                    prop_assert_eq!((*last_due, last.succ_opt().unwrap()), (due.due, today));
                    *last = today;
                }
                _ => {
                    prop_assert!(seen.iter().all(|(of, ..)| *of != due.of), "{} comes back on {today}", due.of);
                    seen.push((due.of, due.due, today));
                }
            }
        }
        prop_assert!(!when.starts_with("every = \"month\"") || seen.len() >= 4, "{:?} in {}", seen, start.year());
    }
}
