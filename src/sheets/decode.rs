//! The encodings of text files: UTF-8 and UTF-16 with or without their mark, and GB18030 with GBK in it.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::{Unreadable, unreadable::Thing};
use crate::domain::cells::Encoding;

/// Decodes strictly: a byte that fits no encoding is an error and never a replacement sign.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Encoding), Unreadable> {
    let (text, encoding) = any(bytes)?;
    let text = text.trim_end_matches('\u{1a}');
    if text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{85}')) {
        return Err(Unreadable::NotAWorkbook(Thing::Unknown));
    }
    if text.trim().is_empty() {
        return Err(Unreadable::Empty);
    }
    Ok((text.to_owned(), encoding))
}

fn any(bytes: &[u8]) -> Result<(String, Encoding), Unreadable> {
    if let Some((marked, length)) = encoding_rs::Encoding::for_bom(bytes) {
        let kind = if marked == encoding_rs::UTF_8 { Encoding::Utf8 } else { Encoding::Utf16 };
        let body = bytes.get(length..).unwrap_or_default();
        return strict(marked, body).map(|text| (text, kind)).ok_or(Unreadable::Encoding);
    }
    if bytes.contains(&0) {
        let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
        let order = if zeros(1) >= zeros(0) { UTF_16LE } else { UTF_16BE };
        let text = strict(order, bytes).filter(|text| !text.contains('\0'));
        return text.map(|text| (text, Encoding::Utf16)).ok_or(Unreadable::NotAWorkbook(Thing::Unknown));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), Encoding::Utf8));
    }
    strict(GB18030, bytes).map(|text| (text, Encoding::Gb18030)).ok_or(Unreadable::Encoding)
}

fn strict(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}
