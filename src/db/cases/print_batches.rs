//! Batches of papers that a job prints into one PDF: asked for, made, removed.

use chrono::NaiveDate;

use super::papers::PaperRow;
use crate::db::door::{Door, Write};
use crate::db::error::Result;
use crate::domain::ids::{FileId, JobId, PaperId, PrintBatchId};
use crate::domain::moment::Moment;
use crate::domain::words::PaperKind;

/// A batch as who asked for it sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintBatch {
    /// Its key.
    pub id: PrintBatchId,
    /// Which papers.
    pub kind: PaperKind,
    /// When it was asked for.
    pub created_at: Moment,
    /// The last day on which it can be fetched.
    pub until_on: NaiveDate,
    /// The job that makes it.
    pub job: Option<JobId>,
    /// The PDF, once made and until it is removed.
    pub file: Option<FileId>,
    /// How many papers were asked for.
    pub asked: i32,
    /// How many papers the PDF holds, whoever sees them now.
    pub printed: i32,
    /// How many papers were asked for that the reader sees still.
    pub papers: i64,
    /// How many of these are not in the PDF.
    pub failed: i64,
}

/// A paper of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchPaper {
    /// In which order.
    pub place: i32,
    /// Which paper.
    pub paper: PaperId,
    /// The child's name.
    pub name: String,
    /// 发文字号
    pub number: Option<String>,
    /// Why it is not in the PDF.
    pub failure: Option<String>,
    /// It was voided after the PDF was made, which says nothing of it.
    pub voided_since: bool,
}

/// Lays a batch down with its papers, in this order.
pub async fn insert(
    write: &mut Write,
    (id, kind, until_on): (PrintBatchId, PaperKind, NaiveDate),
    papers: &[(PaperRow, Option<String>)],
) -> Result<()> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    sqlx::query!(
        "insert into print_batch (county_id, id, kind, created_by, created_at, until_on, asked) values ($1, $2, $3, $4, $5, $6, $7)",
        county,
        id.0,
        kind.code(),
        user,
        now,
        until_on,
        i32::try_from(papers.len()).unwrap_or(i32::MAX)
    )
    .execute(write.conn())
    .await?;
    let ids: Vec<_> = papers.iter().map(|(row, _)| row.id.0).collect();
    let children: Vec<_> = papers.iter().map(|(row, _)| row.child.0).collect();
    let failures: Vec<_> = papers.iter().map(|(_, failure)| failure.clone().unwrap_or_default()).collect();
    sqlx::query!(
        "insert into print_batch_paper (county_id, batch_id, place, paper_id, child_id, failure)
         select $1, $2, n.place, n.paper, n.child, nullif(n.failure, '')
         from unnest($3::uuid[], $4::uuid[], $5::text[]) with ordinality as n (paper, child, failure, place)",
        county,
        id.0,
        &ids,
        &children,
        &failures
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// Ties the job to it.
pub async fn set_job(write: &mut Write, id: PrintBatchId, job: JobId) -> Result<()> {
    let county = write.county().0;
    sqlx::query!("update print_batch set job_id = $3 where county_id = $1 and id = $2", county, id.0, job.0)
        .execute(write.conn())
        .await?;
    Ok(())
}

/// One of the reader's batches.
pub async fn one(db: &mut impl Door, id: PrintBatchId) -> Result<PrintBatch> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        PrintBatch,
        "select b.id as \"id: PrintBatchId\", b.kind as \"kind: PaperKind\", b.created_at, b.until_on, b.job_id as \"job: JobId\",
            case when b.gone_at is null then b.file_id end as \"file: FileId\", b.asked, b.printed, count(p.place) as \"papers!\",
            count(p.failure) as \"failed!\"
         from print_batch b left join print_batch_paper p on p.county_id = b.county_id and p.batch_id = b.id
         where b.county_id = $1 and b.id = $2 group by b.county_id, b.id",
        county,
        id.0
    )
    .fetch_one(db.conn())
    .await?)
}

/// The reader's batches that can still be fetched or are being made, the latest first.
pub async fn latest(db: &mut impl Door, today: NaiveDate, limit: i64) -> Result<Vec<PrintBatch>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        PrintBatch,
        "select b.id as \"id: PrintBatchId\", b.kind as \"kind: PaperKind\", b.created_at, b.until_on, b.job_id as \"job: JobId\",
            b.file_id as \"file: FileId\", b.asked, b.printed, count(p.place) as \"papers!\", count(p.failure) as \"failed!\"
         from print_batch b left join print_batch_paper p on p.county_id = b.county_id and p.batch_id = b.id
         where b.county_id = $1 and b.gone_at is null and b.until_on >= $2
         group by b.county_id, b.id order by b.created_at desc limit $3",
        county,
        today,
        limit
    )
    .fetch_all(db.conn())
    .await?)
}

/// The papers of a batch that the reader sees, in order.
pub async fn papers(db: &mut impl Door, id: PrintBatchId) -> Result<Vec<BatchPaper>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        BatchPaper,
        "select b.place, b.paper_id as \"paper: PaperId\", c.name, p.document_number as number, b.failure,
            coalesce(p.voided_at >= m.made_at, false) as \"voided_since!\"
         from print_batch_paper b
         join print_batch m on m.county_id = b.county_id and m.id = b.batch_id
         join paper p on p.county_id = b.county_id and p.id = b.paper_id
         join child c on c.county_id = b.county_id and c.id = b.child_id
         where b.county_id = $1 and b.batch_id = $2 order by b.place",
        county,
        id.0
    )
    .fetch_all(db.conn())
    .await?)
}

/// Notes why a paper is not in the PDF.
pub async fn fail(write: &mut Write, id: PrintBatchId, place: i32, why: &str) -> Result<()> {
    let county = write.county().0;
    sqlx::query!(
        "update print_batch_paper set failure = $4 where county_id = $1 and batch_id = $2 and place = $3",
        county,
        id.0,
        place,
        why
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// Ties the PDF to a batch, with so many papers in it; false where it has one.
pub async fn set_made(write: &mut Write, id: PrintBatchId, file: Option<FileId>, printed: i32) -> Result<bool> {
    let (county, now) = (write.county().0, write.now());
    let done = sqlx::query!(
        "update print_batch set file_id = $3, made_at = $4, printed = $5 where county_id = $1 and id = $2 and made_at is null",
        county,
        id.0,
        file.map(|f| f.0),
        now,
        printed
    )
    .execute(write.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// PDFs whose last day has passed.
pub async fn stale(write: &mut Write, today: NaiveDate) -> Result<Vec<(PrintBatchId, FileId)>> {
    let county = write.county().0;
    let rows = sqlx::query!(
        "select id as \"id: PrintBatchId\", file_id as \"file!: FileId\" from print_batch
         where county_id = $1 and until_on < $2 and gone_at is null and file_id is not null",
        county,
        today
    )
    .fetch_all(write.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.file)).collect())
}

/// Notes that their PDFs are removed.
pub async fn set_gone(write: &mut Write, ids: &[PrintBatchId]) -> Result<()> {
    let (county, now) = (write.county().0, write.now());
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    sqlx::query!("update print_batch set gone_at = $3 where county_id = $1 and id = any($2)", county, &ids, now)
        .execute(write.conn())
        .await?;
    Ok(())
}
