//! What a photograph says of itself. It is kept sealed beside the original and never believed: a clock may be wrong,
//! and a picture of a picture has a camera too.

use std::io::Cursor;

use chrono::NaiveDateTime;
use exif::{Exif, In, Tag, Value};
use serde::{Deserialize, Serialize};

use crate::Header;

/// The longest text kept from a tag, in characters.
const MAX_TEXT: usize = 80;

/// A photograph's own words on when and with what it was taken.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// In pixels, as decoded.
    pub width: u32,
    /// In pixels, as decoded.
    pub height: u32,
    /// When it was taken by the camera's clock, which has no zone.
    pub taken: Option<NaiveDateTime>,
    /// When the file was last changed by the same clock; later than `taken` where it was worked on.
    pub changed: Option<NaiveDateTime>,
    /// Maker and model.
    pub camera: Option<String>,
    /// The program that wrote it, where it says so.
    pub software: Option<String>,
    /// Whether it carries a position; the position itself stays in the sealed original.
    pub has_position: bool,
}

pub(crate) fn metadata(bytes: &[u8], header: &Header) -> Metadata {
    let plain = Metadata { width: header.width, height: header.height, ..Metadata::default() };
    let Ok(exif) = exif::Reader::new().read_from_container(&mut Cursor::new(bytes)) else { return plain };
    let camera: Vec<String> = [Tag::Make, Tag::Model].iter().filter_map(|tag| text(&exif, *tag)).collect();
    Metadata {
        taken: time(&exif, Tag::DateTimeOriginal),
        changed: time(&exif, Tag::DateTime),
        camera: (!camera.is_empty()).then(|| camera.join(" ")),
        software: text(&exif, Tag::Software),
        has_position: exif.get_field(Tag::GPSLatitude, In::PRIMARY).is_some(),
        ..plain
    }
}

fn text(exif: &Exif, tag: Tag) -> Option<String> {
    let Value::Ascii(lines) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
    let text = String::from_utf8_lossy(lines.first()?);
    let clean: String = text.trim().chars().filter(|c| !c.is_control()).take(MAX_TEXT).collect();
    (!clean.is_empty()).then_some(clean)
}

/// 2026:10:14 09:12:33
fn time(exif: &Exif, tag: Tag) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(&text(exif, tag)?, "%Y:%m:%d %H:%M:%S").ok()
}
