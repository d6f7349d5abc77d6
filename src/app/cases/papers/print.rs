//! Printing: the stored PDF the first time, a 副本 set from the frozen facts afterwards; previews of drafts.

use bytes::Bytes;
use chrono::NaiveDate;
use serde_json::{Value, json};

use super::compose::{Dress, Gathered};
use super::draft::{SEALED, open_text};
use super::is_statutory;
use super::issue::Frozen;
use crate::app::cases::desk::{NotDone, allowed};
use crate::app::{AppError, Services, files};
use crate::db::cases::papers::{self, PaperRow};
use crate::db::{DbError, Door as _, Write};
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::check_code::check_code;
use crate::domain::event::{Event, EventKind};
use crate::domain::faults::Faults;
use crate::domain::ids::{FileId, PaperId};
use crate::domain::moment::{day_of, full_day};
use crate::domain::words::PaperKind;
use crate::files::read_pdf;
use crate::papers::data::Imprint;

/// A PDF to be sent.
#[derive(Debug)]
pub struct Printed {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its name for the browser; it says nothing of the child.
    pub name: String,
    /// How often it has been printed, this time included.
    pub count: i32,
}

/// Sets an issued paper's PDF from its frozen facts and stores it; once.
pub(super) async fn set_pdf(services: &Services, actor: &Actor, id: PaperId) -> Result<FileId, AppError> {
    let mut read = services.db.read(actor).await?;
    let row = papers::one(&mut read, id).await?;
    if let Some(file) = row.file {
        return Ok(file);
    }
    let frozen = frozen(services, &mut read, &row).await?;
    drop(read);
    let pdf = render(services, &frozen).await?;
    let ready = read_pdf(Bytes::from(pdf)).await.map_err(|refusal| AppError::Fault(refusal.to_string()))?;
    let sha256 = ready.sha256.clone();
    let mut write = services.db.write(actor).await?;
    let file = files::store(services, &mut write, Some(row.child), ready, &file_name(&row)).await?;
    if !papers::set_file(&mut write, id, file, &sha256).await? {
        write.abandon().await?;
        return papers::one(&mut services.db.read(actor).await?, id).await?.file.ok_or(DbError::NotFound.into());
    }
    let event = Event::new(EventKind::PaperSet).child(row.child).case(row.case);
    write.commit(event.with("paper", id).with("sha256", hex::encode(&sha256))).await?;
    Ok(file)
}

/// Prints an issued paper and counts it: the paper itself the first time, a 副本 afterwards, 作废 across a voided one.
pub async fn print_paper(services: &Services, actor: &Actor, id: PaperId) -> Result<Printed, NotDone> {
    let mut prints = printing(services, actor, &[id]).await?;
    let Some((row, count)) = prints.pop() else { return Err(DbError::NotFound.into()) };
    let bytes = if count == 1 && row.voided_at.is_none() {
        let file = set_pdf(services, actor, id).await?;
        files::read_original(services, actor, file).await?.bytes
    } else {
        let frozen = frozen(services, &mut services.db.read(actor).await?, &row).await?;
        render(services, &marked(frozen, count, &row)).await?
    };
    Ok(Printed { bytes, name: file_name(&row), count })
}

/// Prints a few issued papers of one kind into one PDF while the reader waits, in the order asked; each is counted.
pub async fn print_papers(services: &Services, actor: &Actor, ids: &[PaperId]) -> Result<Printed, NotDone> {
    let prints = printing(services, actor, ids).await?;
    let Some((first, _)) = prints.first() else { return Err(DbError::NotFound.into()) };
    let mut read = services.db.read(actor).await?;
    let name = batch_name(first.kind, prints.len(), day_of(read.now()));
    let (mut template, mut sheets) = (None, Vec::with_capacity(prints.len()));
    for (row, count) in &prints {
        let frozen = marked(frozen(services, &mut read, row).await?, *count, row);
        template = Some(frozen.template);
        sheets.push(frozen.facts);
    }
    drop(read);
    let Some(template) = template else { return Err(DbError::NotFound.into()) };
    let pdf = services.typesetter.render_many(template, &sheets, |_| {}).await;
    let pdf = pdf.map_err(|error| AppError::Fault(error.to_string()))?;
    Ok(Printed { bytes: pdf.bytes, name, count: i32::try_from(prints.len()).unwrap_or(i32::MAX) })
}

