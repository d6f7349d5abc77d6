//! Takes in rows that a source says: to the child of their number, to a new child, or before a person where names differ.

use std::collections::HashMap;

use super::alike::{Decided, Likely, likely_rows};
use super::expected::{Expected, Receipt, list, unknown};
use super::refresh::{open_secret, refresh_children};
use crate::app::{AppError, Services};
use crate::db::Write;
use crate::db::register::{self as stored, NewChild, NewClaim, NewStatement};
use crate::domain::ids::{ChildId, SourceId, StatementId};
use crate::domain::register::{Said, Secret, differences};
use crate::domain::words::SourceKind;
use crate::vault::{CountyKey, Index};

/// A row that may be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// In which sheet.
    pub sheet: String,
    /// In which row, as people count.
    pub row: i32,
    /// What it says; name, sex and birth are there.
    pub said: Said,
    /// Its numbers.
    pub secret: Secret,
}

/// Of which source the rows are.
#[derive(Debug, Clone, Copy)]
pub struct AcceptedAs {
    /// The source.
    pub source: SourceId,
    /// Its kind.
    pub kind: SourceKind,
    /// The day it speaks of.
    pub said_on: chrono::NaiveDate,
}

/// Where a row goes.
enum Goes {
    New(ChildId),
    Known(ChildId),
    Claims(ChildId),
    /// Somebody alike is here, and nobody decided.
    Asked,
}

/// Takes rows in and projects the children they touch.
pub async fn accept(
    services: &Services,
    write: &mut Write,
    source: AcceptedAs,
    rows: &[Accepted],
    decided: &[Decided],
) -> Result<(Receipt, Vec<ChildId>), AppError> {
    let likely = likely_of(services, write, source.kind, rows).await?;
    write.widen().await?;
    let key = services.key(write.actor().county).await?;
    let mut sorted = sort(write, &key, rows).await?;
    decide(&mut sorted, rows, &likely, decided);
    let known: Vec<ChildId> =
        sorted.iter().filter_map(|g| if let Goes::Known(id) = g { Some(*id) } else { None }).collect();
    let before = latest(write, &key, source.kind, &known).await?;
    let (mut receipt, mut children, mut statements, mut claims) =
        (Receipt::default(), Vec::new(), Vec::new(), Vec::new());
    let mut touched = Vec::new();
    for (row, goes) in rows.iter().zip(sorted) {
        let id = StatementId::new();
        match goes {
            Goes::Asked => receipt.asked += 1,
            Goes::Claims(child) => {
                receipt.claims += 1;
                claims.push(claim(&key, id, child, row)?);
            }
            Goes::Known(child)
                if before.get(&child).is_some_and(|(said, secret)| *said == row.said && *secret == row.secret) =>
            {
                receipt.unchanged += 1;
            }
            Goes::Known(child) => {
                receipt.changed += 1;
                statements.push(statement(&key, id, child, row)?);
                touched.push(child);
            }
            Goes::New(child) => {
                receipt.new += 1;
                children.push(new_child(&key, child, row)?);
                statements.push(statement(&key, id, child, row)?);
                touched.push(child);
            }
        }
    }
    stored::insert_children(write, &children).await?;
    stored::insert_statements(write, source.source, source.kind, source.said_on, &statements).await?;
    stored::insert_claims(write, source.source, source.kind, source.said_on, &claims).await?;
    refresh_children(services, write, &touched).await?;
    write.narrow().await?;
    Ok((receipt, touched))
}

/// Tells what would become of rows, writing nothing.
pub async fn expect(
    services: &Services,
    write: &mut Write,
    kind: SourceKind,
    rows: &[Accepted],
) -> Result<Expected, AppError> {
    let mut likely = likely_of(services, write, kind, rows).await?;
    write.widen().await?;
    let key = services.key(write.actor().county).await?;
    let sorted = sort(write, &key, rows).await?;
    let known: Vec<ChildId> =
        sorted.iter().filter_map(|g| if let Goes::Known(id) = g { Some(*id) } else { None }).collect();
    let before = latest(write, &key, kind, &known).await?;
    write.narrow().await?;
    let mut expected = Expected::default();
    for (at, (row, goes)) in rows.iter().zip(sorted).enumerate() {
        match goes {
            Goes::New(_) | Goes::Asked => {
                expected.receipt.new += 1;
                if kind == SourceKind::Absent {
                    unknown(&mut expected.unknown, row, likely.remove(&at).unwrap_or_default());
                }
            }
            Goes::Claims(_) => {
                expected.receipt.claims += 1;
                list(&mut expected.claims, row, vec![]);
            }
            Goes::Known(child) => match before.get(&child) {
                Some((said, secret)) if *said == row.said && *secret == row.secret => expected.receipt.unchanged += 1,
                Some((said, secret)) => {
                    expected.receipt.changed += 1;
                    list(&mut expected.changes, row, differences((said, secret), (&row.said, &row.secret)));
                }
                None => expected.receipt.changed += 1,
            },
        }
    }
    Ok(expected)
}

