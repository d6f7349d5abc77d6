//! Many papers printed into one PDF by a job: asked for, made, fetched for some days, removed at night.

use bytes::Bytes;
use chrono::Days;
use serde_json::{Value, json};

use super::print::{Printed, asked, batch_name, counted, frozen, marked, printing_is};
use crate::app::cases::desk::{NotDone, allowed, taken};
use crate::app::sending::Sending;
use crate::app::{AppError, Services};
use crate::db::cases::papers::{self, PaperRow};
use crate::db::cases::print_batches::{self as batches, BatchPaper, PrintBatch};
use crate::db::jobs::{self, NewJob};
use crate::db::{DbError, Door as _};
use crate::domain::actor::Actor;
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::{CountyId, FileId, PaperId, PrintBatchId};
use crate::domain::job::JobKind;
use crate::domain::moment::day_of;
use crate::files::Part;
use crate::papers::{PaperTemplate, TypesetError};

/// So many days a PDF can be fetched.
const KEPT: Days = Days::new(7);

const NOT_ISSUED: &str = "还没有签发，不能打印";

/// Asks for a batch; answers where its progress is shown.
pub async fn ask_batch(services: &Services, actor: &Actor, sent: &Sending, ids: &[PaperId]) -> Result<String, NotDone> {
    let person = actor.person().ok_or(DbError::NotFound)?;
    let id = PrintBatchId::new();
    let page = format!("/papers/batches/{id}");
    let mut write = services.db.write(actor).await?;
    if let Some(done) = taken(&mut write, sent, &page).await? {
        return Ok(done.location);
    }
    let rows = asked(&mut write, actor, ids).await?;
    let Some(kind) = rows.first().map(|row| row.kind) else { return Err(DbError::NotFound.into()) };
    let unfit = |row: PaperRow| {
        let why = row.issued_at.is_none().then(|| NOT_ISSUED.to_owned());
        (row, why)
    };
    let rows: Vec<_> = rows.into_iter().map(unfit).collect();
    let until_on = day_of(write.now()) + KEPT;
    batches::insert(&mut write, (id, kind, until_on), &rows).await?;
    let payload = json!({ "batch": id, "appointment": person.appointment });
    if let Some(job) = jobs::enqueue(&mut write, NewJob::new(JobKind::Print, payload).leading_to(page.clone())).await? {
        batches::set_job(&mut write, id, job).await?;
    }
    let event = Event::new(EventKind::PrintBatchAsked).with("batch", id).with("kind", kind);
    write.commit(event.with("papers", rows.len())).await?;
    Ok(page)
}

/// A paper set beside the others, with the printing that this will be.
struct ToSet {
    place: i32,
    row: PaperRow,
    count: i32,
    facts: Value,
}

/// Makes a batch's PDF, and counts each paper in it in the same transaction; once, however often it is tried.
pub async fn make_batch(
    services: &Services,
    actor: &Actor,
    id: PrintBatchId,
    mut told: impl FnMut(usize) + Send,
) -> Result<(), AppError> {
    let mut read = services.db.read(actor).await?;
    let batch = batches::one(&mut read, id).await?;
    if batch.file.is_some() {
        return Ok(());
    }
    let waiting = batches::papers(&mut read, id).await?.into_iter().filter(|paper| paper.failure.is_none());
    let (mut template, mut sheets, mut failed) = (None, Vec::new(), Vec::new());
    for paper in waiting {
        match laid_out(services, &mut read, actor, &paper).await? {
            Ok((of, sheet)) => {
                template = Some(of);
                sheets.push(sheet);
            }
            Err(why) => failed.push((paper.place, why)),
        }
    }
    drop(read);
    let pdf = match template {
        Some(template) => set(services, template, &mut sheets, &mut failed, &mut told).await?,
        None => None,
    };
    file(services, actor, id, pdf, (sheets, failed)).await
}

type Laid = Result<(PaperTemplate, ToSet), String>;

