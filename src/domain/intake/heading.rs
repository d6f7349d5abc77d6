//! Which row of a sheet holds the headings, below titles and beneath merged heads.

use super::field::{self, Field};
use crate::domain::cells::{Sheet, SheetRow};

/// The columns of a sheet.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    /// The heading of each column as written.
    pub(super) headings: Vec<String>,
    /// What each column holds.
    pub(super) fields: Vec<Option<Field>>,
    /// How many rows stand before the first row of data.
    pub(super) before: usize,
    /// The number of the last heading row.
    pub(super) row: u32,
}

impl Columns {
    /// The first column that holds a field.
    pub(super) fn at(&self, field: Field) -> Option<usize> {
        self.fields.iter().position(|f| *f == Some(field))
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.at(field).is_some()
    }

    /// Different fields recognised; a sheet without a name or a number column is no roster.
    fn score(&self) -> usize {
        if !self.has(Field::Name) && !self.has(Field::IdNumber) {
            return 0;
        }
        let mut seen: Vec<Field> = self.fields.iter().flatten().copied().collect();
        seen.sort_by_key(|f| *f as u8);
        seen.dedup();
        seen.len()
    }
}

/// How far down the headings are looked for.
const DEEPEST: usize = 40;

/// Finds the headings: the row, or two rows with merged heads, in which most fields are recognised.
pub(super) fn find(sheet: &Sheet) -> Option<Columns> {
    let candidates = (0..sheet.rows.len().min(DEEPEST)).flat_map(|at| [single(sheet, at), double(sheet, at)]);
    let mut best: Option<(usize, Columns)> = None;
    for columns in candidates.flatten() {
        let score = columns.score();
        if score >= 2 && best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, columns));
        }
    }
    best.map(|(_, columns)| columns)
}

fn single(sheet: &Sheet, at: usize) -> Option<Columns> {
    let row = sheet.rows.get(at)?;
    Some(columns(row.cells.iter().map(|c| c.shown().trim().to_owned()).collect(), at + 1, row.number))
}

/// A head merged over several columns, with its own headings in the row below: 监护人 over 姓名 and 电话.
fn double(sheet: &Sheet, at: usize) -> Option<Columns> {
    let (upper, lower) = (sheet.rows.get(at)?, sheet.rows.get(at + 1)?);
    if lower.number != upper.number + 1 {
        return None;
    }
    let width = upper.cells.len().max(lower.cells.len());
    let heads =
        || sheet.merges.iter().filter(|m| m.top == upper.number && m.bottom == upper.number && m.left < m.right);
    if !heads().any(|m| m.right - m.left + 1 < width) {
        return None;
    }
    let heading = |column: usize| {
        let below = text(lower, column);
        match heads().find(|m| (m.left..=m.right).contains(&column)) {
            Some(head) => format!("{}{below}", text(upper, head.left)),
            None if text(upper, column).is_empty() => below,
            None => text(upper, column),
        }
    };
    Some(columns((0..width).map(heading).collect(), at + 2, lower.number))
}

fn text(row: &SheetRow, column: usize) -> String {
    row.cell(column).shown().trim().to_owned()
}

/// Of two columns that claim one field the first has it; the other is ignored.
fn columns(headings: Vec<String>, before: usize, row: u32) -> Columns {
    let mut fields: Vec<Option<Field>> = Vec::with_capacity(headings.len());
    for heading in &headings {
        let found = field::field(heading);
        fields.push(found.map(|f| if fields.contains(&Some(f)) { Field::Ignored } else { f }));
    }
    Columns { headings, fields, before, row }
}

/// A row that repeats the headings, as printed pages do.
pub(super) fn repeats(row: &SheetRow, columns: &Columns) -> bool {
    let same = |at: usize| columns.fields[at].is_some() && text(row, at) == columns.headings[at];
    (0..columns.fields.len()).filter(|at| same(*at)).count() >= 2
}
