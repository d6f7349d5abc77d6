//! Who is tied to a child, and may therefore see it.

use chrono::NaiveDate;

use crate::db::register::{PlaceFacts, Tie};
use crate::domain::grade::Standing;
use crate::domain::ids::UnitId;
use crate::domain::policy::AgeRule;
use crate::domain::role::UnitKind;
use crate::domain::units::Units;
use crate::domain::words::RollStatus;

/// Who is tied to a child (security.md C2): both townships and villages, school and class, the school's township;
/// the catchment school while the child of school age is on no roll or has an open case.
pub(super) fn ties(facts: &PlaceFacts, units: &Units, age: Option<&AgeRule>, today: NaiveDate) -> Vec<Tie> {
    let on_roll = facts.ground.roll == Some(RollStatus::Active);
    let catchment = (!on_roll || facts.open_case).then(|| catchment(facts, units, age, today)).flatten();
    let school = facts.school.or(catchment);
    let ground = school.and_then(|s| units.get(s)).and_then(|s| s.township);
    let centre = facts
        .school
        .and_then(|s| units.get(s))
        .and_then(|s| s.education_parent)
        .filter(|parent| units.get(*parent).is_some_and(|u| u.kind == UnitKind::CentreSchool));
    let kinds = [
        (facts.domicile.0, "domicile"),
        (facts.domicile.1, "domicile"),
        (facts.residence.0, "residence"),
        (facts.residence.1, "residence"),
        (facts.school, "roll"),
        (centre, "roll"),
        (facts.class, "class"),
        (catchment.filter(|c| facts.school != Some(*c)), "catchment"),
        (ground, "school_ground"),
    ];
    kinds.into_iter().filter_map(|(unit, kind)| Some(Tie { unit: unit?, child: facts.child, kind })).collect()
}

fn catchment(facts: &PlaceFacts, units: &Units, age: Option<&AgeRule>, today: NaiveDate) -> Option<UnitId> {
    let Standing::Due(grade) = age?.standing(facts.birth, today) else { return None };
    let village = facts.residence.1.or(facts.domicile.1)?;
    units.catchment_school(village, grade.stage())
}
