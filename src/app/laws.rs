//! The articles of law that this program is built with.

use std::sync::LazyLock;

use chrono::NaiveDate;

use crate::domain::policy::{PROVISIONS, shipped};
use crate::domain::provision::{Cited, Provisions};

static LAWS: LazyLock<Option<Provisions>> = LazyLock::new(|| {
    let text = shipped().into_iter().find(|(name, _)| name == PROVISIONS).map(|(_, text)| text)?;
    Provisions::parse(&text).ok()
});

/// A provision as in force on a day, by its key: `compulsory-education-5#2`.
pub fn cite(key: &str, on: NaiveDate) -> Option<Cited> {
    LAWS.as_ref()?.cite(key, on)
}

/// A provision by name, in its latest text: 《中华人民共和国义务教育法》第五条第二款; its key where it is not known.
pub fn named(key: &str) -> String {
    cite(key, NaiveDate::MAX).map_or_else(|| key.to_owned(), |cited| format!("《{}》{}", cited.law, cited.article))
}
