//! Where people sit in a case: which unit a role acts for, and what a list says of the child's place.

use crate::db::cases::case::CaseHead;
use crate::domain::ids::UnitId;
use crate::domain::role::{Role, UnitKind};
use crate::domain::units::Units;
use crate::domain::words::CaseKind;

/// 齐心村 · 中心小学六年级（2）班
pub(crate) fn place(head: &CaseHead, units: &Units) -> String {
    let village = village(head, units).map_or("", |unit| units.name(unit));
    let school = school(head, units);
    if village.is_empty() { school } else { format!("{village} · {school}") }
}

/// 中心小学六年级（2）班; 无学籍 without a school.
pub(crate) fn school(head: &CaseHead, units: &Units) -> String {
    match (head.school, head.class) {
        (Some(school), Some(class)) => format!("{}{}", units.name(school), units.name(class)),
        // The catchment school has no roll of a child who never enrolled.
        (Some(school), None) if head.kind == CaseKind::LeftSchool => units.name(school).to_owned(),
        _ => "无学籍".to_owned(),
    }
}

/// The village that works on a case: that of the township that acts, else where the child lives.
pub(crate) fn village(head: &CaseHead, units: &Units) -> Option<UnitId> {
    let all = [head.residence_village, head.domicile_village];
    let of_township =
        |village: &UnitId| units.get(*village).is_some_and(|unit| unit.government_parent == Some(head.acting_township));
    all.into_iter().flatten().find(of_township).or_else(|| all.into_iter().flatten().next())
}

/// The units where roles sit in a case; a unit all of whose roles are meant is named once, for anyone.
pub(crate) fn seats(head: &CaseHead, roles: &[Role], units: &Units) -> Vec<(UnitId, Option<Role>)> {
    let mut seats: Vec<(UnitId, Option<Role>)> = Vec::new();
    for role in roles {
        let Some(unit) = seat(head, *role, units) else { continue };
        match seats.iter_mut().find(|(taken, _)| *taken == unit) {
            Some((_, for_role)) => *for_role = None,
            None => seats.push((unit, Some(*role))),
        }
    }
    seats
}

pub(crate) fn seat(head: &CaseHead, role: Role, units: &Units) -> Option<UnitId> {
    match role {
        Role::Village => village(head, units),
        Role::ClassTeacher => head.class,
        Role::Registrar | Role::Principal => head.school.filter(|school| {
            units.get(*school).is_some_and(|unit| matches!(unit.kind, UnitKind::School | UnitKind::CentreSchool))
        }),
        Role::TownshipOfficer | Role::TownshipHead => Some(head.acting_township),
        Role::CountyOfficer | Role::CountyApprover => units.county().map(|unit| unit.id),
        Role::Inspector | Role::SystemKeeper | Role::SecurityKeeper | Role::AuditKeeper => None,
    }
}
