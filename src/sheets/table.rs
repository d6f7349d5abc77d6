//! Lists as workbooks: a title, headings, typed rows, and who took them out.

use rust_xlsxwriter::{DataValidation, DocProperties, Workbook, Worksheet, XlsxError};

use super::ink::{self, Looks, Mark, Tabs, Unwritable};
use crate::domain::cells::Cell;

/// One sheet of a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The name on the tab.
    pub name: String,
    /// The title over the table.
    pub title: String,
    /// A line below the title: how it was counted, what to fill in.
    pub note: Option<String>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; identity numbers and phones as text.
    pub rows: Vec<Vec<Cell>>,
    /// Empty ruled rows below, to be filled in.
    pub blank_rows: usize,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// The answers to choose from, if it is to be filled in; together at most 255 characters.
    pub choices: Vec<String>,
}

impl Column {
    /// A column that is read.
    pub fn new(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), choices: Vec::new() }
    }

    /// A column to be filled in from a list.
    pub fn of_choices(heading: impl Into<String>, choices: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { heading: heading.into(), choices: choices.into_iter().map(Into::into).collect() }
    }
}

/// Writes lists into one workbook, a sheet each.
pub fn tables(tables: &[Table], mark: &Mark) -> Result<Vec<u8>, Unwritable> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_author(&mark.who).set_creation_datetime(&mark.when));
    let (looks, mut tabs) = (Looks::new(), Tabs::default());
    for table in tables {
        let sheet = book.add_worksheet();
        sheet.set_name(tabs.name(&table.name))?;
        write(sheet, table, mark, &looks)?;
    }
    if tables.is_empty() {
        book.add_worksheet().write_string_with_format(0, 0, mark.line(), &looks.small)?;
    }
    Ok(book.save_to_buffer()?)
}

fn write(sheet: &mut Worksheet, table: &Table, mark: &Mark, looks: &Looks) -> Result<(), XlsxError> {
    let last = ink::column(table.columns.len().saturating_sub(1)).unwrap_or_default();
    head(sheet, (0, last), &table.title, &looks.title)?;
    let mut row = 1;
    if let Some(note) = &table.note {
        head(sheet, (row, last), note, &looks.small)?;
        row += 1;
    }
    for (at, column) in columns(table) {
        sheet.write_string_with_format(row, at, ink::safe(&column.heading), &looks.heading)?;
    }
    sheet.set_freeze_panes(row + 1, 0)?;
    sheet.set_repeat_rows(row, row)?;
    row += 1;
    let first = row;
    let blank = std::iter::repeat_n(&[][..], table.blank_rows);
    for cells in table.rows.iter().map(Vec::as_slice).chain(blank) {
        for (at, _) in columns(table) {
            looks.put(sheet, (row, at), cells.get(usize::from(at)).unwrap_or(&Cell::Empty))?;
        }
        row += 1;
    }
    choices(sheet, table, (first, row.saturating_sub(1).max(first)))?;
    sheet.write_string_with_format(row, 0, mark.line(), &looks.small)?;
    page(sheet, table, mark)
}

fn columns(table: &Table) -> impl Iterator<Item = (u16, &Column)> {
    table.columns.iter().enumerate().filter_map(|(at, column)| Some((ink::column(at)?, column)))
}

/// A line over all columns.
fn head(
    sheet: &mut Worksheet,
    (row, last): (u32, u16),
    text: &str,
    look: &rust_xlsxwriter::Format,
) -> Result<(), XlsxError> {
    if last == 0 {
        sheet.write_string_with_format(row, 0, ink::safe(text), look)?;
    } else {
        sheet.merge_range(row, 0, row, last, &ink::safe(text), look)?;
    }
    Ok(())
}

/// A drop-down over the rows of each column that has choices.
fn choices(sheet: &mut Worksheet, table: &Table, (first, last): (u32, u32)) -> Result<(), XlsxError> {
    for (at, column) in columns(table).filter(|(_, column)| !column.choices.is_empty()) {
        let offered = DataValidation::new()
            .allow_list_strings(&column.choices)?
            .set_error_title("请从列表里选")?
            .set_error_message("这一列只能从列表里选一项")?;
        sheet.add_data_validation(first, at, last, at, &offered)?;
    }
    Ok(())
}

fn page(sheet: &mut Worksheet, table: &Table, mark: &Mark) -> Result<(), XlsxError> {
    for (at, column) in columns(table) {
        let shown: Vec<String> = table.rows.iter().filter_map(|r| r.get(usize::from(at))).map(Cell::shown).collect();
        let texts = std::iter::once(column.heading.as_str()).chain(shown.iter().map(String::as_str));
        sheet.set_column_width(at, ink::width(texts))?;
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_footer(mark.footer());
    Ok(())
}
