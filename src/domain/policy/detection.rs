//! What a scheme says of finding children out of school, in one place: the parts, how they are read, what contradicts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::age::{AgeRule, DeferralRule};
use super::attendance::{AttendanceRule, MarkingRule};
use super::cursor::{Cursor, Problem, Read, Stop, read_codes};
use super::ladder::Owner;
use super::leave::LeaveRule;
use super::rules::Sourced;
use super::task::TaskRule;
use crate::domain::grade::Grade;
use crate::domain::words::KeyPopulation;

/// What a scheme says of detection; what it does not say is left empty, and off.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Detection {
    /// What follows from unexcused absence.
    pub attendance: Vec<AttendanceRule>,
    /// What time alone does to a mark.
    pub marking: MarkingRule,
    /// Who grants leave.
    pub leave: LeaveRule,
    /// Dated duties that are no reports.
    pub tasks: Vec<TaskRule>,
    /// Whom to watch with care.
    pub watch: WatchRule,
    /// How long a first entry may be put off; as the law has it where nothing is said.
    pub deferral: Option<DeferralRule>,
    /// Days that the county sets itself.
    pub dates: Dates,
}

/// Whom a scheme watches with care.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WatchRule {
    /// These grades: 六年级、九年级.
    pub grades: Option<Sourced<Vec<Grade>>>,
    /// These populations.
    pub flags: Option<Sourced<Vec<KeyPopulation>>>,
    /// Those for whom there is no flag, in the scheme's words: 动摇生.
    pub named: Option<Sourced<Vec<String>>>,
}

/// Days that no calendar has and the county sets itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Dates {
    /// The first day of each year's 中考.
    pub exam: Vec<NaiveDate>,
}

impl Owner {
    /// 学校（班主任）
    pub fn said(&self) -> String {
        let roles: Vec<&str> = self.roles.iter().map(|role| role.label()).collect();
        format!("{}（{}）", self.organ, roles.join("、"))
    }
}

/// The keys of a profile's top that belong here.
pub(super) const KEYS: [&str; 7] = ["attendance", "marking", "leave", "task", "watch", "deferral", "dates"];

impl Detection {
    /// Reads its parts from the top of a profile, each before the first fault ends it.
    pub(super) fn read_top(top: &Cursor<'_>) -> Result<Self, Stop> {
        let (attendance, marking, leave) = (top.maybe("attendance"), top.maybe("marking"), top.maybe("leave"));
        let (tasks, watch, deferral, dates) =
            (top.maybe("task"), top.maybe("watch"), top.maybe("deferral"), top.maybe("dates"));
        Ok(Self {
            attendance: attendance?.unwrap_or_default(),
            marking: marking?.unwrap_or_default(),
            leave: leave?.unwrap_or_default(),
            tasks: tasks?.unwrap_or_default(),
            watch: watch?.unwrap_or_default(),
            deferral: deferral?,
            dates: dates?.unwrap_or_default(),
        })
    }

    /// What contradicts itself.
    pub(super) fn problems(&self, age: &AgeRule, file: &str) -> Vec<Problem> {
        let mut told: Vec<Problem> =
            self.leave.faults().into_iter().map(|why| Problem::at(file, "leave", why)).collect();
        if let Some(rule) = &self.deferral {
            told.extend(rule.faults(age).into_iter().map(|why| Problem::at(file, "deferral", why)));
        }
        told
    }
}

read_codes!(KeyPopulation);

impl Read for Grade {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let number = u16::read(at)?;
        let grade = u8::try_from(number).ok().and_then(Self::new);
        grade.ok_or_else(|| at.fail("年级应是 1 到 9 的数"))
    }
}

impl Read for WatchRule {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["grades", "flags", "named"])?;
        Ok(Self { grades: at.maybe("grades")?, flags: at.maybe("flags")?, named: at.maybe("named")? })
    }
}

impl Read for Dates {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["exam"])?;
        Ok(Self { exam: at.maybe("exam")?.unwrap_or_default() })
    }
}
