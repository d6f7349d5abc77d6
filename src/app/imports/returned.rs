//! The faulty rows of an import, in the sender's own workbook, each cell marked and the reason beside it.

use super::look::{read_for, workbook};
use crate::app::{AppError, Services};
use crate::db::{DbError, imports};
use crate::domain::actor::Actor;
use crate::domain::ids::ImportId;
use crate::sheets::{self, Mark};

/// Who made a workbook and when: it stands in its properties and on its watermark line.
pub(crate) fn mark(services: &Services, actor: &Actor) -> Mark {
    let who = actor.person().map_or_else(|| "系统".to_owned(), |p| format!("{} {}", p.unit_name, p.name));
    Mark { who, when: services.db.clock().now().naive_local(), why: None }
}

/// The workbook to send back, and its name.
pub async fn returned(services: &Services, actor: &Actor, id: ImportId) -> Result<(String, Vec<u8>), AppError> {
    let mut read = services.db.read(actor).await?;
    let import = imports::by_id(&mut read, id).await?;
    drop(read);
    let book = workbook(services, actor.county, import.file).await?.map_err(|_| AppError::Db(DbError::NotFound))?;
    let roster = read_for(services, actor, &import, &book).await?;
    let bytes = sheets::faults_workbook(&book, &roster.sheets, &roster.faults, &mark(services, actor))
        .map_err(|e| AppError::Fault(e.to_string()))?;
    let stem = import.file_name.rsplit_once('.').map_or(import.file_name.as_str(), |(stem, _)| stem);
    Ok((format!("{stem}（需改正）.xlsx"), bytes))
}
