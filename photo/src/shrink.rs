//! Makes a picture smaller row by row: every source pixel counts by its area, so that writing on a photographed sheet
//! stays legible, and no second picture of full size is ever in memory.
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sides are below 65536 and samples between 0 and 255: all exact in f32"
)]

use image::{ColorType, RgbImage};

/// The decoded picture as it lies in memory.
pub(crate) struct Source<'a> {
    pub bytes: &'a [u8],
    pub width: u32,
    pub height: u32,
    pub colour: ColorType,
}

/// The picture with its longer side at most `side`; never larger than it was. None for a colour type no photograph has.
pub(crate) fn shrink(source: &Source<'_>, side: u32) -> Option<RgbImage> {
    let to_rgb = converter(source.colour)?;
    let longer = source.width.max(source.height);
    let scaled = |n: u32| {
        if longer <= side { n } else { ((n as f32 * side as f32 / longer as f32).round() as u32).clamp(1, side) }
    };
    let (width, height) = (scaled(source.width), scaled(source.height));
    let columns = shares(source.width, width);
    let stride = source.width as usize * usize::from(source.colour.bytes_per_pixel());
    let mut rows = source.bytes.chunks_exact(stride);
    let mut small = RgbImage::new(width, height);
    let mut last: Option<(usize, Vec<[f32; 3]>)> = None;
    for (y, share) in shares(source.height, height).iter().enumerate() {
        let mut sum = vec![[0.0; 3]; width as usize];
        for (n, weight) in share.weights.iter().enumerate() {
            let at = share.start + n;
            let known = last.take().filter(|(row, _)| *row == at).map(|(_, narrow)| narrow);
            let narrow = match known {
                Some(narrow) => narrow,
                None => narrowed(rows.next()?, usize::from(source.colour.bytes_per_pixel()), to_rgb, &columns),
            };
            for (sum, pixel) in sum.iter_mut().zip(&narrow) {
                (0..3).for_each(|c| sum[c] += pixel[c] * weight);
            }
            last = Some((at, narrow));
        }
        for (x, pixel) in sum.iter().enumerate() {
            small.put_pixel(x as u32, y as u32, image::Rgb(pixel.map(|sample| sample.round() as u8)));
        }
    }
    Some(small)
}

/// Which source pixels make one pixel of the smaller picture, from where, and with what part; the parts sum to one.
struct Share {
    start: usize,
    weights: Vec<f32>,
}

fn shares(from: u32, to: u32) -> Vec<Share> {
    let ratio = f64::from(from) / f64::from(to);
    let share = |n: u32| {
        let (begin, end) = (f64::from(n) * ratio, (f64::from(n + 1) * ratio).min(f64::from(from)));
        let start = begin.floor() as usize;
        let stop = (end.ceil() as usize).clamp(start + 1, from as usize);
        let part = |pixel: usize| ((pixel + 1) as f64).min(end) - (pixel as f64).max(begin);
        let weights = (start..stop).map(|pixel| (part(pixel) / (end - begin)).max(0.0) as f32).collect();
        Share { start, weights }
    };
    (0..to).map(share).collect()
}

fn narrowed(row: &[u8], size: usize, to_rgb: ToRgb, columns: &[Share]) -> Vec<[f32; 3]> {
    let pixel = |share: &Share| {
        let mut sum = [0.0; 3];
        let samples = row[share.start * size..].chunks_exact(size);
        for (sample, weight) in samples.zip(&share.weights) {
            let rgb = to_rgb(sample);
            (0..3).for_each(|c| sum[c] += f32::from(rgb[c]) * weight);
        }
        sum
    };
    columns.iter().map(pixel).collect()
}

/// From a pixel's bytes to red, green and blue.
type ToRgb = fn(&[u8]) -> [u8; 3];

/// How a pixel of this colour type becomes red, green and blue, on white paper where it is transparent.
fn converter(colour: ColorType) -> Option<ToRgb> {
    Some(match colour {
        ColorType::L8 => |p| [p[0]; 3],
        ColorType::La8 => |p| [on_white(p[0], p[1]); 3],
        ColorType::Rgb8 => |p| [p[0], p[1], p[2]],
        ColorType::Rgba8 => |p| [0, 1, 2].map(|c| on_white(p[c], p[3])),
        ColorType::L16 => |p| [high(p, 0); 3],
        ColorType::La16 => |p| [on_white(high(p, 0), high(p, 1)); 3],
        ColorType::Rgb16 => |p| [0, 1, 2].map(|c| high(p, c)),
        ColorType::Rgba16 => |p| [0, 1, 2].map(|c| on_white(high(p, c), high(p, 3))),
        _ => return None,
    })
}

/// The high byte of a sixteen-bit sample, as the machine lays it.
fn high(pixel: &[u8], sample: usize) -> u8 {
    (u16::from_ne_bytes([pixel[2 * sample], pixel[2 * sample + 1]]) >> 8) as u8
}

fn on_white(sample: u8, alpha: u8) -> u8 {
    let (sample, alpha) = (u16::from(sample), u16::from(alpha));
    ((sample * alpha + 255 * (255 - alpha)) / 255) as u8
}
