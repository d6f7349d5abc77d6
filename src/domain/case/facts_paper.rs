//! The facts of papers: drafted and issued, served, and verified once their time had passed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::ids::{PaperId, ServiceId, UserId};
use crate::domain::policy::Organ;
use crate::domain::words::{PaperKind, ServiceMethod};

/// A paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperFact {
    /// Its id.
    pub id: PaperId,
    /// Which paper.
    pub kind: PaperKind,
    /// The day its draft was laid before the issuer.
    pub drafted_on: NaiveDate,
    /// The day it was issued (签发); a draft has none.
    #[serde(default)]
    pub issued_on: Option<NaiveDate>,
    /// Who signed a paper that several organs issue together, each for their organ.
    #[serde(default)]
    pub signatures: Vec<SignatureFact>,
    /// 发文字号.
    #[serde(default)]
    pub number: Option<String>,
    /// A day printed on the paper; without it the policy's period runs from receipt.
    #[serde(default)]
    pub deadline: Option<NaiveDate>,
    /// 作废.
    #[serde(default)]
    pub voided: bool,
}

/// One organ's signature under a paper that several issue together (004:L40).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignatureFact {
    /// For which organ.
    pub organ: Organ,
    /// The day.
    pub on: NaiveDate,
    /// Who signed.
    pub by: UserId,
}

/// One attempt to serve a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceFact {
    /// Its id.
    pub id: ServiceId,
    /// The paper served.
    pub paper: PaperId,
    /// How.
    pub method: ServiceMethod,
    /// The day from which it counts as received (民事诉讼法 §87–95); may lie ahead (公告). Of a failed attempt, its day.
    pub effective_on: NaiveDate,
    /// The 送达回证, or what stands for it, is on file.
    #[serde(default)]
    pub proof: bool,
    /// The attempt failed.
    #[serde(default)]
    pub failed: bool,
}

/// 期满核实: whether the child was back once the deadline had passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerificationFact {
    /// The paper whose deadline had passed.
    pub paper: PaperId,
    /// The day of the verification.
    pub on: NaiveDate,
    /// The child was found back at school.
    pub returned: bool,
}
