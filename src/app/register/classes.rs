//! Classes as schools name them on their rolls become units of the education line.

use std::collections::HashMap;

use crate::app::{AppError, Services};
use crate::db::Write;
use crate::db::units as stored;
use crate::domain::grade::Grade;
use crate::domain::ids::UnitId;
use crate::domain::register::RollSaid;
use crate::domain::role::UnitKind;
use crate::domain::units::Unit;

/// A class: school, grade, label.
pub(super) type ClassKey = (UnitId, u8, String);

/// The key of a roll's class; none where the school gave no class.
pub(super) fn key(roll: &RollSaid) -> Option<ClassKey> {
    (!roll.class.is_empty()).then(|| (roll.school, roll.grade, roll.class.clone()))
}

/// The class units of some keys, made where they are new; whoever commits lets the services forget the units they know.
pub(super) async fn units(
    services: &Services,
    write: &mut Write,
    keys: impl Iterator<Item = ClassKey>,
) -> Result<HashMap<ClassKey, UnitId>, AppError> {
    let known = services.units(write.actor().county).await?;
    let mut found: HashMap<(UnitId, String), UnitId> =
        known.of_kind(UnitKind::Class).filter_map(|u| Some(((u.education_parent?, u.name.clone()), u.id))).collect();
    let mut classes = HashMap::new();
    let mut made = Vec::new();
    for key in keys {
        let (school, grade, label) = &key;
        let name = format!("{}{label}", Grade::new(*grade).map_or("", Grade::label));
        let id = *found.entry((*school, name.clone())).or_insert_with(|| {
            let unit = class_unit(*school, known.get(*school).and_then(|s| s.township), i16::from(*grade), name);
            let id = unit.id;
            made.push(unit);
            id
        });
        classes.insert(key, id);
    }
    if !made.is_empty() {
        stored::insert(write, &made).await?;
    }
    Ok(classes)
}

fn class_unit(school: UnitId, township: Option<UnitId>, grade: i16, name: String) -> Unit {
    Unit {
        id: UnitId::new(),
        kind: UnitKind::Class,
        name,
        code: None,
        government_parent: None,
        education_parent: Some(school),
        township,
        stage: None,
        grade: Some(grade),
    }
}
