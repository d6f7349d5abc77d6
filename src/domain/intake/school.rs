//! The roll (学籍): every pupil a school has, with grade and class.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    FaultCode, NoteCode,
    driver::Spec,
    field::Field,
    line::{Line, Strange},
    person,
};
use crate::{
    domain::{
        grade::{self, Grade},
        idno::{self, IdNumber},
        ids::UnitId,
        place::Place,
        schools::SchoolEntry,
        words::{RollStatus, Sex},
    },
    vocabulary,
};

vocabulary! {
    /// The three values of the national roll, and the bare yes of county forms.
    pub enum LeftBehind { No = "no" => "非留守", Yes = "yes" => "留守", OneParent = "one_parent" => "单亲留守", BothParents = "both_parents" => "双亲留守" }
}

vocabulary! {
    /// How a pupil attends.
    pub enum Boarding { Day = "day" => "走读", Boarder = "boarder" => "住校", Lodger = "lodger" => "借宿", Other = "other" => "其他" }
}

/// The paper that proves who a pupil is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Document {
    /// The citizen's number.
    Citizen(IdNumber),
    /// A passport, a permit for residents of Hong Kong, Macao or Taiwan, or another: its kind and its number.
    Other(String, String),
    /// None yet.
    None,
}

/// One pupil of a roll.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SchoolRow {
    /// The school's unit.
    pub school: UnitId,
    /// Grade.
    pub grade: Grade,
    /// Class, in one spelling: `3班`.
    pub class: Option<String>,
    /// Name in its one spelling.
    pub name: String,
    /// Sex, agreeing with the number.
    pub sex: Sex,
    /// Birth date, agreeing with the number.
    pub born: NaiveDate,
    /// The paper and its number.
    pub document: Document,
    /// G, J or L and eighteen places.
    pub roll_number: Option<String>,
    /// Full name of the nationality.
    pub ethnicity: Option<String>,
    /// Where the household is registered, as written.
    pub domicile: String,
    /// Where the pupil lives, as written.
    pub residence: String,
    /// What the residence names.
    pub place: Place,
    /// Left behind by parents who work elsewhere.
    pub left_behind: Option<LeftBehind>,
    /// Came along with parents who work here.
    pub migrant: Option<bool>,
    /// The kind of disability, or 有 where only that is said; none for none.
    pub disability: Option<String>,
    /// Day pupil or boarder.
    pub boarding: Option<Boarding>,
    /// The guardian's name.
    pub guardian: Option<String>,
    /// The guardian's telephone numbers.
    pub phones: Vec<String>,
    /// Status of the roll.
    pub status: RollStatus,
}

impl SchoolRow {
    /// The citizen's number, where that is the paper.
    pub fn number(&self) -> Option<&IdNumber> {
        match &self.document {
            Document::Citizen(number) => Some(number),
            Document::Other(..) | Document::None => None,
        }
    }
}

pub(super) const SPEC: Spec = Spec {
    required: &[&[Field::Name], &[Field::IdNumber], &[Field::School], &[Field::Grade, Field::GradeClass, Field::Class]],
};

pub(super) fn read(line: &mut Line<'_>) -> Option<SchoolRow> {
    let school = school(line);
    let (grade, class) = grade_and_class(line);
    let name = person::name(line);
    let document = document(line);
    let number = match &document {
        Some(Document::Citizen(number)) => Some(number),
        _ => None,
    };
    let born = person::born(line, number);
    let sex = person::sex(line, number);
    let status = status(line);
    if !line.faults.is_empty() {
        return None;
    }
    let (school, grade) = (school?, grade?);
    if school.stage.is_some_and(|stage| stage != grade.stage()) {
        let message = format!("{}是{}，没有{}：请核对年级或学校", school.name, school.stage?, grade.label());
        line.note(Field::Grade, NoteCode::GradeNotOfSchool, message);
    }
    let residence = line.text(Field::Residence).unwrap_or_default();
    let guardian_phone = if line.columns.has(Field::GuardianPhone) { Field::GuardianPhone } else { Field::Phone };
    Some(SchoolRow {
        school: school.id,
        roll_number: person::roll_number(line),
        ethnicity: person::ethnicity(line),
        domicile: line.text(Field::Domicile).unwrap_or_default(),
        place: person::place(line, Field::Residence, &residence, None),
        left_behind: line.listed(Field::LeftBehind, left_behind),
        migrant: line.listed(Field::Migrant, yes_or_no),
        disability: line.listed_or_none(Field::Disability, disability),
        boarding: line.listed(Field::Boarding, boarding),
        guardian: line.text(Field::Guardian),
        phones: line.phones(guardian_phone),
        name: name?,
        sex: sex?,
        born: born?,
        document: document?,
        status: status?,
        grade,
        class,
        residence,
    })
}

