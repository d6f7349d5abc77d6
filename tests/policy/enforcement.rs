//! Penalty, remedies and the court: the days of the law against a naive count, the addition, files that are wrong.

use chrono::{Datelike, NaiveDate};
use quanxue::domain::calendar::Calendar;
use quanxue::domain::enforcement::{
    Act, Addition, Deed, Ground, Periods, Proceeding, Span, Subject, addition, timetable,
};
use quanxue::domain::period::{Roll, Unit};
use quanxue::domain::policy::{Organ, PROVISIONS, Policies, check, shipped};
use quanxue::domain::provision::Provisions;
use quanxue::domain::trial::Scenario;

use crate::policy::ground::{calendar, day, library, zuolan, zuolan_with};

const BASIS: &str = "[penalty]\nenabled = true\nbasis = { law = \"某条例\", article = \"第五十条\", range = \"一千元以下\", authority = \"某决定\" }\n";

pub fn provisions() -> Provisions {
    Provisions::parse(&shipped().into_iter().find(|(file, _)| file == PROVISIONS).unwrap().1).unwrap()
}

pub fn law() -> Periods {
    Periods::beside(&library()).unwrap()
}

pub fn lawful(more: &str) -> Policies {
    Policies::only(zuolan_with(&format!("{BASIS}{more}")).unwrap())
}

fn penalty(fine: u32, acts: &[(Deed, &str)]) -> Proceeding {
    let acts = acts.iter().map(|(act, on)| Act { act: *act, on: day(on), sets: None }).collect();
    Proceeding {
        id: "处罚".to_owned(),
        subject: Subject::Penalty,
        organ: Organ::Township,
        fine: Some(fine),
        on_the_spot: false,
        hearing_offered: false,
        complex: false,
        plead_by: None,
        perform_by: None,
        acts,
    }
}

/// Day by day, as somebody with a wall calendar does it.
fn naive(n: u16, unit: Unit, roll: Roll, start: NaiveDate, calendar: &Calendar) -> NaiveDate {
    let worked = |day: NaiveDate| calendar.kind(day).is_worked();
    let mut due = start;
    match unit {
        Unit::WorkingDay => {
            let mut left = n;
            while left > 0 {
                due = due.succ_opt().unwrap();
                left -= u16::from(worked(due));
            }
        }
        Unit::CalendarDay => (0..n).for_each(|_| due = due.succ_opt().unwrap()),
        Unit::Month => {
            let month = start.month0() + u32::from(n);
            let year = start.year() + i32::try_from(month / 12).unwrap();
            let in_month = |day| NaiveDate::from_ymd_opt(year, month % 12 + 1, day);
            due = (1..=start.day()).rev().find_map(in_month).unwrap();
        }
        Unit::Hour | Unit::SchoolDay => unreachable!("no period of law is counted so"),
    }
    while roll == Roll::NextWorkday && !worked(due) {
        due = due.succ_opt().unwrap();
    }
    due
}

#[test]
fn every_period_of_law_agrees_with_a_naive_count_over_nine_years() {
    let (law, calendar) = (law(), calendar());
    for span in Span::ALL {
        let period = law.get(*span).period;
        for start in day("2018-01-01").iter_days().take_while(|day| day.year() < 2027) {
            let due = law.due(*span, start, &calendar).due;
            assert_eq!(due, naive(period.n, period.unit, period.roll, start, &calendar), "{span} from {start}");
        }
    }
}

/// The numbers themselves, beside what the articles say.
#[test]
fn the_periods_are_those_of_the_articles() {
    let law = law();
    let told = |span: &Span| {
        let one = law.get(*span);
        format!("{span} {} {} {}", one.period.label(), one.period.roll.code(), one.rests_on.join("+"))
    };
    let told: Vec<String> = Span::ALL.iter().map(told).collect();
    let expected = [
        "要求听证 5个工作日 none penalties-64+penalties-85",
        "听证前通知 7个工作日 none penalties-64+penalties-85",
        "作出决定 90日 none penalties-60",
        "送达决定书 7个工作日 none penalties-61+penalties-85",
        "缴纳罚款 15日 next_workday penalties-67#3",
        "申请行政复议 60日 next_workday reconsideration-20+reconsideration-88+civil-procedure-85",
        "提起行政诉讼 6个月 next_workday administrative-litigation-46+civil-procedure-85",
        "复议后起诉 15日 next_workday administrative-litigation-45+civil-procedure-85",
        "催告 10个工作日 none enforcement-54+enforcement-69",
        "申请强制执行 3个月 next_workday enforcement-53+litigation-interpretation-156+civil-procedure-85",
        "申请执行判决 24个月 next_workday administrative-litigation-95+litigation-interpretation-153",
        "法院受理 5个工作日 none enforcement-56+enforcement-69",
        "法院裁定 7个工作日 none enforcement-57+enforcement-69",
    ];
    assert_eq!(told, expected);
}

