//! From a sender's workbook to typed rows: what is certain is repaired and noted, the rest is refused with its reason.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{cells::Workbook, place::Gazetteer, schools::Schools};

mod absent;
mod codes;
mod content;
mod driver;
mod field;
mod heading;
mod household;
mod line;
mod person;
mod rows;
mod school;

pub use absent::AbsentRow;
pub use codes::{FaultCode, NoteCode};
pub use household::HouseholdRow;
pub use school::{Boarding, Document, LeftBehind, SchoolRow};

/// What the reading of a roster needs to know of the county and the day.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Townships, villages and groups.
    pub places: &'a Gazetteer,
    /// Schools.
    pub schools: &'a Schools,
    /// The day of the import; nobody is born after it.
    pub on: NaiveDate,
}

/// What came of a workbook.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Intake<R> {
    /// Rows that speak of a person; titles, totals, notes and blank rows are none.
    pub rows: usize,
    /// Rows without a fault.
    pub good: Vec<Row<R>>,
    /// What is wrong, in the order of the workbook; a row may have several.
    pub faults: Vec<Fault>,
    /// What was repaired, left blank or passed over, in the order of the workbook.
    pub notes: Vec<Note>,
    /// What could be read of the rows with faults, for the search for likely causes.
    pub refused: Vec<Refused>,
    /// How each sheet was read.
    pub sheets: Vec<SheetRead>,
}

/// A row with its place in the workbook.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row<R> {
    /// The sheet's name.
    pub sheet: String,
    /// The row's number on the sheet, from 1.
    pub row: u32,
    /// What it says.
    pub record: R,
}

/// One thing wrong with one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The sheet's name.
    pub sheet: String,
    /// The row's number on the sheet, from 1.
    pub row: u32,
    /// The column's heading as the sender wrote it; empty where no column is meant.
    pub column: String,
    /// The column counted from 0.
    pub at: Option<usize>,
    /// What kind of fault.
    pub code: FaultCode,
    /// What is wrong and what to do, for the sender.
    pub message: String,
}

/// Something done or left undone that the sender should see, but that refuses nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The sheet's name.
    pub sheet: String,
    /// The row's number on the sheet, from 1.
    pub row: u32,
    /// The column's heading; empty where no column is meant.
    pub column: String,
    /// What kind of note.
    pub code: NoteCode,
    /// What was done, for the sender.
    pub message: String,
}

/// What could be read of a refused row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The sheet's name.
    pub sheet: String,
    /// The row's number on the sheet, from 1.
    pub row: u32,
    /// Its first fault.
    pub code: FaultCode,
    /// The name, if it is one.
    pub name: Option<String>,
    /// The birth date of its own column.
    pub born: Option<NaiveDate>,
    /// The identity number as written, in plain digits; it need not be a valid one.
    pub number: Option<String>,
    /// The roll number as written.
    pub roll_number: Option<String>,
}

/// How a sheet was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRead {
    /// Its name.
    pub name: String,
    /// The last row of its headings; none if it has none and was passed over.
    pub heading: Option<u32>,
    /// Columns of the heading.
    pub width: usize,
    /// Rows that speak of a person.
    pub rows: usize,
}

/// Reads a household register (户籍).
pub fn household(book: &Workbook, context: Context<'_>) -> Intake<HouseholdRow> {
    let mut intake = driver::run(book, context, &household::SPEC, household::read);
    driver::note_repeats(&mut intake, |row| Some((row.number.as_str(), row.name.as_str())));
    intake
}

/// Reads a roll (学籍).
pub fn school(book: &Workbook, context: Context<'_>) -> Intake<SchoolRow> {
    let mut intake = driver::run(book, context, &school::SPEC, school::read);
    driver::note_repeats(&mut intake, |row| row.number().map(|n| (n.as_str(), row.name.as_str())));
    intake
}

/// Reads a township's list of pupils who have not come (002 附件2, 002:L57-68).
pub fn absent(book: &Workbook, context: Context<'_>) -> Intake<AbsentRow> {
    let mut intake = driver::run(book, context, &absent::SPEC, absent::read);
    driver::note_repeats(&mut intake, |row| Some((row.number.as_str(), row.name.as_str())));
    intake
}
