//! Files that are no photographs, or photographs made to do harm: each is refused by name, quickly and in little memory.
#![expect(clippy::unwrap_used, reason = "tests")]

mod corpus;
#[path = "hostile/forged.rs"]
mod forged;

use corpus::{claiming, encoded, jpeg, peak, picture, with_segment};
use forged::{claiming_png, swelling_png, two_faced_webp};
use image::ImageFormat;
use proptest::prelude::*;
use quanxue_photo::{MAX_BYTES, Refused, Remade, examine, remake};

fn take(bytes: &[u8]) -> Result<Remade, Refused> {
    remake(bytes, &examine(bytes)?)
}

fn refusal(bytes: &[u8]) -> Refused {
    take(bytes).map(|_| "taken as a photograph").unwrap_err()
}

#[test]
fn what_is_no_photograph_is_called_what_it_is() {
    let html = b"<!DOCTYPE html><html><script>alert(1)</script></html>";
    let svg = b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    assert_eq!(refusal(html), Refused::NotAPhoto("网页"));
    assert_eq!(refusal(b"  <body onload=alert(1)>"), Refused::NotAPhoto("网页"));
    assert_eq!(refusal(svg), Refused::NotAPhoto("SVG 矢量图"));
    assert_eq!(refusal(b"%PDF-1.7 ..."), Refused::NotAPhoto("PDF 文件"));
    assert_eq!(refusal(b"PK\x03\x04........"), Refused::NotAPhoto("压缩包"));
    assert_eq!(refusal(b"GIF89a\x01\0\x01\0"), Refused::Animated);
    assert_eq!(refusal(b"BM......"), Refused::NotAPhoto("不支持的图片格式"));
    assert_eq!(refusal("谭小燕".as_bytes()), Refused::NotAPhoto("文本文件"));
    assert_eq!(refusal(&[0x13, 0x37, 0xFE, 0xFF]), Refused::NotAPhoto("无法识别的文件"));
    assert_eq!(refusal(heic), Refused::Heic);
    assert_eq!(refusal(b""), Refused::Empty);
}

#[test]
fn every_refusal_is_a_sentence_that_says_what_to_do() {
    let all = [
        Refused::Empty,
        Refused::TooLarge(MAX_BYTES + 1),
        Refused::NotAPhoto("网页"),
        Refused::Heic,
        Refused::Animated,
        Refused::TooManyPixels(60_000_000),
        Refused::TooHeavy,
        Refused::Truncated,
        Refused::Damaged,
    ];
    for refused in all {
        let sentence = refused.to_string();
        assert!(sentence.ends_with('。') && sentence.chars().count() > 12, "{sentence}");
    }
    assert!(Refused::TooLarge(MAX_BYTES + 1).to_string().starts_with("照片有 21 MB，超过 20 MB"));
    assert!(Refused::TooManyPixels(60_000_000).to_string().starts_with("照片有 6000 万像素，超过 4000 万像素"));
}

#[test]
fn more_than_twenty_megabytes_is_refused_unread() {
    let mut bytes = jpeg(64, 64);
    bytes.resize(MAX_BYTES + 1, 0);
    assert_eq!(refusal(&bytes), Refused::TooLarge(MAX_BYTES + 1));
}

#[test]
fn sixty_megapixels_are_refused_in_every_format() {
    assert_eq!(refusal(&claiming(&jpeg(64, 64), 10_000, 6_000, 0xC0)), Refused::TooManyPixels(60_000_000));
    assert_eq!(refusal(&claiming_png(10_000, 6_000, 8, 2)), Refused::TooManyPixels(60_000_000));
    assert_eq!(refusal(&claiming_png(u32::MAX, u32::MAX, 8, 6)), Refused::TooManyPixels(u64::from(u32::MAX).pow(2)));
    let mut webp = encoded(picture(64, 64), ImageFormat::WebP);
    let at = webp.windows(4).position(|name| name == b"VP8L").unwrap() + 9;
    webp[at..at + 4].copy_from_slice(&(9_999_u32 + (5_999 << 14)).to_le_bytes());
    assert_eq!(refusal(&webp), Refused::TooManyPixels(60_000_000));
}

