//! Takes an import in: the good rows, or all or nothing; one transaction, one event.

use serde_json::json;

use super::look::{read_for, workbook};
use crate::app::compare::RefusedSecret;
use crate::app::register::{AcceptedAs, Decided, Receipt, accept};
use crate::app::{AppError, Services};
use crate::db::imports::{self, NewRefused};
use crate::db::{Door as _, Write, register};
use crate::domain::actor::Actor;
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::ImportId;
use crate::domain::intake::Refused;
use crate::domain::moment::full_day;
use crate::domain::register::Secret;
use crate::vocabulary;

vocabulary! {
    /// Which rows are taken in.
    pub enum Mode {
        GoodRows = "good_rows" => "导入没有问题的行",
        AllOrNothing = "all_or_nothing" => "全部没有问题才导入",
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// Taken in.
    In(Receipt),
    /// Not taken in, and why.
    Refused(String),
}

/// Takes an import in; `decided` of the rows that are like children who are here.
pub async fn take(
    services: &Services,
    actor: &Actor,
    id: ImportId,
    mode: Mode,
    decided: &[Decided],
) -> Result<Taken, AppError> {
    let mut write = services.db.write(actor).await?;
    write.take_time().await?;
    let import = imports::by_id(&mut write, id).await?;
    if import.accepted_at.is_some() {
        return Ok(Taken::Refused("这份名册已经导入过了。".to_owned()));
    }
    let book = match workbook(services, actor.county, import.file).await? {
        Ok(book) => book,
        Err(why) => return Ok(Taken::Refused(why.to_string())),
    };
    let roster = read_for(services, actor, &import, &book).await?;
    if mode == Mode::AllOrNothing && !roster.faults.is_empty() {
        return Ok(Taken::Refused(format!(
            "有 {} 处问题，按“{mode}”没有导入。请改正后重新上传。",
            roster.faults.len()
        )));
    }
    if roster.good.is_empty() {
        return Ok(Taken::Refused("没有可以导入的行。请下载退回的表格，改正后重新上传。".to_owned()));
    }
    let title = format!("{}《{}》（{}）", import.kind, import.file_name, full_day(import.said_on));
    let source = register::insert_source(&mut write, import.kind, &title, import.said_on, Some(id)).await?;
    let as_source = AcceptedAs { source, kind: import.kind, said_on: import.said_on };
    let (receipt, _) = accept(services, &mut write, as_source, &roster.good, decided).await?;
    keep_refused(services, &mut write, id, &roster.refused).await?;
    imports::set_accepted(&mut write, id, mode.code(), source, &json!(receipt)).await?;
    let event = Event::new(EventKind::ImportAccepted).with("import", id).with("kind", import.kind);
    write.commit(event.with("mode", mode).with("receipt", receipt).with("faults", roster.faults.len())).await?;
    // Classes that the rolls named for the first time are units only now.
    services.units_changed(actor.county);
    Ok(Taken::In(receipt))
}

async fn keep_refused(
    services: &Services,
    write: &mut Write,
    id: ImportId,
    refused: &[Refused],
) -> Result<(), AppError> {
    let key = services.key(write.county()).await?;
    let mut rows = Vec::with_capacity(refused.len());
    for row in refused {
        let secret = RefusedSecret {
            name: row.name.clone(),
            born: row.born,
            secret: Secret { idno: row.number.clone(), roll_number: row.roll_number.clone(), phones: vec![] },
        };
        let json = serde_json::to_vec(&secret).map_err(|e| AppError::Fault(e.to_string()))?;
        rows.push(NewRefused {
            sheet: row.sheet.clone(),
            row: i32::try_from(row.row).unwrap_or(i32::MAX),
            name: row.name.clone().unwrap_or_default(),
            birth: row.born,
            code: row.code.code().to_owned(),
            sealed: key.seal("refused_row.sealed", id.0, &json)?,
        });
    }
    imports::insert_refused(write, id, &rows).await?;
    Ok(())
}
