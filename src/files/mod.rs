//! Stored files: sealed with the county's key, behind an object store, never changed. Only the PDF of a batch,
//! which is made again at will, is ever removed.
//!
//! A folder by default; an S3 bucket can stand behind the same interface. Objects are named by county and id only,
//! so that a listing of the store tells nothing of anybody.

mod document;
mod photo;
mod ready;

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use object_store::local::LocalFileSystem;
use object_store::{ObjectStore, ObjectStoreExt as _, PutMode, PutOptions, PutPayload};

use crate::domain::ids::FileId;
use crate::vault::{CountyKey, VaultError};

pub use document::{FileRefusal, MAX_PDF_BYTES, MAX_WORKBOOK_BYTES, read_evidence, read_pdf, read_workbook};
pub use photo::{MAX_PHOTO_BYTES, Metadata, PhotoRefusal, read_photo};
pub use ready::Ready;

/// The most a stored file may hold, in bytes (security.md C5: a workbook, 50 MB).
pub const MAX_BYTES: usize = 50 * 1024 * 1024;

/// Which of a file's objects: what was sent, and what is made of a photograph for showing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// As it was sent, byte for byte.
    Body,
    /// A photograph made anew, at most 2560 pixels a side.
    Display,
    /// The same at most 320 pixels a side.
    Thumb,
}

impl Part {
    const fn name(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Display => "display",
            Self::Thumb => "thumb",
        }
    }

    /// The place a part is sealed into, so that none can be passed off as another.
    const fn place(self) -> &'static str {
        match self {
            Self::Body => "file.body",
            Self::Display => "file.display",
            Self::Thumb => "file.thumb",
        }
    }
}

/// Why a file could not be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// The folder cannot be made or opened.
    #[error("附件文件夹 {path} 无法使用：{source}")]
    Folder {
        /// Where it should be.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The store did not do it; for a disk that is full, this.
    #[error("the file store: {0}")]
    Store(#[from] object_store::Error),
    /// Larger than any file may be; the caller should have asked before.
    #[error("a file of {0} bytes is more than is ever stored")]
    TooLarge(usize),
    /// Altered in the store, moved, or of another key.
    #[error(transparent)]
    Sealed(#[from] VaultError),
    /// The work on another thread did not end.
    #[error("a thread that seals files ended early")]
    Thread,
}

/// The file store. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
}

impl Files {
    /// Files in a folder, which is made where there is none.
    pub fn folder(path: &Path) -> Result<Self, FilesError> {
        let fault = |source| FilesError::Folder { path: path.display().to_string(), source };
        make_folder(path).map_err(fault)?;
        // The store flushes the file, and every folder whose entries changed, before it says that it is done.
        Ok(Self { store: Arc::new(LocalFileSystem::new_with_prefix(path)?.with_fsync(true)) })
    }

    /// Seals and stores a part; it is durable when this returns. What is there already is never overwritten.
    pub async fn put(&self, key: &CountyKey, id: FileId, part: Part, bytes: Bytes) -> Result<(), FilesError> {
        if bytes.len() > MAX_BYTES {
            return Err(FilesError::TooLarge(bytes.len()));
        }
        let location = location(key, id, part);
        let key = key.clone();
        let sealed = off_thread(move || Ok(key.seal(part.place(), id.0, &bytes)?)).await?;
        let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        self.store.put_opts(&location, PutPayload::from(sealed), options).await?;
        Ok(())
    }

    /// Reads a part back.
    pub async fn get(&self, key: &CountyKey, id: FileId, part: Part) -> Result<Vec<u8>, FilesError> {
        let sealed = self.store.get(&location(key, id, part)).await?.bytes().await?;
        let key = key.clone();
        off_thread(move || Ok(key.open(part.place(), id.0, &sealed)?)).await
    }

    /// Removes what was only made for some days; what is gone already is gone.
    pub async fn remove(&self, key: &CountyKey, id: FileId, part: Part) -> Result<(), FilesError> {
        match self.store.delete(&location(key, id, part)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// `500229/3f/3f2a….body`: two hundred and fifty-six folders a county keep each of them small.
fn location(key: &CountyKey, id: FileId, part: Part) -> object_store::path::Path {
    let name = id.0.simple().to_string();
    object_store::path::Path::from(format!("{}/{}/{name}.{}", key.county(), &name[..2], part.name()))
}

/// Sealing twenty megabytes takes long enough that other requests would wait for it.
async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, FilesError> + Send + 'static,
) -> Result<T, FilesError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| FilesError::Thread)?
}

/// Readable by the program only, and its own name flushed too.
fn make_folder(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    if path.is_dir() {
        return Ok(());
    }
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    match path.parent() {
        Some(above) => std::fs::File::open(above)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