/// §72, §73: three in a hundred a day from the day after the last, at rest while a review runs, never above the fine.
#[test]
fn the_addition_is_capped_at_the_fine_and_rests_during_a_review() {
    let (policies, law, calendar) = (lawful(""), law(), calendar());
    let grown = |acts: &[(Deed, &str)], on: &str| {
        let case = penalty(1000, &[&[(Deed::Decided, "2025-03-03"), (Deed::Served, "2025-03-03")][..], acts].concat());
        addition(&Ground::of(&case, &policies, &law, &calendar, day(on)))
    };
    let sum = |days: u32, yuan: u64, capped: bool| Some(Addition { days, fen: yuan * 100, capped });
    assert_eq!(grown(&[], "2025-03-18"), None, "the last day is the fifteenth");
    assert_eq!(grown(&[], "2025-03-19"), sum(1, 30, false));
    assert_eq!(grown(&[], "2025-04-20"), sum(33, 990, false));
    assert_eq!(grown(&[], "2025-04-21"), sum(34, 1000, true));
    assert_eq!(grown(&[(Deed::Paid, "2025-03-20")], "2026-01-01"), sum(2, 60, false));
    assert_eq!(grown(&[(Deed::Paid, "2025-03-18")], "2026-01-01"), None);
    let suit = [(Deed::SuitFiled, "2025-03-20"), (Deed::SuitUpheld, "2025-05-20")];
    assert_eq!(grown(&suit[..1], "2025-12-31"), sum(1, 30, false), "while it runs");
    assert_eq!(grown(&suit, "2025-05-20"), sum(1, 30, false));
    assert_eq!(grown(&suit, "2025-05-22"), sum(3, 90, false));
    assert_eq!(grown(&[(Deed::SuitRevoked, "2025-05-20")], "2025-06-01"), None, "nothing is owed");
}

/// A later decision of the county changes nothing about what was decided under the earlier one.
#[test]
fn a_penalty_is_judged_by_the_policy_of_its_day() {
    use quanxue::domain::policy::Adopted;
    let (law, calendar) = (law(), calendar());
    let off = Adopted { from: day("2025-06-01"), policy: zuolan() };
    let policies = Policies::then(zuolan_with(BASIS).unwrap(), vec![off]);
    let decided =
        penalty(500, &[(Deed::Filed, "2025-05-01"), (Deed::Decided, "2025-05-20"), (Deed::Served, "2025-05-20")]);
    let open = penalty(500, &[(Deed::Filed, "2025-05-01")]);
    let lines = |case: &Proceeding, on: &str| timetable(&Ground::of(case, &policies, &law, &calendar, day(on))).len();
    assert!(lines(&decided, "2025-07-01") > 3);
    assert_eq!((lines(&open, "2025-05-31"), lines(&open, "2025-06-01")), (1, 0));
}

#[test]
fn a_file_of_provisions_with_a_period_that_is_none_is_told() {
    let told = |from: &str, to: &str| {
        let mut files = shipped();
        let file = files.iter_mut().find(|(file, _)| file == PROVISIONS).unwrap();
        assert!(file.1.contains(from));
        file.1 = file.1.replacen(from, to, 1);
        check(&files).first().map(ToString::to_string).unwrap_or_default()
    };
    assert!(told("{ n = 90,", "{ n = 0,").contains("期限“decision”要有天数"));
    assert!(told("[\"penalties-60\"]", "[\"penalties-600\"]").contains("期限“decision”"));
    assert!(told("[\"penalties-60\"]", "[]").contains("期限“decision”"));
    assert!(told("id = \"decision\"", "id = \"service\"").contains("期限“service”"));
    assert_eq!(
        told("id = \"decision\"", "id = \"decisions\""),
        "provisions.toml，period：条文文件里缺“作出决定”的期限，请写 [[period]] id = \"decision\""
    );
}

#[test]
fn a_proceeding_that_contradicts_itself_is_told_its_place() {
    let told = |keys: &str, ask: &str| {
        let text = format!(
            "title = \"试\"\nprofile = \"zuolan-2024\"\n[[proceeding]]\nid = \"一\"\n{keys}\n[[look]]\non = \"2025-09-01\"\n{ask}"
        );
        Scenario::parse("试.toml", &text).map_or_else(|problem| problem.to_string(), |_| "sound".to_owned())
    };
    let acts = |acts: &str| format!("subject = \"penalty\"\nacts = [{acts}]");
    assert_eq!(told(&acts(""), ""), "sound");
    for (keys, ask, why) in [
        (
            acts("{ act = \"deferred\", on = \"2025-09-01\" }"),
            "",
            "proceeding.第1项.acts：act = \"deferred\" 还要写 sets",
        ),
        (
            acts("{ act = \"filed\", on = \"2025-09-01\", sets = \"2025-09-02\" }"),
            "",
            "acts：act = \"filed\" 不写 sets",
        ),
        (acts("{ act = \"deferred\", on = \"2025-09-02\", sets = \"2025-09-01\" }"), "", "acts：sets 不能早于 on"),
        (acts("") + "\nfine = 0", "", "fine：罚款不能为零"),
        (acts("") + "\nperform_by = \"2025-09-01\"", "", "perform_by：处罚不写 perform_by"),
        (acts("") + "\non_the_spot = true\nhearing_offered = true", "", "on_the_spot：当场处罚没有听证"),
        ("subject = \"order\"\nacts = []\nfine = 5".to_owned(), "", "subject：责令改正不是处罚"),
        (acts("{ act = \"arrest\", on = \"2025-09-01\" }"), "", "不认识“arrest”，可以写：filed、"),
        (
            acts("") + "\n[[proceeding]]\nid = \"一\"\nsubject = \"penalty\"\nacts = []",
            "",
            "proceeding.第2项.id：“一”已经有了",
        ),
        (
            acts(""),
            "[[ask]]\nproceeding = \"二\"\non = \"2025-09-01\"\nby = \"village\"\nact = \"filed\"",
            "ask.第1项.proceeding：没有这一名称",
        ),
        (
            acts(""),
            "[[ask]]\nproceeding = \"一\"\non = \"2025-09-01\"\nby = \"village\"\nact = \"arrest\"",
            "ask.第1项.act：不认识“arrest”",
        ),
        (
            acts(""),
            "[[ask]]\nproceeding = \"一\"\non = \"2025-09-01\"\nby = \"village\"\nact = \"deferred\"",
            "还要写 sets",
        ),
    ] {
        let said = told(&keys, ask);
        assert!(said.contains(why), "{why}: {said}");
    }
}
