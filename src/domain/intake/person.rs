//! Who a row speaks of: name, number, birth and sex, and whether they agree.

use chrono::NaiveDate;

use super::{FaultCode, NoteCode, field::Field, line::Line};
use crate::domain::{
    cells::Cell,
    daytext::{self, NoDay},
    ethnicity,
    idno::{self, IdFault, IdNumber},
    names::{self, NameFault},
    place::{Doubt, Place},
    words::Sex,
};

/// Reads the name. None is a fault.
pub(super) fn name(line: &mut Line<'_>) -> Option<String> {
    match names::read(&line.cell(Field::Name).shown()) {
        Ok(name) => {
            if name.repaired {
                line.note(Field::Name, NoteCode::NameRepaired, format!("姓名里的空格、分隔点已改正为“{}”", name.text));
            }
            if name.private_character {
                let message = "姓名里有自造字，在别的电脑上可能显示不出来：请用身份证上的标准字重新输入";
                line.note(Field::Name, NoteCode::NameRare, message);
            }
            Some(name.text)
        }
        Err(fault) => {
            let code = if fault == NameFault::Missing { FaultCode::NameMissing } else { FaultCode::NameUnreadable };
            line.fault(Field::Name, code, fault.to_string());
            None
        }
    }
}

/// Reads the citizen's number. None is a fault.
pub(super) fn number(line: &mut Line<'_>) -> Option<IdNumber> {
    let read = match line.cell(Field::IdNumber) {
        Cell::Empty => Err(IdFault::Missing),
        Cell::Text(text) => IdNumber::read(text).map(|number| (number.as_str() != text, number)),
        Cell::Number(_) => Err(IdFault::AsNumber),
        Cell::Date(_) | Cell::Bool(_) => Err(IdFault::Characters),
    };
    let fault = match read {
        Ok((_, number)) if number.born() > line.context.on => IdFault::BirthDate,
        Ok((repaired, number)) => {
            if repaired {
                line.note(Field::IdNumber, NoteCode::IdRepaired, "身份证号码里的空格、撇号、全角数字或小写x已改正");
            }
            return Some(number);
        }
        Err(fault) => fault,
    };
    line.fault(Field::IdNumber, code(fault), fault.to_string());
    None
}

fn code(fault: IdFault) -> FaultCode {
    match fault {
        IdFault::Missing => FaultCode::IdMissing,
        IdFault::AsNumber => FaultCode::IdAsNumber,
        IdFault::Length(_) => FaultCode::IdLength,
        IdFault::Characters => FaultCode::IdCharacters,
        IdFault::BirthDate => FaultCode::IdBirthDate,
        IdFault::CheckDigit => FaultCode::IdCheckDigit,
    }
}

/// Reads the day of birth and compares it with the number's. A blank one is taken from the number.
pub(super) fn born(line: &mut Line<'_>, number: Option<&IdNumber>) -> Option<NaiveDate> {
    let day = match daytext::read(line.cell(Field::Born)) {
        Ok(day) => day,
        Err(NoDay::Missing) => return born_by_number(line, number),
        Err(fault) => {
            line.fault(Field::Born, FaultCode::BirthUnreadable, fault.to_string());
            return None;
        }
    };
    if day.day > line.context.on {
        line.fault(Field::Born, FaultCode::BirthInFuture, "出生日期在今天之后：请照户口簿改正");
        return None;
    }
    if let Some(other) = number.map(IdNumber::born).filter(|other| *other != day.day) {
        let (own, other) = (daytext::chinese(day.day), daytext::chinese(other));
        let message = format!("出生日期写的是{own}，身份证号码里是{other}：请照户口簿核对，改正填错的一个");
        line.fault(Field::Born, FaultCode::BirthDisagrees, message);
        return None;
    }
    if day.odd {
        line.note(Field::Born, NoteCode::DayForm, format!("出生日期已改写为{}", daytext::chinese(day.day)));
    }
    Some(day.day)
}

fn born_by_number(line: &mut Line<'_>, number: Option<&IdNumber>) -> Option<NaiveDate> {
    let day = number.map(IdNumber::born);
    match day {
        Some(_) => line.note(Field::Born, NoteCode::BirthFromId, "没有填出生日期，已取自身份证号码"),
        // With the number at fault as well, one sentence is enough: its repair mends both.
        None if line.faults.is_empty() => {
            line.fault(Field::Born, FaultCode::BirthMissing, "没有填出生日期，也没有身份证号码可查：请照户口簿补填");
        }
        None => {}
    }
    day
}

