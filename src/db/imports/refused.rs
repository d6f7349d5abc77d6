//! The rows that imports refused, kept so that a missing child may be found among them; values sealed.

use chrono::NaiveDate;

use crate::db::door::{Door, Write};
use crate::db::error::Result;
use crate::domain::ids::ImportId;
use crate::domain::words::SourceKind;

/// A refused row, for finding a missing child among them.
#[derive(Debug, Clone)]
pub struct NewRefused {
    /// The sheet.
    pub sheet: String,
    /// The row.
    pub row: i32,
    /// The name, as far as it could be read.
    pub name: String,
    /// The birth date.
    pub birth: Option<NaiveDate>,
    /// The first fault's code.
    pub code: String,
    /// Numbers, sealed (`refused_row.sealed`, the import's id).
    pub sealed: Vec<u8>,
}

/// Keeps the rows that an import refused.
pub async fn insert_refused(write: &mut Write, import: ImportId, rows: &[NewRefused]) -> Result<()> {
    let county = write.county().0;
    for row in rows {
        sqlx::query!(
            "insert into refused_row (county_id, import_id, sheet, row_number, name, birth, code, sealed)
             values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing",
            county,
            import.0,
            row.sheet,
            row.row,
            row.name,
            row.birth,
            row.code,
            row.sealed
        )
        .execute(write.conn())
        .await?;
    }
    Ok(())
}

/// A refused row as stored.
#[derive(Debug, Clone)]
pub struct RefusedRow {
    /// Of which import.
    pub import: ImportId,
    /// What kind of roster.
    pub kind: SourceKind,
    /// The file's name.
    pub file_name: String,
    /// The sheet.
    pub sheet: String,
    /// The row.
    pub row: i32,
    /// The fault's code.
    pub code: String,
    /// Numbers, sealed.
    pub sealed: Vec<u8>,
}

/// Refused rows of imports that stand.
pub async fn refused(db: &mut impl Door) -> Result<Vec<RefusedRow>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        RefusedRow,
        "select r.import_id as \"import: ImportId\", i.kind as \"kind: SourceKind\", i.file_name, r.sheet, r.row_number as row, r.code, r.sealed
         from refused_row r join import i on i.county_id = r.county_id and i.id = r.import_id
         where r.county_id = $1 and i.undone_at is null",
        county
    )
    .fetch_all(db.conn())
    .await?)
}
