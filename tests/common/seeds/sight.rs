//! Which children of the seeds are seen from where (security.md C2), on the day on which every test begins.

use quanxue::domain::role::Role;

use super::{Child, Place, Post, place};

/// The children that are seen from a place.
pub fn seen_from(at: Place) -> Vec<Child> {
    use Child::{Catchment, Elsewhere, HandedOver, Own, Sibling};
    match at {
        Place::Village => vec![Own, HandedOver],
        Place::SiblingVillage => vec![Sibling, Catchment],
        Place::OtherVillage | Place::OtherTownship | Place::OtherSchool | Place::OtherClass => {
            vec![Elsewhere, HandedOver]
        }
        Place::Class => vec![Own],
        Place::SiblingClass => vec![Sibling],
        Place::School | Place::Township => vec![Own, Sibling, Catchment],
        Place::County => Child::ALL.to_vec(),
        Place::CentreSchool => vec![],
    }
}

/// The children that an account sees: a keeper of the system none at all.
pub fn seen_by(role: Role, post: Post) -> Vec<Child> {
    place(role, post).filter(|_| !role.is_keeper()).map(seen_from).unwrap_or_default()
}