/// A paper's frozen facts with the marks of this printing, or why it is not printed.
async fn laid_out(
    services: &Services,
    read: &mut crate::db::Read,
    actor: &Actor,
    paper: &BatchPaper,
) -> Result<Laid, AppError> {
    let row = papers::one(read, paper.paper).await?;
    if row.issued_at.is_none() {
        return Ok(Err(NOT_ISSUED.to_owned()));
    }
    if allowed(actor, printing_is(&row)).is_err() {
        return Ok(Err("您现在的身份不能打印这种文书".to_owned()));
    }
    let count = row.printed_count + 1;
    match frozen(services, read, &row).await {
        Ok(facts) => {
            let facts = marked(facts, count, &row);
            Ok(Ok((facts.template, ToSet { place: paper.place, row, count, facts: facts.facts })))
        }
        Err(AppError::Db(error)) => Err(error.into()),
        Err(error) => {
            tracing::error!(paper = %row.id, %error, "the frozen facts of a paper cannot be read");
            Ok(Err("存档的内容读不出来，请告诉本县系统管理员".to_owned()))
        }
    }
}

/// Sets all; where the typesetter refuses one, finds out which, and sets the others.
async fn set(
    services: &Services,
    template: PaperTemplate,
    sheets: &mut Vec<ToSet>,
    failed: &mut Vec<(i32, String)>,
    told: &mut (impl FnMut(usize) + Send),
) -> Result<Option<Vec<u8>>, AppError> {
    let fault = |error: TypesetError| AppError::Fault(error.to_string());
    let facts = |sheets: &[ToSet]| sheets.iter().map(|sheet| sheet.facts.clone()).collect::<Vec<_>>();
    match services.typesetter.render_many(template, &facts(sheets), &mut *told).await {
        Ok(pdf) => return Ok(Some(pdf.bytes)),
        Err(TypesetError::Refused(_) | TypesetError::Facts(_)) => {}
        Err(error) => return Err(fault(error)),
    }
    let mut fit = Vec::with_capacity(sheets.len());
    for sheet in sheets.drain(..) {
        match services.typesetter.render_many(template, std::slice::from_ref(&sheet.facts), |_| {}).await {
            Ok(_) => fit.push(sheet),
            Err(TypesetError::Refused(why)) => {
                tracing::warn!(paper = %sheet.row.id, why, "a paper cannot be set");
                failed.push((sheet.place, "排不成版，请打开这份文书单独打印；再不行，请告诉本县系统管理员".to_owned()));
            }
            Err(TypesetError::Facts(why)) => {
                tracing::warn!(paper = %sheet.row.id, why, "a paper cannot be set");
                failed.push((sheet.place, "存档的内容不全，请告诉本县系统管理员".to_owned()));
            }
            Err(error) => return Err(fault(error)),
        }
    }
    *sheets = fit;
    if sheets.is_empty() {
        return Ok(None);
    }
    Ok(Some(services.typesetter.render_many(template, &facts(sheets), &mut *told).await.map_err(fault)?.bytes))
}

/// Stores the PDF and counts its papers. Who printed one of them meanwhile has made this one a 副本, who voided it has
/// written 作废 across it: it is tried again.
async fn file(
    services: &Services,
    actor: &Actor,
    id: PrintBatchId,
    pdf: Option<Vec<u8>>,
    (sheets, failed): (Vec<ToSet>, Vec<(i32, String)>),
) -> Result<(), AppError> {
    let mut write = services.db.write(actor).await?;
    let file = pdf.as_ref().map(|_| FileId::new());
    let printed = i32::try_from(sheets.len()).unwrap_or(i32::MAX);
    if !batches::set_made(&mut write, id, file, printed).await? {
        return Ok(write.abandon().await?);
    }
    for (place, why) in &failed {
        batches::fail(&mut write, id, *place, why).await?;
    }
    let mut events = Vec::with_capacity(sheets.len());
    for sheet in &sheets {
        let (count, event) = counted(&mut write, &sheet.row).await?;
        let voided = papers::one(&mut write, sheet.row.id).await?.voided_at.is_some();
        if (count > 1) != (sheet.count > 1) || voided != sheet.row.voided_at.is_some() {
            write.abandon().await?;
            return Err(AppError::Fault(format!("{} was printed or voided meanwhile", sheet.row.id)));
        }
        events.push(event.with("batch", id));
    }
    if events.is_empty() {
        events.push(Event::new(EventKind::PaperPrinted).with("batch", id).with("papers", 0));
    }
    if let (Some(file), Some(pdf)) = (file, pdf) {
        services.files.put(&services.key(actor.county).await?, file, Part::Body, Bytes::from(pdf)).await?;
    }
    Ok(write.commit_all(events).await?)
}

