//! Sources and what they said.

use chrono::NaiveDate;
use sqlx::types::Json;
use uuid::Uuid;

use crate::db::door::{Door, Write};
use crate::db::error::Result;
use crate::domain::ids::{ChildId, ImportId, SourceId, StatementId};
use crate::domain::register::Said;
use crate::domain::words::SourceKind;

/// A statement to be stored.
#[derive(Debug, Clone)]
pub struct NewStatement {
    /// Its key.
    pub id: StatementId,
    /// Of which child.
    pub child: ChildId,
    /// In which sheet of the source; none where it was no sheet.
    pub sheet: Option<String>,
    /// In which row of it, counted as people see it.
    pub row: Option<i32>,
    /// What was said.
    pub said: Said,
    /// Numbers and phones, sealed into `statement.sealed`, this id.
    pub sealed: Vec<u8>,
}

/// A statement as stored.
#[derive(Debug, Clone)]
pub struct StoredStatement {
    /// Its key.
    pub id: StatementId,
    /// Of which child.
    pub child: ChildId,
    /// Its source.
    pub source: SourceId,
    /// What kind of source.
    pub kind: SourceKind,
    /// The day it speaks of.
    pub said_on: NaiveDate,
    /// What was said.
    pub said: Said,
    /// Numbers and phones, sealed.
    pub sealed: Option<Vec<u8>>,
}

/// Makes a source.
pub async fn insert_source(
    write: &mut Write,
    kind: SourceKind,
    title: &str,
    said_on: NaiveDate,
    import: Option<ImportId>,
) -> Result<SourceId> {
    let (county, now, by) = (write.county().0, write.now(), write.actor().user());
    let id = SourceId::new();
    sqlx::query!(
        "insert into source (county_id, id, kind, title, said_on, import_id, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        county,
        id.0,
        kind.code(),
        title,
        said_on,
        import.map(|i| i.0),
        by.map(|u| u.0),
        now,
    )
    .execute(write.conn())
    .await?;
    Ok(id)
}

/// Stores what a source said.
pub async fn insert_statements(
    write: &mut Write,
    source: SourceId,
    kind: SourceKind,
    said_on: NaiveDate,
    new: &[NewStatement],
) -> Result<()> {
    let county = write.county().0;
    let ids: Vec<Uuid> = new.iter().map(|s| s.id.0).collect();
    let children: Vec<Uuid> = new.iter().map(|s| s.child.0).collect();
    let sheets: Vec<Option<String>> = new.iter().map(|s| s.sheet.clone()).collect();
    let rows: Vec<Option<i32>> = new.iter().map(|s| s.row).collect();
    let said: Vec<Json<&Said>> = new.iter().map(|s| Json(&s.said)).collect();
    let sealed: Vec<Vec<u8>> = new.iter().map(|s| s.sealed.clone()).collect();
    sqlx::query!(
        "insert into statement (county_id, id, child_id, source_id, kind, said_on, sheet, row_number, fields, sealed)
         select $1, n.id, n.child, $2, $3, $4, n.sheet, n.row, n.said, n.sealed
         from unnest($5::uuid[], $6::uuid[], $7::text[], $8::int[], $9::jsonb[], $10::bytea[])
            as n (id, child, sheet, row, said, sealed)",
        county,
        source.0,
        kind.code(),
        said_on,
        &ids,
        &children,
        &sheets as &[Option<String>],
        &rows as &[Option<i32>],
        &said as &[Json<&Said>],
        &sealed,
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// The statements that stand of some children, the latest first; of one day, what was brought last.
pub async fn of_children(db: &mut impl Door, children: &[ChildId]) -> Result<Vec<StoredStatement>> {
    let county = db.county().0;
    let children: Vec<Uuid> = children.iter().map(|c| c.0).collect();
    let rows = sqlx::query!(
        "select w.id as \"id: StatementId\", w.child_id as \"child: ChildId\", w.source_id as \"source: SourceId\",
            w.kind as \"kind: SourceKind\", w.said_on, w.fields as \"said: Json<Said>\", w.sealed
         from statement w join source s on s.county_id = w.county_id and s.id = w.source_id
         where w.county_id = $1 and w.child_id = any($2) and w.undone_at is null
         order by w.said_on desc, s.created_at desc, w.id",
        county,
        &children
    )
    .fetch_all(db.conn())
    .await?;
    let stored = rows.into_iter().map(|r| StoredStatement {
        id: r.id,
        child: r.child,
        source: r.source,
        kind: r.kind,
        said_on: r.said_on,
        said: r.said.0,
        sealed: r.sealed,
    });
    Ok(stored.collect())
}

/// The children of whom a source said something.
pub async fn of_source(db: &mut impl Door, source: SourceId) -> Result<Vec<ChildId>> {
    let county = db.county().0;
    Ok(sqlx::query_scalar!(
        "select distinct child_id as \"child: ChildId\" from statement where county_id = $1 and source_id = $2",
        county,
        source.0
    )
    .fetch_all(db.conn())
    .await?)
}

/// Takes back all that a source said.
pub async fn undo_source(write: &mut Write, source: SourceId) -> Result<u64> {
    let (county, now) = (write.county().0, write.now());
    let done = sqlx::query!(
        "update statement set undone_at = $3 where county_id = $1 and source_id = $2 and undone_at is null",
        county,
        source.0,
        now
    )
    .execute(write.conn())
    .await?;
    Ok(done.rows_affected())
}

/// A row whose number belongs to a child of another name.
#[derive(Debug, Clone)]
pub struct NewClaim {
    /// Its key.
    pub id: StatementId,
    /// The child that has the number.
    pub child: ChildId,
    /// In which sheet.
    pub sheet: String,
    /// In which row.
    pub row: i32,
    /// The name that the row says.
    pub name: String,
    /// What it says.
    pub said: Said,
    /// Numbers and phones, sealed into `statement.sealed`, this id: so it can become a statement as it is.
    pub sealed: Vec<u8>,
}

/// Lays claims before a person.
pub async fn insert_claims(
    write: &mut Write,
    source: SourceId,
    kind: SourceKind,
    said_on: NaiveDate,
    claims: &[NewClaim],
) -> Result<()> {
    let (county, now) = (write.county().0, write.now());
    for claim in claims {
        sqlx::query!(
            "insert into number_claim
                (county_id, id, child_id, source_id, kind, said_on, sheet, row_number, name, fields, sealed, made_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            county,
            claim.id.0,
            claim.child.0,
            source.0,
            kind.code(),
            said_on,
            claim.sheet,
            claim.row,
            claim.name,
            Json(&claim.said) as _,
            claim.sealed,
            now,
        )
        .execute(write.conn())
        .await?;
    }
    Ok(())
}
