//! Dated duties that are no reports: opening checks, censuses, patrols, inspections, meetings, campaigns (DET-12…23, 27…47).

use serde::{Deserialize, Serialize};

use super::cursor::{Cursor, Read, Stop, read_codes};
use super::ladder::{Basis, Owner};
use super::when::When;
use crate::domain::grade::Stage;
use crate::vocabulary;

vocabulary! {
    /// What kind of duty it is; lists and pages are grouped by it.
    pub enum TaskGroup {
        /// 一日一点名, DET-26
        RollCall = "roll_call" => "点名",
        /// DET-12…22, 52, 53
        Opening = "opening" => "开学核查",
        /// DET-27, 57
        Census = "census" => "摸底清查",
        /// DET-28, 29
        Headcount = "headcount" => "人籍核对",
        /// DET-20
        Comparison = "comparison" => "数据比对",
        /// DET-30, 31
        Patrol = "patrol" => "巡查",
        /// 中考前, AC-30
        Watch = "watch" => "重点时段防范",
        /// DET-42…44
        Inspection = "inspection" => "督导检查",
        /// DET-46
        Meeting = "meeting" => "会议",
        /// DET-47
        Analysis = "analysis" => "研判",
        /// DET-23
        Handover = "handover" => "小升初移交",
        /// 宣传月, 公开信
        Publicity = "publicity" => "宣传",
        /// DET-72, and the stages of a campaign
        Campaign = "campaign" => "专项行动",
        /// DET-65
        Assessment = "assessment" => "考评",
        /// 制定方案
        Planning = "planning" => "方案计划",
        Other = "other" => "其他",
    }
}

/// One dated duty of a scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskRule {
    /// Its id, by which profiles are merged: DET-12.
    pub id: String,
    /// What kind it is.
    pub group: TaskGroup,
    /// What is done, as a clause: 对照学籍逐一核对学生返校情况.
    pub what: String,
    /// Who does it; each of them.
    pub by: Vec<Owner>,
    /// Only schools of this stage have it (AC-30).
    #[serde(default)]
    pub stage: Option<Stage>,
    /// Who is told of it.
    #[serde(default)]
    pub to: Vec<Owner>,
    /// Who is told outside the county's units, by name.
    #[serde(default)]
    pub to_outside: Vec<String>,
    /// How often, and by which day.
    pub when: When,
    /// At least so many times in the stretch (DET-42: four a year).
    #[serde(default = "once")]
    pub times: u16,
    /// Only in these months, by its last day; empty for all.
    #[serde(default)]
    pub months: Vec<u16>,
    /// Only in teaching time.
    #[serde(default)]
    pub in_term: bool,
    /// Who answers for the children until it is done, and who after (DET-23).
    #[serde(default)]
    pub liability: Option<Liability>,
    /// What it rests on.
    pub basis: Basis,
}

const fn once() -> u16 {
    1
}

/// Who answers for the children of a hand-over, in the scheme's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Liability {
    /// Until it is done: 小学.
    pub until: String,
    /// From the day it is done: 中学.
    pub after: String,
}

read_codes!(Stage, TaskGroup);

impl Read for Liability {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["until", "after"])?;
        Ok(Self { until: at.need("until")?, after: at.need("after")? })
    }
}

impl Read for TaskRule {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let keys = ["id", "group", "what", "by", "stage", "to", "to_outside", "when", "times", "months"];
        let at = at.table(&[&keys[..], &["in_term", "liability", "basis"]].concat())?;
        let rule = Self {
            id: at.need("id")?,
            group: at.need("group")?,
            what: at.need("what")?,
            by: at.need("by")?,
            stage: at.maybe("stage")?,
            to: at.maybe("to")?.unwrap_or_default(),
            to_outside: at.maybe("to_outside")?.unwrap_or_default(),
            when: at.need("when")?,
            times: at.maybe("times")?.unwrap_or(1),
            months: at.maybe("months")?.unwrap_or_default(),
            in_term: at.maybe("in_term")?.unwrap_or(false),
            liability: at.maybe("liability")?,
            basis: at.need("basis")?,
        };
        if rule.by.is_empty() {
            return Err(at.fail("至少写一个办理的单位（by）"));
        }
        if rule.times == 0 {
            return Err(at.fail("times 不能为零"));
        }
        if rule.months.iter().any(|month| !(1..=12).contains(month)) {
            return Err(at.fail("months 里应是 1 到 12 的月份"));
        }
        if rule.liability.is_some() && rule.group != TaskGroup::Handover {
            return Err(at.fail("责任的转移（liability）只写在移交（group = \"handover\"）上"));
        }
        Ok(rule)
    }
}
