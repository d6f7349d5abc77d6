//! How often something is due, and by which day: reports and dated duties share these rhythms.

use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::cursor::{Cursor, Read, Stop};
use super::rules::MonthDay;
use crate::domain::calendar::weekday;
use crate::domain::period::Period;

/// How often something is due, and by which day; the day is included unless the policy says otherwise (AMB-20).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Every day.
    Daily,
    /// By a day of the week; without one by its last.
    Weekly(Option<Weekday>),
    /// By a day of the month, or its last where the month is shorter or none is said; of this month or the one before.
    Monthly {
        /// 1 to 31.
        by: Option<u16>,
        /// It tells of the month before.
        of_last: bool,
        /// Not before this day of the month: 每月20至25日.
        #[serde(default)]
        from: Option<u16>,
    },
    /// By the last day of the quarter.
    Quarterly,
    /// So long after the opening of every term.
    AfterOpening(Period),
    /// In so long a stretch that ends on the day before the opening of every term.
    BeforeOpening(Period),
    /// By the last day of every term.
    TermEnd,
    /// By these days of every year; 02-29 is the last day of February (AMB-38).
    Yearly(Vec<MonthDay>),
    /// Between two days of every year: 8月至9月初.
    YearWindow {
        /// The first day.
        from: MonthDay,
        /// The last.
        by: MonthDay,
    },
    /// In the course of the year, by its last day.
    YearEnd,
    /// In so long a stretch that ends on the day before the county's 中考.
    BeforeExam(Period),
    /// In one year only: a stage of a campaign.
    Once {
        /// The first day; a month before the last where none is said.
        from: Option<NaiveDate>,
        /// The last.
        by: NaiveDate,
    },
    /// When something happens, which the clause says; no calendar yields it.
    Event,
}

impl When {
    /// 每周三前, 每月2日前, 每学期开学后10日内.
    pub fn label(&self) -> String {
        match self {
            Self::Daily => "每日".to_owned(),
            Self::Weekly(None) => "每周".to_owned(),
            Self::Weekly(Some(day)) => format!("每周{}前", weekday(*day).trim_start_matches("星期")),
            Self::Monthly { by: Some(by), from: Some(from), .. } => format!("每月{from}至{by}日"),
            Self::Monthly { by: None, .. } => "每月".to_owned(),
            Self::Monthly { by: Some(day), of_last: false, .. } => format!("每月{day}日前"),
            Self::Monthly { by: Some(day), of_last: true, .. } => format!("每月{day}日前报上月"),
            Self::Quarterly => "每季度".to_owned(),
            Self::AfterOpening(period) => format!("每学期开学后{}内", period.label()),
            Self::BeforeOpening(period) => format!("每学期开学前{}内", period.label()),
            Self::TermEnd => "每学期末".to_owned(),
            Self::Yearly(days) => {
                let days: Vec<String> = days.iter().map(|day| day.label()).collect();
                format!("每年{}前", days.join("、"))
            }
            Self::YearWindow { from, by } => format!("每年{}至{}", from.label(), by.label()),
            Self::YearEnd => "每年".to_owned(),
            Self::BeforeExam(period) => format!("中考前{}内", period.label()),
            Self::Once { from: Some(from), by } => format!("{}至{}", full(*from), full(*by)),
            Self::Once { from: None, by } => format!("{}前", full(*by)),
            Self::Event => "有情况时".to_owned(),
        }
    }

    /// 周三前 and the like can be read as the day before; 以内 and the end of a stretch cannot.
    pub const fn takes_a_day_off(&self) -> bool {
        match self {
            Self::Weekly(Some(_)) | Self::Yearly(_) => true,
            Self::Monthly { by: Some(_), from, .. } => from.is_none(),
            Self::Once { from, .. } => from.is_none(),
            _ => false,
        }
    }
}

impl MonthDay {
    /// 8月31日; the end of February by its name.
    fn label(self) -> String {
        if (self.month, self.day) == (2, 29) {
            return "2月末".to_owned();
        }
        format!("{}月{}日", self.month, self.day)
    }
}

