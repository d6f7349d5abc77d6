//! Periods that carry their unit, and the arithmetic from a day to the day on which they end (design.md §4.6).

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::domain::calendar::{Calendar, DayKind, spoken, weekday};
use crate::vocabulary;

vocabulary! {
    /// In what a period is counted.
    pub enum Unit {
        Hour = "hour" => "小时",
        SchoolDay = "school_day" => "个教学日",
        WorkingDay = "working_day" => "个工作日",
        CalendarDay = "calendar_day" => "日",
        Month = "month" => "个月",
    }
}

vocabulary! {
    /// What becomes of a last day that is not worked; legal periods move on (民事诉讼法 §85).
    pub enum Roll {
        None = "none" => "不顺延",
        NextWorkday = "next_workday" => "遇节假日顺延",
    }
}

/// So many of a unit, counted from a day that is not itself counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// How many; a policy with none does not parse.
    pub n: u16,
    /// Of what.
    pub unit: Unit,
    /// What becomes of a last day that is not worked.
    #[serde(default = "no_roll")]
    pub roll: Roll,
}

const fn no_roll() -> Roll {
    Roll::None
}

/// From a day to the day on which a period ends, with every day between as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Arithmetic {
    /// Day zero.
    pub start: NaiveDate,
    /// The last day; 以内 includes it, 超过 begins after it.
    pub due: NaiveDate,
    /// Day zero, the days counted and passed over, the last day; for months only the two ends and what was moved.
    pub days: Vec<DayMark>,
    /// How it was reckoned, in one Chinese sentence.
    pub sentence: String,
    /// The holidays of the last day's year are not known yet, so it may move.
    pub provisional: bool,
}

impl Arithmetic {
    /// 超过: the period is over on the day.
    pub fn exceeded_on(&self, day: NaiveDate) -> bool {
        day > self.due
    }
}

/// One day of an arithmetic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayMark {
    /// The day.
    pub date: NaiveDate,
    /// What it is in the count.
    pub mark: Mark,
    /// The period ends on it.
    pub end: bool,
}

/// What a day is in a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Day zero: it does not count.
    Start,
    /// 第 n 日; a make-up day is worked though it is a weekend.
    Counted { ordinal: u16, make_up: bool },
    /// Passed over: a weekend, a holiday by name, or a day without school.
    Passed(String),
    /// The working day to which the last day was moved.
    Moved,
}

impl Period {
    /// Reckons the period from a day; hours end at the latest on the day their last one can fall on.
    pub fn due(self, start: NaiveDate, calendar: &Calendar) -> Arithmetic {
        let (last, mut days) = match self.unit {
            Unit::Hour => calendar_days(start, self.n.div_ceil(24)),
            Unit::CalendarDay => calendar_days(start, self.n),
            Unit::Month => months(start, self.n),
            Unit::WorkingDay => counted_days(start, self.n, calendar, |day| calendar.is_workday(day)),
            Unit::SchoolDay => counted_days(start, self.n, calendar, |day| calendar.may_be_school_day(day)),
        };
        let due = self.rolled(last, calendar);
        extend_to(&mut days, last, due, calendar);
        if let Some(mark) = days.last_mut() {
            mark.end = true;
        }
        let sentence = self.sentence(start, last, due, calendar);
        Arithmetic { start, due, days, sentence, provisional: self.is_provisional(due, calendar) }
    }

    fn is_provisional(self, due: NaiveDate, calendar: &Calendar) -> bool {
        !calendar.knows_year(due) || (self.unit == Unit::SchoolDay && due > calendar.terms_known_until())
    }

    fn rolled(self, last: NaiveDate, calendar: &Calendar) -> NaiveDate {
        match self.roll {
            Roll::None => last,
            Roll::NextWorkday => calendar.next_workday(last),
        }
    }

    /// The period as a rule says it: 7日, 5个工作日.
    pub fn label(self) -> String {
        format!("{}{}", self.n, self.unit)
    }
}

type Marks = (NaiveDate, Vec<DayMark>);

const fn mark(date: NaiveDate, mark: Mark) -> DayMark {
    DayMark { date, mark, end: false }
}

fn calendar_days(start: NaiveDate, n: u16) -> Marks {
    counted(start, n, |_| Counts::Yes { make_up: false })
}

fn counted_days(start: NaiveDate, n: u16, calendar: &Calendar, counts: impl Fn(NaiveDate) -> bool) -> Marks {
    counted(start, n, |day| {
        let kind = calendar.kind(day);
        if counts(day) { Counts::Yes { make_up: kind == DayKind::MakeUp } } else { Counts::No(passed(&kind)) }
    })
}

enum Counts {
    Yes { make_up: bool },
    No(String),
}

fn counted(start: NaiveDate, n: u16, counts: impl Fn(NaiveDate) -> Counts) -> Marks {
    let mut days = vec![mark(start, Mark::Start)];
    let (mut last, mut ordinal) = (start, 0);
    for day in start.iter_days().skip(1) {
        if ordinal == n {
            break;
        }
        days.push(match counts(day) {
            Counts::Yes { make_up } => {
                (last, ordinal) = (day, ordinal + 1);
                mark(day, Mark::Counted { ordinal, make_up })
            }
            Counts::No(why) => mark(day, Mark::Passed(why)),
        });
    }
    (last, days)
}

/// The same day so many months on, or the last of a month that has no such day (民法典 §202).
fn months(start: NaiveDate, n: u16) -> Marks {
    let last = start.checked_add_months(Months::new(n.into())).unwrap_or(NaiveDate::MAX);
    (last, vec![mark(start, Mark::Start), mark(last, Mark::Counted { ordinal: n, make_up: false })])
}

fn extend_to(days: &mut Vec<DayMark>, last: NaiveDate, due: NaiveDate, calendar: &Calendar) {
    for day in last.iter_days().skip(1).take_while(|day| *day <= due) {
        let what = if day == due { Mark::Moved } else { Mark::Passed(passed(&calendar.kind(day))) };
        days.push(mark(day, what));
    }
}

fn passed(kind: &DayKind) -> String {
    match kind {
        DayKind::Holiday(name) => format!("{name}假期"),
        DayKind::Weekend => "周末".to_owned(),
        DayKind::Workday | DayKind::MakeUp => "不上课".to_owned(),
    }
}

impl Period {
    fn sentence(self, start: NaiveDate, last: NaiveDate, due: NaiveDate, calendar: &Calendar) -> String {
        let nth = match self.unit {
            Unit::Hour => format!("满{}小时最迟是", self.n),
            Unit::Month => format!("满{}个月是", self.n),
            Unit::CalendarDay => format!("第{}日是", self.n),
            Unit::WorkingDay | Unit::SchoolDay => format!("第{}{}是", self.n, self.unit),
        };
        let from = spoken(start);
        if due == last {
            return format!("{from}当日不算，{nth}{}。", full(due));
        }
        let why = match calendar.kind(last) {
            DayKind::Holiday(name) => format!("在{name}假期内"),
            _ => "是周末".to_owned(),
        };
        format!("{from}当日不算，{nth}{}，{why}，顺延到其后第一个工作日{}。", spoken(last), full(due))
    }
}

fn full(day: NaiveDate) -> String {
    format!("{}（{}）", spoken(day), weekday(day.weekday()))
}
