//! A photograph and a scan, made here.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

/// A scan of one page, as far as anybody looks.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n";

/// A JPEG that carries a word of its own.
pub fn photograph(width: u32, height: u32) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, y| {
        let grain = |n: u32| u8::try_from((x * n + y * 31) % 251).unwrap();
        Rgb([grain(7), grain(11), grain(13)])
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    let jpeg = bytes.into_inner();
    [&jpeg[..2], b"\xFF\xFE\x00\x09comment", &jpeg[2..]].concat()
}
