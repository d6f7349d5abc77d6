//! Excel's two formats, cell by cell.

use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Reader, SheetType, Xls, XlsError, Xlsx, XlsxError};
use chrono::{Datelike, NaiveDate};

use super::{Unreadable, limits::Budget};
use crate::domain::cells::{Cell, Merge, Sheet, SheetRow};

/// All worksheets of an xlsx.
pub(super) fn xlsx(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|e| xlsx_fault(&e))?;
    let mut budget = Budget::new();
    let mut sheets = Vec::new();
    for name in worksheets(&book) {
        let merges = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let mut rows = Rows::new(&mut budget);
        let mut cells = book.worksheet_cells_reader(&name).map_err(|e| xlsx_fault(&e))?;
        while let Some(found) = cells.next_cell().map_err(|e| xlsx_fault(&e))? {
            let (row, column) = found.get_position();
            rows.put(row, column, shared(found.get_value()))?;
        }
        sheets.push(Sheet { name, rows: rows.done(), merges: merged(&merges) });
    }
    Ok(sheets)
}

/// All worksheets of an xls.
pub(super) fn xls(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|e| xls_fault(&e))?;
    let mut budget = Budget::new();
    let mut sheets = Vec::new();
    for name in worksheets(&book) {
        let merges = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let range = book.worksheet_range(&name).map_err(|e| xls_fault(&e))?;
        let (top, left) = range.start().unwrap_or_default();
        let mut rows = Rows::new(&mut budget);
        for (row, column, value) in range.used_cells() {
            let (row, column) = (u32::try_from(row).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX));
            rows.put(top.saturating_add(row), left.saturating_add(column), owned(value))?;
        }
        sheets.push(Sheet { name, rows: rows.done(), merges: merged(&merges) });
    }
    Ok(sheets)
}

fn worksheets<'a, R: Reader<Cursor<&'a [u8]>>>(book: &R) -> Vec<String> {
    let sheets = book.sheets_metadata().iter();
    sheets.filter(|s| s.typ == SheetType::WorkSheet).map(|s| s.name.clone()).collect()
}

/// Gathers cells into rows, whatever order they come in.
struct Rows<'b> {
    budget: &'b mut Budget,
    rows: Vec<SheetRow>,
}

impl<'b> Rows<'b> {
    fn new(budget: &'b mut Budget) -> Self {
        Self { budget, rows: Vec::new() }
    }

    fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), Unreadable> {
        if cell == Cell::Empty {
            return Ok(());
        }
        let number = row.saturating_add(1);
        let at = match self.rows.last() {
            Some(last) if last.number == number => self.rows.len() - 1,
            Some(last) if last.number > number => match self.rows.binary_search_by_key(&number, |r| r.number) {
                Ok(at) => at,
                Err(at) => self.insert(at, number)?,
            },
            _ => self.insert(self.rows.len(), number)?,
        };
        let cells = &mut self.rows[at].cells;
        let column = column as usize;
        if column >= cells.len() {
            self.budget.cells(column + 1 - cells.len())?;
            cells.resize(column + 1, Cell::Empty);
        }
        cells[column] = cell;
        Ok(())
    }

    fn insert(&mut self, at: usize, number: u32) -> Result<usize, Unreadable> {
        self.budget.row()?;
        self.rows.insert(at, SheetRow { number, cells: Vec::new() });
        Ok(at)
    }

    fn done(self) -> Vec<SheetRow> {
        self.rows
    }
}

fn shared(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(n) => whole(*n),
        DataRef::Float(n) => Cell::Number(*n),
        DataRef::String(text) | DataRef::DurationIso(text) => filled(text),
        DataRef::SharedString(text) => filled(text),
        DataRef::Bool(yes) => Cell::Bool(*yes),
        DataRef::DateTime(moment) => day(moment),
        DataRef::DateTimeIso(text) => iso_day(text),
        DataRef::Error(error) => Cell::Text(error.to_string()),
    }
}

fn owned(value: &Data) -> Cell {
    match value {
        Data::Empty => Cell::Empty,
        Data::Int(n) => whole(*n),
        Data::Float(n) => Cell::Number(*n),
        Data::String(text) | Data::DurationIso(text) => filled(text),
        Data::Bool(yes) => Cell::Bool(*yes),
        Data::DateTime(moment) => day(moment),
        Data::DateTimeIso(text) => iso_day(text),
        Data::Error(error) => Cell::Text(error.to_string()),
    }
}

fn filled(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a number this long was meant as text, and is refused as a number later"
)]
fn whole(n: i64) -> Cell {
    Cell::Number(n as f64)
}

/// A time of day alone, a length of time, or a day no person on a roster was born on stays a number.
fn day(moment: &ExcelDateTime) -> Cell {
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    let date = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
    match date {
        Some(date) if !moment.is_duration() && moment.as_f64() >= 1.0 && date.year() <= 2100 => Cell::Date(date),
        _ => Cell::Number(moment.as_f64()),
    }
}

fn iso_day(text: &str) -> Cell {
    let date = text.get(..10).and_then(|date| date.parse().ok());
    date.map_or_else(|| filled(text), Cell::Date)
}

fn merged(regions: &[Dimensions]) -> Vec<Merge> {
    let merge = |d: &Dimensions| Merge {
        top: d.start.0.saturating_add(1),
        bottom: d.end.0.saturating_add(1),
        left: d.start.1 as usize,
        right: d.end.1 as usize,
    };
    regions.iter().map(merge).collect()
}

fn xlsx_fault(error: &XlsxError) -> Unreadable {
    match error {
        XlsxError::Password => Unreadable::Encrypted,
        _ => Unreadable::Damaged,
    }
}

fn xls_fault(error: &XlsError) -> Unreadable {
    match error {
        XlsError::Password => Unreadable::Encrypted,
        _ => Unreadable::Damaged,
    }
}
