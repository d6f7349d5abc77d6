//! A scenario as its file has it.

use chrono::{NaiveDate, NaiveTime};
use serde::Deserialize;

use super::ask::Ask;
use super::found::ChildGiven;
use crate::domain::case::Facts;
use crate::domain::detection::{AbsenceFact, LeaveFact, MarkFact, ToldFact, UnknownFact};
use crate::domain::enforcement::Proceeding;
use crate::domain::reporting::Handed;
use crate::domain::tasks::Done;
use crate::domain::words::DispositionKind;

/// One scenario.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What it shows, in a sentence.
    pub title: String,
    /// The id of the profile in force from the beginning.
    pub profile: String,
    /// A county's own values over the profile, as TOML.
    #[serde(default)]
    pub own: String,
    /// What the county decided later.
    #[serde(default)]
    pub change: Vec<Change>,
    /// Terms and days beside the national holidays.
    #[serde(default)]
    pub calendar: Days,
    /// The case; a scenario about reports alone has none.
    pub facts: Option<Facts>,
    /// Reports that were handed in.
    #[serde(default)]
    pub handed: Vec<Handed>,
    /// One child's absences,
    #[serde(default)]
    pub absence: Vec<AbsenceFact>,
    /// the leave that they were granted,
    #[serde(default)]
    pub leave: Vec<LeaveFact>,
    /// when nobody knew where they were,
    #[serde(default)]
    pub unknown: Vec<UnknownFact>,
    /// the marks of their roll,
    #[serde(default)]
    pub mark: Vec<MarkFact>,
    /// and what was reported of all that.
    #[serde(default)]
    pub told: Vec<ToldFact>,
    /// Dated duties that were done.
    #[serde(default)]
    pub done: Vec<Done>,
    /// Children of whom only the birth matters.
    #[serde(default)]
    pub child: Vec<ChildGiven>,
    /// Penalties and orders, each with its acts.
    #[serde(default)]
    pub proceeding: Vec<Proceeding>,
    /// Days to look at.
    #[serde(default)]
    pub look: Vec<Look>,
    /// Acts to ask for.
    #[serde(default)]
    pub ask: Vec<Ask>,
}

/// Another profile or other values, in force from a day.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The first day.
    pub from: NaiveDate,
    /// The profile; the one before if left out.
    pub profile: Option<String>,
    /// The county's own values, as TOML.
    #[serde(default)]
    pub own: String,
}

/// The calendar of the scenario.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Days {
    /// The terms; the usual ones if left out.
    pub terms: Vec<TermGiven>,
    /// Days that are not worked, beside the national ones.
    pub holidays: Vec<NaiveDate>,
    /// Days that are worked though they are weekends or holidays.
    pub workdays: Vec<NaiveDate>,
}

/// One term.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermGiven {
    /// As people call it: 2026年秋季学期.
    pub name: String,
    /// 开学日
    pub opens: NaiveDate,
    /// The last day.
    pub closes: NaiveDate,
}

/// A day to look at, and what should stand on it; what is left out is told and not compared.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// The day.
    pub on: NaiveDate,
    /// The time, for what hangs on hours; the end of the day if left out.
    pub at: Option<NaiveTime>,
    /// The code of the phase.
    pub phase: Option<String>,
    /// The code of the rung whose turn it is, or `none`.
    pub now: Option<String>,
    /// How many visits count.
    pub counted: Option<u16>,
    /// The sentence of the next step, or `none`.
    pub next: Option<String>,
    /// The last day of the next step, or `none`.
    pub due: Option<String>,
    /// The first day on which it was late, or `no`.
    pub overdue_since: Option<String>,
    /// What the next step lacks.
    pub unmet: Option<Vec<String>>,
    /// The visits, newest first.
    pub visits: Option<Vec<String>>,
    /// The rungs, in order.
    pub ladder: Option<Vec<String>>,
    /// The evidence of what comes next.
    pub evidence: Option<Vec<String>>,
    /// The tasks.
    pub duties: Option<Vec<String>>,
    /// The contacts after the return.
    pub after_care: Option<Vec<String>>,
    /// The day on which it changes by itself, or `never`.
    pub next_change_on: Option<String>,
    /// Whose evidence is told, where it is not that of what comes next.
    pub disposition: Option<DispositionKind>,
    /// The disposition that was agreed to last, or `none`.
    pub ending: Option<String>,
    /// How teaching at home stands against its quota.
    pub quotas: Option<Vec<String>>,
    /// Where a child who is back is put, or `none`.
    pub placement: Option<String>,
    /// The reports asked for, in the policy's order.
    pub reports: Option<Vec<String>>,
    /// What an absence has set in motion.
    pub alerts: Option<Vec<String>>,
    /// The dated duties.
    pub tasks: Option<Vec<String>>,
    /// How the roll is marked, or may or must be.
    pub mark: Option<String>,
    /// Leave to be given back.
    pub leaves: Option<Vec<String>>,
    /// The children by age.
    pub children: Option<Vec<String>>,
    /// The days that the law sets for penalties and orders.
    pub enforcement: Option<Vec<String>>,
}