fn full(day: NaiveDate) -> String {
    day.format("%Y年%-m月%-d日").to_string()
}

impl Read for Weekday {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let text = String::read(at)?;
        text.parse().map_err(|_| at.fail(format!("“{text}”不是星期几，应写成 \"wednesday\"")))
    }
}

/// Which rhythms there are, and what each may say beside `every`.
const RHYTHMS: [(&str, &[&str]); 9] = [
    ("day", &[]),
    ("week", &["by"]),
    ("month", &["by", "of_last", "from"]),
    ("quarter", &[]),
    ("term", &["within", "before"]),
    ("year", &["on", "from", "by"]),
    ("exam", &["before"]),
    ("once", &["from", "by"]),
    ("event", &[]),
];

impl Read for When {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let every: String = at.need("every")?;
        let Some((_, keys)) = RHYTHMS.iter().find(|(code, _)| *code == every) else {
            let known: Vec<&str> = RHYTHMS.iter().map(|(code, _)| *code).collect();
            return Err(at.fail(format!("不认识“{every}”，every 可以写：{}", known.join("、"))));
        };
        let at = at.table(&[&["every"], *keys].concat())?;
        match every.as_str() {
            "day" => Ok(Self::Daily),
            "week" => Ok(Self::Weekly(at.maybe("by")?)),
            "month" => month(&at),
            "quarter" => Ok(Self::Quarterly),
            "term" => match (at.maybe("within")?, at.maybe("before")?) {
                (Some(_), Some(_)) => Err(at.fail("within（开学后）和 before（开学前）只写一样")),
                (Some(period), None) => Ok(Self::AfterOpening(days(&at, period)?)),
                (None, Some(period)) => Ok(Self::BeforeOpening(days(&at, period)?)),
                (None, None) => Ok(Self::TermEnd),
            },
            "year" => year(&at),
            "exam" => Ok(Self::BeforeExam(days(&at, at.need("before")?)?)),
            "once" => once(&at),
            _ => Ok(Self::Event),
        }
    }
}

fn month(at: &Cursor<'_>) -> Result<When, Stop> {
    let (by, from): (Option<u16>, Option<u16>) = (at.maybe("by")?, at.maybe("from")?);
    if by.is_some_and(|day| !(1..=31).contains(&day)) {
        return Err(at.fail("by 应是 1 到 31 的一天"));
    }
    if from.is_some_and(|from| from == 0 || by.is_none_or(|by| from > by)) {
        return Err(at.fail("from 应是 1 到 31 的一天，不晚于 by；写了 from 就要写 by"));
    }
    Ok(When::Monthly { by, of_last: at.maybe("of_last")?.unwrap_or(false), from })
}

fn year(at: &Cursor<'_>) -> Result<When, Stop> {
    let (on, from, by): (Option<Vec<MonthDay>>, Option<MonthDay>, Option<MonthDay>) =
        (at.maybe("on")?, at.maybe("from")?, at.maybe("by")?);
    match (on, from, by) {
        (Some(days), None, None) if !days.is_empty() => Ok(When::Yearly(days)),
        (None, Some(from), Some(by)) if from <= by => Ok(When::YearWindow { from, by }),
        (None, None, None) => Ok(When::YearEnd),
        _ => Err(at.fail("每年的事写 on = [日子]，或写 from 和 by 两个日子（from 不晚于 by），或都不写（年内办完）")),
    }
}

fn once(at: &Cursor<'_>) -> Result<When, Stop> {
    let (from, by): (Option<NaiveDate>, NaiveDate) = (at.maybe("from")?, at.need("by")?);
    if from.is_some_and(|from| from > by) {
        return Err(at.fail("from 不能晚于 by"));
    }
    Ok(When::Once { from, by })
}

/// A stretch of days: an hour is too short for a day's duty.
fn days(at: &Cursor<'_>, period: Period) -> Result<Period, Stop> {
    if period.unit == crate::domain::period::Unit::Hour { Err(at.fail("这里不能按小时计")) } else { Ok(period) }
}
