//! How each part of a policy is read from a profile's tree.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Policy;
use super::cursor::{Cursor, Read, Stop, read_codes};
use super::detection::{self, Detection};
use super::ladder::{ActingTownship, Repeat, RunsFrom};
use super::organ::Organ;
use super::rules::{
    AfterCareRule, CaseRule, CheckRule, Document, Gate, Media, MonthDay, ReportingRule, SchoolingStage, Sourced,
    VisitRule,
};
use super::rung::Rung;
use crate::domain::period::{Period, Roll, Unit};
use crate::domain::role::Role;
use crate::domain::words::{PaperKind, VisitMode};

read_codes!(
    ActingTownship,
    Gate,
    Media,
    Organ,
    PaperKind,
    Repeat,
    Role,
    Roll,
    Rung,
    RunsFrom,
    SchoolingStage,
    Unit,
    VisitMode
);

impl<T: Read> Read for Sourced<T> {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        if !at.has("value") {
            return Ok(Self { value: T::read(at)?, source: None, quote: None });
        }
        let at = at.table(&["value", "source", "quote"])?;
        Ok(Self { value: at.need("value")?, source: at.maybe("source")?, quote: at.maybe("quote")? })
    }
}

impl Read for MonthDay {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let text = String::read(at)?;
        let wrong = || at.fail(format!("“{text}”不是月和日，应写成 \"08-31\""));
        let (month, day) = text.split_once('-').ok_or_else(wrong)?;
        let (month, day) = (month.parse().map_err(|_| wrong())?, day.parse().map_err(|_| wrong())?);
        // A leap year, so that 02-29 is a day.
        NaiveDate::from_ymd_opt(2024, month, day).map(|_| Self { month, day }).ok_or_else(wrong)
    }
}

impl Read for NaiveDate {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let text = String::read(at)?;
        text.parse().map_err(|_| at.fail(format!("“{text}”不是日期，应写成 \"2024-11-29\"")))
    }
}

impl Read for Period {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["n", "unit", "roll"])?;
        let n: u16 = at.need("n")?;
        if n == 0 {
            return Err(at.fail("期限不能为零"));
        }
        Ok(Self { n, unit: at.need("unit")?, roll: at.maybe("roll")?.unwrap_or(Roll::None) })
    }
}

impl Read for Document {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["title", "issuer", "dated"])?;
        Ok(Self { title: at.need("title")?, issuer: at.need("issuer")?, dated: at.need("dated")? })
    }
}

impl Read for VisitRule {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let keys = ["pupil_present", "min_units", "parties", "media", "sheet_confirms", "distinct_days", "modes"];
        let at = at.table(&[&keys[..], &["every", "confirm_within"]].concat())?;
        Ok(Self {
            pupil_present: at.need("pupil_present")?,
            min_units: at.need("min_units")?,
            parties: at.maybe("parties")?,
            media: at.need("media")?,
            sheet_confirms: at.need("sheet_confirms")?,
            distinct_days: at.need("distinct_days")?,
            modes: at.need("modes")?,
            every: at.need("every")?,
            confirm_within: at.need("confirm_within")?,
        })
    }
}

impl Read for BTreeMap<Gate, Sourced<u16>> {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let codes: Vec<&str> = Gate::ALL.iter().map(|gate| gate.code()).collect();
        let at = at.table(&codes)?;
        let read = |gate: &Gate| at.maybe(gate.code()).map(|visits| visits.map(|visits| (*gate, visits)));
        Gate::ALL.iter().filter_map(|gate| read(gate).transpose()).collect()
    }
}

impl Read for ReportingRule {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["before_is_inclusive"])?;
        Ok(Self { before_is_inclusive: at.need("before_is_inclusive")? })
    }
}

impl Read for CheckRule {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["within", "by", "basis"])?;
        Ok(Self { within: at.need("within")?, by: at.need("by")?, basis: at.need("basis")? })
    }
}

impl Read for CaseRule {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at =
            at.table(&["acting_township", "plan_by", "visit_by", "reopen_by", "responsibility", "working_group"])?;
        Ok(Self {
            acting_township: at.need("acting_township")?,
            plan_by: at.need("plan_by")?,
            visit_by: at.need("visit_by")?,
            reopen_by: at.need("reopen_by")?,
            responsibility: at.maybe("responsibility")?,
            working_group: at.maybe("working_group")?,
        })
    }
}

impl Read for AfterCareRule {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["days", "by", "basis"])?;
        Ok(Self { days: at.need("days")?, by: at.need("by")?, basis: at.need("basis")? })
    }
}

/// Reads what follows from the tables; `None` when any of them failed, each for its own reason.
pub(super) fn policy(top: &Cursor<'_>, stack: Vec<String>) -> Result<Policy, Stop> {
    let keys =
        ["id", "name", "base", "extends", "document", "age", "reporting", "report", "check", "case", "visit", "gate"];
    let rest = ["offered", "stage", "target", "ladder", "disposition", "home_teaching", "after_care", "penalty"];
    let top = top.table(&[&keys[..], &rest, &["local_basis"], &detection::KEYS].concat())?;
    top.maybe::<bool>("offered")?;
    // Read every part before the first fault ends it, so that a file's faults are told together.
    let (age, reporting, check) = (top.need("age"), top.need("reporting"), top.need("check"));
    let (case, visit, gate) = (top.need("case"), top.need("visit"), top.maybe("gate"));
    let (ladder, dispositions) = (top.need("ladder"), top.maybe("disposition"));
    let (after_care, penalty) = (top.need("after_care"), top.need("penalty"));
    let (document, local_basis, reports) = (top.maybe("document"), top.maybe("local_basis"), top.maybe("report"));
    let detection = Detection::read_top(&top);
    let home_teaching = top.maybe("home_teaching");
    let (stage, targets) = (top.maybe("stage"), top.maybe("target"));
    Ok(Policy {
        schema: Policy::SCHEMA,
        id: top.need("id")?,
        name: top.need("name")?,
        stack,
        stage: stage?.unwrap_or_default(),
        document: document?,
        age: age?,
        detection: detection?,
        reporting: reporting?,
        reports: reports?.unwrap_or_default(),
        targets: targets?.unwrap_or_default(),
        check: check?,
        case: case?,
        visit: visit?,
        gate: gate?.unwrap_or_default(),
        ladder: ladder?,
        dispositions: dispositions?.unwrap_or_default(),
        home_teaching: home_teaching?,
        after_care: after_care?,
        penalty: penalty?,
        local_basis: local_basis?.unwrap_or_default(),
    })
}