/// Who may be those of the rows: asked of a list of absent pupils, which people write by hand.
async fn likely_of(
    services: &Services,
    write: &mut Write,
    kind: SourceKind,
    rows: &[Accepted],
) -> Result<HashMap<usize, Likely>, AppError> {
    if kind != SourceKind::Absent {
        return Ok(HashMap::new());
    }
    let units = services.units(write.actor().county).await?;
    likely_rows(write, &units, rows).await
}

/// A new child that is like one who is here goes where a person decided, and nowhere without.
fn decide(sorted: &mut [Goes], rows: &[Accepted], likely: &HashMap<usize, Likely>, decided: &[Decided]) {
    for (at, (goes, row)) in sorted.iter_mut().zip(rows).enumerate() {
        let (Goes::New(_), Some(likely)) = (&*goes, likely.get(&at)) else { continue };
        match decided.iter().find(|d| d.sheet == row.sheet && d.row == row.row).map(|d| d.child) {
            Some(None) => {}
            Some(Some(child)) if likely.seen.iter().any(|alike| alike.id == child) => *goes = Goes::Known(child),
            _ => *goes = Goes::Asked,
        }
    }
}

/// Finds for each row the child of its number. A number that comes twice in one file goes to the same child.
async fn sort(write: &mut Write, key: &CountyKey, rows: &[Accepted]) -> Result<Vec<Goes>, AppError> {
    let index = |row: &Accepted| row.secret.idno.as_deref().map(|n| key.index(Index::IdentityNumber, n));
    let indexes: Vec<Vec<u8>> = rows.iter().filter_map(index).collect();
    let mut known: HashMap<Vec<u8>, (ChildId, String)> =
        stored::by_number(write, &indexes).await?.into_iter().map(|c| (c.index, (c.id, c.name))).collect();
    let mut sorted = Vec::with_capacity(rows.len());
    for row in rows {
        let name = row.said.name.clone().unwrap_or_default();
        sorted.push(match index(row) {
            Some(index) => match known.get(&index) {
                Some((child, other)) if *other != name => Goes::Claims(*child),
                Some((child, _)) => Goes::Known(*child),
                None => {
                    let child = ChildId::new();
                    known.insert(index, (child, name));
                    Goes::New(child)
                }
            },
            None => Goes::New(ChildId::new()),
        });
    }
    Ok(sorted)
}

/// What this kind of source said last of each child.
async fn latest(
    write: &mut Write,
    key: &CountyKey,
    kind: SourceKind,
    children: &[ChildId],
) -> Result<HashMap<ChildId, (Said, Secret)>, AppError> {
    let mut found: HashMap<ChildId, (chrono::NaiveDate, Said, Secret)> = HashMap::new();
    for s in stored::of_children(write, children).await?.into_iter().filter(|s| s.kind == kind) {
        let secret = s.sealed.as_deref().map(|b| open_secret(key, s.id, b)).transpose()?.unwrap_or_default();
        if found.get(&s.child).is_none_or(|(day, ..)| *day < s.said_on) {
            found.insert(s.child, (s.said_on, s.said, secret));
        }
    }
    Ok(found.into_iter().map(|(child, (_, said, secret))| (child, (said, secret))).collect())
}

fn sealed(key: &CountyKey, id: StatementId, row: &Accepted) -> Result<Vec<u8>, AppError> {
    let json = serde_json::to_vec(&row.secret).map_err(|e| AppError::Fault(e.to_string()))?;
    Ok(key.seal("statement.sealed", id.0, &json)?)
}

fn statement(key: &CountyKey, id: StatementId, child: ChildId, row: &Accepted) -> Result<NewStatement, AppError> {
    Ok(NewStatement {
        id,
        child,
        sheet: Some(row.sheet.clone()),
        row: Some(row.row),
        said: row.said.clone(),
        sealed: sealed(key, id, row)?,
    })
}

fn claim(key: &CountyKey, id: StatementId, child: ChildId, row: &Accepted) -> Result<NewClaim, AppError> {
    Ok(NewClaim {
        id,
        child,
        sheet: row.sheet.clone(),
        row: row.row,
        name: row.said.name.clone().unwrap_or_default(),
        said: row.said.clone(),
        sealed: sealed(key, id, row)?,
    })
}

fn new_child(key: &CountyKey, id: ChildId, row: &Accepted) -> Result<NewChild, AppError> {
    let lacking = || AppError::Fault(format!("row {} of {} has no name, sex or birth", row.row, row.sheet));
    Ok(NewChild {
        id,
        name: row.said.name.clone().ok_or_else(lacking)?,
        sex: row.said.sex.ok_or_else(lacking)?,
        birth: row.said.birth.ok_or_else(lacking)?,
        index: row.secret.idno.as_deref().map(|n| key.index(Index::IdentityNumber, n)),
    })
}
