//! A new unit, or another name for one, as typed by the keeper of units.

use super::catchment::teaches;
use super::faults::Faults;
use super::grade::Grade;
use super::ids::UnitId;
use super::role::UnitKind;
use super::spelling;
use super::units::{Unit, Units};
use super::words::SchoolStage;

/// What was typed of a new unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedUnit {
    /// 类别: its code.
    pub kind: String,
    /// 名称; classes are named by their grade and number.
    pub name: String,
    /// 学段: its code.
    pub stage: String,
    /// 所在乡镇: id, code or name.
    pub township: String,
    /// 年级: 1 to 9.
    pub grade: String,
    /// 班数: how many classes the grade is to have.
    pub classes: String,
}

/// Most classes of one grade at one time.
const MOST_CLASSES: usize = 30;
/// Longest name, in characters.
const LONGEST: usize = 30;

/// What may be made below a unit of this kind.
pub const fn kinds_below(kind: UnitKind) -> &'static [UnitKind] {
    use UnitKind as U;
    match kind {
        U::County => {
            &[U::School, U::CentreSchool, U::EducationOffice, U::InspectionArea, U::Township, U::ZoneCommittee]
        }
        U::Township | U::ZoneCommittee => &[U::Village],
        U::Village => &[U::Group],
        U::EducationOffice | U::InspectionArea => &[U::CentreSchool, U::School],
        U::CentreSchool => &[U::School, U::Class],
        U::School => &[U::Class],
        U::Group | U::Class => &[],
    }
}

/// Reads what is to be made below `above`: one unit, or the classes of a grade that are not there yet.
pub fn new_units(typed: &TypedUnit, above: &Unit, units: &Units) -> Result<Vec<Unit>, Faults> {
    let kind = UnitKind::from_code(&typed.kind).filter(|kind| kinds_below(above.kind).contains(kind));
    let Some(kind) = kind else {
        return Err(Faults::one("kind", format!("请选择要在{}下面新增什么", above.kind)));
    };
    if kind == UnitKind::Class {
        return classes(typed, above, units);
    }
    let mut faults = Faults::default();
    let name = faults.check("name", name(&typed.name, kind, above, None, units));
    let teaches = matches!(kind, UnitKind::School | UnitKind::CentreSchool);
    let stage = faults.check("stage", stage(&typed.stage, kind));
    let township = faults.check("township", if teaches { township(&typed.township, units) } else { Ok(None) });
    let (Some(name), Some(stage), Some(township)) = (name, stage, township) else { return Err(faults) };
    let government = matches!(kind, UnitKind::Township | UnitKind::ZoneCommittee | UnitKind::Village | UnitKind::Group);
    Ok(vec![Unit {
        id: UnitId::new(),
        kind,
        name,
        code: None,
        government_parent: government.then_some(above.id),
        education_parent: (!government).then_some(above.id),
        township: match kind {
            UnitKind::Village => Some(above.id),
            UnitKind::Group => above.township,
            _ => township,
        },
        stage,
        grade: None,
    }])
}

fn classes(typed: &TypedUnit, school: &Unit, units: &Units) -> Result<Vec<Unit>, Faults> {
    let mut faults = Faults::default();
    let grade = faults.check("grade", grade(&typed.grade, school));
    let count = faults.check("classes", class_count(&typed.classes));
    let (Some(grade), Some(count)) = (grade, count) else { return Err(faults) };
    let there = |name: &str| units.classes_of(school.id).any(|class| class.name == name);
    let names = (1..=count).map(|n| format!("{}{n}班", grade.label())).filter(|name| !there(name));
    let made: Vec<Unit> = names
        .map(|name| Unit {
            id: UnitId::new(),
            kind: UnitKind::Class,
            name,
            code: None,
            government_parent: None,
            education_parent: Some(school.id),
            township: school.township,
            stage: None,
            grade: Some(i16::from(grade.number())),
        })
        .collect();
    if made.is_empty() {
        return Err(Faults::one("classes", format!("{}的 {count} 个班都已经有了", grade.label())));
    }
    Ok(made)
}

/// A name that no sibling of the same kind has; `except` is the unit that bears it already.
pub fn name(
    typed: &str,
    kind: UnitKind,
    above: &Unit,
    except: Option<UnitId>,
    units: &Units,
) -> Result<String, String> {
    let name = spelling::tight(typed);
    if name.is_empty() {
        return Err("没有填名称".to_owned());
    }
    if name.chars().count() > LONGEST {
        return Err(format!("名称最多 {LONGEST} 个字"));
    }
    let sibling =
        |unit: &Unit| unit.kind == kind && [unit.government_parent, unit.education_parent].contains(&Some(above.id));
    if units.all().any(|unit| Some(unit.id) != except && sibling(unit) && unit.name == name) {
        return Err(format!("{}下面已有“{name}”", above.name));
    }
    Ok(name)
}

