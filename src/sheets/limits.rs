//! How much a workbook may be: checked before, while and after it is unpacked.

use super::Unreadable;

/// Bytes of a file.
pub(super) const FILE: u64 = 50 << 20;
/// Bytes of all parts together when inflated.
pub(super) const INFLATED: u64 = 500 << 20;
/// Inflated size over packed size, once it is past [`RATIO_FROM`].
pub(super) const RATIO: u64 = 200;
/// Small files of blank formatted rows pack better than any bomb; below this many bytes the ratio says nothing.
pub(super) const RATIO_FROM: u64 = 16 << 20;
/// Parts of a zip.
pub(super) const PARTS: usize = 10_000;
/// Bytes of the child's address space.
pub(super) const MEMORY: u64 = 1 << 30;
/// Seconds of processor time for the child.
pub(super) const CPU_SECONDS: u64 = 60;
/// Bytes of the child's answer.
pub(super) const STREAM: u64 = 400 << 20;
/// Rows that hold something, over all sheets.
const ROWS: usize = 200_000;
/// Cells up to the last filled one of each row, over all sheets.
const CELLS: usize = 4_000_000;

/// What is left of the rows and cells a workbook may have.
#[derive(Debug)]
pub(super) struct Budget {
    rows: usize,
    cells: usize,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self { rows: ROWS, cells: CELLS }
    }

    /// Takes one more row.
    pub(super) fn row(&mut self) -> Result<(), Unreadable> {
        self.rows = self.rows.checked_sub(1).ok_or(Unreadable::TooManyRows)?;
        Ok(())
    }

    /// Takes so many more cells.
    pub(super) fn cells(&mut self, count: usize) -> Result<(), Unreadable> {
        self.cells = self.cells.checked_sub(count).ok_or(Unreadable::TooManyRows)?;
        Ok(())
    }
}
