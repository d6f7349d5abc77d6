//! Days and periods, against a table worked out by hand.

use quanxue::domain::calendar::Calendar;
use quanxue::domain::period::{DayMark, Mark, Period, Roll, Unit};

use crate::policy::ground::{calendar, day};

fn period(n: u16, unit: Unit, roll: Roll) -> Period {
    Period { n, unit, roll }
}

/// Each line: from, how many, of what, rolled or not, and the last day as a person counts it on the wall calendar.
#[test]
fn periods_end_where_a_hand_counts_them() {
    use Roll::{NextWorkday, None};
    use Unit::{CalendarDay, Hour, Month, SchoolDay, WorkingDay};
    let table = [
        // Day zero does not count: a week from a Monday is the next Monday.
        ("2026-03-02", 7, CalendarDay, None, "2026-03-09"),
        ("2026-03-02", 1, CalendarDay, None, "2026-03-03"),
        // The seventh day is 5 October, in the holiday; the first working day after it is Thursday the 8th.
        ("2026-09-28", 7, CalendarDay, NextWorkday, "2026-10-08"),
        ("2026-09-28", 7, CalendarDay, None, "2026-10-05"),
        // A Saturday rolls to Monday; a Saturday that is worked for a holiday does not roll.
        ("2026-03-07", 7, CalendarDay, NextWorkday, "2026-03-16"),
        ("2026-10-03", 7, CalendarDay, NextWorkday, "2026-10-10"),
        // 9, 10 (make-up Saturday), 12, 13, 14 October.
        ("2026-10-08", 5, WorkingDay, None, "2026-10-14"),
        ("2026-10-08", 1, WorkingDay, None, "2026-10-09"),
        // 28, 29, 30 September, then the holiday, then 8 and 9 October.
        ("2026-09-24", 5, WorkingDay, None, "2026-10-09"),
        // Counting from a holiday starts with the first working day after it.
        ("2026-10-02", 2, WorkingDay, None, "2026-10-09"),
        // Sunday 20 September is worked for the holiday: 20, 21, 22, 23, 24.
        ("2026-09-18", 5, WorkingDay, None, "2026-09-24"),
        // Months clamp to the last day of a shorter one.
        ("2026-01-31", 1, Month, None, "2026-02-28"),
        ("2024-01-31", 1, Month, None, "2024-02-29"),
        ("2024-02-29", 12, Month, None, "2025-02-28"),
        ("2026-08-31", 6, Month, None, "2027-02-28"),
        ("2026-03-15", 1, Month, None, "2026-04-15"),
        // A month that ends on Saturday 15 August moves to Monday.
        ("2026-07-15", 1, Month, NextWorkday, "2026-08-17"),
        // Over the leap day.
        ("2024-02-27", 3, CalendarDay, None, "2024-03-01"),
        ("2025-02-27", 3, CalendarDay, None, "2025-03-02"),
        // Over the end of a year; 1 and 2 January 2026 are holidays, Sunday the 4th is worked.
        ("2025-12-30", 3, WorkingDay, None, "2026-01-05"),
        // School days: within a term only. The term closes on Friday 3 July.
        ("2026-09-01", 3, SchoolDay, None, "2026-09-04"),
        ("2026-07-01", 2, SchoolDay, None, "2026-07-03"),
        ("2026-07-02", 3, SchoolDay, None, "2026-09-02"),
        // The last day on which the last hour can fall.
        ("2026-09-10", 48, Hour, None, "2026-09-12"),
        ("2026-09-10", 30, Hour, None, "2026-09-12"),
    ];
    let calendar = calendar();
    for (from, n, unit, roll, due) in table {
        let reckoned = period(n, unit, roll).due(day(from), &calendar);
        assert_eq!(reckoned.due, day(due), "{n} {} from {from}", unit.code());
        assert_eq!(reckoned.start, day(from));
        let last = reckoned.days.last().unwrap();
        assert_eq!((last.date, last.end), (day(due), true), "the last day shown is the last day");
        assert_eq!(reckoned.days.iter().filter(|mark| mark.end).count(), 1);
    }
}

