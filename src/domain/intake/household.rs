//! The household register: every child of the county's own register, with the head of the household.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{driver::Spec, field::Field, line::Line, person};
use crate::domain::{idno::IdNumber, place::Place, words::Sex};

/// One child of the household register.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HouseholdRow {
    /// Name in its one spelling.
    pub name: String,
    /// Sex, agreeing with the number.
    pub sex: Sex,
    /// Full name of the nationality.
    pub ethnicity: Option<String>,
    /// Birth date, agreeing with the number.
    pub born: NaiveDate,
    /// The citizen's number.
    pub number: IdNumber,
    /// Head of the household.
    pub head: Option<String>,
    /// What the child is to the head: 外孙, 女 …
    pub relation: Option<String>,
    /// The address as written.
    pub address: String,
    /// What the address names.
    pub place: Place,
    /// Telephone numbers.
    pub phones: Vec<String>,
    /// The sender's remark.
    pub remark: Option<String>,
}

pub(super) const SPEC: Spec = Spec { required: &[&[Field::Name], &[Field::IdNumber]] };

pub(super) fn read(line: &mut Line<'_>) -> Option<HouseholdRow> {
    let name = person::name(line);
    let number = person::number(line);
    let born = person::born(line, number.as_ref());
    let sex = person::sex(line, number.as_ref());
    if !line.faults.is_empty() {
        return None;
    }
    let (address, place) = address(line);
    Some(HouseholdRow {
        ethnicity: person::ethnicity(line),
        head: line.text(Field::Head),
        relation: line.word(Field::Relation),
        phones: line.phones(Field::Phone),
        remark: line.text(Field::Remark),
        name: name?,
        sex: sex?,
        born: born?,
        number: number?,
        address,
        place,
    })
}

/// The address in one column, or spread over township, village and group.
fn address(line: &mut Line<'_>) -> (String, Place) {
    let parts: String =
        [Field::Township, Field::Village, Field::Group].into_iter().filter_map(|f| line.text(f)).collect();
    let field = [Field::Domicile, Field::Residence].into_iter().find(|f| line.text(*f).is_some());
    let whole = field.and_then(|f| line.text(f));
    let within = line.text(Field::Township).and_then(|t| line.context.places.township(&t));
    match (whole, field) {
        (Some(whole), Some(field)) if parts.is_empty() => {
            let place = person::place(line, field, &whole, within);
            (whole, place)
        }
        (whole, _) => {
            let field = if line.columns.has(Field::Village) { Field::Village } else { Field::Domicile };
            let place = person::place(line, field, &parts, within);
            (whole.unwrap_or(parts), place)
        }
    }
}
