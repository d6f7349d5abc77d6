//! Files: looked at, stored sealed and recorded in the writer's transaction, read back behind the walls of their child.

use bytes::Bytes;

use super::services::{AppError, Services};
use crate::db::files::{self, NewFile, StoredFile};
use crate::db::{DbError, Door as _, Write};
use crate::domain::actor::Actor;
use crate::domain::ids::{ChildId, FileId};
use crate::domain::role::Role;
use crate::files::{
    FileRefusal, Metadata, Part, PhotoRefusal, Ready, read_evidence, read_pdf, read_photo, read_workbook,
};

/// The longest file name kept, in characters.
const MAX_NAME: usize = 120;

/// Stores what was looked at before, as the writer's. Durable before the transaction is; a transaction that fails
/// leaves a sealed object that nothing names.
pub async fn store(
    services: &Services,
    write: &mut Write,
    child: Option<ChildId>,
    ready: Ready,
    name: &str,
) -> Result<FileId, AppError> {
    let key = services.key(write.county()).await?;
    let id = FileId::new();
    let meta = ready.metadata.as_ref().and_then(|meta| serde_json::to_vec(meta).ok());
    let record = NewFile {
        id,
        child,
        name_sealed: key.seal("file.name", id.0, tidy_name(name).as_bytes())?,
        media: ready.media,
        bytes: i64::try_from(ready.bytes.len()).unwrap_or(i64::MAX),
        sha256: &ready.sha256,
        meta_sealed: meta.map(|meta| key.seal("file.meta", id.0, &meta)).transpose()?,
        has_display: ready.shown.is_some(),
    };
    // First the row: where the walls refuse it, nothing is written.
    files::insert(write, &record).await?;
    services.files.put(&key, id, Part::Body, ready.bytes).await?;
    if let Some(shown) = ready.shown {
        services.files.put(&key, id, Part::Display, shown.display.into()).await?;
        services.files.put(&key, id, Part::Thumb, shown.thumb.into()).await?;
    }
    Ok(id)
}

/// Looks at one photograph and stores it. For several, look at all with [`read_photo`] before the transaction begins.
pub async fn store_photo(
    services: &Services,
    write: &mut Write,
    child: ChildId,
    bytes: Bytes,
    name: &str,
) -> Result<Result<FileId, PhotoRefusal>, AppError> {
    match read_photo(bytes).await {
        Ok(ready) => Ok(Ok(store(services, write, Some(child), ready, name).await?)),
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// Looks at a PDF and stores it.
pub async fn store_document(
    services: &Services,
    write: &mut Write,
    child: ChildId,
    bytes: Bytes,
    name: &str,
) -> Result<Result<FileId, FileRefusal>, AppError> {
    match read_pdf(bytes).await {
        Ok(ready) => Ok(Ok(store(services, write, Some(child), ready, name).await?)),
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// Looks at a photograph or a PDF and stores it.
pub async fn store_evidence(
    services: &Services,
    write: &mut Write,
    child: ChildId,
    bytes: Bytes,
    name: &str,
) -> Result<Result<FileId, FileRefusal>, AppError> {
    match read_evidence(bytes).await {
        Ok(ready) => Ok(Ok(store(services, write, Some(child), ready, name).await?)),
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// Stores a workbook as the writer's unit's; it is no single child's.
pub async fn store_workbook(
    services: &Services,
    write: &mut Write,
    bytes: Bytes,
    name: &str,
) -> Result<Result<FileId, FileRefusal>, AppError> {
    match read_workbook(bytes).await {
        Ok(ready) => Ok(Ok(store(services, write, None, ready, name).await?)),
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// A file read back.
#[derive(Debug)]
pub struct FileRead {
    /// What is recorded of it.
    pub file: StoredFile,
    /// The sender's name for it.
    pub name: String,
    /// What this part holds.
    pub bytes: Vec<u8>,
}

/// What is recorded of a file; `NotFound` behind the walls, and for a village where it is medical and another's.
pub async fn find(services: &Services, actor: &Actor, id: FileId) -> Result<StoredFile, AppError> {
    let mut read = services.db.read(actor).await?;
    let file = files::find(&mut read, id).await?;
    let own = file.uploaded_by.is_some() && file.uploaded_by == actor.user();
    if actor.role() == Some(Role::Village) && !own && files::is_medical(&mut read, id).await? {
        return Err(DbError::NotFound.into());
    }
    Ok(file)
}

/// As [`find`], for a file that is opened as such: a paper is not, it is printed, which is counted.
pub async fn find_to_open(services: &Services, actor: &Actor, id: FileId) -> Result<StoredFile, AppError> {
    let file = find(services, actor, id).await?;
    if files::is_paper(&mut services.db.read(actor).await?, id).await? {
        return Err(DbError::NotFound.into());
    }
    Ok(file)
}

/// A photograph as it is shown.
pub async fn read_display(services: &Services, actor: &Actor, id: FileId) -> Result<FileRead, AppError> {
    read(services, actor, id, Part::Display).await
}

/// A photograph's thumbnail.
pub async fn read_thumb(services: &Services, actor: &Actor, id: FileId) -> Result<FileRead, AppError> {
    read(services, actor, id, Part::Thumb).await
}

/// A file as it was sent, byte for byte.
pub async fn read_original(services: &Services, actor: &Actor, id: FileId) -> Result<FileRead, AppError> {
    read(services, actor, id, Part::Body).await
}

async fn read(services: &Services, actor: &Actor, id: FileId, part: Part) -> Result<FileRead, AppError> {
    let file = find(services, actor, id).await?;
    if part != Part::Body && !file.has_display {
        return Err(DbError::NotFound.into());
    }
    let key = services.key(actor.county).await?;
    let name = file.name_sealed.as_ref().map(|sealed| key.open_text("file.name", id.0, sealed)).transpose()?;
    let bytes = services.files.get(&key, id, part).await?;
    Ok(FileRead { file, name: name.unwrap_or_default(), bytes })
}

/// What a photograph says of itself; none for other files.
pub async fn metadata(services: &Services, file: &StoredFile, actor: &Actor) -> Result<Option<Metadata>, AppError> {
    let Some(sealed) = &file.meta_sealed else { return Ok(None) };
    let plain = services.key(actor.county).await?.open("file.meta", file.id.0, sealed)?;
    Ok(serde_json::from_slice(&plain).ok())
}

/// A browser's file name without a path and without control characters, of bounded length; its ending is kept.
fn tidy_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: Vec<char> = last.chars().filter(|c| !c.is_control()).collect();
    clean[clean.len().saturating_sub(MAX_NAME)..].iter().collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_only_a_name() {
        assert_eq!(tidy_name("C:\\Users\\谭\\照片.jpg"), "照片.jpg");
        assert_eq!(tidy_name("../../etc/passwd"), "passwd");
        assert_eq!(tidy_name("a\r\nSet-Cookie: x.jpg"), "aSet-Cookie: x.jpg");
        assert_eq!(tidy_name(&"长".repeat(500)).chars().count(), MAX_NAME);
        assert_eq!(tidy_name(""), "");
    }
}
