//! What follows from unexcused absence: who is told after how long, and what the roll may be marked (DET-01…11, 32).

use serde::{Deserialize, Serialize};

use super::cursor::{Cursor, Read, Stop, read_codes};
use super::ladder::{Basis, Owner};
use super::rules::Sourced;
use crate::domain::period::{Period, Unit};
use crate::vocabulary;

vocabulary! {
    /// Whether a rule begins with the last of so many, or after it.
    pub enum Cmp {
        /// 满, 连续五个工作日
        Reached = "reached" => "满",
        /// 超过
        Over = "over" => "超过",
    }
}

vocabulary! {
    /// The marks of a roll (学籍) with which detection has to do.
    pub enum RollMark {
        Suspected = "suspected" => "疑似辍学",
        Dropped = "dropped" => "辍学",
        Returned = "returned" => "复学",
    }
}

/// So much of a unit, reached or exceeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// How many; never none.
    pub n: u16,
    /// Of what. Hours and working days run over taught days alone, unless the next says otherwise (AMB-06, AMB-07).
    pub unit: Unit,
    /// Reached or exceeded.
    pub cmp: Cmp,
    /// Hours and working days outside teaching count as well.
    #[serde(default)]
    pub count_nonschool: bool,
}

impl Threshold {
    /// 满48小时, 超过5个工作日.
    pub fn label(self) -> String {
        let all = if self.count_nonschool { "（不上课的日子也算）" } else { "" };
        format!("{}{}{}{all}", self.cmp, self.n, self.unit)
    }
}

/// One thing that unexcused absence sets in motion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttendanceRule {
    /// Its id, by which profiles are merged: DET-03.
    pub id: String,
    /// After so much unexcused absence in a row.
    #[serde(default)]
    pub after: Option<Threshold>,
    /// For whoever has not been in class since the opening, on the last day of this period after it (DET-10).
    #[serde(default)]
    pub after_opening: Option<Period>,
    /// At once where nobody knows where the child is (AC-05).
    #[serde(default)]
    pub or_unknown: bool,
    /// For whoever is back while the roll still says 疑似辍学 or 辍学 (DET-08).
    #[serde(default)]
    pub on_return: bool,
    /// What is done, as a clause: 报告乡镇人民政府和县教体局.
    pub what: String,
    /// Who does it; each of them.
    pub by: Vec<Owner>,
    /// Who is told.
    #[serde(default)]
    pub to: Vec<Owner>,
    /// Who is told outside the county's units, by name: 市教育局, 派出所.
    #[serde(default)]
    pub to_outside: Vec<String>,
    /// The roll is marked: only 疑似辍学.
    #[serde(default)]
    pub mark: Option<RollMark>,
    /// Done so long after it came up; on the day itself where none is said.
    #[serde(default)]
    pub within: Option<Period>,
    /// What it rests on.
    pub basis: Basis,
}

impl AttendanceRule {
    /// When it comes up: 连续无故缺课满5个工作日, 或者去向不明.
    pub fn trigger(&self) -> String {
        let absent = self.after.map(|after| format!("连续无故缺课{}", after.label()));
        let opening = self.after_opening.map(|period| format!("开学后{}内未到校上课", period.label()));
        let unknown = self.or_unknown.then(|| "去向不明".to_owned());
        let back = self.on_return.then(|| "返校以后学籍仍是疑似辍学或辍学".to_owned());
        [absent, opening, unknown, back].into_iter().flatten().collect::<Vec<_>>().join("，或者")
    }
}

/// What time alone does to a mark.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkingRule {
    /// 疑似辍学 turns into 辍学 so long after it was marked (DET-07); never by itself where none is said (AC-13).
    #[serde(default)]
    pub auto_dropout: Option<Sourced<Threshold>>,
}

impl MarkingRule {
    /// The rule as the page of the policy says it.
    pub fn sentence(&self) -> String {
        match &self.auto_dropout {
            None => "“疑似辍学”不自动改为“辍学”，由人核查确认".to_owned(),
            Some(rule) => format!("“疑似辍学”{}仍未复学的，系统自动改为“辍学”", rule.value.label()),
        }
    }
}

read_codes!(Cmp, RollMark);

impl Read for Threshold {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["n", "unit", "cmp", "count_nonschool"])?;
        let (n, unit): (u16, Unit) = (at.need("n")?, at.need("unit")?);
        if n == 0 {
            return Err(at.fail("期限不能为零"));
        }
        let all: Option<bool> = at.maybe("count_nonschool")?;
        if all.is_some() && !matches!(unit, Unit::Hour | Unit::WorkingDay) {
            return Err(at.fail("count_nonschool 只用于小时和工作日；教学日只算上课的日子，日和月一概照日历算"));
        }
        Ok(Self { n, unit, cmp: at.need("cmp")?, count_nonschool: all.unwrap_or(false) })
    }
}

impl Read for AttendanceRule {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let keys = ["id", "after", "after_opening", "or_unknown", "on_return", "what", "by", "to", "to_outside"];
        let at = at.table(&[&keys[..], &["mark", "within", "basis"]].concat())?;
        let rule = Self {
            id: at.need("id")?,
            after: at.maybe("after")?,
            after_opening: at.maybe("after_opening")?,
            or_unknown: at.maybe("or_unknown")?.unwrap_or(false),
            on_return: at.maybe("on_return")?.unwrap_or(false),
            what: at.need("what")?,
            by: at.need("by")?,
            to: at.maybe("to")?.unwrap_or_default(),
            to_outside: at.maybe("to_outside")?.unwrap_or_default(),
            mark: at.maybe("mark")?,
            within: at.maybe("within")?,
            basis: at.need("basis")?,
        };
        if rule.by.is_empty() {
            return Err(at.fail("至少写一个办理的单位（by）"));
        }
        if rule.after.is_some() && rule.after_opening.is_some() {
            return Err(at.fail("after（连续缺课多久）和 after_opening（开学后多久未到）只写一样"));
        }
        if rule.after.is_none() && rule.after_opening.is_none() && !rule.or_unknown && !rule.on_return {
            return Err(at.fail("写明什么时候办：after、after_opening、or_unknown = true 或 on_return = true"));
        }
        if rule.after_opening.is_some_and(|period| period.unit == Unit::Hour) {
            return Err(at.fail("开学后的期限不能按小时计"));
        }
        if rule.mark.is_some() && rule.on_return {
            return Err(at.fail("返校以后办的事（on_return）不标注疑似辍学"));
        }
        if rule.mark.is_some_and(|mark| mark != RollMark::Suspected) {
            return Err(at.fail("缺课只能标注疑似辍学（suspected）；辍学要核查确认，或按 [marking] 自动改"));
        }
        Ok(rule)
    }
}

impl Read for MarkingRule {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["auto_dropout"])?;
        let rule = Self { auto_dropout: at.maybe("auto_dropout")? };
        if rule.auto_dropout.as_ref().is_some_and(|rule| rule.value.unit == Unit::Hour) {
            return Err(at.fail("auto_dropout 不能按小时计"));
        }
        Ok(rule)
    }
}
