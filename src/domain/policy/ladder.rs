//! A ladder's steps: who takes each, after what, within which days, resting on what.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::guard::Guard;
use super::organ::Organ;
use super::rules::{Gate, Sourced};
use super::rung::Rung;
use super::signers::Signers;
use crate::domain::period::Period;
use crate::domain::role::Role;
use crate::vocabulary;

vocabulary! {
    /// Which of two townships acts when 户籍地 and 居住地 differ (AMB-36).
    pub enum ActingTownship {
        Domicile = "domicile" => "户籍地",
        Residence = "residence" => "居住地",
    }
}

impl ActingTownship {
    /// The one of two that acts; where it does not lie in the county, the other does.
    pub fn choose<T>(self, domicile: Option<T>, residence: Option<T>) -> Option<T> {
        match self {
            Self::Domicile => domicile.or(residence),
            Self::Residence => residence.or(domicile),
        }
    }
}

/// Somebody of whom something is expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// On whose behalf.
    pub organ: Organ,
    /// Any one of these roles does it.
    pub roles: Vec<Role>,
}

vocabulary! {
    /// How long a rung goes on; any other circle does not parse (design.md §4.4).
    pub enum Repeat {
        UntilReturn = "until_return" => "直至复学",
    }
}

vocabulary! {
    /// The day from which the time of a paper runs.
    pub enum RunsFrom {
        /// 接到通知书后, 001-1:L41: without service no day runs (AC-41).
        Receipt = "receipt" => "收到",
        Issue = "issue" => "签发",
    }
}

/// The days of every month in which a step is worked through (001-21:L1081).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// 1 to 28.
    pub from: u16,
    /// 1 to 28, not before `from`.
    pub to: u16,
}

impl Window {
    /// The last day of the first window that is not over on a day.
    pub fn closes(self, day: NaiveDate) -> Option<NaiveDate> {
        let this = day.with_day(self.to.into())?;
        if day <= this { Some(this) } else { this.checked_add_months(Months::new(1)) }
    }
}

/// One rung as a county uses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Which; its code is the id by which profiles are merged.
    pub rung: Rung,
    /// As the scheme calls it, where that is not the rung's own name: 义务教育复学通知书.
    #[serde(default)]
    pub title: Option<String>,
    /// Who takes it: goes, drafts, reports, verifies, proposes.
    pub by: Owner,
    /// Who completes it where a second person must: issues, decides, strikes off.
    #[serde(default)]
    pub signed_by: Option<Signers>,
    /// To whom it is reported, handed over or referred, in the county.
    #[serde(default)]
    pub to: Vec<Owner>,
    /// To whom outside the county's own organs, by name: 司法部门.
    #[serde(default)]
    pub to_outside: Vec<String>,
    /// It is on paper: done only once its scan is on file (001-12:L569, AC-46).
    #[serde(default)]
    pub on_paper: Option<Sourced<bool>>,
    /// Whoever receives it signs for it (AC-63).
    #[serde(default)]
    pub receipt: bool,
    /// Taken only where things stand so (情节严重或构成犯罪的); the ladder does not wait for it.
    #[serde(default)]
    pub optional: bool,
    /// What must be so before.
    #[serde(default)]
    pub guards: Vec<Guard>,
    /// The gate whose number of visits the step is done with; of visits only.
    #[serde(default)]
    pub gate: Option<Gate>,
    /// Taken so long after it became possible.
    #[serde(default)]
    pub within: Option<Sourced<Period>>,
    /// Worked through on these days of the month.
    #[serde(default)]
    pub window: Option<Sourced<Window>>,
    /// Completed by the second person so long after it was taken.
    #[serde(default)]
    pub signed_within: Option<Sourced<Period>>,
    /// A paper is served so long after its issue.
    #[serde(default)]
    pub served_within: Option<Sourced<Period>>,
    /// The time that the paper gives.
    #[serde(default)]
    pub deadline: Option<Sourced<Period>>,
    /// Its last day is written on the paper by hand (AC-38).
    #[serde(default)]
    pub deadline_by_hand: bool,
    /// The day from which that time runs; receipt, unless the scheme says otherwise.
    #[serde(default)]
    pub runs_from: Option<Sourced<RunsFrom>>,
    /// It comes again until the child is back.
    #[serde(default)]
    pub repeat: Option<Repeat>,
    /// What it rests on.
    pub basis: Basis,
    /// The provisions that its paper cites, by key of `provisions.toml`: `compulsory-education-5#2`.
    #[serde(default)]
    pub laws: Vec<String>,
}

impl Step {
    /// The scheme's name of it.
    pub fn name(&self) -> &str {
        self.title.as_deref().unwrap_or_else(|| self.rung.label())
    }

    /// To whom it goes: 乡镇人民政府和县级教育行政部门; empty where it goes to nobody.
    pub fn goes_to(&self) -> String {
        let organs = self.to.iter().map(|owner| owner.organ.to_string()).chain(self.to_outside.iter().cloned());
        organs.collect::<Vec<_>>().join("和")
    }

    /// Whoever completes it: the second person, or who takes it where none is named.
    pub fn completed_by(&self) -> &[Owner] {
        self.signed_by.as_ref().map_or(std::slice::from_ref(&self.by), Signers::owners)
    }
}

/// What a step rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// Document and clause, as the page prints it.
    pub text: String,
    /// The line it was read from: 002:L52; none for what the county set itself.
    #[serde(default)]
    pub source: Option<String>,
    /// The words of that line.
    #[serde(default)]
    pub quote: Option<String>,
}
