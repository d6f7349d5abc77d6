//! Walks the chunks of a WebP: every size it claims, whether it moves, whether the end is there.
//!
//! A frame inside may claim another size than the outer header; the decoder makes room for it before it compares.

use crate::Refused;
use crate::header::Claim;

/// Planes, the decoded picture and its alpha, in bytes a pixel at the worst.
const BYTES_PER_PIXEL: u64 = 7;

pub(crate) fn claim(bytes: &[u8]) -> Result<Claim, Refused> {
    let declared = bytes.get(4..8).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes).ok_or(Refused::Truncated)?;
    if (declared as usize).saturating_add(8) > bytes.len() {
        return Err(Refused::Truncated);
    }
    let mut sizes = Vec::new();
    let mut at = 12;
    while let Some((name, body, next)) = chunk(bytes, at) {
        match name {
            b"ANIM" | b"ANMF" => return Err(Refused::Animated),
            b"VP8X" => sizes.push(canvas(body)),
            b"VP8 " => sizes.push(lossy(body)),
            b"VP8L" => sizes.push(lossless(body)),
            _ => {}
        }
        at = next;
    }
    let sizes: Vec<(u32, u32)> = sizes.into_iter().collect::<Option<_>>().ok_or(Refused::Damaged)?;
    let (width, height) = *sizes.first().ok_or(Refused::Damaged)?;
    if sizes.iter().any(|size| *size != (width, height)) {
        return Err(Refused::Damaged);
    }
    Ok(Claim { width, height, bytes_per_pixel: BYTES_PER_PIXEL, passes: 1 })
}

/// A chunk's name, what it holds, and where the next begins; chunks are padded to even lengths.
fn chunk(bytes: &[u8], at: usize) -> Option<(&[u8; 4], &[u8], usize)> {
    let name = bytes.get(at..at + 4)?.try_into().ok()?;
    let length = u32::from_le_bytes(bytes.get(at + 4..at + 8)?.try_into().ok()?) as usize;
    let body = bytes.get(at + 8..(at + 8).checked_add(length)?)?;
    Some((name, body, at + 8 + length + length % 2))
}

/// Twenty-four bits each, less one.
fn canvas(body: &[u8]) -> Option<(u32, u32)> {
    let side = |at: usize| Some(u32::from_le_bytes([*body.get(at)?, *body.get(at + 1)?, *body.get(at + 2)?, 0]) + 1);
    Some((side(4)?, side(7)?))
}

/// Fourteen bits each, after the frame's tag and start code.
fn lossy(body: &[u8]) -> Option<(u32, u32)> {
    let side = |at: usize| Some(u32::from(u16::from_le_bytes([*body.get(at)?, *body.get(at + 1)?]) & 0x3FFF));
    Some((side(6)?, side(8)?))
}

/// Fourteen bits each, less one, after the signature.
fn lossless(body: &[u8]) -> Option<(u32, u32)> {
    let bits = u32::from_le_bytes(body.get(1..5)?.try_into().ok()?);
    Some(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
}
