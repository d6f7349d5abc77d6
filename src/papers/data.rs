//! The facts of each paper. What is `None` or empty is left free on the sheet for the pen.

mod case;
mod notices;
mod rosters;
mod visit;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use case::{Commitment, CountyReferral, Dossier, DossierItem, Opinion, ReferredVisit, ReturnReceipt};
pub use notices::{CitedProvision, DeadlineNotice, PersuasionNotice, RecordedVisit, ServedPaper, ServiceReceipt};
pub use rosters::{AbsenceRoster, AbsenceRow, CheckRoster, CheckRow, ResultCode};
pub use visit::{VisitRecord, Visitor};

/// What a sheet carries beside its facts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "one a mark that is stamped on the sheet")]
pub struct Imprint {
    /// 发文字号 of the organ's own series, as `左岚府复通〔2026〕5号`.
    pub reference: Option<String>,
    /// The number without gaps that every paper gets.
    pub inner_number: Option<String>,
    /// A short code by which the printed sheet is found again. It must say nothing of the child.
    pub check_code: Option<String>,
    /// The day it is set; the PDF's date where the paper itself has none.
    pub printed_on: Option<NaiveDate>,
    /// 副本: set again after the first printing.
    pub duplicate: bool,
    /// 作废.
    pub void: bool,
    /// 草稿: a preview that nobody has issued.
    pub draft: bool,
    /// 样张: an example of a paper that the county's policy does not use.
    pub sample: bool,
}

/// A person as papers name one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// In full, as in the household register.
    pub name: Option<String>,
    /// 男 or 女.
    pub sex: Option<String>,
    /// Day of birth.
    pub born: Option<NaiveDate>,
    /// 公民身份号码, in full: issuing a statutory paper is its reveal.
    pub id_number: Option<String>,
    /// 学籍号.
    pub roll_number: Option<String>,
}

impl Person {
    /// A person of whom only the name is printed.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..Self::default() }
    }
}

/// One of a closed list, printed with a box that is ticked or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The words beside the box.
    pub label: String,
    /// Whether it is ticked.
    pub chosen: bool,
}

impl Choice {
    /// A whole list with at most one ticked.
    pub fn one_of<'a>(labels: impl IntoIterator<Item = &'a str>, chosen: Option<&str>) -> Vec<Self> {
        labels.into_iter().map(|label| Self { label: label.to_owned(), chosen: chosen == Some(label) }).collect()
    }
}