fn stage(typed: &str, kind: UnitKind) -> Result<Option<SchoolStage>, String> {
    match (SchoolStage::from_code(typed), kind) {
        (Some(stage), UnitKind::School | UnitKind::CentreSchool) => Ok(Some(stage)),
        (None, UnitKind::School) => Err("请选择学段".to_owned()),
        _ => Ok(None),
    }
}

fn township(typed: &str, units: &Units) -> Result<Option<UnitId>, String> {
    let found = units.find(typed, &[UnitKind::Township, UnitKind::ZoneCommittee]);
    found.map(|unit| Some(unit.id)).map_err(|no| match no {
        super::unit_names::NoUnit::Missing => "请选择所在乡镇".to_owned(),
        other => other.to_string(),
    })
}

fn grade(typed: &str, school: &Unit) -> Result<Grade, String> {
    let grade = typed.parse().ok().and_then(Grade::new).ok_or("请选择年级")?;
    if school.stage.is_some_and(|stage| !teaches(stage, grade.stage())) {
        return Err(format!("{}没有{}", school.name, grade.label()));
    }
    Ok(grade)
}

fn class_count(typed: &str) -> Result<usize, String> {
    let count = spelling::tight(typed).parse().ok().filter(|count| (1..=MOST_CLASSES).contains(count));
    count.ok_or_else(|| format!("请填这个年级的班数，1 到 {MOST_CLASSES}"))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn unit(kind: UnitKind, name: &str, above: Option<&Unit>) -> Unit {
        Unit {
            id: UnitId::new(),
            kind,
            name: name.to_owned(),
            code: None,
            government_parent: above.map(|a| a.id),
            education_parent: above.map(|a| a.id),
            township: None,
            stage: (kind == UnitKind::School).then_some(SchoolStage::Primary),
            grade: None,
        }
    }

    fn fields(result: Result<Vec<Unit>, Faults>) -> Vec<&'static str> {
        result.unwrap_err().0.into_iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn classes_are_made_up_to_a_number_and_none_twice() {
        let school = unit(UnitKind::School, "左岚乡中心小学", None);
        let there = unit(UnitKind::Class, "三年级1班", Some(&school));
        let units = Units::new(vec![school.clone(), there], HashMap::new());
        let typed = |grade: &str, classes: &str| TypedUnit {
            kind: "class".into(),
            grade: grade.into(),
            classes: classes.into(),
            ..TypedUnit::default()
        };
        let made = new_units(&typed("3", "3"), &school, &units).unwrap();
        assert_eq!(made.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["三年级2班", "三年级3班"]);
        assert_eq!(fields(new_units(&typed("3", "1"), &school, &units)), ["classes"]);
        assert_eq!(fields(new_units(&typed("7", "0"), &school, &units)), ["grade", "classes"]);
    }

    #[test]
    fn a_school_needs_a_name_of_its_own_a_stage_and_a_township() {
        let county = unit(UnitKind::County, "城口县", None);
        let town = unit(UnitKind::Township, "左岚乡", Some(&county));
        let school = unit(UnitKind::School, "左岚乡中心小学", Some(&county));
        let units = Units::new(vec![county.clone(), town.clone(), school], HashMap::new());
        let typed = TypedUnit { kind: "school".into(), name: " 左岚乡中心小学".into(), ..TypedUnit::default() };
        assert_eq!(fields(new_units(&typed, &county, &units)), ["name", "stage", "township"]);
        let typed = TypedUnit {
            name: "左岚乡枇杷小学".into(),
            stage: "primary".into(),
            township: town.id.to_string(),
            ..typed
        };
        let made = new_units(&typed, &county, &units).unwrap();
        assert_eq!((made[0].education_parent, made[0].township), (Some(county.id), Some(town.id)));
    }

    #[test]
    fn nothing_is_made_where_it_does_not_belong() {
        let school = unit(UnitKind::School, "左岚乡中心小学", None);
        let units = Units::new(vec![school.clone()], HashMap::new());
        let typed = TypedUnit { kind: "village".into(), name: "新村".into(), ..TypedUnit::default() };
        assert_eq!(fields(new_units(&typed, &school, &units)), ["kind"]);
    }
}