#[test]
fn within_includes_the_last_day_and_exceeding_begins_after_it() {
    let week = period(7, Unit::CalendarDay, Roll::None).due(day("2026-03-02"), &calendar());
    assert!(!week.exceeded_on(day("2026-03-09")));
    assert!(week.exceeded_on(day("2026-03-10")));
}

#[test]
fn the_days_of_a_notice_are_shown_one_by_one() {
    let days = period(7, Unit::CalendarDay, Roll::NextWorkday).due(day("2026-09-28"), &calendar());
    let shown = |mark: &DayMark| match &mark.mark {
        Mark::Start => "收到".to_owned(),
        Mark::Counted { ordinal, .. } => format!("第{ordinal}日"),
        Mark::Passed(why) => why.clone(),
        Mark::Moved => "期满".to_owned(),
    };
    let marks: Vec<String> = days.days.iter().map(shown).collect();
    let expected = "收到 第1日 第2日 第3日 第4日 第5日 第6日 第7日 国庆节假期 国庆节假期 期满";
    assert_eq!(marks.join(" "), expected);
    assert_eq!(
        days.sentence,
        "9月28日当日不算，第7日是10月5日，在国庆节假期内，顺延到其后第一个工作日10月8日（星期四）。"
    );
    assert!(!days.provisional);
}

#[test]
fn working_days_name_the_make_up_day_and_pass_the_weekend() {
    let days = period(5, Unit::WorkingDay, Roll::None).due(day("2026-10-08"), &calendar());
    let make_up: Vec<_> =
        days.days.iter().filter(|mark| matches!(mark.mark, Mark::Counted { make_up: true, .. })).collect();
    assert_eq!(make_up.iter().map(|mark| mark.date).collect::<Vec<_>>(), [day("2026-10-10")]);
    assert_eq!(days.days.iter().find(|mark| mark.date == day("2026-10-11")).unwrap().mark, Mark::Passed("周末".into()));
    assert_eq!(days.sentence, "10月8日当日不算，第5个工作日是10月14日（星期三）。");
}

#[test]
fn a_day_beyond_the_known_holidays_is_provisional() {
    let days = period(2, Unit::Month, Roll::NextWorkday).due(day("2026-12-01"), &calendar());
    assert!(days.provisional, "the holidays of 2027 are not in the table");
}

#[test]
fn school_days_follow_the_term_the_holidays_and_the_county() {
    let calendar = calendar().with_school_days([day("2026-09-05")], [day("2026-09-10")]);
    assert!(calendar.is_school_day(day("2026-09-01")));
    assert!(calendar.is_school_day(day("2026-09-05")), "a Saturday the county teaches");
    assert!(!calendar.is_school_day(day("2026-09-10")), "a Thursday the county does not");
    assert!(!calendar.is_school_day(day("2026-08-31")), "before the term");
    assert!(!calendar.is_school_day(day("2026-10-01")), "a holiday");
    assert!(calendar.is_school_day(day("2026-10-10")), "a make-up Saturday");
    assert!(!calendar.is_school_day(day("2026-10-11")), "a Sunday");
}

/// The calendar that the acceptance scenarios assume for the autumn of 2024.
#[test]
fn the_table_has_the_scenarios_calendar() {
    let calendar = calendar();
    for off in ["2024-09-15", "2024-09-16", "2024-09-17", "2024-10-01", "2024-10-07"] {
        assert!(!calendar.is_workday(day(off)), "{off}");
    }
    for on in ["2024-09-14", "2024-09-29", "2024-10-12"] {
        assert!(calendar.is_school_day(day(on)), "{on}");
    }
}

#[test]
fn a_row_that_cannot_be_read_is_named_by_its_line() {
    let fault = |csv: &str| Calendar::parse_workdays(csv).unwrap_err().to_string();
    assert_eq!(
        fault("date,kind,name\n2026-13-01,holiday,元旦"),
        "节假日表第2行：日期“2026-13-01”读不出来，应写成 2026-10-01"
    );
    assert!(fault("date,kind,name\n\n2026-01-01,feast,元旦").starts_with("节假日表第3行：类别“feast”不认识"));
    assert!(fault("date,kind,name\n2026-01-01").contains("三列"));
}
