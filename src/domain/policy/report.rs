//! What is reported, by whom, to whom and when (REP-01…36), as a policy says it.

use chrono::Weekday;
use serde::{Deserialize, Serialize};

use super::cursor::{Cursor, Read, Stop};
use super::ladder::{Basis, Owner};
use super::rules::MonthDay;
use crate::domain::calendar::weekday;
use crate::domain::period::Period;

/// One report of a scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportRule {
    /// Its id, by which profiles are merged: REP-05.
    pub id: String,
    /// What is reported, as a clause: 上报上月控辍保学工作整体进展情况.
    pub what: String,
    /// Who reports; each of them does.
    pub from: Vec<Owner>,
    /// Who receives it.
    #[serde(default)]
    pub to: Vec<Owner>,
    /// Who receives it outside the county, by name: 市教育局.
    #[serde(default)]
    pub to_outside: Vec<String>,
    /// How often, and by which day.
    pub when: When,
    /// Only in these months; empty for all (REP-27).
    #[serde(default)]
    pub months: Vec<u16>,
    /// Only in teaching time (REP-09).
    #[serde(default)]
    pub in_term: bool,
    /// Its form, if it has one: F-01.
    #[serde(default)]
    pub form: Option<String>,
    /// 零报告: nothing to report is reported.
    #[serde(default)]
    pub zero: bool,
    /// Signed by the one who answers for it.
    #[serde(default)]
    pub signed: bool,
    /// What it rests on.
    pub basis: Basis,
}

/// How often something is reported, and by which day; the day is included unless the policy says otherwise (AMB-20).
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
    },
    /// By the last day of the quarter.
    Quarterly,
    /// So long after the opening of every term.
    AfterOpening(Period),
    /// By the last day of every term.
    TermEnd,
    /// By these days of every year.
    Yearly(Vec<MonthDay>),
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
            Self::Monthly { by: None, .. } => "每月".to_owned(),
            Self::Monthly { by: Some(day), of_last: false } => format!("每月{day}日前"),
            Self::Monthly { by: Some(day), of_last: true } => format!("每月{day}日前报上月"),
            Self::Quarterly => "每季度".to_owned(),
            Self::AfterOpening(period) => format!("每学期开学后{}内", period.label()),
            Self::TermEnd => "每学期末".to_owned(),
            Self::Yearly(days) => {
                let days: Vec<String> = days.iter().map(|day| format!("{}月{}日", day.month, day.day)).collect();
                format!("每年{}前", days.join("、"))
            }
            Self::Event => "有情况时".to_owned(),
        }
    }
}

impl Read for Weekday {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let text = String::read(at)?;
        text.parse().map_err(|_| at.fail(format!("“{text}”不是星期几，应写成 \"wednesday\"")))
    }
}

impl Read for When {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["every", "by", "of_last", "within", "on"])?;
        let every: String = at.need("every")?;
        match every.as_str() {
            "day" => Ok(Self::Daily),
            "week" => Ok(Self::Weekly(at.maybe("by")?)),
            "month" => {
                let by: Option<u16> = at.maybe("by")?;
                if by.is_some_and(|day| !(1..=31).contains(&day)) {
                    return Err(at.fail("by 应是 1 到 31 的一天"));
                }
                Ok(Self::Monthly { by, of_last: at.maybe("of_last")?.unwrap_or(false) })
            }
            "quarter" => Ok(Self::Quarterly),
            "term" if at.has("within") => Ok(Self::AfterOpening(at.need("within")?)),
            "term" => Ok(Self::TermEnd),
            "year" => Ok(Self::Yearly(at.need("on")?)),
            "event" => Ok(Self::Event),
            other => {
                Err(at.fail(format!("不认识“{other}”，every 可以写：day、week、month、quarter、term、year、event")))
            }
        }
    }
}

impl Read for ReportRule {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let keys = ["id", "what", "from", "to", "to_outside", "when", "months", "in_term", "form", "zero", "signed"];
        let at = at.table(&[&keys[..], &["basis"]].concat())?;
        let rule = Self {
            id: at.need("id")?,
            what: at.need("what")?,
            from: at.need("from")?,
            to: at.maybe("to")?.unwrap_or_default(),
            to_outside: at.maybe("to_outside")?.unwrap_or_default(),
            when: at.need("when")?,
            months: at.maybe("months")?.unwrap_or_default(),
            in_term: at.maybe("in_term")?.unwrap_or(false),
            form: at.maybe("form")?,
            zero: at.maybe("zero")?.unwrap_or(false),
            signed: at.maybe("signed")?.unwrap_or(false),
            basis: at.need("basis")?,
        };
        if rule.from.is_empty() {
            return Err(at.fail("至少写一个报送的单位（from）"));
        }
        if rule.to.is_empty() && rule.to_outside.is_empty() {
            return Err(at.fail("写明报给谁：to 或 to_outside"));
        }
        if rule.months.iter().any(|month| !(1..=12).contains(month)) {
            return Err(at.fail("months 里应是 1 到 12 的月份"));
        }
        Ok(rule)
    }
}
