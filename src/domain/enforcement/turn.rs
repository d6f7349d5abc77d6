//! Whose turn it is: an office, the party, the court.

use serde::Serialize;

use super::facts::Deed;
use crate::domain::policy::{Organ, Owner};
use crate::domain::role::Role;

/// Who is to act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// The organ's own people.
    Office(Owner),
    /// Whoever is punished or ordered.
    Party,
    /// The court that was asked.
    Court,
}

impl Turn {
    /// The codes of the roles, or `party`, `court`.
    pub fn codes(&self) -> String {
        match self {
            Self::Office(owner) => owner.roles.iter().map(|role| role.code()).collect::<Vec<_>>().join("/"),
            Self::Party => "party".to_owned(),
            Self::Court => "court".to_owned(),
        }
    }
}

/// Who prepares, serves and records for an organ.
pub(super) fn clerk(organ: Organ) -> Owner {
    let role = if organ == Organ::EducationBureau { Role::CountyOfficer } else { Role::TownshipOfficer };
    Owner { organ, roles: vec![role] }
}

/// Who decides for an organ (行政处罚法 §57).
pub(super) fn head(organ: Organ) -> Owner {
    let role = if organ == Organ::EducationBureau { Role::CountyApprover } else { Role::TownshipHead };
    Owner { organ, roles: vec![role] }
}

/// Who enters an act: what an organ decides its head, all else its clerk, whoever did it.
pub fn recorder(deed: Deed, organ: Organ) -> Owner {
    match deed {
        Deed::Decided | Deed::Dropped | Deed::Deferred | Deed::Discussed => head(organ),
        _ => clerk(organ),
    }
}
