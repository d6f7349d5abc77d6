//! How the child tells the parent what it read: tagged records, small numbers short.

use std::io::{self, Read, Write};

use chrono::{Datelike, NaiveDate};

use super::Unreadable;
use crate::domain::cells::{Cell, Format, Merge, Sheet, SheetRow, Workbook};

const BOOK: u8 = b'W';
const SHEET: u8 = b'S';
const MERGE: u8 = b'M';
const ROW: u8 = b'R';
const FAULT: u8 = b'F';
const END: u8 = b'Z';
const EMPTY: u8 = b'-';
const TEXT: u8 = b'T';
const NUMBER: u8 = b'N';
const DATE: u8 = b'D';
const NO: u8 = b'0';
const YES: u8 = b'1';

/// Writes what was read, or why it was not.
pub(super) fn write(read: &Result<Workbook, Unreadable>, out: &mut impl Write) -> io::Result<()> {
    match read {
        Ok(book) => write_book(book, out)?,
        Err(fault) => {
            out.write_all(&[FAULT])?;
            write_json(fault, out)?;
        }
    }
    out.write_all(&[END])?;
    out.flush()
}

/// Reads an answer; one that is cut short or malformed is an error.
pub(super) fn read(input: &mut impl Read) -> io::Result<Result<Workbook, Unreadable>> {
    let answer = match tag(input)? {
        FAULT => Err(read_json(input)?),
        BOOK => Ok(read_book(input)?),
        _ => return Err(malformed()),
    };
    if answer.is_err() && tag(input)? != END {
        return Err(malformed());
    }
    Ok(answer)
}

fn write_book(book: &Workbook, out: &mut impl Write) -> io::Result<()> {
    out.write_all(&[BOOK])?;
    write_json(&book.format, out)?;
    for sheet in &book.sheets {
        out.write_all(&[SHEET])?;
        write_text(&sheet.name, out)?;
        for merge in &sheet.merges {
            out.write_all(&[MERGE])?;
            for n in [u64::from(merge.top), u64::from(merge.bottom), merge.left as u64, merge.right as u64] {
                write_number(n, out)?;
            }
        }
        for row in &sheet.rows {
            out.write_all(&[ROW])?;
            write_number(u64::from(row.number), out)?;
            write_number(row.cells.len() as u64, out)?;
            row.cells.iter().try_for_each(|cell| write_cell(cell, out))?;
        }
    }
    Ok(())
}

fn write_cell(cell: &Cell, out: &mut impl Write) -> io::Result<()> {
    match cell {
        Cell::Empty => out.write_all(&[EMPTY]),
        Cell::Text(text) => {
            out.write_all(&[TEXT])?;
            write_text(text, out)
        }
        Cell::Number(n) => {
            out.write_all(&[NUMBER])?;
            out.write_all(&n.to_le_bytes())
        }
        Cell::Date(day) => {
            out.write_all(&[DATE])?;
            out.write_all(&day.num_days_from_ce().to_le_bytes())
        }
        Cell::Bool(yes) => out.write_all(&[if *yes { YES } else { NO }]),
    }
}

/// Reads up to and with the end record.
fn read_book(input: &mut impl Read) -> io::Result<Workbook> {
    let format: Format = read_json(input)?;
    let mut sheets: Vec<Sheet> = Vec::new();
    loop {
        match (tag(input)?, sheets.last_mut()) {
            (END, _) => return Ok(Workbook { format, sheets }),
            (SHEET, _) => sheets.push(Sheet { name: read_text(input)?, ..Sheet::default() }),
            (MERGE, Some(sheet)) => sheet.merges.push(Merge {
                top: read_small(input)?,
                bottom: read_small(input)?,
                left: read_small(input)? as usize,
                right: read_small(input)? as usize,
            }),
            (ROW, Some(sheet)) => sheet.rows.push(read_row(input)?),
            _ => return Err(malformed()),
        }
    }
}

fn read_row(input: &mut impl Read) -> io::Result<SheetRow> {
    let number = read_small(input)?;
    let count = read_small(input)?;
    let cells = (0..count).map(|_| read_cell(input)).collect::<io::Result<_>>()?;
    Ok(SheetRow { number, cells })
}

