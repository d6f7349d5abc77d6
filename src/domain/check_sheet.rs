//! The sheet on which checks are taken along and answered: its columns, the code of a row, and how it is read back.

use chrono::NaiveDate;

use super::cells::{Cell, Sheet, SheetRow, Workbook};
use super::ids::{CheckId, CountyId};
use super::spelling;
use super::words::CheckFinding;

/// What the columns are, in order; the last four are filled in.
pub const HEADINGS: [&str; 12] = [
    "行码",
    "姓名",
    "性别",
    "出生日期",
    "户主",
    "监护人",
    "住址",
    "可能原因",
    "核查结果",
    "核查日期",
    "现在何处、就读学校",
    "备注",
];
/// Rows in which the headings are looked for.
const HEADINGS_WITHIN: usize = 20;
/// Columns without which a sheet is none of ours: code, name, finding.
const NEEDED: [usize; 3] = [0, 1, 8];

/// The code of a row: the county and the end of the check's id; it says nothing of the child.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RowCode {
    /// The county of the check.
    pub county: CountyId,
    /// The last twelve hexadecimal digits of the check's id, in small letters.
    pub tail: String,
}

impl RowCode {
    /// The code of a check.
    pub fn of(county: CountyId, check: CheckId) -> Self {
        let id = check.to_string();
        Self { county, tail: id.rsplit('-').next().unwrap_or_default().to_owned() }
    }

    /// Reads a code as a spreadsheet gives it back.
    pub fn read(text: &str) -> Option<Self> {
        let text = spelling::tight(text).to_lowercase();
        let (county, tail) = text.split_once('-')?;
        let whole = county.len() == 6 && tail.len() == 12 && tail.bytes().all(|b| b.is_ascii_hexdigit());
        let county = county.parse().ok().map(CountyId)?;
        whole.then(|| Self { county, tail: tail.to_owned() })
    }
}

impl std::fmt::Display for RowCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.county, self.tail.to_uppercase())
    }
}

/// A row of a sheet that came back, as it was filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilledRow {
    /// On which sheet.
    pub sheet: String,
    /// Its number on the sheet, from 1.
    pub row: u32,
    /// As `HEADINGS`, as shown.
    pub texts: [String; HEADINGS.len()],
    /// Where the columns are, as `HEADINGS`; counted from 0.
    pub at: [Option<usize>; HEADINGS.len()],
}

/// A column of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Col {
    /// 行码
    Code = 0,
    /// 姓名
    Name = 1,
    /// 核查结果
    Finding = 8,
    /// 核查日期
    FoundOn = 9,
    /// 现在何处、就读学校
    Elsewhere = 10,
    /// 备注
    Note = 11,
}

impl FilledRow {
    /// What a column holds, without blanks at its ends.
    pub fn text(&self, col: Col) -> &str {
        self.texts[col as usize].trim()
    }

    /// Nothing was answered.
    pub fn is_unanswered(&self) -> bool {
        [Col::Finding, Col::FoundOn, Col::Elsewhere, Col::Note].iter().all(|col| self.text(*col).is_empty())
    }
}

/// A sheet that has the headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetFound {
    /// Its name.
    pub name: String,
    /// The row of its headings, from 1.
    pub heading: u32,
    /// The columns of the headings.
    pub width: usize,
}

/// A workbook that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// Its rows.
    pub rows: Vec<FilledRow>,
    /// Its sheets.
    pub sheets: Vec<SheetFound>,
}

/// Why a workbook is no check sheet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoSheet {
    /// No sheet has the headings.
    #[error("这不是核查表：没有找到“行码”“姓名”“核查结果”三列。请用从本页下载的核查表填写，不要删改表头")]
    Headings,
    /// Headings and nothing below.
    #[error("核查表里没有人：表头下面是空的。请确认上传的是填好的那一份")]
    Empty,
}