/// Counts a printing of each paper; papers of several kinds are counted not at all.
async fn printing(services: &Services, actor: &Actor, ids: &[PaperId]) -> Result<Vec<(PaperRow, i32)>, NotDone> {
    let mut write = services.db.write(actor).await?;
    let (mut printed, mut events) = (Vec::with_capacity(ids.len()), Vec::with_capacity(ids.len()));
    for row in asked(&mut write, actor, ids).await? {
        let (count, event) = counted(&mut write, &row).await?;
        events.push(event);
        printed.push((row, count));
    }
    write.commit_all(events).await?;
    Ok(printed)
}

/// The papers that are to be printed in one go, all of one kind.
pub(super) async fn asked(write: &mut Write, actor: &Actor, ids: &[PaperId]) -> Result<Vec<PaperRow>, NotDone> {
    let mut rows: Vec<PaperRow> = Vec::with_capacity(ids.len());
    for id in ids {
        let row = papers::one(write, *id).await?;
        allowed(actor, printing_is(&row))?;
        if rows.first().is_some_and(|first| first.kind != row.kind) {
            return Err(Faults::one("paper", "一次只能打印同一种文书，请分开打印").into());
        }
        rows.push(row);
    }
    Ok(rows)
}

/// What printing is in the matrix: who prints a statutory paper sees a number in full.
pub(super) const fn printing_is(row: &PaperRow) -> Action {
    if is_statutory(row.kind) { Action::RevealNumber } else { Action::PrintList }
}

/// Counts one printing, and says so.
pub(super) async fn counted(write: &mut Write, row: &PaperRow) -> Result<(i32, Event), DbError> {
    let count = papers::count_printing(write, row.id).await?;
    let event = Event::new(EventKind::PaperPrinted).child(row.child).case(row.case);
    Ok((count, event.with("paper", row.id).with("kind", row.kind).with("count", count)))
}

/// 限期复学通知书-12份-2026年10月15日.pdf
pub(super) fn batch_name(kind: PaperKind, papers: usize, on: NaiveDate) -> String {
    format!("{kind}-{papers}份-{}.pdf", full_day(on))
}

/// A draft as it would be printed, marked as one; numbers are left out.
pub async fn preview(services: &Services, actor: &Actor, id: PaperId) -> Result<Printed, AppError> {
    let key = services.key(actor.county).await?;
    let mut read = services.db.read(actor).await?;
    let row = papers::one(&mut read, id).await?;
    if row.issued_at.is_some() {
        return Err(DbError::NotFound.into());
    }
    let text = open_text(&key, id, &papers::sealed_facts(&mut read, id).await?)?;
    let on = day_of(read.now());
    let imprint =
        Imprint { check_code: Some(check_code(id.0)), printed_on: Some(on), draft: true, ..Imprint::default() };
    let dress = Dress { on, imprint, idno: None, phones: Vec::new(), signed_by: None };
    let name = file_name(&row);
    let gathered = Gathered::load(services, &mut read, row, text).await?;
    drop(read);
    let (template, facts) = gathered.compose(&dress)?;
    Ok(Printed { bytes: render(services, &Frozen { template, facts }).await?, name, count: 0 })
}

/// The facts an issued paper rests on, as they were at its issue.
pub(super) async fn frozen(
    services: &Services,
    db: &mut impl crate::db::Door,
    row: &PaperRow,
) -> Result<Frozen, AppError> {
    let key = services.key(db.county()).await?;
    let sealed = papers::sealed_facts(db, row.id).await?;
    let json = key.open(SEALED, row.id.0, &sealed)?;
    serde_json::from_slice(&json).map_err(|error| AppError::Fault(format!("paper {}: {error}", row.id)))
}

pub(super) async fn render(services: &Services, frozen: &Frozen) -> Result<Vec<u8>, AppError> {
    let pdf = services.typesetter.render(frozen.template, &frozen.facts).await;
    Ok(pdf.map_err(|error| AppError::Fault(error.to_string()))?.bytes)
}

pub(super) fn marked(mut frozen: Frozen, count: i32, row: &PaperRow) -> Frozen {
    if let Some(imprint) = frozen.facts.get_mut("imprint").and_then(Value::as_object_mut) {
        imprint.insert("duplicate".to_owned(), json!(count > 1));
        imprint.insert("void".to_owned(), json!(row.voided_at.is_some()));
    }
    frozen
}

/// 限期复学通知书-7F3K-92QD.pdf
fn file_name(row: &PaperRow) -> String {
    format!("{}-{}.pdf", row.kind, check_code(row.id.0))
}
