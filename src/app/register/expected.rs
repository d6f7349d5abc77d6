//! What becomes of a roster's rows, counted, and the first few of those that need a look.

use serde::Serialize;

use super::accept::Accepted;
use super::alike::Likely;

/// What became of the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct Receipt {
    /// Children that were not there before.
    pub new: usize,
    /// Children of whom the source now says something else.
    pub changed: usize,
    /// Rows that say what the source said before.
    pub unchanged: usize,
    /// Rows whose number belongs to a child of another name; before a person now.
    pub claims: usize,
    /// Rows of somebody like a child who is here, of which nobody decided whether it is the same: not taken in.
    #[serde(default)]
    pub asked: usize,
}

/// What would become of rows, with the first few of those that need a look.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct Expected {
    /// As the receipt would say.
    pub receipt: Receipt,
    /// Children of whom something would change: sheet, row, name, and the fields (before, after).
    pub changes: Vec<Change>,
    /// Rows whose number belongs to a child of another name.
    pub claims: Vec<Change>,
    /// Rows of a list of absent pupils whose number nobody in the register has.
    #[serde(default)]
    pub unknown: Vec<Change>,
}

/// A row that would change something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct Change {
    /// In which sheet.
    pub sheet: String,
    /// In which row.
    pub row: i32,
    /// The name that it says.
    pub name: String,
    /// Field, as this source said it before, as it says it now.
    pub fields: Vec<(String, String, String)>,
    /// Who may be the same child, where it would be a new one.
    #[serde(default)]
    pub likely: Likely,
}

/// How many changes and claims a preview lists.
const LISTED: usize = 200;

/// Lists a row that needs a look.
pub(super) fn list(listed: &mut Vec<Change>, row: &Accepted, fields: Vec<(String, String, String)>) {
    if listed.len() < LISTED {
        let name = row.said.name.clone().unwrap_or_default();
        listed.push(Change { sheet: row.sheet.clone(), row: row.row, name, fields, likely: Likely::default() });
    }
}

/// Lists a row that nobody's number is in; one that is like a child who is here is listed however many there are.
pub(super) fn unknown(listed: &mut Vec<Change>, row: &Accepted, likely: Likely) {
    if listed.len() < LISTED || !likely.is_empty() {
        let name = row.said.name.clone().unwrap_or_default();
        listed.push(Change { sheet: row.sheet.clone(), row: row.row, name, fields: vec![], likely });
    }
}
