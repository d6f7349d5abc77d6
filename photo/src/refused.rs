//! Why a file is not taken as a photograph, a sentence each that says what to do.

use crate::{MAX_BYTES, MAX_PIXELS};

/// Not taken as a photograph. Its `Display` is the sentence for the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No byte in it.
    #[error("这个文件是空的，请重新选择照片。")]
    Empty,
    /// More than twenty megabytes.
    #[error("照片有 {} MB，超过 {} MB。请把手机相机的分辨率调低后重拍，或缩小后再上传。", .0.div_ceil(1024 * 1024), MAX_BYTES / 1024 / 1024)]
    TooLarge(usize),
    /// Not a photograph at all, whatever its name says; what it is instead.
    #[error("这个文件不是照片，而是{0}。请上传手机拍摄的 JPG、PNG 或 WebP 照片。")]
    NotAPhoto(&'static str),
    /// An iPhone's own format.
    #[error(
        "这是苹果手机的 HEIC 照片，电脑上打不开。请在手机“设置 › 相机 › 格式”中选“兼容性最佳”后重拍，或转成 JPG 再上传。"
    )]
    Heic,
    /// A picture that moves.
    #[error("动态图片不能作为照片，请上传 JPG 照片。")]
    Animated,
    /// More than forty million pixels.
    #[error("照片有 {} 万像素，超过 {} 万像素。请把手机相机的分辨率调低后重拍，或缩小后再上传。", .0 / 10_000, MAX_PIXELS / 10_000)]
    TooManyPixels(u64),
    /// Decoding it would take more memory than is given to one.
    #[error("这张照片的编码太复杂，无法处理。请在手机上另存为普通 JPG 照片后再上传。")]
    TooHeavy,
    /// The end is missing.
    #[error("照片没有传完整，后半部分缺失。请重新选择这张照片再上传一次。")]
    Truncated,
    /// It cannot be decoded.
    #[error("照片已损坏，打不开。请换一张，或重新拍摄。")]
    Damaged,
}
