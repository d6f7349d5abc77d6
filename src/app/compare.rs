//! The comparison of the register with the rolls (四查三比对's first pair): who is missing, with the likely cause beside it.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::checks;
use super::policy;
use super::services::{AppError, Services};
use crate::db::checks::{self as stored, CompareChild, NewCheck, NewRun};
use crate::db::{Door as _, Write, imports};
use crate::domain::actor::Actor;
use crate::domain::event::{Event, EventKind};
use crate::domain::idno::IdNumber;
use crate::domain::ids::{CheckId, ChildId, ImportId, StatementId};
use crate::domain::matching::{self, Left, Person, Refused, Side, Unmatched};
use crate::domain::moment::day_of;
use crate::domain::register::Secret;
use crate::domain::words::{RollStatus, SourceKind, Whereabouts};
use crate::vault::CountyKey;

/// What a comparison counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Registered and of school age.
    pub registered_of_school_age: usize,
    /// Of these, on no roll.
    pub registered_not_enrolled: usize,
    /// On a roll and not registered.
    pub enrolled_not_registered: usize,
    /// Checks newly opened.
    pub opened: usize,
    /// Checks settled because the child is on a roll now.
    pub settled: usize,
}

/// Where the other list has the one who may be meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// A child of the register of children.
    Child(ChildId),
    /// A row that an import refused.
    Row {
        /// The import.
        import: ImportId,
        /// The file's name.
        file: String,
        /// The sheet.
        sheet: String,
        /// The row.
        row: i32,
    },
}

/// The clue of a check: the reason in words, and whom it points to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clue {
    /// In words, numbers masked.
    pub reason: String,
    /// Whom it points to.
    pub found: Option<Found>,
}

/// Compares the whole county, opens checks for the missing and settles those that are missing no more.
pub async fn run(services: &Services, actor: &Actor) -> Result<Counts, AppError> {
    let mut write = services.db.write(actor).await?;
    write.widen().await?;
    let key = services.key(actor.county).await?;
    let settled = stored::close_matched(&mut write).await?;
    let children = stored::compare_children(&mut write).await?;
    let (register, rolls) = sides(&mut write, &key, &children).await?;
    let today = day_of(write.now());
    let rules = policy::rules(services, &mut write).await?;
    let compared = matching::compare(&register, &rolls, &rules.on(today).age, today);
    let new = new_checks(&children, compared.missing.iter());
    let counts = Counts {
        registered_of_school_age: compared.of_school_age,
        registered_not_enrolled: compared.missing.len(),
        enrolled_not_registered: compared.unregistered.len(),
        opened: new.len(),
        settled: settled.len(),
    };
    let due_on = rules.on(today).check.within.value.due(today, &rules.calendar).due;
    let run = record(counts, today);
    stored::insert_run(&mut write, run).await?;
    stored::insert_checks(&mut write, run.id, due_on, &new).await?;
    let touched: Vec<ChildId> = settled.into_iter().chain(new.iter().map(|c| c.child)).collect();
    checks::project(services, &mut write, &touched).await?;
    write.narrow().await?;
    write.commit(Event::new(EventKind::MatchRun).with("counts", counts)).await?;
    Ok(counts)
}

fn record(counts: Counts, reference_on: chrono::NaiveDate) -> NewRun {
    let n = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    NewRun {
        id: StatementId::new(),
        reference_on,
        registered_of_school_age: n(counts.registered_of_school_age),
        registered_not_enrolled: n(counts.registered_not_enrolled),
        enrolled_not_registered: n(counts.enrolled_not_registered),
    }
}

/// A check for everyone missing of whom nothing is known yet and whom nobody is looking for.
fn new_checks<'a>(
    children: &[CompareChild],
    missing: impl Iterator<Item = &'a Unmatched<Found, Found>>,
) -> Vec<NewCheck> {
    let open: std::collections::HashSet<ChildId> =
        children.iter().filter(|c| !c.checked && c.whereabouts == Whereabouts::Unknown).map(|c| c.id).collect();
    missing
        .filter_map(|m| match &m.key {
            Found::Child(child) if open.contains(child) => Some(NewCheck {
                id: CheckId::new(),
                child: *child,
                cause: m.cause.kind(),
                clue: json!(Clue { reason: m.cause.reason("学籍"), found: m.cause.key().cloned() }),
            }),
            _ => None,
        })
        .collect()
}

async fn sides(
    write: &mut Write,
    key: &CountyKey,
    children: &[CompareChild],
) -> Result<(Side<Found>, Side<Found>), AppError> {
    let (mut register, mut rolls) = (empty(), empty());
    for child in children {
        let person = person(key, child)?;
        match child.roll {
            Some(RollStatus::Active) => rolls.persons.push(person.clone()),
            Some(status) => rolls.left.push(Left { person: person.clone(), status }),
            None => {}
        }
        if child.registered {
            register.persons.push(person);
        }
    }
    for row in imports::refused(write).await? {
        let json = key.open("refused_row.sealed", row.import.0, &row.sealed)?;
        let refused: RefusedSecret = serde_json::from_slice(&json).map_err(|e| AppError::Fault(e.to_string()))?;
        let found = Found::Row { import: row.import, file: row.file_name, sheet: row.sheet, row: row.row };
        let Some(code) = crate::domain::intake::FaultCode::from_code(&row.code) else { continue };
        let side = if row.kind == SourceKind::School { &mut rolls } else { &mut register };
        side.refused.push(Refused {
            key: found,
            code,
            name: refused.name,
            born: refused.born,
            number: refused.secret.idno,
            roll_number: refused.secret.roll_number,
        });
    }
    Ok((register, rolls))
}

/// What is kept, sealed, of a refused row.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct RefusedSecret {
    /// The name, if it could be read.
    pub name: Option<String>,
    /// The birth date, if it could be read.
    pub born: Option<chrono::NaiveDate>,
    /// Numbers as written.
    pub secret: Secret,
}

fn empty() -> Side<Found> {
    Side { persons: vec![], left: vec![], refused: vec![] }
}

fn person(key: &CountyKey, child: &CompareChild) -> Result<Person<Found>, AppError> {
    let number = match &child.idno_sealed {
        Some(sealed) => IdNumber::exact(&key.open_text("child.idno", child.id.0, sealed)?).ok(),
        None => None,
    };
    Ok(Person { key: Found::Child(child.id), number, name: child.name.clone(), born: child.birth })
}
