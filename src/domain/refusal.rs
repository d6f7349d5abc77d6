//! An act that is not done, and every reason why not.

use serde::Serialize;

use crate::domain::case::Unmet;

/// What was asked and what stands against it; never empty (design.md §4.5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{}", self.sentence())]
pub struct Refusal {
    /// The act in a few words: 签发限期复学通知书.
    pub act: String,
    /// What is unmet, each with the place where it is mended.
    pub unmet: Vec<Unmet>,
}

impl Refusal {
    /// One Chinese sentence: the act and its reasons.
    pub fn sentence(&self) -> String {
        let reasons: Vec<String> = self.unmet.iter().map(Unmet::sentence).collect();
        format!("现在不能{}：{}。", self.act, reasons.join("；"))
    }

    /// Nothing unmet is no refusal.
    pub(crate) fn unless_met(act: impl Into<String>, unmet: Vec<Unmet>) -> Result<(), Self> {
        if unmet.is_empty() { Ok(()) } else { Err(Self { act: act.into(), unmet }) }
    }
}
