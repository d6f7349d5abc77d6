//! Stored files: whose they are and what they are; the bytes lie sealed in the file store.

use super::door::{Door, Write};
use super::error::Result;
use crate::domain::ids::{ChildId, FileId, UserId};
use crate::domain::moment::Moment;

/// A file about to be stored.
#[derive(Debug, Clone)]
pub struct NewFile<'a> {
    /// Its key; name and metadata are sealed for it (`file.name`, `file.meta`).
    pub id: FileId,
    /// The child it shows or names; none for a workbook.
    pub child: Option<ChildId>,
    /// The sender's name for it, sealed.
    pub name_sealed: Vec<u8>,
    /// By content.
    pub media: &'a str,
    /// Its size in bytes.
    pub bytes: i64,
    /// SHA-256 of what was sent.
    pub sha256: &'a [u8],
    /// What a photograph says of itself, sealed.
    pub meta_sealed: Option<Vec<u8>>,
    /// Whether there are a display and a thumbnail.
    pub has_display: bool,
}

/// A stored file.
#[derive(Debug, Clone)]
pub struct StoredFile {
    /// Its key.
    pub id: FileId,
    /// The child it shows or names; none for a workbook.
    pub child: Option<ChildId>,
    /// Who sent it.
    pub uploaded_by: Option<UserId>,
    /// The sender's name for it, sealed into `file.name`.
    pub name_sealed: Option<Vec<u8>>,
    /// By content.
    pub media: String,
    /// Its size in bytes.
    pub bytes: i64,
    /// SHA-256 of what was sent.
    pub sha256: Vec<u8>,
    /// Sealed into `file.meta`.
    pub meta_sealed: Option<Vec<u8>>,
    /// Whether there are a display and a thumbnail.
    pub has_display: bool,
    /// When it arrived.
    pub created_at: Moment,
}

/// Records a file as its writer's and its writer's unit's. One of a child the writer does not reach is `Walled`.
pub async fn insert(write: &mut Write, file: &NewFile<'_>) -> Result<()> {
    let (county, now) = (write.county().0, write.now());
    let (user, unit) = (write.actor().user(), write.actor().unit());
    sqlx::query!(
        "insert into file (county_id, id, child_id, uploaded_by, unit_id, name_sealed, media, bytes, sha256, meta_sealed, has_display, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        county,
        file.id.0,
        file.child.map(|c| c.0),
        user.map(|u| u.0),
        unit.map(|u| u.0),
        file.name_sealed,
        file.media,
        file.bytes,
        file.sha256,
        file.meta_sealed,
        file.has_display,
        now,
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// A file, if its child is the reader's to see, or, where it is no child's, if it came from the reader or their unit.
pub async fn find(db: &mut impl Door, id: FileId) -> Result<StoredFile> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        StoredFile,
        "select id as \"id: FileId\", child_id as \"child: ChildId\", uploaded_by as \"uploaded_by: UserId\", name_sealed, media, bytes, sha256,
            meta_sealed, has_display, created_at
         from file where county_id = $1 and id = $2",
        county,
        id.0
    )
    .fetch_one(db.conn())
    .await?)
}

/// Whether a file proves what villages do not read (security.md C2: disability and medical papers).
pub async fn is_medical(db: &mut impl Door, id: FileId) -> Result<bool> {
    let county = db.county().0;
    Ok(sqlx::query_scalar!(
        "select exists (select from evidence where county_id = $1 and file_id = $2 and kind in ('disability_proof', 'hospital_proof')) as \"is!\"",
        county,
        id.0
    )
    .fetch_one(db.conn())
    .await?)
}

/// Whether a file is a paper as it was issued, with its number in full.
pub async fn is_paper(db: &mut impl Door, id: FileId) -> Result<bool> {
    let county = db.county().0;
    Ok(sqlx::query_scalar!(
        "select exists (select from paper where county_id = $1 and file_id = $2) as \"is!\"",
        county,
        id.0
    )
    .fetch_one(db.conn())
    .await?)
}

/// Of these files those of which the very same bytes were also filed as another file that the reader sees.
pub async fn filed_elsewhere(db: &mut impl Door, ids: &[FileId]) -> Result<Vec<FileId>> {
    let county = db.county().0;
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    Ok(sqlx::query_scalar!(
        "select f.id as \"id: FileId\" from file f where f.county_id = $1 and f.id = any($2) and exists (
            select from file other where other.county_id = f.county_id and other.sha256 = f.sha256 and other.id <> f.id)",
        county,
        &ids
    )
    .fetch_all(db.conn())
    .await?)
}

/// What these photographs say of themselves, sealed into `file.meta`.
pub async fn sealed_metadata(db: &mut impl Door, ids: &[FileId]) -> Result<Vec<(FileId, Vec<u8>)>> {
    let county = db.county().0;
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        "select id as \"id: FileId\", meta_sealed as \"meta!\" from file where county_id = $1 and id = any($2) and meta_sealed is not null",
        county,
        &ids
    )
    .fetch_all(db.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.meta)).collect())
}
