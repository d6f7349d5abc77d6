//! The organs that act, as the law names them, and the power of each to order a return.

use crate::domain::role::UnitKind;
use crate::vocabulary;

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

    /// An organ of the township's level stands where a scheme says township, and a 中心学校 where it says school.
    pub const fn stands_for(self, named: Self) -> bool {
        match named {
            Self::Township => matches!(self, Self::Township | Self::Subdistrict | Self::ZoneCommittee),
            Self::School => matches!(self, Self::School | Self::CentreSchool),
            Self::Village => matches!(self, Self::Village),
            Self::CentreSchool => matches!(self, Self::CentreSchool),
            Self::Subdistrict => matches!(self, Self::Subdistrict),
            Self::ZoneCommittee => matches!(self, Self::ZoneCommittee),
            Self::EducationBureau => matches!(self, Self::EducationBureau),
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
