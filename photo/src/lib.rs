//! Tells a photograph from what is none by its content, and makes it anew for showing: upright, small, without EXIF.
//!
//! A crate of its own because decoders are generic and compiled where they are used: here a development build
//! optimises them, in the program it would take ten seconds a photograph. Every byte is somebody else's: what a
//! header claims is checked, and the memory it asks for is counted, before anything is decoded.

mod exif;
mod header;
mod jpeg;
mod refused;
mod remake;
mod shrink;
mod webp;

pub use exif::Metadata;
pub use header::{Format, Header};
pub use refused::Refused;
pub use remake::Remade;

/// The most a photograph may hold, in bytes (security.md C5).
pub const MAX_BYTES: usize = 20 * 1024 * 1024;
/// The most pixels (security.md C5: 40 MP).
pub const MAX_PIXELS: u64 = 40_000_000;
/// The most memory that decoding one may take, in bytes, its own bytes included.
pub const MAX_MEMORY: u64 = 256 * 1024 * 1024;
/// The longer side of what is shown, in pixels.
pub const DISPLAY_SIDE: u32 = 2560;
/// The longer side of a thumbnail, in pixels.
pub const THUMB_SIDE: u32 = 320;

/// Looks at the first bytes and the structure only: what it is, how large, how much memory it will take.
pub fn examine(bytes: &[u8]) -> Result<Header, Refused> {
    header::examine(bytes)
}

/// Decodes and makes it anew. Takes up to [`Header::memory`] bytes and some tenths of a second: not for an async thread.
pub fn remake(bytes: &[u8], header: &Header) -> Result<Remade, Refused> {
    remake::remake(bytes, header)
}

/// What the photograph says of itself: when, with what, how large.
pub fn metadata(bytes: &[u8], header: &Header) -> Metadata {
    exif::metadata(bytes, header)
}
