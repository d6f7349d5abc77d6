//! The walk over a workbook: headings, rows, and what the rows say of each other.

use std::collections::HashMap;

use super::{
    Context, Fault, FaultCode, Intake, Note, NoteCode, Row, SheetRead, content,
    field::{self, Field},
    heading::{self, Columns},
    line::{Line, Titled},
    rows::{self, RowKind},
};
use crate::domain::cells::{Cell, Sheet, Workbook};

/// What a kind of roster must have: of each group at least one column.
#[derive(Debug)]
pub(super) struct Spec {
    pub(super) required: &'static [&'static [Field]],
}

/// Reads every sheet with `read`, which pushes a fault for whatever refuses its row.
pub(super) fn run<R>(
    book: &Workbook,
    context: Context<'_>,
    spec: &Spec,
    read: fn(&mut Line<'_>) -> Option<R>,
) -> Intake<R> {
    let mut intake = Intake {
        rows: 0,
        good: Vec::new(),
        faults: Vec::new(),
        notes: Vec::new(),
        refused: Vec::new(),
        sheets: Vec::new(),
    };
    for sheet in book.sheets.iter().filter(|s| !s.rows.is_empty()) {
        one_sheet(&mut intake, sheet, context, spec, read);
    }
    if intake.sheets.iter().all(|s| s.heading.is_none()) && intake.faults.is_empty() {
        intake.faults.push(no_roster(book, spec));
    }
    intake
}

fn one_sheet<R>(
    intake: &mut Intake<R>,
    sheet: &Sheet,
    context: Context<'_>,
    spec: &Spec,
    read: fn(&mut Line<'_>) -> Option<R>,
) {
    let Some(mut columns) = heading::find(sheet) else {
        intake.notes.push(sheet_note(
            sheet,
            0,
            NoteCode::SheetSkipped,
            "这张工作表里没有名单的列名，没有读".to_owned(),
        ));
        intake.sheets.push(SheetRead { name: sheet.name.clone(), heading: None, width: 0, rows: 0 });
        return;
    };
    for (field, at) in content::complete(&mut columns, sheet) {
        let message = format!("第{}列的列名认不出，按内容当作“{}”", at + 1, field::word(field));
        intake.notes.push(sheet_note(sheet, columns.row, NoteCode::ColumnByContent, message));
    }
    let titled = titled(sheet, &columns, context);
    let missing = missing(&columns, spec, titled);
    let layout =
        SheetRead { name: sheet.name.clone(), heading: Some(columns.row), width: columns.headings.len(), rows: 0 };
    intake.sheets.push(layout);
    if !missing.is_empty() {
        intake.faults.push(columns_missing(sheet, &columns, &missing));
        return;
    }
    let before = intake.rows;
    data(intake, sheet, &columns, titled, context, read);
    if let Some(layout) = intake.sheets.last_mut() {
        layout.rows = intake.rows - before;
    }
}

fn data<R>(
    intake: &mut Intake<R>,
    sheet: &Sheet,
    columns: &Columns,
    titled: Titled,
    context: Context<'_>,
    read: fn(&mut Line<'_>) -> Option<R>,
) {
    for row in sheet.rows.iter().skip(columns.before) {
        match rows::kind(row, columns) {
            RowKind::Blank | RowKind::Heading => continue,
            RowKind::Total => {
                intake.notes.push(sheet_note(sheet, row.number, NoteCode::RowSkipped, "合计行，不当作学生".to_owned()));
                continue;
            }
            RowKind::Remark => {
                let message = "没有姓名和身份证号码，当作说明，不当作学生".to_owned();
                intake.notes.push(sheet_note(sheet, row.number, NoteCode::RowSkipped, message));
                continue;
            }
            RowKind::Person => {}
        }
        intake.rows += 1;
        let mut line =
            Line { context, titled, sheet: &sheet.name, row, columns, faults: Vec::new(), notes: Vec::new() };
        let record = read(&mut line);
        match (record, line.faults.first().map(|f| f.code)) {
            (Some(record), None) => {
                intake.notes.append(&mut line.notes);
                intake.good.push(Row { sheet: sheet.name.clone(), row: row.number, record });
            }
            (_, code) => {
                intake.refused.push(line.refused(code.unwrap_or(FaultCode::IdMissing)));
                intake.faults.append(&mut line.faults);
            }
        }
    }
}

/// What the title rows and the sheet's name say of all its rows.
fn titled(sheet: &Sheet, columns: &Columns, context: Context<'_>) -> Titled {
    let above = sheet.rows.iter().take_while(|row| row.number < columns.row);
    let mut titles: Vec<String> =
        above.flat_map(|row| row.cells.iter().filter(|c| !c.is_blank()).map(Cell::shown)).collect();
    titles.push(sheet.name.clone());
    let school = titles.iter().find_map(|title| context.schools.named_in(title)).map(|s| s.id);
    let township = titles.iter().find_map(|title| context.places.township_in(title));
    Titled { township, school }
}

fn missing(columns: &Columns, spec: &Spec, titled: Titled) -> Vec<&'static str> {
    let absent = spec.required.iter().filter(|group| !group.iter().any(|field| columns.has(*field)));
    let needed = absent.filter(|group| !(group.contains(&Field::School) && titled.school.is_some()));
    needed.filter_map(|group| group.first()).map(|f| field::word(*f)).collect()
}

fn columns_missing(sheet: &Sheet, columns: &Columns, missing: &[&str]) -> Fault {
    let names = missing.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join("、");
    Fault {
        sheet: sheet.name.clone(),
        row: columns.row,
        column: String::new(),
        at: None,
        code: FaultCode::ColumnsMissing,
        message: format!("第{}行是列名，但没有{names}列：请补上，或改用这个列名后再上传", columns.row),
    }
}

fn no_roster(book: &Workbook, spec: &Spec) -> Fault {
    let names = spec.required.iter().filter_map(|g| g.first()).map(|f| format!("“{}”", field::word(*f)));
    Fault {
        sheet: book.sheets.first().map(|s| s.name.clone()).unwrap_or_default(),
        row: 1,
        column: String::new(),
        at: None,
        code: FaultCode::ColumnsMissing,
        message: format!(
            "没有找到列名所在的行：名单要有{}等列，列名写在数据上面一行",
            names.collect::<Vec<_>>().join("、")
        ),
    }
}

fn sheet_note(sheet: &Sheet, row: u32, code: NoteCode, message: String) -> Note {
    Note { sheet: sheet.name.clone(), row, column: String::new(), code, message }
}

/// Notes good rows whose number stands in an earlier one as well: the same person again, or two claimants,
/// which a person must settle; neither refuses a row.
pub(super) fn note_repeats<R>(intake: &mut Intake<R>, key: fn(&R) -> Option<(&str, &str)>) {
    let mut seen: HashMap<String, (String, u32, String)> = HashMap::new();
    let mut notes = Vec::new();
    for row in &intake.good {
        let Some((number, name)) = key(&row.record) else { continue };
        let Some((sheet, first, other)) = seen.get(number) else {
            seen.insert(number.to_owned(), (row.sheet.clone(), row.row, name.to_owned()));
            continue;
        };
        let place =
            if *sheet == row.sheet { format!("第{first}行") } else { format!("工作表“{sheet}”第{first}行") };
        let (code, message) = if other == name {
            (NoteCode::IdRepeated, format!("与{place}是同一个人"))
        } else {
            (NoteCode::IdClaimedTwice, format!("与{place}的号码相同而姓名不同：请照户口簿核对是谁的号码"))
        };
        notes.push(Note { sheet: row.sheet.clone(), row: row.row, column: String::new(), code, message });
    }
    intake.notes.append(&mut notes);
}
