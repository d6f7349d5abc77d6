//! Series of numbers: inner ones without gaps by organ, paper and year, and the organ's own 发文字号.

use crate::db::door::{Door, Write};
use crate::db::error::Result;
use crate::domain::ids::UnitId;
use crate::domain::words::PaperKind;

/// A number drawn for a paper. The series' row stays locked until the transaction ends, so that none is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The inner number.
    pub number: i32,
    /// How the organ writes its 发文字号; empty where it types them.
    pub document_pattern: String,
    /// The number that the pattern would take next.
    pub next_document: i32,
}

/// Draws the next inner number. A new year begins at 1 and keeps the pattern of the year before.
pub async fn draw(write: &mut Write, unit: UnitId, kind: PaperKind, year: i16) -> Result<Drawn> {
    let county = write.county().0;
    Ok(sqlx::query_as!(
        Drawn,
        "insert into paper_series (county_id, unit_id, kind, year, next_number, document_pattern)
         values ($1, $2, $3, $4, 2, coalesce((select document_pattern from paper_series
            where county_id = $1 and unit_id = $2 and kind = $3 and year < $4 order by year desc limit 1), ''))
         on conflict (county_id, unit_id, kind, year) do update set next_number = paper_series.next_number + 1
         returning next_number - 1 as \"number!\", document_pattern, next_document",
        county,
        unit.0,
        kind.code(),
        year
    )
    .fetch_one(write.conn())
    .await?)
}

/// Moves on the organ's own series after one of its numbers was used.
pub async fn document_used(write: &mut Write, unit: UnitId, kind: PaperKind, year: i16) -> Result<()> {
    let county = write.county().0;
    sqlx::query!(
        "update paper_series set next_document = next_document + 1
         where county_id = $1 and unit_id = $2 and kind = $3 and year = $4",
        county,
        unit.0,
        kind.code(),
        year
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// A series as its organ sets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Which paper.
    pub kind: PaperKind,
    /// Which year.
    pub year: i16,
    /// The next inner number; the program's own.
    pub next_number: i32,
    /// 左岚府复通〔{年}〕{号}号; empty while the organ types its numbers.
    pub document_pattern: String,
    /// The number that the pattern takes next.
    pub next_document: i32,
    /// The 发文字号 that a paper of this series bore last, drawn or typed.
    pub last_document: Option<String>,
}

/// The series of an organ, the latest year first.
pub async fn of_unit(db: &mut impl Door, unit: UnitId) -> Result<Vec<Series>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        Series,
        "select s.kind as \"kind: PaperKind\", s.year, s.next_number, s.document_pattern, s.next_document,
            (select p.document_number from paper p where p.county_id = s.county_id and p.unit_id = s.unit_id and p.kind = s.kind
                and p.year = s.year and p.document_number is not null order by p.issued_at desc, p.number desc limit 1) as last_document
         from paper_series s where s.county_id = $1 and s.unit_id = $2 order by s.year desc, s.kind",
        county,
        unit.0
    )
    .fetch_all(db.conn())
    .await?)
}

/// Sets how an organ numbers a paper in a year.
pub async fn set(
    write: &mut Write,
    unit: UnitId,
    kind: PaperKind,
    (year, pattern, next): (i16, &str, i32),
) -> Result<()> {
    let county = write.county().0;
    sqlx::query!(
        "insert into paper_series (county_id, unit_id, kind, year, document_pattern, next_document) values ($1, $2, $3, $4, $5, $6)
         on conflict (county_id, unit_id, kind, year) do update
            set document_pattern = excluded.document_pattern, next_document = excluded.next_document",
        county,
        unit.0,
        kind.code(),
        year,
        pattern,
        next
    )
    .execute(write.conn())
    .await?;
    Ok(())
}
