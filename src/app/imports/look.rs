//! Brings a file in, reads it and tells what taking it in would change; nothing is written to the register.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::roster::{self, Roster, Scope};
use crate::app::register::{Expected, expect};
use crate::app::{AppError, Services, files};
use crate::db::imports::{self, Found, Import, NewImport};
use crate::db::{Door as _, Write, counties};
use crate::domain::actor::Actor;
use crate::domain::cells::Workbook;
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::{CountyId, FileId, ImportId};
use crate::domain::moment::day_of;
use crate::domain::place::CountyName;
use crate::domain::role::Role;
use crate::domain::words::SourceKind;
use crate::files::Part;
use crate::sheets::Unreadable;

/// What became of a file that was sent.
#[derive(Debug)]
pub enum Brought {
    /// It waits to be read.
    Waiting(ImportId),
    /// It is no file of a kind that is taken.
    Refused(String),
}

/// Differences that taking an import in would make, with the first few of each kind.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Preview {
    /// What would become of the good rows.
    pub expected: Expected,
    /// The same bytes were taken in before, on that day.
    pub same_file_on: Option<chrono::NaiveDate>,
}

/// Keeps a workbook as it came, in the caller's transaction.
pub async fn bring(
    services: &Services,
    write: &mut Write,
    kind: SourceKind,
    bytes: Bytes,
    name: &str,
) -> Result<Brought, AppError> {
    let file = match files::store_workbook(services, write, bytes, name).await? {
        Ok(file) => file,
        Err(refusal) => return Ok(Brought::Refused(refusal.to_string())),
    };
    let new = NewImport { id: ImportId::new(), kind, file, file_name: name.to_owned(), said_on: day_of(write.now()) };
    imports::insert(write, &new).await?;
    Ok(Brought::Waiting(new.id))
}

/// Reads an import's file and records what was found, with the differences.
pub async fn look(services: &Services, actor: &Actor, id: ImportId) -> Result<(), AppError> {
    let mut read = services.db.read(actor).await?;
    let import = imports::by_id(&mut read, id).await?;
    drop(read);
    let book = workbook(services, actor.county, import.file).await?;
    let mut write = services.db.write(actor).await?;
    write.take_time().await?;
    let event = Event::new(EventKind::ImportUploaded).with("import", id).with("kind", import.kind);
    match book {
        Ok(book) => {
            let roster = read_for(services, actor, &import, &book).await?;
            let found = found(services, &mut write, import.kind, &roster).await?;
            imports::set_found(&mut write, id, &found).await?;
            write.commit(event.with("rows", found.rows).with("good", found.good)).await
        }
        Err(why) => {
            imports::set_unreadable(&mut write, id, &why.to_string()).await?;
            write.commit(event.with("unreadable", true)).await
        }
    }
    .map_err(AppError::from)
}

/// The stored workbook, read in its child process.
pub(super) async fn workbook(
    services: &Services,
    county: CountyId,
    file: FileId,
) -> Result<Result<Workbook, Unreadable>, AppError> {
    let key = services.key(county).await?;
    let bytes = services.files.get(&key, file, Part::Body).await?;
    Ok(services.sheets.read_bytes(&bytes).await)
}

/// The roster of an import, within what its sender may bring.
pub(super) async fn read_for(
    services: &Services,
    actor: &Actor,
    import: &Import,
    book: &Workbook,
) -> Result<Roster, AppError> {
    let units = services.units(actor.county).await?;
    let county = county_name(services, actor.county).await?;
    Ok(roster::read(book, import.kind, &units, &county, scope(actor), import.said_on))
}

/// The names that stand before an address of the county.
pub async fn county_name(services: &Services, county: CountyId) -> Result<CountyName, AppError> {
    let mut gate = services.db.gate().await?;
    let found = counties::counties(&mut gate).await?.into_iter().find(|c| c.id == county);
    gate.commit().await?;
    Ok(found.map(|c| CountyName { province: c.province, city: c.city, county: c.name }).unwrap_or_default())
}

fn scope(actor: &Actor) -> Scope {
    match actor.person() {
        Some(p) if matches!(p.role, Role::Registrar) => Scope::School(p.unit),
        Some(p) if matches!(p.role, Role::TownshipOfficer) => Scope::Township(p.unit),
        _ => Scope::County,
    }
}

async fn found(services: &Services, write: &mut Write, kind: SourceKind, roster: &Roster) -> Result<Found, AppError> {
    let n = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    let expected = expect(services, write, kind, &roster.good).await?;
    Ok(Found {
        rows: n(roster.rows),
        good: n(roster.good.len()),
        faults: json!(roster.faults),
        repairs: json!(roster.notes),
        preview: json!(Preview { expected, same_file_on: None }),
    })
}
