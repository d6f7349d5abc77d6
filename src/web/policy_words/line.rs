//! One thing that a policy says, and where it is written.

use crate::domain::period::{Period, Roll};
use crate::domain::policy::{Basis, Owner, Signers, Sourced};

/// Where a value is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Document and clause, where the policy names them.
    pub text: String,
    /// The line it was read from.
    pub source: String,
    /// The words there.
    pub quote: String,
}

impl Origin {
    fn of(text: &str, source: Option<&String>, quote: Option<&String>) -> Option<Self> {
        let source = source.filter(|source| source.contains(":L") || source.contains('§'));
        let said = !text.is_empty() || source.is_some() || quote.is_some();
        let owned = |text: Option<&String>| text.cloned().unwrap_or_default();
        said.then(|| Self { text: text.to_owned(), source: owned(source), quote: owned(quote) })
    }
}

/// One thing that a policy says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its key in the profile, by which it is found again: `visit.every`.
    pub id: String,
    /// What it is about.
    pub about: String,
    /// What it says, as an official would write it.
    pub sentence: String,
    /// What belongs to it.
    pub notes: Vec<Note>,
    /// Where it is written; none for what the county set itself.
    pub origin: Option<Origin>,
    /// The software carries it out; else the page says that it does not yet.
    pub offered: bool,
}

/// A detail of a line, with its own key and origin where it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    /// Its key in the profile: `ladder.confirm.within`.
    pub id: String,
    /// What it says.
    pub says: String,
    /// It is a value of its own, so that it has an origin or is the county's.
    pub value: bool,
    /// Where it is written.
    pub origin: Option<Origin>,
}

impl Line {
    /// A line without origin.
    pub(super) fn new(id: impl Into<String>, about: impl Into<String>, sentence: impl Into<String>) -> Self {
        let (id, about, sentence) = (id.into(), about.into(), sentence.into());
        Self { id, about, sentence, notes: Vec::new(), origin: None, offered: true }
    }

    /// It is written where the value is.
    pub(super) fn of<T>(self, value: &Sourced<T>) -> Self {
        Self { origin: Origin::of("", value.source.as_ref(), value.quote.as_ref()), ..self }
    }

    /// It is written where the basis says.
    pub(super) fn resting_on(self, basis: &Basis) -> Self {
        Self { origin: Origin::of(&basis.text, basis.source.as_ref(), basis.quote.as_ref()), ..self }
    }

    /// A detail that has no origin of its own.
    pub(super) fn note(mut self, key: &str, says: impl Into<String>) -> Self {
        self.notes.push(Note { id: self.key(key), says: says.into(), value: false, origin: None });
        self
    }

    /// A detail, if there is one.
    pub(super) fn maybe(self, key: &str, says: Option<impl Into<String>>) -> Self {
        match says {
            Some(says) => self.note(key, says),
            None => self,
        }
    }

    /// A detail that is a value, if it is set.
    pub(super) fn value<T>(mut self, key: &str, of: Option<&Sourced<T>>, says: impl Fn(&T) -> String) -> Self {
        if let Some(of) = of {
            let origin = Origin::of("", of.source.as_ref(), of.quote.as_ref());
            self.notes.push(Note { id: self.key(key), says: says(&of.value), value: true, origin });
        }
        self
    }

    /// A detail with the line it was read from, where it has one of its own.
    pub(super) fn written(
        mut self,
        key: &str,
        says: impl Into<String>,
        source: Option<&String>,
        quote: Option<&String>,
    ) -> Self {
        let origin = Origin::of("", source, quote);
        self.notes.push(Note { id: self.key(key), says: says.into(), value: origin.is_some(), origin });
        self
    }

    /// The software does not carry it out yet.
    pub(super) fn not_offered(self) -> Self {
        Self { offered: false, ..self }
    }

    fn key(&self, key: &str) -> String {
        format!("{}.{key}", self.id)
    }
}

/// 乡镇人民政府（乡镇经办、乡镇分管领导）
pub(super) fn owner(owner: &Owner) -> String {
    owner.said()
}

/// One who signs, 或 whoever of several does, 或 all of them together.
pub(super) fn signers(signers: &Signers) -> String {
    let owners: Vec<String> = signers.owners().iter().map(owner).collect();
    match signers {
        Signers::One(_) => owners.concat(),
        Signers::Either { .. } => format!("{}（有一家即可）", owners.join("或者")),
        Signers::Joint { .. } => format!("{}联合（各家都签才算签发）", owners.join("、")),
    }
}

/// 派发后5个工作日内回复；限收到之日起7日内复学，遇节假日顺延
pub(super) fn within(since: &str, period: Period, done: &str) -> String {
    let roll = match period.roll {
        Roll::None => String::new(),
        roll @ Roll::NextWorkday => format!("，{roll}"),
    };
    format!("{since}{}内{done}{roll}", period.label())
}