/// A batch for its page.
#[derive(Debug)]
pub struct BatchView {
    /// The batch.
    pub batch: PrintBatch,
    /// Its papers that the reader sees.
    pub papers: Vec<BatchPaper>,
    /// Its last day has passed.
    pub over: bool,
}

impl BatchView {
    /// Every paper in the PDF is still the reader's to see.
    pub fn is_whole(&self) -> bool {
        self.batch.papers - self.batch.failed == i64::from(self.batch.printed)
    }

    /// How many papers in the PDF are voided by now, without its saying so.
    pub fn voided(&self) -> usize {
        self.papers.iter().filter(|paper| paper.failure.is_none() && paper.voided_since).count()
    }

    /// How many papers have left the reader's sight since they were asked for.
    pub fn lost(&self) -> i64 {
        i64::from(self.batch.asked) - self.batch.papers
    }

    /// The PDF can be fetched.
    pub fn file(&self) -> Option<FileId> {
        self.batch.file.filter(|_| !self.over && self.is_whole() && self.voided() == 0)
    }
}

/// One of the reader's batches.
pub async fn batch_view(services: &Services, actor: &Actor, id: PrintBatchId) -> Result<BatchView, AppError> {
    let mut read = services.db.read(actor).await?;
    let batch = batches::one(&mut read, id).await?;
    let over = day_of(read.now()) > batch.until_on;
    Ok(BatchView { over, papers: batches::papers(&mut read, id).await?, batch })
}

/// The PDF of a batch that the reader was shown, while it is kept and all of its papers are theirs to see.
pub async fn fetch_batch(services: &Services, actor: &Actor, view: &BatchView) -> Result<Printed, NotDone> {
    let Some(file) = view.file() else { return Err(DbError::NotFound.into()) };
    let shown: Vec<&BatchPaper> = view.papers.iter().filter(|paper| paper.failure.is_none()).collect();
    if let Some(first) = shown.first() {
        let mut read = services.db.read(actor).await?;
        allowed(actor, printing_is(&papers::one(&mut read, first.paper).await?))?;
    }
    let key = services.key(actor.county).await?;
    let bytes = services.files.get(&key, file, Part::Body).await.map_err(AppError::from)?;
    let name = batch_name(view.batch.kind, shown.len(), day_of(view.batch.created_at));
    Ok(Printed { bytes, name, count: view.batch.printed })
}

/// Removes the PDFs whose last day has passed; gives how many.
pub async fn remove_stale(services: &Services, county: CountyId) -> Result<usize, AppError> {
    let mut write = services.db.write(&Actor::system(county, "sweep")).await?;
    let today = day_of(write.now());
    let stale = batches::stale(&mut write, today).await?;
    if stale.is_empty() {
        write.abandon().await?;
        return Ok(0);
    }
    let key = services.key(county).await?;
    for (_, file) in &stale {
        services.files.remove(&key, *file, Part::Body).await?;
    }
    let ids: Vec<_> = stale.iter().map(|(id, _)| *id).collect();
    batches::set_gone(&mut write, &ids).await?;
    write.commit(Event::new(EventKind::PrintBatchesRemoved).with("batches", ids.len())).await?;
    Ok(ids.len())
}
