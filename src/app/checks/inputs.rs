//! What people write into an answer, field by field.

use chrono::NaiveDate;

use crate::domain::moment::full_day;
use crate::domain::register::needs_proof;
use crate::domain::words::CheckFinding;

/// An answer to a check as it was typed and understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerInput {
    /// What was found.
    pub finding: CheckFinding,
    /// When.
    pub found_on: NaiveDate,
    /// For 在外地就读: province, city, county, school, grade.
    pub elsewhere: Option<String>,
    /// Anything else.
    pub note: String,
}

impl AnswerInput {
    /// Understands what was typed, or says field by field what is wrong.
    pub fn parse(
        finding: &str,
        found_on: &str,
        elsewhere: &str,
        note: &str,
        opened_on: NaiveDate,
        today: NaiveDate,
    ) -> Result<Self, Vec<(&'static str, String)>> {
        let mut faults = Vec::new();
        let finding = CheckFinding::from_code(finding);
        if finding.is_none() {
            faults.push(("finding", "请选择核查结果。".to_owned()));
        }
        let day = crate::domain::daytext::read_text(found_on).ok().map(|d| d.day);
        match day {
            None => faults.push(("found_on", format!("请填写核查日期，如 {today}。"))),
            Some(day) if day > today => faults.push(("found_on", "核查日期不能晚于今天。".to_owned())),
            Some(day) if day < opened_on => {
                let since = full_day(opened_on);
                faults.push(("found_on", format!("{since}才列入待核查，核查日期不能更早。")));
            }
            Some(_) => {}
        }
        let elsewhere = elsewhere.trim();
        if finding == Some(CheckFinding::Elsewhere) && elsewhere.chars().count() < 4 {
            faults.push(("elsewhere", "请写明在哪个省市县、哪所学校、几年级就读。".to_owned()));
        }
        let note = note.trim();
        if finding == Some(CheckFinding::NotMet) && note.is_empty() {
            faults.push(("note", "没有见到人，请写明向谁了解、了解到什么。".to_owned()));
        }
        if note.chars().count() > 500 {
            faults.push(("note", "备注请控制在 500 字以内。".to_owned()));
        }
        match (finding, day, faults.is_empty()) {
            (Some(finding), Some(found_on), true) => {
                let elsewhere = (!elsewhere.is_empty()).then(|| elsewhere.to_owned());
                Ok(Self { finding, found_on, elsewhere, note: note.to_owned() })
            }
            _ => Err(faults),
        }
    }

    /// Whether the finding counts for its class only with a paper behind it.
    pub fn needs_proof(&self) -> bool {
        needs_proof(self.finding)
    }
}