fn school<'a>(line: &mut Line<'a>) -> Option<&'a SchoolEntry> {
    let schools = line.context.schools;
    let Some(name) = line.text(Field::School) else {
        let titled = line.titled.school.and_then(|id| schools.by_id(id));
        if titled.is_none() {
            line.fault(Field::School, FaultCode::SchoolMissing, "没有填学校：请照学校名录填写全称");
        }
        return titled;
    };
    let found = schools.find(&name);
    if found.is_none() {
        let near = schools.nearest(&name).map_or_else(String::new, |near| format!("，相近的是“{near}”"));
        let message = format!("本县名录里没有“{name}”这所学校{near}：请照学校名录填写全称");
        line.fault(Field::School, FaultCode::SchoolUnknown, message);
    }
    found
}

/// Grade and class from their own columns, or both from one.
fn grade_and_class(line: &mut Line<'_>) -> (Option<Grade>, Option<String>) {
    let (beside, class) = match line.text(Field::GradeClass) {
        Some(text) => grade::read_with_class(&text),
        None => line.text(Field::Class).map_or((None, None), |text| grade::read_class(&text)),
    };
    let Some(text) = line.text(Field::Grade) else {
        if beside.is_none() {
            let message = "没有填年级：请填一年级至九年级（初一至初三）";
            line.fault(Field::Grade, FaultCode::GradeMissing, message);
        } else if line.columns.has(Field::Grade) {
            line.note(Field::Class, NoteCode::GradeFromClass, "没有填年级，已取自班级");
        }
        return (beside, class);
    };
    let grade = Grade::read(&text);
    if grade.is_none() {
        let message = format!("年级“{text}”看不懂：请填一年级至九年级（初一至初三）");
        line.fault(Field::Grade, FaultCode::GradeUnknown, message);
    } else if beside.is_some() && beside != grade {
        let message = format!("年级填的是“{text}”，班级里写的是另一个年级：请改正填错的一个");
        line.fault(Field::Grade, FaultCode::GradeUnknown, message);
    }
    (grade, class)
}

fn document(line: &mut Line<'_>) -> Option<Document> {
    let kind = line.word(Field::IdKind).unwrap_or_default();
    if kind.is_empty() || kind.contains("身份证") || kind.contains("户口") {
        return person::number(line).map(Document::Citizen);
    }
    if kind.contains("无证") {
        return Some(Document::None);
    }
    let number = line.text(Field::IdNumber);
    if number.is_none() {
        line.fault(Field::IdNumber, FaultCode::IdMissing, format!("证件类型是{kind}，没有填号码：请补填"));
    }
    number.map(|number| Document::Other(kind, idno::normalise(&number).to_uppercase()))
}

/// A roll without the column holds pupils in school; a word in no list is a fault, for it decides who is missing.
fn status(line: &mut Line<'_>) -> Option<RollStatus> {
    let Some(word) = line.word(Field::Status) else { return Some(RollStatus::Active) };
    let status = match word.as_str() {
        "在读" | "在校" | "正常" | "在籍" | "在籍在校" | "正常在校" | "转入" | "复学" | "借读" | "在册" => {
            RollStatus::Active
        }
        "休学" => RollStatus::Suspended,
        "疑似辍学" => RollStatus::SuspectedMark,
        "辍学" => RollStatus::DroppedMark,
        "转出" | "转学" | "已转出" | "转学出" => RollStatus::TransferredOut,
        "毕业" | "已毕业" | "结业" => RollStatus::Graduated,
        "其他离校" | "离校" | "其他" | "死亡" | "退学" | "肄业" => RollStatus::OtherLeft,
        _ => {
            let message = format!("学生状态“{word}”看不懂：请填在读、休学、辍学、转出、毕业或其他离校");
            line.fault(Field::Status, FaultCode::StatusUnknown, message);
            return None;
        }
    };
    Some(status)
}

fn left_behind(word: &str) -> Option<LeftBehind> {
    Some(match word {
        "否" | "非留守" | "非留守儿童" | "不是" | "0" => LeftBehind::No,
        "是" | "留守" | "留守儿童" => LeftBehind::Yes,
        "单亲留守" | "单亲留守儿童" | "1" => LeftBehind::OneParent,
        "双亲留守" | "双亲留守儿童" | "2" => LeftBehind::BothParents,
        _ => return None,
    })
}

fn yes_or_no(word: &str) -> Option<bool> {
    match word {
        "是" | "有" | "√" | "Y" | "TRUE" => Some(true),
        "否" | "不是" | "没有" | "×" | "N" | "FALSE" => Some(false),
        _ => None,
    }
}

/// The kind; 有 for a bare yes.
fn disability(word: &str) -> Result<Option<String>, Strange> {
    let kinds = ["视力", "听力", "言语", "肢体", "智力", "精神", "多重", "其他"];
    match yes_or_no(word) {
        Some(false) => Ok(None),
        Some(true) => Ok(Some("有".to_owned())),
        None if kinds.iter().any(|kind| word.starts_with(kind)) => Ok(Some(word.to_owned())),
        None => Err(Strange),
    }
}

fn boarding(word: &str) -> Option<Boarding> {
    Some(match word {
        "走读" | "否" => Boarding::Day,
        "住校" | "寄宿" | "住读" | "住宿" | "是" => Boarding::Boarder,
        "借宿" => Boarding::Lodger,
        "其他" => Boarding::Other,
        _ => return None,
    })
}
