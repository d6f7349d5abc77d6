//! The parts of a policy, each a closed shape; the numbers in them come from the profile.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ladder::{ActingTownship, Basis, Owner};
use super::organ::Organ;
use crate::domain::period::Period;
use crate::domain::words::VisitMode;
use crate::vocabulary;

/// A value and the line it was read from; without one the county set it itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it is written: 002:L48, 义务教育法 §11.
    #[serde(default)]
    pub source: Option<String>,
    /// The words there.
    #[serde(default)]
    pub quote: Option<String>,
}

/// A day of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonthDay {
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
}

vocabulary! {
    /// What proves a visit.
    pub enum Media {
        Photo = "photo" => "照片",
        SignedSheet = "signed_sheet" => "签字的劝返记录",
    }
}

/// When a visit counts as a joint persuasion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitRule {
    /// The pupil must have been there in person.
    pub pupil_present: Sourced<bool>,
    /// How many units must have gone (联合).
    pub min_units: Sourced<u16>,
    /// The organs of which somebody must have gone; any, where none is named.
    #[serde(default)]
    pub parties: Option<Sourced<Vec<Organ>>>,
    /// Any one of these proves it; none asked where empty.
    pub media: Sourced<Vec<Media>>,
    /// The signed sheet stands for the "我参加了" of all whom it names.
    pub sheet_confirms: Sourced<bool>,
    /// Two visits of one day count once.
    pub distinct_days: Sourced<bool>,
    /// In which ways of meeting it counts.
    pub modes: Sourced<Vec<VisitMode>>,
    /// The next visit is due so long after the last, or after the confirmation.
    pub every: Sourced<Period>,
    /// Who went says "我参加了" so long after the visit arrived.
    pub confirm_within: Sourced<Period>,
}

vocabulary! {
    /// For which stage of schooling a scheme is; the legal ladder is that of compulsory education alone (G11, AMB-28).
    #[derive(Default)]
    pub enum SchoolingStage {
        #[default]
        Compulsory = "compulsory" => "义务教育",
        Senior = "senior" => "高中阶段",
    }
}

vocabulary! {
    /// What so many visits open; the number three guards a different gate in each scheme (catalogue §12.1, 27).
    pub enum Gate {
        /// 000:L39, 002:L52
        Notice = "notice" => "发出通知书前",
        /// 002:L289
        CountyDecision = "county_decision" => "移交县级核处前",
        /// 003c:L149
        Exit = "exit" => "扶贫领导小组审核前",
        /// 002:L48
        Graduation = "graduation" => "发毕业（结业）证前",
        /// 004:L154
        Vocational = "vocational" => "安排中职前",
    }
}

/// How the days of reports are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportingRule {
    /// 周三前, 2日前: the day itself is still in time (AMB-20).
    pub before_is_inclusive: Sourced<bool>,
}

/// Checks of children whose whereabouts are not proved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckRule {
    /// Answered so long after it was set.
    pub within: Sourced<Period>,
    /// Who answers it.
    pub by: Owner,
    /// What it rests on.
    pub basis: Basis,
}

/// Contacts after the return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AfterCareRule {
    /// So many calendar days after the first day back in class.
    pub days: Sourced<Vec<u16>>,
    /// Who makes them.
    pub by: Owner,
    /// What they rest on.
    pub basis: Basis,
}

/// The scheme as a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// Who issued it.
    pub issuer: String,
    /// Its date.
    pub dated: NaiveDate,
}

/// Which township acts, and who looks at plans again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseRule {
    /// Which of two townships acts (AMB-36).
    pub acting_township: Sourced<ActingTownship>,
    /// Who reviews the plan on its day.
    pub plan_by: Owner,
    /// Who may log a visit.
    pub visit_by: Owner,
    /// Who may bring a struck-off case back.
    pub reopen_by: Owner,
    /// The scheme's name of its chain of responsibility: 双线三包.
    #[serde(default)]
    pub responsibility: Option<Sourced<String>>,
    /// Who makes up the working group of a case, in the scheme's words.
    #[serde(default)]
    pub working_group: Option<Sourced<Vec<String>>>,
}
