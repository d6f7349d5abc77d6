//! Photographs: looked at, decoded and made anew on a thread of their own, within the memory that all of them share.

use bytes::Bytes;
use quanxue_photo::Header;
use tokio::sync::Semaphore;

use super::ready::Ready;

pub use quanxue_photo::{MAX_BYTES as MAX_PHOTO_BYTES, Metadata, Refused as PhotoRefusal};

/// What decoding may take at any moment in the whole program, in megabytes.
const MEMORY: u32 = 256;
/// No photograph counts for less than half of it, so that at most two are decoded at once.
const LEAST: u32 = MEMORY / 2;

static ROOM: Semaphore = Semaphore::const_new(MEMORY as usize);

/// Reads a photograph and makes it anew. Waits until there is room; takes some tenths of a second, so do it before a
/// transaction is opened.
pub async fn read_photo(bytes: Bytes) -> Result<Ready, PhotoRefusal> {
    let header = quanxue_photo::examine(&bytes)?;
    let room = ROOM.acquire_many(weight(&header)).await;
    let made = tokio::task::spawn_blocking(move || make(bytes, &header)).await;
    drop(room);
    // A decoder that panics has met a file that is no photograph.
    made.unwrap_or(Err(PhotoRefusal::Damaged))
}

fn make(bytes: Bytes, header: &Header) -> Result<Ready, PhotoRefusal> {
    let shown = quanxue_photo::remake(&bytes, header)?;
    let metadata = quanxue_photo::metadata(&bytes, header);
    Ok(Ready { shown: Some(shown), metadata: Some(metadata), ..Ready::plain(bytes, header.format.media()) })
}

fn weight(header: &Header) -> u32 {
    u32::try_from(header.memory.div_ceil(1024 * 1024)).unwrap_or(MEMORY).clamp(LEAST, MEMORY)
}
