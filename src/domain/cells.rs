//! A workbook as it was sent: sheets, rows by the number the sender sees, and typed cells.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What one cell holds.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text as typed, blanks included.
    Text(String),
    /// A number; identity numbers that became one have lost their last digits.
    Number(f64),
    /// A day; the time of day is dropped.
    Date(NaiveDate),
    /// Yes or no.
    Bool(bool),
}

impl Cell {
    /// Nothing to read: empty, or only blanks.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.chars().all(|c| c.is_whitespace() || super::spelling::invisible(c)),
            Self::Number(_) | Self::Date(_) | Self::Bool(_) => false,
        }
    }

    /// The cell as a spreadsheet shows it: `12`, `5.00229E+17`, `2012-10-23`.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(n) => number_shown(*n),
            Self::Date(day) => day.format("%Y-%m-%d").to_string(),
            Self::Bool(true) => "TRUE".to_owned(),
            Self::Bool(false) => "FALSE".to_owned(),
        }
    }
}

/// Whole numbers in full as far as a spreadsheet keeps them exactly (15 digits), else its short exponent form.
fn number_shown(n: f64) -> String {
    if n.abs() < 1e15 {
        return n.to_string();
    }
    let short = format!("{n:.5E}");
    match short.split_once('E') {
        Some((digits, power)) => format!("{digits}E+{power}"),
        None => short,
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// One row that holds something.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SheetRow {
    /// The row's number on the sheet, from 1.
    pub number: u32,
    /// Cells from column A on; what lies beyond is empty.
    pub cells: Vec<Cell>,
}

impl SheetRow {
    /// The cell of a column counted from 0.
    pub fn cell(&self, column: usize) -> &Cell {
        const NOTHING: &Cell = &Cell::Empty;
        self.cells.get(column).unwrap_or(NOTHING)
    }

    /// No cell has anything to read.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }
}

/// Cells merged into one: rows from 1, columns from 0, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// First row.
    pub top: u32,
    /// Last row.
    pub bottom: u32,
    /// First column.
    pub left: usize,
    /// Last column.
    pub right: usize,
}

/// What a text file's one sheet is called in the data; Excel would call it so too.
pub const TEXT_SHEET: &str = "Sheet1";

/// A sheet's name as a person is told it: that of a text file has none, and the file's own ending says what it is.
pub fn told<'a>(sheet: &'a str, file: &str) -> &'a str {
    let ending = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if sheet == TEXT_SHEET && ["csv", "txt", "tsv"].contains(&ending.as_str()) { "（CSV 文件）" } else { sheet }
}

/// One sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// The name on its tab; for a text file [`TEXT_SHEET`].
    pub name: String,
    /// Rows that hold something, in order.
    pub rows: Vec<SheetRow>,
    /// Merged cells.
    pub merges: Vec<Merge>,
}

/// What kind of file a workbook came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Excel 2007 and later.
    Xlsx,
    /// Excel 97–2003.
    Xls,
    /// Text with separators, in this encoding.
    Text(Encoding),
}

/// Encodings of text files; GB18030 includes GBK and GB2312.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// With or without its mark.
    Utf8,
    /// Little- or big-endian, told by its mark.
    Utf16,
    /// What Chinese spreadsheets write by default.
    Gb18030,
}

/// A whole workbook.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Workbook {
    /// What it was read from.
    pub format: Format,
    /// Its sheets, in order, hidden ones too.
    pub sheets: Vec<Sheet>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_show_as_in_a_spreadsheet() {
        assert_eq!(Cell::Number(12.0).shown(), "12");
        assert_eq!(Cell::Number(17_974_650_752.0).shown(), "17974650752");
        assert_eq!(Cell::Number(5.002_292_017_040_566e17).shown(), "5.00229E+17");
        assert_eq!(Cell::Number(0.5).shown(), "0.5");
    }

    #[test]
    fn blanks_of_every_kind_are_nothing() {
        assert!(Cell::Text(" 　\u{200b}".to_owned()).is_blank());
        assert!(!Cell::Number(0.0).is_blank());
    }
}