fn read_cell(input: &mut impl Read) -> io::Result<Cell> {
    Ok(match tag(input)? {
        EMPTY => Cell::Empty,
        TEXT => Cell::Text(read_text(input)?),
        NUMBER => Cell::Number(f64::from_le_bytes(take(input)?)),
        DATE => {
            let days = i32::from_le_bytes(take(input)?);
            Cell::Date(NaiveDate::from_num_days_from_ce_opt(days).ok_or_else(malformed)?)
        }
        NO => Cell::Bool(false),
        YES => Cell::Bool(true),
        _ => return Err(malformed()),
    })
}

fn write_json(value: &impl serde::Serialize, out: &mut impl Write) -> io::Result<()> {
    write_text(&serde_json::to_string(value)?, out)
}

fn read_json<T: serde::de::DeserializeOwned>(input: &mut impl Read) -> io::Result<T> {
    Ok(serde_json::from_str(&read_text(input)?)?)
}

fn write_text(text: &str, out: &mut impl Write) -> io::Result<()> {
    write_number(text.len() as u64, out)?;
    out.write_all(text.as_bytes())
}

fn read_text(input: &mut impl Read) -> io::Result<String> {
    let length = u64::from(read_small(input)?);
    let mut bytes = Vec::new();
    if input.take(length).read_to_end(&mut bytes)? as u64 != length {
        return Err(malformed());
    }
    String::from_utf8(bytes).map_err(|_| malformed())
}

/// Seven bits a byte, the lowest first; the high bit says that more follow.
fn write_number(mut n: u64, out: &mut impl Write) -> io::Result<()> {
    while n >= 0x80 {
        out.write_all(&[(n & 0x7f) as u8 | 0x80])?;
        n >>= 7;
    }
    out.write_all(&[(n & 0x7f) as u8])
}

fn read_small(input: &mut impl Read) -> io::Result<u32> {
    let mut n = 0u64;
    for shift in (0..35).step_by(7) {
        let byte = tag(input)?;
        n |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return u32::try_from(n).map_err(|_| malformed());
        }
    }
    Err(malformed())
}

fn tag(input: &mut impl Read) -> io::Result<u8> {
    take::<1>(input).map(|[byte]| byte)
}

fn take<const N: usize>(input: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn malformed() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the child's answer is malformed")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cell() -> impl Strategy<Value = Cell> {
        prop_oneof![
            Just(Cell::Empty),
            ".{0,12}".prop_map(Cell::Text),
            (-1e18f64..1e18).prop_map(Cell::Number),
            (0i32..1_000_000).prop_map(|d| Cell::Date(NaiveDate::from_num_days_from_ce_opt(d).unwrap())),
            any::<bool>().prop_map(Cell::Bool),
        ]
    }

    fn sheet() -> impl Strategy<Value = Sheet> {
        let row =
            (any::<u32>(), prop::collection::vec(cell(), 0..6)).prop_map(|(number, cells)| SheetRow { number, cells });
        let merge = (any::<u32>(), any::<u32>(), 0usize..20_000, 0usize..20_000)
            .prop_map(|(top, bottom, left, right)| Merge { top, bottom, left, right });
        (".{0,9}", prop::collection::vec(row, 0..6), prop::collection::vec(merge, 0..3))
            .prop_map(|(name, rows, merges)| Sheet { name, rows, merges })
    }

    proptest! {
        #[test]
        fn a_workbook_arrives_as_it_was_sent(sheets in prop::collection::vec(sheet(), 0..4)) {
            let book = Ok(Workbook { format: Format::Xlsx, sheets });
            let mut bytes = Vec::new();
            write(&book, &mut bytes).unwrap();
            prop_assert_eq!(&read(&mut bytes.as_slice()).unwrap(), &book);
            for cut in 0..bytes.len() {
                prop_assert!(read(&mut &bytes[..cut]).is_err(), "cut at {}", cut);
            }
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&mut bytes.as_slice());
        }
    }

    #[test]
    fn a_refusal_arrives_with_its_figures() {
        let mut bytes = Vec::new();
        write(&Err(Unreadable::TooLarge(100)), &mut bytes).unwrap();
        assert_eq!(read(&mut bytes.as_slice()).unwrap(), Err(Unreadable::TooLarge(100)));
    }
}
