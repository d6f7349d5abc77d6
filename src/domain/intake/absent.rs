//! A township's list of pupils who have not come to school, a sheet a village (002 附件2, 002:L57-68).

use serde::{Deserialize, Serialize};

use super::{
    NoteCode,
    driver::Spec,
    field::Field,
    line::{Line, Strange},
    person,
};
use crate::domain::{
    grade::{self, Grade},
    idno::IdNumber,
    ids::UnitId,
    place::Place,
    words::{KeyPopulation, Sex},
};

/// One pupil who has not come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AbsentRow {
    /// The village as written.
    pub village: String,
    /// What it names; a village alone is looked for in the township of the title.
    pub place: Place,
    /// Name in its one spelling.
    pub name: String,
    /// Sex, agreeing with the number.
    pub sex: Sex,
    /// The school as written.
    pub school: Option<String>,
    /// The school's unit, if it is one of the county's.
    pub school_unit: Option<UnitId>,
    /// Grade.
    pub grade: Option<Grade>,
    /// Class.
    pub class: Option<String>,
    /// The citizen's number.
    pub number: IdNumber,
    /// Head of the household.
    pub head: Option<String>,
    /// Telephone numbers.
    pub phones: Vec<String>,
    /// 脱贫户 or 监测户.
    pub poverty: Option<KeyPopulation>,
    /// The village's remark, mostly the cause.
    pub remark: Option<String>,
}

pub(super) const SPEC: Spec = Spec { required: &[&[Field::Name], &[Field::IdNumber]] };

pub(super) fn read(line: &mut Line<'_>) -> Option<AbsentRow> {
    let name = person::name(line);
    let number = person::number(line);
    let sex = person::sex(line, number.as_ref());
    if !line.faults.is_empty() {
        return None;
    }
    let village = line.text(Field::Village).unwrap_or_default();
    let place = person::place(line, Field::Village, &village, line.titled.township);
    let (school, school_unit) = school(line);
    let (grade, class) = grade_and_class(line);
    Some(AbsentRow {
        poverty: line.listed_or_none(Field::Poverty, poverty),
        head: line.text(Field::Head),
        phones: line.phones(Field::Phone),
        remark: line.text(Field::Remark),
        name: name?,
        sex: sex?,
        number: number?,
        village,
        place,
        school,
        school_unit,
        grade,
        class,
    })
}

/// A school elsewhere is no fault here: the village says where the child ought to be.
fn school(line: &mut Line<'_>) -> (Option<String>, Option<UnitId>) {
    let Some(name) = line.text(Field::School) else { return (None, None) };
    let unit = line.context.schools.find(&name).map(|s| s.id);
    if unit.is_none() {
        line.note(Field::School, NoteCode::SchoolUnknown, format!("本县名录里没有“{name}”，按原文收下"));
    }
    (Some(name), unit)
}

fn grade_and_class(line: &mut Line<'_>) -> (Option<Grade>, Option<String>) {
    let field = if line.columns.has(Field::GradeClass) { Field::GradeClass } else { Field::Grade };
    let Some(text) = line.text(field) else { return (None, None) };
    let (grade, class) = grade::read_with_class(&text);
    if grade.is_none() {
        line.note(field, NoteCode::LeftBlank, format!("年级“{text}”看不懂，按空白收下"));
    }
    (grade, class.or_else(|| line.text(Field::Class).and_then(|c| grade::class_label(&c))))
}

/// A bare 是 does not say which of the two.
fn poverty(word: &str) -> Result<Option<KeyPopulation>, Strange> {
    match word {
        "否" | "不是" | "一般户" | "一般农户" => Ok(None),
        "监测户" | "监测对象" => Ok(Some(KeyPopulation::Monitored)),
        "脱贫户" => Ok(Some(KeyPopulation::Poverty)),
        _ => Err(Strange),
    }
}
