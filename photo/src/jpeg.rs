//! Walks the markers of a JPEG from start to end: its size, how it is coded, and whether the end is there.
//!
//! Decoders forgive a missing end and fill it with grey; evidence must not be half a photograph.

use crate::Refused;
use crate::header::Claim;

/// What has been met so far.
#[derive(Default)]
struct Walk {
    frame: Option<Frame>,
    scans: u64,
}

struct Frame {
    width: u32,
    height: u32,
    progressive: bool,
    /// Coefficients for each pixel if all are kept, in eighths: a colour component at quarter size counts two.
    eighths: u64,
    components: u64,
}

pub(crate) fn claim(bytes: &[u8]) -> Result<Claim, Refused> {
    let mut walk = Walk::default();
    walk.until_the_end(bytes)?;
    let frame = walk.frame.ok_or(Refused::Damaged)?;
    let pixel = if frame.components == 1 { 1 } else { 3 };
    // Coefficients are two bytes each; they are kept when more than one scan adds to them.
    let kept = if frame.progressive || walk.scans > 1 { (2 * frame.eighths).div_ceil(8) } else { 0 };
    Ok(Claim { width: frame.width, height: frame.height, bytes_per_pixel: pixel + kept, passes: walk.scans.max(1) })
}

impl Walk {
    fn until_the_end(&mut self, bytes: &[u8]) -> Result<(), Refused> {
        let mut at = 2; // after SOI, by which it was told
        loop {
            let marker;
            (marker, at) = next_marker(bytes, at).ok_or(Refused::Truncated)?;
            match marker {
                0xD9 => return Ok(()),
                // Without a length: restarts, TEM, a second start.
                0x01 | 0xD0..=0xD8 => {}
                _ => {
                    let body = segment(bytes, at).ok_or(Refused::Truncated)?;
                    self.meet(marker, body)?;
                    at += 2 + body.len();
                }
            }
        }
    }

    fn meet(&mut self, marker: u8, body: &[u8]) -> Result<(), Refused> {
        match marker {
            // SOF, without DHT, JPG and DAC, which share its row.
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                let second = self.frame.replace(frame(marker, body).ok_or(Refused::Damaged)?);
                if second.is_some() {
                    return Err(Refused::Damaged);
                }
            }
            0xDA => self.scans += 1,
            _ => {}
        }
        Ok(())
    }
}

/// The next marker at or after `at`, and where it ends. In a scan 0xFF is followed by 0x00 where it is data.
fn next_marker(bytes: &[u8], mut at: usize) -> Option<(u8, usize)> {
    loop {
        at += bytes.get(at..)?.iter().position(|b| *b == 0xFF)?;
        match *bytes.get(at + 1)? {
            0x00 => at += 2,
            0xFF => at += 1,
            marker => return Some((marker, at + 2)),
        }
    }
}

/// What a segment holds after its two bytes of length.
fn segment(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let length = usize::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
    bytes.get(at + 2..at + length.max(2))
}

fn frame(marker: u8, body: &[u8]) -> Option<Frame> {
    let pair = |at: usize| body.get(at..at + 2).and_then(|b| b.try_into().ok()).map(u16::from_be_bytes);
    let (height, width) = (pair(1)?, pair(3)?);
    let components = usize::from(*body.get(5)?);
    let samplings: Vec<u64> = body.get(6..6 + 3 * components)?.chunks(3).map(|c| sampling(c[1])).collect();
    let largest = *samplings.iter().max()?;
    if largest == 0 {
        return None;
    }
    let eighths = samplings.iter().map(|sampling| (8 * sampling).div_ceil(largest)).sum();
    Some(Frame {
        width: width.into(),
        height: height.into(),
        progressive: marker != 0xC0 && marker != 0xC1,
        eighths,
        components: components as u64,
    })
}

/// Horizontal times vertical samples of a component.
fn sampling(byte: u8) -> u64 {
    u64::from(byte >> 4) * u64::from(byte & 0x0F)
}