#[test]
fn a_size_of_nothing_is_damage() {
    assert_eq!(refusal(&claiming(&jpeg(64, 64), 0, 64, 0xC0)), Refused::Damaged);
    assert_eq!(refusal(&claiming_png(0, 0, 8, 2)), Refused::Damaged);
}

#[test]
fn what_would_take_too_much_memory_or_work_is_refused_before_it_is_decoded() {
    assert_eq!(refusal(&claiming_png(8_000, 5_000, 16, 6)), Refused::TooHeavy);
    assert_eq!(refusal(&claiming(&jpeg(64, 64), 8_000, 5_000, 0xC2)), Refused::TooHeavy, "progressive keeps all");
    assert_eq!(refusal(&two_faced_webp()), Refused::Damaged);
    // A scan more costs a few bytes of file and a pass over forty million pixels.
    let mut scans = claiming(&jpeg(64, 64), 5_000, 4_000, 0xC2);
    let end = scans.len() - 2;
    let scan = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0];
    scans.splice(end..end, scan.repeat(90));
    assert_eq!(refusal(&scans), Refused::TooHeavy);
}

#[test]
fn half_a_photograph_is_none() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = encoded(picture(600, 400), format);
        for part in [whole.len() / 2, whole.len() - whole.len() / 10, 40] {
            let refused = refusal(&whole[..part]);
            assert!(matches!(refused, Refused::Truncated), "{format:?} cut at {part}: {refused:?}");
        }
    }
    let whole = jpeg(600, 400);
    assert_eq!(refusal(&whole[..whole.len() - 2]), Refused::Truncated);
}

#[test]
fn what_a_telephone_appends_does_no_harm() {
    let moving = [jpeg(600, 400), b"\0\0\0\x18ftypmp42 a film of two seconds".to_vec()].concat();
    assert!(take(&moving).is_ok());
}

#[test]
fn nothing_of_a_polyglot_survives_in_what_is_shown() {
    let pdf = b"%PDF-1.4\n1 0 obj <</OpenAction <</S /JavaScript /JS (app.alert(1))>>>>\n<script>alert(1)</script>";
    let both = with_segment(&jpeg(600, 400), 0xFE, pdf);
    let both = [both, b"<html><script>alert(1)</script>".to_vec()].concat();
    let Remade { display, thumb } = take(&both).unwrap();
    for made in [display, thumb] {
        assert!(made.starts_with(&[0xFF, 0xD8, 0xFF]));
        for piece in [b"%PDF".as_slice(), b"<script", b"/JS"] {
            assert!(!made.windows(piece.len()).any(|window| window == piece));
        }
    }
}

#[test]
fn a_colour_profile_that_swells_is_not_swelled() {
    let bytes = swelling_png();
    let before = peak();
    let taken = take(&bytes);
    let used = peak() - before;
    assert!(used < 32 * 1024 * 1024, "{used} bytes; {taken:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever is done to a file, it is a photograph or it is refused; never a crash.
    #[test]
    fn bent_files_never_crash(format in 0..3_usize, changes in prop::collection::vec((any::<u16>(), any::<u8>()), 1..12)) {
        let format = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP][format];
        let mut bytes = encoded(picture(48, 32), format);
        for (at, to) in changes {
            let at = usize::from(at) % bytes.len();
            bytes[at] = to;
        }
        if let Ok(header) = examine(&bytes) {
            prop_assert!(header.memory <= quanxue_photo::MAX_MEMORY);
            let _taken_or_refused = remake(&bytes, &header);
        }
    }

    #[test]
    fn any_bytes_are_looked_at_without_a_crash(start in 0..3_usize, rest in prop::collection::vec(any::<u8>(), 0..400)) {
        let start: &[u8] = [b"\xFF\xD8\xFF\xE0".as_slice(), b"\x89PNG\r\n\x1a\n", b"RIFF\xFF\0\0\0WEBP"][start];
        let _looked_at = examine(&[start, &rest].concat());
    }
}