/// Reads every sheet that has the headings.
pub fn read(book: &Workbook) -> Result<Filled, NoSheet> {
    let mut filled = Filled { rows: vec![], sheets: vec![] };
    for sheet in &book.sheets {
        let Some((heading, at)) = headings(sheet) else { continue };
        let rows = sheet.rows.iter().filter(|row| row.number > heading);
        filled.rows.extend(rows.map(|row| filled_row(sheet, row, at)).filter(|row| !is_note(row)));
        let width = at.iter().flatten().max().map_or(0, |last| last + 1);
        filled.sheets.push(SheetFound { name: sheet.name.clone(), heading, width });
    }
    match (filled.sheets.is_empty(), filled.rows.is_empty()) {
        (true, _) => Err(NoSheet::Headings),
        (false, true) => Err(NoSheet::Empty),
        (false, false) => Ok(filled),
    }
}

type Places = [Option<usize>; HEADINGS.len()];

fn headings(sheet: &Sheet) -> Option<(u32, Places)> {
    sheet.rows.iter().take(HEADINGS_WITHIN).find_map(|row| {
        let says = |cell: &Cell, heading: &str| spelling::tight(&cell.shown()) == heading;
        let places = HEADINGS.map(|heading| row.cells.iter().position(|cell| says(cell, heading)));
        NEEDED.iter().all(|at| places[*at].is_some()).then_some((row.number, places))
    })
}

fn filled_row(sheet: &Sheet, row: &SheetRow, at: Places) -> FilledRow {
    let texts = at.map(|at| at.map(|at| row.cell(at).shown()).unwrap_or_default());
    FilledRow { sheet: sheet.name.clone(), row: row.number, texts, at }
}

/// A blank line, or a line of words below the table: it has nothing beyond its first cell, and that is no code.
fn is_note(row: &FilledRow) -> bool {
    let beyond = row.texts.iter().skip(1).all(|text| spelling::tight(text).is_empty());
    beyond && RowCode::read(&row.texts[0]).is_none()
}

/// A finding by its words, or by its number in the list that the printed sheet shows (1 is the first).
pub fn finding(text: &str) -> Option<CheckFinding> {
    let plain = |text: &str| spelling::tight(text).replace(',', "，").replace(['(', ')'], "");
    let wanted = plain(text).replace(['（', '）'], "");
    let by_words = CheckFinding::ALL.iter().find(|f| plain(f.label()).replace(['（', '）'], "") == wanted);
    let by_number = || wanted.parse::<usize>().ok().and_then(|n| CheckFinding::ALL.get(n.checked_sub(1)?));
    by_words.or_else(by_number).copied()
}

/// A day as the answer's form takes it.
pub fn day(text: &str) -> Option<NaiveDate> {
    super::daytext::read_text(text).ok().map(|read| read.day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_code_is_read_back_as_it_was_written(id in any::<u128>()) {
            let code = RowCode::of(CountyId(500_229), CheckId(uuid::Uuid::from_u128(id)));
            prop_assert_eq!(RowCode::read(&format!(" {code} ")), Some(code));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,40}") {
            let _ = (RowCode::read(&text), finding(&text), day(&text));
        }
    }

    #[test]
    fn a_finding_is_told_by_its_words_or_its_number() {
        for (at, wanted) in CheckFinding::ALL.iter().enumerate() {
            assert_eq!(finding(wanted.label()), Some(*wanted));
            assert_eq!(finding(&(at + 1).to_string()), Some(*wanted));
        }
        assert_eq!(finding("在家未就读(辍学)"), Some(CheckFinding::OutOfSchool));
        for none in ["", "0", "14", "在家", "-1"] {
            assert_eq!(finding(none), None, "{none}");
        }
    }

    #[test]
    fn the_answers_fit_into_one_list_of_a_spreadsheet() {
        let together: usize = CheckFinding::ALL.iter().map(|f| f.label().chars().count() + 1).sum();
        assert!(together <= 255);
    }
}
