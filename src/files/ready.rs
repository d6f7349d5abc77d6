//! A file that was looked at and may be stored: its bytes, what they are, and what was made of them for showing.

use bytes::Bytes;
use quanxue_photo::{Metadata, Remade};
use sha2::{Digest, Sha256};

/// Looked at and found good.
#[derive(Debug, Clone)]
pub struct Ready {
    /// As they came.
    pub bytes: Bytes,
    /// By content, never by name.
    pub media: &'static str,
    /// SHA-256 of the bytes as they came.
    pub sha256: Vec<u8>,
    /// For a photograph, what is shown of it.
    pub shown: Option<Remade>,
    /// For a photograph, what it says of itself.
    pub metadata: Option<Metadata>,
}

impl Ready {
    /// A file of which nothing is shown.
    pub(super) fn plain(bytes: Bytes, media: &'static str) -> Self {
        let sha256 = Sha256::digest(&bytes).to_vec();
        Self { bytes, media, sha256, shown: None, metadata: None }
    }
}
