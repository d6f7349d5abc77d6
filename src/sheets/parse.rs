//! From the bytes of a file to its cells. Run on a sender's file only in the child (see `child`).

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{
    Unreadable, excel, limits,
    recognise::{self, Kind},
    text,
    unreadable::Thing,
    zipped,
};
use crate::domain::cells::{Format, Workbook};

/// Reads a workbook from its bytes: xlsx, xls, or text with separators, told by content.
pub fn parse(bytes: &[u8]) -> Result<Workbook, Unreadable> {
    let size = bytes.len() as u64;
    if size > limits::FILE {
        return Err(Unreadable::TooLarge(size >> 20));
    }
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    match recognise::kind(bytes) {
        Kind::Zip => {
            zipped::check(bytes)?;
            unbroken(Format::Xlsx, || excel::xlsx(bytes))
        }
        Kind::Compound if recognise::is_encrypted_package(bytes) => Err(Unreadable::Encrypted),
        Kind::Compound => match recognise::compound(bytes) {
            Some(thing) => Err(Unreadable::NotAWorkbook(thing)),
            None => unbroken(Format::Xls, || excel::xls(bytes)),
        },
        Kind::Text => text::read(bytes),
        Kind::Other(thing) => Err(Unreadable::NotAWorkbook(thing)),
    }
}

/// The readers of Excel's formats may stumble over a hostile file; that makes it a damaged one.
fn unbroken(
    format: Format,
    read: impl FnOnce() -> Result<Vec<crate::domain::cells::Sheet>, Unreadable>,
) -> Result<Workbook, Unreadable> {
    let sheets = catch_unwind(AssertUnwindSafe(read)).map_err(|_| Unreadable::Damaged)??;
    if sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(if sheets.is_empty() { Unreadable::NotAWorkbook(Thing::Unknown) } else { Unreadable::Empty });
    }
    Ok(Workbook { format, sheets })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const XLSX: &[u8] = include_bytes!("../../tests/rosters/chengkou/absent.xlsx");

    // What a changed xls can do to memory is tried in a child only: see tests/sheets.rs.
    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_bytes_bring_it_down(head in 0usize..3, tail in prop::collection::vec(any::<u8>(), 0..300)) {
            let heads: [&[u8]; 3] = [b"", b"PK\x03\x04", b"\xff\xfe"];
            let _ = parse(&[heads[head], &tail].concat());
        }

        #[test]
        fn a_true_file_with_some_bytes_changed_is_read_or_refused(
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        ) {
            let mut bytes = XLSX.to_vec();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let _ = parse(&bytes);
        }
    }
}
