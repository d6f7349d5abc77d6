//! The closed sets a ladder is written in: rungs, organs, guards; which of them a county uses is its policy.

use serde::{Deserialize, Serialize};

use super::rules::{Gate, Sourced};
use crate::domain::period::Period;
use crate::domain::role::{Role, UnitKind};
use crate::domain::words::PaperKind;
use crate::vocabulary;

vocabulary! {
    /// The rungs of the ladder that this version can carry out (catalogue §5.4 has all there are).
    pub enum Rung {
        /// 现场核查, 002:L25
        Confirm = "confirm" => "核查确认",
        /// 002:L48, L52
        JointVisits = "joint_visits" => "联合劝返",
        /// 002:L263, L289
        DeadlineNotice = "deadline_notice" => "限期复学通知书",
        /// What is found once the deadline has passed.
        VerifyExpiry = "verify_expiry" => "期满核实",
        /// DSP-10, 002:L52
        CountyDecision = "county_decision" => "移交县级核处",
        /// 002:L52, repeated until the child is back
        MonthlyVisit = "monthly_visit" => "每月联合劝返",
        /// DSP-01
        Return = "return" => "复学销号",
    }
}

impl Rung {
    /// The paper that the rung is about.
    pub const fn paper(self) -> Option<PaperKind> {
        match self {
            Self::DeadlineNotice => Some(PaperKind::DeadlineNotice),
            _ => None,
        }
    }
}

vocabulary! {
    /// Who acts, as the law names organs; power depends on it (law.md §0.11).
    pub enum Organ {
        Village = "village" => "村（居）民委员会",
        School = "school" => "学校",
        CentreSchool = "centre_school" => "中心学校",
        Township = "township" => "乡镇人民政府",
        Subdistrict = "subdistrict" => "街道办事处",
        ZoneCommittee = "zone_committee" => "开发区管委会",
        EducationBureau = "education_bureau" => "县级教育行政部门",
    }
}

/// How the power of an organ to order a return stands (义务教育法 §58, 未成年人保护法 §83).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Power {
    /// The law names it.
    ByLaw,
    /// Only with a local basis on record.
    ByLocalBasis,
    /// Never.
    Never,
}

impl Organ {
    /// Whether the organ may issue 限期复学 and 责令 papers.
    pub const fn power_to_order(self) -> Power {
        match self {
            Self::Township | Self::EducationBureau => Power::ByLaw,
            Self::Subdistrict | Self::ZoneCommittee => Power::ByLocalBasis,
            Self::Village | Self::School | Self::CentreSchool => Power::Never,
        }
    }

    /// The organ of a unit as papers name it: 左岚乡人民政府, 葛城街道办事处; schools and others by their own name.
    pub fn styled(kind: UnitKind, name: &str) -> String {
        let ending = match Self::of(kind, name) {
            Self::Township => "人民政府",
            Self::Subdistrict => "办事处",
            _ => "",
        };
        if name.ends_with(ending) { name.to_owned() } else { format!("{name}{ending}") }
    }

    /// The organ for which a unit acts; a 街道 is known by its name.
    pub fn of(kind: UnitKind, name: &str) -> Self {
        match kind {
            UnitKind::Village | UnitKind::Group => Self::Village,
            UnitKind::School | UnitKind::Class => Self::School,
            UnitKind::CentreSchool => Self::CentreSchool,
            UnitKind::Township if name.trim_end_matches("办事处").ends_with("街道") => Self::Subdistrict,
            UnitKind::Township => Self::Township,
            UnitKind::ZoneCommittee => Self::ZoneCommittee,
            UnitKind::County | UnitKind::EducationOffice | UnitKind::InspectionArea => Self::EducationBureau,
        }
    }
}

vocabulary! {
    /// What must be so before a step may be taken.
    pub enum Guard {
        /// The case was confirmed on the spot.
        Confirmed = "confirmed" => "核查确认",
        /// The joint visits of the step's gate were made.
        JointVisits = "joint_visits" => "联合劝返满次",
        /// No valid reason to be away (正当理由) is in force; G10.
        NoExcuse = "no_excuse" => "没有正当理由",
        /// The notice was served and its deadline has passed.
        DeadlinePassed = "deadline_passed" => "限期已满",
        /// It was verified that the child was not back.
        VerifiedAbsent = "verified_absent" => "期满核实未复学",
        /// The county agreed.
        CountyAgreed = "county_agreed" => "县级核实同意",
    }
}

impl Guard {
    /// The rung that makes it so; a guard of no rung looks at the case alone.
    pub const fn made_by(self) -> Option<Rung> {
        Some(match self {
            Self::Confirmed => Rung::Confirm,
            Self::JointVisits => Rung::JointVisits,
            Self::DeadlinePassed => Rung::DeadlineNotice,
            Self::VerifiedAbsent => Rung::VerifyExpiry,
            Self::CountyAgreed => Rung::CountyDecision,
            Self::NoExcuse => return None,
        })
    }
}

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

/// One rung as a county uses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Which; its code is the id by which profiles are merged.
    pub rung: Rung,
    /// Who takes it: goes, drafts, verifies, proposes.
    pub by: Owner,
    /// Who completes it where a second person must: issues, decides, strikes off.
    #[serde(default)]
    pub signed_by: Option<Owner>,
    /// What must be so before.
    #[serde(default)]
    pub guards: Vec<Guard>,
    /// Which gate its guard of joint visits means; the notice's if none is said.
    #[serde(default)]
    pub gate: Option<Gate>,
    /// Taken so long after it became possible.
    #[serde(default)]
    pub within: Option<Sourced<Period>>,
    /// Completed by the second person so long after it was taken.
    #[serde(default)]
    pub signed_within: Option<Sourced<Period>>,
    /// A paper is served so long after its issue.
    #[serde(default)]
    pub served_within: Option<Sourced<Period>>,
    /// The time that the paper gives, from receipt.
    #[serde(default)]
    pub deadline: Option<Sourced<Period>>,
    /// It comes again every month.
    #[serde(default)]
    pub repeat: Option<Repeat>,
    /// What it rests on.
    pub basis: Basis,
    /// The provisions that its paper cites, by key of `provisions.toml`: `compulsory-education-5#2`.
    #[serde(default)]
    pub laws: Vec<String>,
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
