//! A photograph as a telephone writes it.

use std::io::Cursor;

use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};

use super::corpus::{jpeg, with_segment};

/// As a telephone held upright writes it: orientation 6, its time, its maker, where it stood.
pub fn phone_jpeg(width: u32, height: u32) -> Vec<u8> {
    let text = |tag, text: &str| Field { tag, ifd_num: In::PRIMARY, value: Value::Ascii(vec![text.into()]) };
    let degrees = vec![Rational { num: 31, denom: 1 }, Rational { num: 57, denom: 1 }, Rational { num: 1, denom: 1 }];
    let fields = [
        Field { tag: Tag::Orientation, ifd_num: In::PRIMARY, value: Value::Short(vec![6]) },
        text(Tag::Make, "Invented"),
        text(Tag::Model, "Phone 7"),
        text(Tag::DateTimeOriginal, "2026:10:14 09:12:33"),
        text(Tag::DateTime, "2026:10:14 09:12:33"),
        Field { tag: Tag::GPSLatitude, ifd_num: In::PRIMARY, value: Value::Rational(degrees) },
    ];
    let mut writer = Writer::new();
    for field in &fields {
        writer.push_field(field);
    }
    let mut tiff = Cursor::new(Vec::new());
    writer.write(&mut tiff, false).unwrap();
    let body = [b"Exif\0\0".as_slice(), &tiff.into_inner()].concat();
    with_segment(&jpeg(width, height), 0xE1, &body)
}
