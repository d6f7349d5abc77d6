//! What a file is, told by its content and never by its name.

use super::unreadable::Thing;

/// The kinds that are read, and the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A zip: xlsx, or something else in the same wrapping.
    Zip,
    /// An OLE compound file: xls, an encrypted xlsx, or Word.
    Compound,
    /// Perhaps text with separators.
    Text,
    /// Surely no workbook.
    Other(Thing),
}

/// Looks at the first bytes.
pub(super) fn kind(bytes: &[u8]) -> Kind {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Kind::Zip;
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return Kind::Compound;
    }
    if bytes.starts_with(b"%PDF") {
        return Kind::Other(Thing::Pdf);
    }
    if let Some(found) = infer::get(bytes) {
        match found.matcher_type() {
            infer::MatcherType::Image => return Kind::Other(Thing::Picture),
            infer::MatcherType::Archive => return Kind::Other(Thing::Archive),
            infer::MatcherType::Text => {}
            _ => return Kind::Other(Thing::Unknown),
        }
    }
    markup(bytes).map_or(Kind::Text, Kind::Other)
}

/// Web pages and XML, which exporting systems like to call .xls.
fn markup(bytes: &[u8]) -> Option<Thing> {
    let head = &bytes[..bytes.len().min(4096)];
    // UTF-16 pages keep their letters when the zero bytes are left out.
    let head: Vec<u8> = head.iter().copied().filter(|b| *b != 0).map(|b| b.to_ascii_lowercase()).collect();
    let head = String::from_utf8_lossy(&head);
    let start = head.trim_start_matches(|c: char| !c.is_ascii() || c.is_whitespace());
    if !start.starts_with('<') {
        return None;
    }
    let html = ["<html", "<!doctype html", "<table", "<meta", "<body", "<div"].iter().any(|tag| head.contains(tag));
    if html {
        return Some(Thing::Html);
    }
    start.starts_with("<?xml").then_some(Thing::Xml)
}

/// What a compound file that is no workbook holds, by the names of its streams.
pub(super) fn compound(bytes: &[u8]) -> Option<Thing> {
    let has = |name: &str| contains_utf16(bytes, name);
    if has("WordDocument") {
        Some(Thing::Word)
    } else if has("PowerPoint Document") {
        Some(Thing::Slides)
    } else {
        None
    }
}

/// An xlsx under a password is a compound file with this stream.
pub(super) fn is_encrypted_package(bytes: &[u8]) -> bool {
    contains_utf16(bytes, "EncryptedPackage")
}

fn contains_utf16(bytes: &[u8], text: &str) -> bool {
    let wanted: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
