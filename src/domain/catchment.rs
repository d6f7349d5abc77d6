//! Which school takes a village's children unless the county says otherwise.

use super::grade::Stage;
use super::ids::UnitId;
use super::role::UnitKind;
use super::units::{Unit, Units};
use super::words::SchoolStage;

/// A village, a stage, the school that takes its children.
pub type Catchment = (UnitId, Stage, UnitId);

/// Whether a school of this kind teaches the stage.
pub const fn teaches(school: SchoolStage, stage: Stage) -> bool {
    matches!(
        (school, stage),
        (SchoolStage::NineYear, _) | (SchoolStage::Primary, Stage::Primary) | (SchoolStage::Junior, Stage::Junior)
    )
}

/// For every village and stage that has no school yet: its township's first school of the stage, or else that of the
/// township nearest to it in the list. No school of the stage at all gives nothing.
pub fn missing(units: &Units) -> Vec<Catchment> {
    let towns: Vec<UnitId> =
        units.all().filter(|u| matches!(u.kind, UnitKind::Township | UnitKind::ZoneCommittee)).map(|u| u.id).collect();
    let place = |town: Option<UnitId>| towns.iter().position(|t| Some(*t) == town).unwrap_or(towns.len());
    let mut found = Vec::new();
    for stage in Stage::ALL {
        let schools: Vec<&Unit> = units.all().filter(|u| u.stage.is_some_and(|s| teaches(s, *stage))).collect();
        for village in units.of_kind(UnitKind::Village).filter(|v| units.catchment_school(v.id, *stage).is_none()) {
            let here = place(village.township);
            let nearest = schools.iter().min_by_key(|school| here.abs_diff(place(school.township)));
            found.extend(nearest.map(|school| (village.id, *stage, school.id)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use uuid::Uuid;

    use super::*;

    fn id(n: u128) -> UnitId {
        UnitId(Uuid::from_u128(n))
    }

    fn unit(n: u128, kind: UnitKind, township: u128, stage: Option<SchoolStage>) -> Unit {
        Unit {
            id: id(n),
            kind,
            name: n.to_string(),
            code: None,
            government_parent: None,
            education_parent: None,
            township: (township > 0).then(|| id(township)),
            stage,
            grade: None,
        }
    }

    /// Four townships 1 to 4 with a village each (11 to 14); a primary school in all but the last, a junior in the second.
    fn county() -> Vec<Unit> {
        let mut units: Vec<Unit> = (1..=4).map(|n| unit(n, UnitKind::Township, 0, None)).collect();
        units.extend((1..=4).map(|n| unit(10 + n, UnitKind::Village, n, None)));
        units.extend((1..=3).map(|n| unit(20 + n, UnitKind::School, n, Some(SchoolStage::Primary))));
        units.push(unit(32, UnitKind::School, 2, Some(SchoolStage::Junior)));
        units
    }

    #[test]
    fn a_village_goes_to_its_townships_school_or_else_to_the_nearest_in_the_list() {
        let found = missing(&Units::new(county(), HashMap::new()));
        let school = |village, stage| found.iter().find(|c| c.0 == id(village) && c.1 == stage).map(|c| c.2);
        assert_eq!(found.len(), 8);
        assert_eq!(school(11, Stage::Primary), Some(id(21)));
        assert_eq!(school(14, Stage::Primary), Some(id(23)));
        for village in 11..=14 {
            assert_eq!(school(village, Stage::Junior), Some(id(32)));
        }
    }

    #[test]
    fn what_the_county_said_stays() {
        let said = HashMap::from([((id(11), Stage::Primary), id(23))]);
        let found = missing(&Units::new(county(), said));
        assert!(!found.iter().any(|c| c.0 == id(11) && c.1 == Stage::Primary));
    }

    #[test]
    fn a_nine_year_school_takes_both_and_no_school_takes_none() {
        let nine =
            vec![unit(11, UnitKind::Village, 1, None), unit(21, UnitKind::School, 1, Some(SchoolStage::NineYear))];
        assert_eq!(missing(&Units::new(nine, HashMap::new())).len(), 2);
        let schoolless = vec![unit(11, UnitKind::Village, 1, None)];
        assert!(missing(&Units::new(schoolless, HashMap::new())).is_empty());
    }
}
