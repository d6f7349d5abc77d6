//! A check sheet that comes back: kept as it came, judged row by row, and taken as answers by the very person who brought it.

use bytes::Bytes;

use super::act::answer_many;
use super::inputs::AnswerInput;
use super::judge::{Judged, Verdict, judge};
use crate::app::imports::mark;
use crate::app::sending::{NotDone, Outcome, Sending};
use crate::app::{AppError, Services, files};
use crate::db::checks::{self as stored, CheckLine, CheckSheet};
use crate::domain::actor::Actor;
use crate::domain::cells::Workbook;
use crate::domain::check_sheet::{self, Filled, HEADINGS};
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::{CheckId, CheckSheetId};
use crate::domain::intake::{Fault, FaultCode, SheetRead};
use crate::domain::list::MOST_ROWS;
use crate::files::Part;
use crate::sheets;

/// A sheet that came back, with its rows as they are judged now.
#[derive(Debug)]
pub struct Back {
    /// The sheet.
    pub sheet: CheckSheet,
    /// Its rows, in order.
    pub rows: Vec<Judged>,
    /// The checks answered from it, once it was taken.
    pub taken: Vec<CheckLine>,
    book: Workbook,
    filled: Filled,
}

/// Keeps a filled sheet; what is no check sheet is refused in a sentence at `file`.
pub async fn bring_sheet(
    services: &Services,
    actor: &Actor,
    sending: &Sending,
    (name, bytes): (&str, Bytes),
) -> Outcome<String> {
    let refused = |why: String| Ok(Err(NotDone::fault("file", format!("{why}。").replace("。。", "。"))));
    let book = match services.sheets.read_bytes(&bytes).await {
        Ok(book) => book,
        Err(why) => return refused(why.to_string()),
    };
    match check_sheet::read(&book) {
        Ok(filled) if filled.rows.len() > MOST_ROWS => {
            return refused(format!("这张表有 {} 行，一次最多 {MOST_ROWS} 行，请分成几张表上传", filled.rows.len()));
        }
        Ok(_) => {}
        Err(why) => return refused(why.to_string()),
    }
    let id = CheckSheetId::new();
    let location = format!("/checks/sheet/{id}");
    let mut write = services.db.write(actor).await?;
    if let Err(before) = sending.take(&mut write, &location).await? {
        return Ok(Err(before));
    }
    let file = match files::store_workbook(services, &mut write, bytes, name).await? {
        Ok(file) => file,
        Err(why) => return refused(why.to_string()),
    };
    stored::insert_sheet(&mut write, id, file, name).await?;
    write.commit(Event::new(EventKind::CheckSheetBrought).with("sheet", id)).await?;
    Ok(Ok(location))
}

/// Reads a sheet once more and judges its rows as the checks stand now.
pub async fn look_at_sheet(services: &Services, actor: &Actor, id: CheckSheetId) -> Result<Back, AppError> {
    let mut read = services.db.read(actor).await?;
    let sheet = stored::sheet(&mut read, id).await?;
    drop(read);
    let (book, filled) = reread(services, actor, &sheet).await?;
    let mut read = services.db.read(actor).await?;
    let rows = judge(&mut read, filled.rows.clone()).await?;
    let taken = stored::some(&mut read, &sheet.taken).await?;
    Ok(Back { sheet, rows, taken, book, filled })
}

async fn reread(services: &Services, actor: &Actor, sheet: &CheckSheet) -> Result<(Workbook, Filled), AppError> {
    let key = services.key(actor.county).await?;
    let bytes = services.files.get(&key, sheet.file, Part::Body).await?;
    // It was read before it was kept.
    let again = |why: String| AppError::Fault(format!("check sheet {}: {why}", sheet.id));
    let book = services.sheets.read_bytes(&bytes).await.map_err(|why| again(why.to_string()))?;
    let filled = check_sheet::read(&book).map_err(|why| again(why.to_string()))?;
    Ok((book, filled))
}

/// Takes the answers of a sheet, judged in the very transaction that writes them; once.
pub async fn take_sheet(services: &Services, actor: &Actor, id: CheckSheetId, sending: &Sending) -> Outcome<String> {
    let location = format!("/checks/sheet/{id}?done=taken");
    let mut read = services.db.read(actor).await?;
    let sheet = stored::sheet(&mut read, id).await?;
    drop(read);
    let (_, filled) = reread(services, actor, &sheet).await?;
    let mut write = services.db.write(actor).await?;
    write.take_time().await?;
    if let Err(before) = sending.take(&mut write, &location).await? {
        return Ok(Err(before));
    }
    let answers: Vec<(CheckLine, AnswerInput)> =
        judge(&mut write, filled.rows).await?.into_iter().filter_map(answer_of).collect();
    let checks: Vec<CheckId> = answers.iter().map(|(line, _)| line.id).collect();
    if checks.is_empty() {
        return Ok(Err(NotDone::fault("act", "这张表里没有可以收下的行。请下载退回的行，改正后重新上传。")));
    }
    if !stored::set_taken(&mut write, id, &checks).await? {
        return Ok(Err(NotDone::fault("act", "这张表已经收下过了。")));
    }
    answer_many(services, &mut write, &answers).await?;
    let told = answers.iter().map(|(line, input)| {
        let event = Event::new(EventKind::CheckAnswered).child(line.child);
        event.with("finding", input.finding).with("via", "sheet").with("sheet", id)
    });
    write.commit_all(told.collect()).await?;
    Ok(Ok(location))
}

fn answer_of(judged: Judged) -> Option<(CheckLine, AnswerInput)> {
    match judged.verdict {
        Verdict::Answers(line, input) => Some((*line, input)),
        _ => None,
    }
}

/// The faulty rows in the sender's own workbook, each cell marked and the reason beside it; and its name.
pub fn faulty_rows(services: &Services, actor: &Actor, back: &Back) -> Result<(String, Vec<u8>), AppError> {
    let read: Vec<SheetRead> = back.filled.sheets.iter().map(sheet_read).collect();
    let faults: Vec<Fault> = back.rows.iter().flat_map(faults).collect();
    let bytes = sheets::faults_workbook(&back.book, &read, &faults, &mark(services, actor))
        .map_err(|e| AppError::Fault(e.to_string()))?;
    let name = &back.sheet.file_name;
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    Ok((format!("{stem}（需改正）.xlsx"), bytes))
}

fn sheet_read(found: &check_sheet::SheetFound) -> SheetRead {
    SheetRead { name: found.name.clone(), heading: Some(found.heading), width: found.width, rows: 0 }
}

fn faults(judged: &Judged) -> Vec<Fault> {
    let Verdict::Faulty(faults) = &judged.verdict else { return vec![] };
    let fault = |(col, why): &(check_sheet::Col, String)| Fault {
        sheet: judged.row.sheet.clone(),
        row: judged.row.row,
        column: HEADINGS[*col as usize].to_owned(),
        at: judged.row.at[*col as usize],
        code: FaultCode::AnswerWrong,
        message: why.trim_end_matches('。').to_owned(),
    };
    faults.iter().map(fault).collect()
}
