//! What the row of a roster says of a child.

use super::said::{PlaceSaid, RollSaid, Said, Secret};
use crate::domain::intake::{AbsentRow, HouseholdRow, LeftBehind, SchoolRow};
use crate::domain::place::Place;
use crate::domain::words::KeyPopulation;

/// What a row of the household register says.
pub fn of_household(row: &HouseholdRow) -> (Said, Secret) {
    let said = Said {
        name: Some(row.name.clone()),
        sex: Some(row.sex),
        birth: Some(row.born),
        ethnicity: row.ethnicity.clone(),
        head: row.head.clone(),
        head_relation: row.relation.clone(),
        domicile: place(&row.address, &row.place),
        note: row.remark.clone(),
        ..Said::default()
    };
    (said, Secret { idno: Some(row.number.as_str().to_owned()), roll_number: None, phones: row.phones.clone() })
}

/// What a row of a school's roll says.
pub fn of_school(row: &SchoolRow) -> (Said, Secret) {
    let said = Said {
        name: Some(row.name.clone()),
        sex: Some(row.sex),
        birth: Some(row.born),
        ethnicity: row.ethnicity.clone(),
        domicile: place(&row.domicile, &Place::default()),
        residence: place(&row.residence, &row.place),
        guardian: row.guardian.clone(),
        roll: Some(RollSaid {
            school: row.school,
            grade: row.grade.number(),
            class: row.class.clone().unwrap_or_default(),
            boarding: row.boarding.map(|b| b.label().to_owned()),
            status: row.status,
        }),
        flags: school_flags(row),
        ..Said::default()
    };
    let secret = Secret {
        idno: row.number().map(|n| n.as_str().to_owned()),
        roll_number: row.roll_number.clone(),
        phones: row.phones.clone(),
    };
    (said, secret)
}

/// What a row of a township's list of absent pupils (002 附件2) says.
pub fn of_absent(row: &AbsentRow) -> (Said, Secret) {
    let said = Said {
        name: Some(row.name.clone()),
        sex: Some(row.sex),
        birth: Some(row.number.born()),
        head: row.head.clone(),
        residence: place(&row.village, &row.place),
        flags: row.poverty.into_iter().collect(),
        note: row.remark.clone(),
        ..Said::default()
    };
    (said, Secret { idno: Some(row.number.as_str().to_owned()), roll_number: None, phones: row.phones.clone() })
}

fn place(text: &str, place: &Place) -> Option<PlaceSaid> {
    (!text.is_empty()).then(|| PlaceSaid { text: text.to_owned(), township: place.township, village: place.village })
}

fn school_flags(row: &SchoolRow) -> Vec<KeyPopulation> {
    let left_behind = row.left_behind.filter(|l| *l != LeftBehind::No).map(|_| KeyPopulation::LeftBehind);
    let migrant = (row.migrant == Some(true)).then_some(KeyPopulation::Migrant);
    let disabled = row.disability.as_ref().map(|_| KeyPopulation::Disabled);
    left_behind.into_iter().chain(migrant).chain(disabled).collect()
}
