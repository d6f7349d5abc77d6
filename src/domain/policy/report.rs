//! What is reported, by whom, to whom and when (REP-01…36), as a policy says it.

use serde::{Deserialize, Serialize};

use super::cursor::{Cursor, Read, Stop};
use super::ladder::{Basis, Owner};
use super::when::When;

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
