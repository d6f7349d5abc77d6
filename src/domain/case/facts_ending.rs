//! The facts of endings: what was filed and what it bears, what was proposed and approved, what went on afterwards.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::ids::{DispositionId, UserId};
use crate::domain::words::{DispositionKind, EvidenceKind, Finding, HospitalLevel, NumberKind, PackPart, Signatory};

/// A file of evidence, and what it bears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceFact {
    /// What it proves.
    pub kind: EvidenceKind,
    /// The day it was filed.
    pub day: NaiveDate,
    /// Its own date, where that is another.
    #[serde(default)]
    pub dated: Option<NaiveDate>,
    /// Who certified it.
    #[serde(default)]
    pub certifier: Option<Signatory>,
    /// How high the hospital stands that did.
    #[serde(default)]
    pub hospital: Option<HospitalLevel>,
    /// Who signed it.
    #[serde(default)]
    pub signatures: Vec<Signatory>,
    /// Who sealed it.
    #[serde(default)]
    pub seals: Vec<Signatory>,
    /// Which numbers it gives.
    #[serde(default)]
    pub numbers: Vec<NumberKind>,
    /// In how many copies it was made; one if it is not said.
    #[serde(default)]
    pub copies: Option<u16>,
    /// Who received one.
    #[serde(default)]
    pub recipients: Vec<Signatory>,
}

impl EvidenceFact {
    /// A file of which no more is known than what it is and when it was filed.
    pub const fn of(kind: EvidenceKind, day: NaiveDate) -> Self {
        Self {
            kind,
            day,
            dated: None,
            certifier: None,
            hospital: None,
            signatures: Vec::new(),
            seals: Vec::new(),
            numbers: Vec::new(),
            copies: None,
            recipients: Vec::new(),
        }
    }
}

/// A disposition proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DispositionFact {
    /// Its id.
    pub id: DispositionId,
    /// Which.
    pub kind: DispositionKind,
    /// The day it was proposed.
    pub proposed_on: NaiveDate,
    /// Who proposed it.
    pub proposed_by: UserId,
    /// The last day for which it is asked, where it is granted for a time.
    #[serde(default)]
    pub until: Option<NaiveDate>,
    /// What those said whose approval comes before the last.
    #[serde(default)]
    pub approvals: Vec<DecisionFact>,
    /// What the last approver said, or whoever sent it back.
    #[serde(default)]
    pub decided: Option<DecisionFact>,
}

/// What a second person decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionFact {
    /// Agreed to, or sent back.
    pub approved: bool,
    /// The day.
    pub on: NaiveDate,
    /// Who decided.
    pub by: UserId,
}

impl DecisionFact {
    /// A decision that is there with all its parts.
    pub fn of(approved: Option<bool>, on: Option<NaiveDate>, by: Option<UserId>) -> Option<Self> {
        Some(Self { approved: approved?, on: on?, by: by? })
    }
}

/// Somebody agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentFact {
    /// Who.
    pub of: Signatory,
    /// The day.
    pub on: NaiveDate,
}

/// Somebody established something about the child or the family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingFact {
    /// What.
    pub what: Finding,
    /// The day.
    pub on: NaiveDate,
}

/// A session of teaching at home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HomeTeachingFact {
    /// The day.
    pub on: NaiveDate,
    /// How many lessons.
    pub lessons: u16,
    /// How many teachers.
    pub teachers: u16,
    /// What is on file of it.
    #[serde(default)]
    pub parts: Vec<PackPart>,
}

/// A look at whether a child who was placed attends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttendanceFact {
    /// The day.
    pub on: NaiveDate,
    /// The child was there.
    pub there: bool,
    /// Why not, and where the child is, was found out.
    #[serde(default)]
    pub explained: bool,
}
