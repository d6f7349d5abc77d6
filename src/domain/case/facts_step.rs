//! The facts of steps that are neither visit nor paper: recorded by whoever took them, or lawfully skipped.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::facts_ending::DecisionFact;
use crate::domain::ids::{StepId, UserId};
use crate::domain::policy::Rung;

/// A report handed in, a case handed over, a referral, a suit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepFact {
    /// Its id.
    pub id: StepId,
    /// Which step.
    pub rung: Rung,
    /// The day it was taken.
    pub on: NaiveDate,
    /// Its paper is on file, as a scan or photograph.
    #[serde(default)]
    pub scan: bool,
    /// The day on which whoever received it signed for it.
    #[serde(default)]
    pub received_on: Option<NaiveDate>,
}

/// A step that is to be passed over for want of a legal basis; it needs a second person (design.md §4.7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkipFact {
    /// Its id.
    pub id: StepId,
    /// Which step.
    pub rung: Rung,
    /// The day it was proposed.
    pub proposed_on: NaiveDate,
    /// Who proposed it.
    pub proposed_by: UserId,
    /// What the second person said.
    #[serde(default)]
    pub decided: Option<DecisionFact>,
}
