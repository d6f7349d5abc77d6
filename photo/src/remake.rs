//! Decodes a photograph within its limits and encodes it anew: what is shown was written here, byte for byte.

use std::io::Cursor;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageResult, Limits, RgbImage};

use crate::header::{Format, Header};
use crate::shrink::{Source, shrink};
use crate::{DISPLAY_SIDE, Refused, THUMB_SIDE};

/// Quality of what is shown: writing on a photographed sheet stays sharp.
const DISPLAY_QUALITY: u8 = 82;
const THUMB_QUALITY: u8 = 75;
/// Bytes.
const PNG_EXTRAS: u64 = 8 * 1024 * 1024;

/// A photograph made anew: upright JPEGs without any metadata.
#[derive(Debug, Clone)]
pub struct Remade {
    /// At most [`DISPLAY_SIDE`] a side.
    pub display: Vec<u8>,
    /// At most [`THUMB_SIDE`] a side.
    pub thumb: Vec<u8>,
}

pub(crate) fn remake(bytes: &[u8], header: &Header) -> Result<Remade, Refused> {
    let (small, orientation) = decode(bytes, header)?;
    let mut upright = DynamicImage::ImageRgb8(small);
    upright.apply_orientation(orientation);
    let display = upright.into_rgb8();
    let source = Source {
        bytes: display.as_raw(),
        width: display.width(),
        height: display.height(),
        colour: image::ColorType::Rgb8,
    };
    let thumb = shrink(&source, THUMB_SIDE).ok_or(Refused::Damaged)?;
    Ok(Remade { thumb: encode(&thumb, THUMB_QUALITY)?, display: encode(&display, DISPLAY_QUALITY)? })
}

fn decode(bytes: &[u8], header: &Header) -> Result<(RgbImage, Orientation), Refused> {
    let mut decoder = decoder(bytes, header.format).map_err(|e| refused(&e))?;
    if decoder.dimensions() != (header.width, header.height) || decoder.total_bytes() > header.memory {
        return Err(Refused::Damaged);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let (colour, length) = (decoder.color_type(), decoder.total_bytes());
    let mut pixels = vec![0; usize::try_from(length).map_err(|_| Refused::TooHeavy)?];
    decoder.read_image_boxed(&mut pixels).map_err(|e| refused(&e))?;
    let source = Source { bytes: &pixels, width: header.width, height: header.height, colour };
    Ok((shrink(&source, DISPLAY_SIDE).ok_or(Refused::Damaged)?, orientation))
}

fn decoder(bytes: &[u8], format: Format) -> ImageResult<Box<dyn ImageDecoder + '_>> {
    let reader = Cursor::new(bytes);
    Ok(match format {
        Format::Jpeg => Box::new(JpegDecoder::new(reader)?),
        Format::WebP => Box::new(WebPDecoder::new(reader)?),
        Format::Png => {
            // What a PNG's profile and texts may inflate to; the pixels have room of their own.
            let mut limits = Limits::default();
            limits.max_alloc = Some(PNG_EXTRAS);
            Box::new(PngDecoder::with_limits(reader, limits)?)
        }
    })
}

fn encode(image: &RgbImage, quality: u8) -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(image).map_err(|e| refused(&e))?;
    Ok(bytes)
}

fn refused(error: &ImageError) -> Refused {
    match error {
        ImageError::Limits(_) => Refused::TooHeavy,
        ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Refused::Truncated,
        error if error.to_string().to_lowercase().contains("unexpected eof") => Refused::Truncated,
        _ => Refused::Damaged,
    }
}
