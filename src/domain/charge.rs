//! 包保责任人: at which units somebody must answer for a child, on which line, and who may say who it is.

use super::role::{Line, Role, UnitKind};
use crate::vocabulary;

vocabulary! {
    /// The posts of the two lines at which a named person answers for a child (001-21:L1041, 002:L31).
    pub enum Post {
        /// The village's own: 支部书记, 村主任, 网格员.
        Village = "village" => "村",
        /// The township leader who looks after one village (联系村领导, 包村干部).
        VillageContact = "village_contact" => "包村",
        /// The township's officer for this work.
        Township = "township" => "乡镇",
        /// The township leader in charge.
        TownshipHead = "township_head" => "乡镇领导",
        /// 班主任.
        Class = "class" => "班级",
        /// 校长.
        School = "school" => "学校",
        /// The bureau's.
        County = "county" => "县",
        /// The county leader in charge.
        CountyHead = "county_head" => "县领导",
    }
}

impl Post {
    /// The kinds of units that have this post.
    pub const fn unit_kinds(self) -> &'static [UnitKind] {
        use UnitKind as U;
        match self {
            Self::Village | Self::VillageContact => &[U::Village],
            Self::Township | Self::TownshipHead => &[U::Township, U::ZoneCommittee],
            Self::Class => &[U::Class],
            Self::School => &[U::School, U::CentreSchool],
            Self::County | Self::CountyHead => &[U::County],
        }
    }

    /// On which line (双线).
    pub const fn line(self) -> Line {
        match self {
            Self::Class | Self::School | Self::County => Line::Education,
            _ => Line::Government,
        }
    }

    /// Whether an empty post is a gap: 包村 and county leaders are named only where a county does so.
    pub const fn is_required(self) -> bool {
        !matches!(self, Self::VillageContact | Self::CountyHead)
    }

    /// Which post a person of this role naturally holds, where there is one.
    pub const fn of_role(role: Role) -> Option<Self> {
        match role {
            Role::Village => Some(Self::Village),
            Role::ClassTeacher => Some(Self::Class),
            Role::Principal => Some(Self::School),
            Role::TownshipOfficer => Some(Self::Township),
            Role::TownshipHead => Some(Self::TownshipHead),
            Role::CountyOfficer => Some(Self::County),
            _ => None,
        }
    }

    /// Whether a role may say who holds the post, within its own units (security.md C3, 指定包保责任人):
    /// schools on the school line, township officers on the village line, heads and the county on both.
    pub const fn set_by(self, role: Role) -> bool {
        match role {
            Role::Registrar | Role::Principal => matches!(self, Self::Class | Self::School),
            Role::TownshipOfficer => matches!(self, Self::Village | Self::VillageContact | Self::Township),
            Role::TownshipHead => matches!(
                self,
                Self::Village | Self::VillageContact | Self::Township | Self::TownshipHead | Self::School
            ),
            Role::CountyOfficer | Role::CountyApprover => true,
            _ => false,
        }
    }
}

/// The posts of a unit of this kind, in the order in which they are shown.
pub fn posts_of(kind: UnitKind) -> impl Iterator<Item = Post> {
    Post::ALL.iter().copied().filter(move |post| post.unit_kinds().contains(&kind))
}
