//! What a file is by its content, how many pixels it claims, and what decoding it would cost.

use crate::{MAX_BYTES, MAX_MEMORY, MAX_PIXELS, Refused, jpeg, webp};

/// The formats taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP, one picture.
    WebP,
}

impl Format {
    /// Its media type.
    pub const fn media(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
        }
    }
}

/// What a photograph's structure says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// What it is.
    pub format: Format,
    /// In pixels, before it is turned upright.
    pub width: u32,
    /// In pixels, before it is turned upright.
    pub height: u32,
    /// What decoding it takes at most, in bytes; never more than [`MAX_MEMORY`].
    pub memory: u64,
}

/// What a format's own structure says, before it is judged.
pub(crate) struct Claim {
    pub width: u32,
    pub height: u32,
    /// Bytes that decoding keeps in memory for every pixel.
    pub bytes_per_pixel: u64,
    /// How often decoding passes over all pixels.
    pub passes: u64,
}

/// Copies of the file itself that a decoder keeps.
const COPIES: u64 = 2;
/// Rows in work, the picture as shown and as encoded.
const WORKROOM: u64 = 48 * 1024 * 1024;
/// A progressive file of a hundred scans is no photograph but an attack; real ones have about ten.
const MAX_PIXEL_PASSES: u64 = 12 * MAX_PIXELS;

pub(crate) fn examine(bytes: &[u8]) -> Result<Header, Refused> {
    if bytes.is_empty() {
        return Err(Refused::Empty);
    }
    if bytes.len() > MAX_BYTES {
        return Err(Refused::TooLarge(bytes.len()));
    }
    let format = format(bytes)?;
    let claim = match format {
        Format::Jpeg => jpeg::claim(bytes)?,
        Format::Png => png_claim(bytes)?,
        Format::WebP => webp::claim(bytes)?,
    };
    judge(format, &claim, bytes.len() as u64)
}

fn judge(format: Format, claim: &Claim, size: u64) -> Result<Header, Refused> {
    let pixels = u64::from(claim.width) * u64::from(claim.height);
    if pixels == 0 {
        return Err(Refused::Damaged);
    }
    if pixels > MAX_PIXELS {
        return Err(Refused::TooManyPixels(pixels));
    }
    let memory = pixels * claim.bytes_per_pixel + COPIES * size + WORKROOM;
    if memory > MAX_MEMORY || pixels * claim.passes > MAX_PIXEL_PASSES {
        return Err(Refused::TooHeavy);
    }
    Ok(Header { format, width: claim.width, height: claim.height, memory })
}

/// By content only: a name says nothing.
fn format(bytes: &[u8]) -> Result<Format, Refused> {
    let found = infer::get(bytes);
    match found.map(|kind| kind.mime_type()) {
        Some("image/jpeg") => Ok(Format::Jpeg),
        Some("image/png") => Ok(Format::Png),
        Some("image/webp") => Ok(Format::WebP),
        Some("image/heif" | "image/avif") => Err(Refused::Heic),
        Some("image/gif") => Err(Refused::Animated),
        Some("application/pdf") => Err(Refused::NotAPhoto("PDF 文件")),
        Some("text/html") => Err(Refused::NotAPhoto("网页")),
        Some("application/zip" | "application/x-7z-compressed" | "application/vnd.rar") => {
            Err(Refused::NotAPhoto("压缩包"))
        }
        Some(mime) if mime.starts_with("image/") => Err(Refused::NotAPhoto("不支持的图片格式")),
        Some(mime) if mime.starts_with("video/") => Err(Refused::NotAPhoto("视频")),
        Some(mime) if mime.starts_with("audio/") => Err(Refused::NotAPhoto("录音")),
        _ => Err(Refused::NotAPhoto(text_kind(bytes))),
    }
}

/// What a text is that `infer` does not know: a drawing, a page, or only words.
fn text_kind(bytes: &[u8]) -> &'static str {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    if head.contains("<svg") {
        "SVG 矢量图"
    } else if head.contains("<html") || head.contains("<script") || head.contains("<body") {
        "网页"
    } else if std::str::from_utf8(bytes).is_ok() {
        "文本文件"
    } else {
        "无法识别的文件"
    }
}

/// PNG says it all in its first chunk, which must be IHDR; one that was cut has no IEND.
fn png_claim(bytes: &[u8]) -> Result<Claim, Refused> {
    let number = |at: usize| bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_be_bytes);
    if bytes.get(12..16) != Some(b"IHDR") {
        return Err(if bytes.len() < 33 { Refused::Truncated } else { Refused::Damaged });
    }
    let (Some(width), Some(height), Some([depth, colour])) = (number(16), number(20), bytes.get(24..26)) else {
        return Err(Refused::Truncated);
    };
    // A colour named as transparent adds a sample, a palette becomes three or four.
    let samples = if matches!(colour, 0 | 4) { 2 } else { 4 };
    let bytes_per_pixel = samples * if *depth == 16 { 2 } else { 1 };
    Ok(Claim { width, height, bytes_per_pixel, passes: 1 })
}
