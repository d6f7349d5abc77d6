//! The child, as far as rules ask.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::words::{KeyPopulation, Place, Sex};

/// The child, as far as rules ask; what is not known meets no condition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChildFact {
    /// Day of birth.
    #[serde(default)]
    pub birth: Option<NaiveDate>,
    /// Grade 1 to 9.
    #[serde(default)]
    pub grade: Option<u8>,
    /// Sex.
    #[serde(default)]
    pub sex: Option<Sex>,
    /// Key-population flags, each with its days.
    #[serde(default)]
    pub flags: Vec<FlagFact>,
    /// The degree of a disability, 1 the gravest.
    #[serde(default)]
    pub disability: Option<u16>,
    /// Where the household is registered.
    #[serde(default)]
    pub household: Option<Place>,
    /// Where the child really goes to school.
    #[serde(default)]
    pub attends: Option<Place>,
    /// Since when the child has been out of school; the day the case began if it is not known.
    #[serde(default)]
    pub out_since: Option<NaiveDate>,
}

/// A flag and the days for which it holds (AMB-15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlagFact {
    /// Which.
    pub flag: KeyPopulation,
    /// The first day; none means always.
    #[serde(default)]
    pub from: Option<NaiveDate>,
    /// The last day, included; none means still.
    #[serde(default)]
    pub until: Option<NaiveDate>,
}

impl FlagFact {
    /// It holds on the day.
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}