/// Reads the sex and compares it with the number's. A blank one is taken from the number.
pub(super) fn sex(line: &mut Line<'_>, number: Option<&IdNumber>) -> Option<Sex> {
    let by_number = number.map(IdNumber::sex);
    let Some(word) = line.word(Field::Sex) else {
        match by_number {
            Some(_) => line.note(Field::Sex, NoteCode::SexFromId, "没有填性别，已取自身份证号码"),
            None if line.faults.is_empty() => {
                line.fault(Field::Sex, FaultCode::SexMissing, "没有填性别：请照户口簿补填");
            }
            None => {}
        }
        return by_number;
    };
    let Some((sex, plain)) = sex_of(&word) else {
        line.fault(Field::Sex, FaultCode::SexUnreadable, format!("性别“{word}”看不懂：请填男或女"));
        return None;
    };
    if let Some(other) = by_number.filter(|other| *other != sex) {
        let message = format!("性别写的是{sex}，身份证号码里是{other}：性别或号码有一个填错，请照户口簿核对");
        line.fault(Field::Sex, FaultCode::SexDisagrees, message);
        return None;
    }
    if !plain {
        line.note(Field::Sex, NoteCode::SexForm, format!("性别“{word}”已改写为{sex}"));
    }
    Some(sex)
}

/// 男 and 女, with their longer forms and the codes 1 and 2 of GB/T 2261.1.
fn sex_of(word: &str) -> Option<(Sex, bool)> {
    Some(match word {
        "男" => (Sex::Male, true),
        "女" => (Sex::Female, true),
        "男性" | "男生" | "男孩" | "男童" | "1" | "1男" | "1-男" => (Sex::Male, false),
        "女性" | "女生" | "女孩" | "女童" | "2" | "2女" | "2-女" => (Sex::Female, false),
        _ => return None,
    })
}

/// Reads the nationality by its full name; an unknown one is left blank.
pub(super) fn ethnicity(line: &mut Line<'_>) -> Option<String> {
    let word = line.word(Field::Ethnicity)?;
    let name = line.listed(Field::Ethnicity, ethnicity::read)?;
    if word != name {
        line.note(Field::Ethnicity, NoteCode::EthnicityCompleted, format!("民族“{word}”已补全为“{name}”"));
    }
    Some(name.to_owned())
}

/// Resolves an address and notes why, where it names no village.
pub(super) fn place(
    line: &mut Line<'_>,
    field: Field,
    address: &str,
    within: Option<crate::domain::ids::UnitId>,
) -> Place {
    let place = line.context.places.resolve(address, within);
    match &place.doubt {
        Some(Doubt::Unknown) => {
            line.note(field, NoteCode::PlaceUnknown, format!("没有认出“{address}”是哪个村（社区）：请写明乡镇和村"));
        }
        Some(Doubt::Coarse) => line.note(field, NoteCode::PlaceUnknown, "地址没有写到村（社区）"),
        Some(Doubt::Elsewhere) => line.note(field, NoteCode::PlaceElsewhere, format!("“{address}”不在本县")),
        Some(Doubt::Ambiguous(townships)) => {
            let names = townships.iter().filter_map(|id| line.context.places.township_name(*id));
            let message = format!("{}都有这个村名：请在地址里写明乡镇", names.collect::<Vec<_>>().join("、"));
            line.note(field, NoteCode::PlaceAmbiguous, message);
        }
        Some(Doubt::Empty) | None => {}
    }
    place
}

/// Characters of a roll number as the ministry forms it: G, J or L before eighteen places.
pub(super) fn roll_number(line: &mut Line<'_>) -> Option<String> {
    let text = line.text(Field::RollNumber)?;
    let number = idno::normalise(&text).to_uppercase();
    let whole = number.len() == 19
        && number.starts_with(['G', 'J', 'L'])
        && number.bytes().skip(1).take(17).all(|b| b.is_ascii_digit())
        && matches!(number.as_bytes().last(), Some(b'0'..=b'9' | b'X'));
    if !whole {
        let message = "学籍号应为G、J或L加18位：这一格按空白收下，请从学籍系统导出后改正";
        line.note(Field::RollNumber, NoteCode::LeftBlank, message);
    }
    whole.then_some(number)
}
