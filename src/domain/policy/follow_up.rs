//! What goes on after a disposition was agreed to: an end with its reminder, monthly visits, teaching at home.

use serde::{Deserialize, Serialize};

use super::cursor::{Cursor, Read, Stop, read_codes};
use super::ladder::{Basis, Owner};
use super::rules::Sourced;
use crate::domain::period::Period;
use crate::domain::words::PackPart;
use crate::vocabulary;

/// What goes on after a disposition was agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// Who sees to it.
    pub by: Owner,
    /// What it rests on.
    pub basis: Basis,
    /// A joint visit every month, until the child is back.
    #[serde(default)]
    pub monthly_visit: bool,
    /// It is granted for a time.
    #[serde(default)]
    pub expires: Option<Expiry>,
    /// The child is taught at home as `[home_teaching]` says.
    #[serde(default)]
    pub home_teaching: bool,
    /// Whoever is seen not to attend is looked into (AC-108).
    #[serde(default)]
    pub attendance: bool,
}

/// A grant for a time: it ends by itself, and goes on only when it is approved anew (AC-71).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expiry {
    /// So many calendar days before its last day it is reminded of.
    pub remind_days: Sourced<u16>,
    /// The longest time for which it may be granted at once.
    #[serde(default)]
    pub longest: Option<Sourced<Period>>,
}

/// How a child is taught at home (DSP-03).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HomeTeachingRule {
    /// Who logs a session.
    pub by: Owner,
    /// How often.
    #[serde(default)]
    pub sessions: Option<Sourced<Rate>>,
    /// How many lessons each time (AMB-21: lessons are compared).
    #[serde(default)]
    pub lessons: Option<Sourced<u16>>,
    /// How many lessons a year.
    #[serde(default)]
    pub lessons_year: Option<Sourced<u16>>,
    /// Which year that is.
    #[serde(default)]
    pub year: Option<YearKind>,
    /// How many teachers each time.
    #[serde(default)]
    pub teachers: Option<Sourced<u16>>,
    /// What is laid together for every month.
    #[serde(default)]
    pub monthly_pack: Option<Sourced<Vec<PackPart>>>,
}

/// So many times in a week or a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// How many times.
    pub times: u16,
    /// In which span; only spans with school days ask for any (AMB-22).
    pub per: Per,
}

impl Rate {
    /// 每周1次
    pub fn label(self) -> String {
        format!("每{}{}次", self.per, self.times)
    }
}

vocabulary! {
    /// A span in which sessions are counted.
    pub enum Per { Week = "week" => "周", Month = "month" => "月" }
}

vocabulary! {
    /// A year in which lessons are counted.
    pub enum YearKind { Calendar = "calendar" => "自然年", School = "school" => "学年" }
}

read_codes!(PackPart, Per, YearKind);

impl Read for Rate {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["times", "per"])?;
        let rate = Self { times: at.need("times")?, per: at.need("per")? };
        if rate.times == 0 { Err(at.fail("次数不能为零")) } else { Ok(rate) }
    }
}

impl Read for Expiry {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["remind_days", "longest"])?;
        let expiry = Self { remind_days: at.need("remind_days")?, longest: at.maybe("longest")? };
        if expiry.remind_days.value == 0 { Err(at.fail("提前提醒的天数不能为零")) } else { Ok(expiry) }
    }
}

impl Read for FollowUp {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["by", "basis", "monthly_visit", "expires", "home_teaching", "attendance"])?;
        let follow_up = Self {
            by: at.need("by")?,
            basis: at.need("basis")?,
            monthly_visit: at.maybe("monthly_visit")?.unwrap_or(false),
            expires: at.maybe("expires")?,
            home_teaching: at.maybe("home_teaching")?.unwrap_or(false),
            attendance: at.maybe("attendance")?.unwrap_or(false),
        };
        let none = !follow_up.monthly_visit && follow_up.expires.is_none();
        if none && !follow_up.home_teaching && !follow_up.attendance {
            return Err(at.fail("写明跟踪什么：monthly_visit、expires、home_teaching、attendance"));
        }
        Ok(follow_up)
    }
}

impl Read for HomeTeachingRule {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let keys = ["by", "sessions", "lessons", "lessons_year", "year", "teachers", "monthly_pack"];
        let at = at.table(&keys)?;
        let rule = Self {
            by: at.need("by")?,
            sessions: at.maybe("sessions")?,
            lessons: at.maybe("lessons")?,
            lessons_year: at.maybe("lessons_year")?,
            year: at.maybe("year")?,
            teachers: at.maybe("teachers")?,
            monthly_pack: at.maybe("monthly_pack")?,
        };
        let numbers = [("lessons", &rule.lessons), ("lessons_year", &rule.lessons_year), ("teachers", &rule.teachers)];
        if let Some((key, _)) = numbers.iter().find(|(_, number)| number.as_ref().is_some_and(|n| n.value == 0)) {
            return Err(at.fail(format!("{key} 不能为零；不要求的，不写这一项")));
        }
        if rule.lessons_year.is_some() != rule.year.is_some() {
            return Err(at.fail("lessons_year 和 year（calendar 自然年、school 学年）要一起写"));
        }
        Ok(rule)
    }
}
