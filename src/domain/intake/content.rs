//! Columns under an unknown heading, told by what is in them.

use super::{
    field::{self, Field},
    heading::Columns,
};
use crate::domain::{
    cells::{Cell, Sheet},
    daytext,
    idno::IdNumber,
};

type Detector = fn(&Cell) -> bool;

/// How many rows are looked at.
const SAMPLE: usize = 50;

/// Gives a field that no heading names to the one unnamed column whose cells nearly all hold it.
///
/// Returns the columns found so. A second column of the same kind leaves both unnamed.
pub(super) fn complete(columns: &mut Columns, sheet: &Sheet) -> Vec<(Field, usize)> {
    let detectors: [(Field, Detector); 3] = [(Field::IdNumber, is_number), (Field::Born, is_day), (Field::Sex, is_sex)];
    let mut found = Vec::new();
    for (field, holds) in detectors {
        if columns.has(field) {
            continue;
        }
        let unnamed = (0..columns.fields.len())
            .filter(|at| columns.fields[*at].is_none() && !field::of_another(&columns.headings[*at]));
        let matching: Vec<usize> = unnamed.filter(|at| nearly_all(sheet, columns.before, *at, holds)).collect();
        if let [one] = matching.as_slice() {
            columns.fields[*one] = Some(field);
            found.push((field, *one));
        }
    }
    found
}

fn nearly_all(sheet: &Sheet, before: usize, column: usize, holds: Detector) -> bool {
    let cells = sheet.rows.iter().skip(before).take(SAMPLE).map(|r| r.cell(column)).filter(|c| !c.is_blank());
    let (mut all, mut good) = (0, 0);
    for cell in cells {
        all += 1;
        good += usize::from(holds(cell));
    }
    all > 0 && good * 10 >= all * 8
}

fn is_number(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(text) if IdNumber::read(text).is_ok())
}

fn is_day(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(_) | Cell::Date(_)) && daytext::read(cell).is_ok()
}

fn is_sex(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(text) if matches!(text.trim(), "男" | "女"))
}
