//! Files that claim what they are not.

use image::{GrayImage, ImageFormat};

use super::corpus::{encoded, picture};

/// A PNG of a few hundred bytes that claims a size and a depth; its checksums are right.
pub fn claiming_png(width: u32, height: u32, depth: u8, colour: u8) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, colour, 0, 0, 0]].concat();
    let tail = encoded(picture(4, 4), ImageFormat::Png)[33..].to_vec();
    [b"\x89PNG\r\n\x1a\n".to_vec(), png_chunk(*b"IHDR", &head), tail].concat()
}

pub fn png_chunk(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    let named = [name.as_slice(), body].concat();
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    [&length[..], &named, &crc(&named).to_be_bytes()].concat()
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { c >> 1 ^ 0xEDB8_8320 } else { c >> 1 })
    })
}

/// A WebP whose outer header says one size and whose frame inside says another.
pub fn two_faced_webp() -> Vec<u8> {
    let canvas = [0, 0, 0, 0, 99, 0, 0, 99, 0, 0];
    let frame = [0x30, 0, 0, 0x9D, 0x01, 0x2A, 0xFF, 0x3F, 0xFF, 0x3F, 0, 0];
    let chunks = [riff_chunk(*b"VP8X", &canvas), riff_chunk(*b"VP8 ", &frame)].concat();
    riff_chunk(*b"RIFF", &[b"WEBP".as_slice(), &chunks].concat())
}

fn riff_chunk(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    [name.as_slice(), &u32::try_from(body.len()).unwrap().to_le_bytes(), body].concat()
}

/// A PNG with a colour profile of a few kilobytes that inflates to sixty-four megabytes.
pub fn swelling_png() -> Vec<u8> {
    let zeroes = encoded(GrayImage::new(8_000, 8_000), ImageFormat::Png);
    let profile = [b"p\0\0".as_slice(), &compressed_data(&zeroes)].concat();
    let png = encoded(picture(64, 64), ImageFormat::Png);
    [&png[..33], &png_chunk(*b"iCCP", &profile), &png[33..]].concat()
}

/// What all IDAT chunks of a PNG hold, end to end: one zlib stream.
fn compressed_data(png: &[u8]) -> Vec<u8> {
    let (mut at, mut data) = (8, Vec::new());
    while let Some(length) = png.get(at..at + 4) {
        let length = u32::from_be_bytes(length.try_into().unwrap()) as usize;
        if &png[at + 4..at + 8] == b"IDAT" {
            data.extend_from_slice(&png[at + 8..at + 8 + length]);
        }
        at += 12 + length;
    }
    data
}
