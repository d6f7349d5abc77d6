//! Photographs as they come from telephones: upright, small, without a word of their own, and within their memory.
#![expect(clippy::unwrap_used, reason = "tests")]

mod corpus;
#[path = "photographs/phone.rs"]
mod phone;

use corpus::{claiming, encoded, jpeg, peak, picture};
use image::{DynamicImage, ImageFormat, RgbImage, Rgba, RgbaImage};
use phone::phone_jpeg;
use quanxue_photo::{MAX_MEMORY, Remade, examine, metadata, remake};

fn shown(bytes: &[u8]) -> RgbImage {
    image::load_from_memory_with_format(bytes, ImageFormat::Jpeg).unwrap().into_rgb8()
}

fn take(bytes: &[u8]) -> Remade {
    remake(bytes, &examine(bytes).unwrap()).unwrap()
}

fn is_red(image: &RgbImage, x: u32, y: u32) -> bool {
    let [red, _, blue] = image.get_pixel(x, y).0;
    red > 180 && blue < 80
}

#[test]
fn a_photograph_is_shown_at_2560_and_320_whatever_it_came_as() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let made = take(&encoded(picture(3_000, 1_500), format));
        assert_eq!(shown(&made.display).dimensions(), (2_560, 1_280), "{format:?}");
        assert_eq!(shown(&made.thumb).dimensions(), (320, 160), "{format:?}");
        let display = shown(&made.display);
        assert!(is_red(&display, 100, 640) && !is_red(&display, 2_460, 640), "{format:?}");
    }
}

#[test]
fn a_small_one_is_not_blown_up() {
    let made = take(&jpeg(200, 100));
    assert_eq!(shown(&made.display).dimensions(), (200, 100));
    assert_eq!(shown(&made.thumb).dimensions(), (200, 100));
}

#[test]
fn a_strip_keeps_at_least_a_pixel() {
    let made = take(&jpeg(20_000, 4));
    assert_eq!(shown(&made.display).dimensions(), (2_560, 1));
    assert_eq!(shown(&made.thumb).dimensions(), (320, 1));
}

#[test]
fn one_taken_upright_is_turned_and_says_nothing_any_more() {
    let original = phone_jpeg(800, 400);
    let header = examine(&original).unwrap();
    let made = remake(&original, &header).unwrap();
    let display = shown(&made.display);
    // Orientation 6: what lay left is above.
    assert_eq!(display.dimensions(), (400, 800));
    assert!(is_red(&display, 200, 50) && !is_red(&display, 200, 750));
    assert_eq!(shown(&made.thumb).dimensions(), (160, 320));
    for bytes in [&made.display, &made.thumb] {
        for word in [b"Exif".as_slice(), b"Invented", b"2026:10:14"] {
            assert!(!bytes.windows(word.len()).any(|piece| piece == word));
        }
    }
    let said = metadata(&original, &header);
    assert_eq!(said.taken.unwrap().to_string(), "2026-10-14 09:12:33");
    assert_eq!(said.camera.as_deref(), Some("Invented Phone 7"));
    assert!(said.has_position);
    assert_eq!((said.width, said.height), (800, 400));
}

#[test]
fn one_that_says_nothing_has_only_its_size() {
    let bytes = jpeg(64, 48);
    let said = metadata(&bytes, &examine(&bytes).unwrap());
    assert_eq!((said.width, said.height, said.taken, said.camera, said.has_position), (64, 48, None, None, false));
}

#[test]
fn what_is_transparent_is_white_paper() {
    let clear = RgbaImage::from_pixel(64, 64, Rgba([0, 0, 0, 0]));
    for image in [DynamicImage::from(clear.clone()), DynamicImage::ImageRgba16(DynamicImage::from(clear).into_rgba16())]
    {
        let made = take(&encoded(image, ImageFormat::Png));
        assert_eq!(shown(&made.display).get_pixel(32, 32).0, [255, 255, 255]);
    }
}

#[test]
fn grey_and_deep_colours_are_read_too() {
    let grey = DynamicImage::from(picture(64, 64));
    for image in [
        DynamicImage::ImageLuma8(grey.to_luma8()),
        DynamicImage::ImageLuma16(grey.to_luma16()),
        DynamicImage::ImageRgb16(grey.to_rgb16()),
    ] {
        let [left, right] = [(8, 32), (56, 32)].map(|(x, y)| image.to_rgb8().get_pixel(x, y).0);
        let made = shown(&take(&encoded(image, ImageFormat::Png)).display);
        for ((x, y), want) in [((8, 32), left), ((56, 32), right)] {
            let got = made.get_pixel(x, y).0;
            assert!((0..3).all(|c| got[c].abs_diff(want[c]) < 24), "{got:?} instead of {want:?}");
        }
    }
}

#[test]
fn forty_megapixels_stay_within_their_memory() {
    let bytes = {
        // Written in strips of one colour: the test itself must not need the memory that it measures.
        let grey = image::GrayImage::from_fn(8_000, 5_000, |x, _| image::Luma([if x < 4_000 { 40 } else { 200 }]));
        encoded(grey, ImageFormat::Png)
    };
    let before = peak();
    let header = examine(&bytes).unwrap();
    let made = remake(&bytes, &header).unwrap();
    let used = peak() - before;
    assert!(used <= header.memory && header.memory <= MAX_MEMORY, "{used} of {}", header.memory);
    assert_eq!(shown(&made.display).dimensions(), (2_560, 1_600));
}

#[test]
fn forty_megapixels_of_colour_stay_within_their_memory() {
    // A small JPEG that claims forty megapixels and whose scan ends early decodes to grey: all the memory, no waiting.
    let small = jpeg(64, 64);
    let bytes = claiming(&small, 8_000, 5_000, 0xC0);
    let before = peak();
    let header = examine(&bytes).unwrap();
    let made = remake(&bytes, &header);
    let used = peak() - before;
    assert!(used > 100 * 1024 * 1024, "it was decoded: {used} bytes, {made:?}");
    assert!(used <= header.memory && header.memory <= MAX_MEMORY, "{used} of {}", header.memory);
}
