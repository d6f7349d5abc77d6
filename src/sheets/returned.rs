//! The sheet that goes back: the sender's own sheets, titles and headings, only the faulty rows, each with its reason.

use std::collections::BTreeMap;

use rust_xlsxwriter::{DocProperties, Format, Workbook, Worksheet, XlsxError};

use super::ink::{self, Looks, Mark, Tabs, Unwritable};
use crate::domain::{
    cells::{self, Cell, Merge, Sheet, SheetRow},
    intake::{Fault, SheetRead},
};

/// The heading of the added column; the reader knows it and passes it over.
const REASON: &str = "退回原因";

/// Writes the rows that `faults` name, as the sender wrote them, below the sender's own titles and headings.
///
/// `read` says where the headings of each sheet end. A fault of the whole sheet stands beside its headings.
pub fn faults_workbook(
    original: &cells::Workbook,
    read: &[SheetRead],
    faults: &[Fault],
    mark: &Mark,
) -> Result<Vec<u8>, Unwritable> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_author(&mark.who).set_creation_datetime(&mark.when));
    let (looks, mut tabs) = (Looks::new(), Tabs::default());
    let mut any = false;
    for sheet in &original.sheets {
        let mine: Vec<&Fault> = faults.iter().filter(|f| f.sheet == sheet.name).collect();
        let heading = read.iter().find(|r| r.name == sheet.name).and_then(|r| r.heading);
        if heading.is_none() && mine.is_empty() {
            continue;
        }
        let out = book.add_worksheet();
        out.set_name(tabs.name(&sheet.name))?;
        if !any && !mine.is_empty() {
            out.set_active(true);
            any = true;
        }
        Returned { sheet, heading: heading.unwrap_or(0), faults: mine, looks: &looks, mark }.write(out)?;
        out.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_footer(mark.footer());
    }
    if book.worksheets().is_empty() {
        book.add_worksheet().write_string_with_format(0, 0, mark.line(), &looks.small)?;
    }
    Ok(book.save_to_buffer()?)
}

/// One sheet on its way back.
struct Returned<'a> {
    sheet: &'a Sheet,
    /// The last row of the titles and headings, from 1; 0 if there are none.
    heading: u32,
    faults: Vec<&'a Fault>,
    looks: &'a Looks,
    mark: &'a Mark,
}

impl Returned<'_> {
    fn write(&self, out: &mut Worksheet) -> Result<(), XlsxError> {
        let reasons = self.reasons();
        let beside = self.width();
        self.widths(out, beside)?;
        self.head(out, beside)?;
        let faulty = self.sheet.rows.iter().filter(|r| r.number > self.heading && reasons.contains_key(&r.number));
        let mut next = self.heading;
        for (row, at) in faulty.zip(self.heading..) {
            next = at + 1;
            self.row(out, row, at)?;
            if let (Some(column), Some(reason)) = (ink::column(beside), reasons.get(&row.number)) {
                let text = format!("原第{}行：{reason}", row.number);
                out.write_string_with_format(at, column, ink::safe(&text), &self.looks.reason)?;
            }
        }
        out.write_string_with_format(next, 0, self.mark.line(), &self.looks.small).map(|_| ())
    }

    /// All reasons of a row in one text.
    fn reasons(&self) -> BTreeMap<u32, String> {
        let mut reasons: BTreeMap<u32, String> = BTreeMap::new();
        for fault in &self.faults {
            let text = reasons.entry(fault.row).or_default();
            if !text.is_empty() {
                text.push('；');
            }
            text.push_str(&fault.message);
        }
        reasons
    }

    /// The column beside the last one in use.
    fn width(&self) -> usize {
        let kept = |row: &&SheetRow| row.number <= self.heading || self.faults.iter().any(|f| f.row == row.number);
        self.sheet.rows.iter().filter(kept).map(|row| row.cells.len()).max().unwrap_or(0)
    }

    fn widths(&self, out: &mut Worksheet, beside: usize) -> Result<(), XlsxError> {
        let rows = || self.sheet.rows.iter().filter(|r| r.number >= self.heading).take(200);
        for (at, column) in (0..beside).filter_map(|at| Some((at, ink::column(at)?))) {
            let shown: Vec<String> = rows().map(|r| r.cell(at).shown()).collect();
            out.set_column_width(column, ink::width(shown.iter().map(String::as_str)))?;
            // What is typed anew stays as typed.
            out.set_column_format(column, &self.looks.text)?;
        }
        match ink::column(beside) {
            Some(column) => out.set_column_width(column, 60).map(|_| ()),
            None => Ok(()),
        }
    }

    /// Titles and headings in their own rows, merged as they were.
    fn head(&self, out: &mut Worksheet, beside: usize) -> Result<(), XlsxError> {
        let Some(last) = self.heading.checked_sub(1) else { return Ok(()) };
        for merge in self.sheet.merges.iter().filter(|m| m.bottom <= self.heading && m.top > 0) {
            let (Some(left), Some(right)) = (ink::column(merge.left), ink::column(merge.right)) else { continue };
            // Overlapping merges of a broken file are left out.
            let _merged = out.merge_range(merge.top - 1, left, merge.bottom - 1, right, "", &self.looks.title);
        }
        for row in self.sheet.rows.iter().filter(|r| r.number <= self.heading) {
            for (column, cell) in filled(row) {
                let look = self.head_look(row.number, column);
                out.write_string_with_format(row.number - 1, column, ink::safe(&cell.shown()), look)?;
            }
        }
        if let Some(column) = ink::column(beside) {
            let whole = self.faults.iter().find(|f| f.at.is_none() && f.row <= self.heading);
            let text = whole.map_or_else(|| REASON.to_owned(), |f| format!("{REASON}：{}", f.message));
            out.write_string_with_format(last, column, ink::safe(&text), &self.looks.heading)?;
        }
        out.set_freeze_panes(self.heading, 0).map(|_| ())
    }

    /// What was merged is a title, what stands beside it a note.
    fn head_look(&self, row: u32, column: u16) -> &Format {
        let merged = |m: &&Merge| m.top == row && m.left == usize::from(column) && m.right > m.left;
        if row == self.heading {
            &self.looks.heading
        } else if self.sheet.merges.iter().any(|m| merged(&m)) {
            &self.looks.title
        } else {
            &self.looks.small
        }
    }

    fn row(&self, out: &mut Worksheet, row: &SheetRow, at: u32) -> Result<(), XlsxError> {
        for (column, cell) in filled(row) {
            self.looks.put(out, (at, column), cell)?;
        }
        let wrong = self.faults.iter().filter(|f| f.row == row.number).filter_map(|f| f.at);
        for column in wrong {
            let Some(at_column) = ink::column(column) else { continue };
            out.write_string_with_format(at, at_column, ink::safe(&row.cell(column).shown()), &self.looks.wrong)?;
        }
        Ok(())
    }
}

fn filled(row: &SheetRow) -> impl Iterator<Item = (u16, &Cell)> {
    let cells = row.cells.iter().enumerate().filter(|(_, cell)| **cell != Cell::Empty);
    cells.filter_map(|(at, cell)| Some((ink::column(at)?, cell)))
}
