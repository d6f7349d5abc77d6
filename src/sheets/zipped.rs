//! What is in a zip, and whether it unpacks to a reasonable size: counted by unpacking, since headers can lie.

use std::io::{Cursor, Read, copy, sink};

use zip::{ZipArchive, result::ZipError};

use super::{Unreadable, limits, unreadable::Thing};

/// Makes sure that a zip is an xlsx of bearable size.
pub(super) fn check(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
    if archive.len() > limits::PARTS {
        return Err(Unreadable::Bomb);
    }
    if let Some(thing) = other_thing(&archive) {
        return Err(Unreadable::NotAWorkbook(thing));
    }
    let most = most_inflated(bytes.len() as u64);
    let mut left = most;
    for part in 0..archive.len() {
        let part = archive.by_index(part).map_err(|e| fault(&e))?;
        // One byte more than allowed is enough to know.
        let size = copy(&mut part.take(left + 1), &mut sink()).map_err(|_| Unreadable::Damaged)?;
        left = left.checked_sub(size).ok_or(Unreadable::Bomb)?;
    }
    Ok(())
}

fn most_inflated(packed: u64) -> u64 {
    packed.saturating_mul(limits::RATIO).clamp(limits::RATIO_FROM, limits::INFLATED)
}

fn fault(error: &ZipError) -> Unreadable {
    match error {
        ZipError::UnsupportedArchive(text) if *text == ZipError::PASSWORD_REQUIRED => Unreadable::Encrypted,
        _ => Unreadable::Damaged,
    }
}

/// What the zip is when it is no xlsx.
fn other_thing(archive: &ZipArchive<Cursor<&[u8]>>) -> Option<Thing> {
    let names: Vec<String> = archive.file_names().flatten().map(|n| n.to_ascii_lowercase()).collect();
    let has = |test: &dyn Fn(&str) -> bool| names.iter().any(|n| test(n));
    if has(&|n| n == "xl/workbook.xml" || n.starts_with("xl/worksheets/sheet") && !n.contains(".bin")) {
        None
    } else if has(&|n| n == "xl/workbook.bin" || n == "content.xml") {
        Some(Thing::OtherWorkbook)
    } else if has(&|n| n.starts_with("word/")) {
        Some(Thing::Word)
    } else if has(&|n| n.starts_with("ppt/")) {
        Some(Thing::Slides)
    } else {
        Some(Thing::Archive)
    }
}
