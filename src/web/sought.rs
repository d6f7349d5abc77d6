//! What was typed to find a person: sent by POST, because a name is nobody's address.

use serde::Deserialize;

/// The characters of a search for a person that are looked at; more than any name has.
const LONGEST: usize = 40;

/// A part of a name or a login.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sought {
    text: String,
}

impl Sought {
    /// What is looked for, without the spaces around it; empty if nothing was typed.
    pub(crate) fn said(&self) -> String {
        self.text.trim().chars().take(LONGEST).collect()
    }
}
