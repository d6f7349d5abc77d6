//! Likely same children, shown before a new one is made: those in the reader's reach by name, the others by their count.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::accept::Accepted;
use super::view::{counts, facts};
use crate::app::{AppError, Services};
use crate::db::register::{self as stored, AlikeChild, Sought};
use crate::db::{Door, Write};
use crate::domain::ids::ChildId;
use crate::domain::moment::full_day;
use crate::domain::register::Said;
use crate::domain::units::Units;

/// A child that may be the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alike {
    /// Its key.
    pub id: ChildId,
    /// Sex, birth, number, village, school: enough to tell it apart.
    pub about: String,
}

/// The children that may be one who is about to be made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Likely {
    /// In reach.
    pub seen: Vec<Alike>,
    /// In the county, out of reach.
    pub beyond: usize,
}

impl Likely {
    /// Nobody is alike.
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty() && self.beyond == 0
    }
}

/// What a person decided of a row that is like a child who is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// In which sheet.
    pub sheet: String,
    /// In which row.
    pub row: i32,
    /// The child that it is; none for another, new one.
    pub child: Option<ChildId>,
}

/// Who may be the one that is said; `own` is left out.
pub(super) async fn likely(
    write: &mut Write,
    units: &Units,
    said: &Said,
    own: Option<ChildId>,
) -> Result<Likely, AppError> {
    let (Some(name), Some(birth)) = (&said.name, said.birth) else { return Ok(Likely::default()) };
    let of = of_each(write, units, &[sought(said, name, birth)]).await?;
    let mut found = of.into_values().next().unwrap_or_default();
    found.seen.retain(|alike| Some(alike.id) != own);
    Ok(found)
}

/// Who may be those of some rows, by their places among them.
pub(super) async fn likely_rows(
    write: &mut Write,
    units: &Units,
    rows: &[Accepted],
) -> Result<HashMap<usize, Likely>, AppError> {
    let read = |row: &Accepted| Some(sought(&row.said, row.said.name.as_ref()?, row.said.birth?));
    let (places, all): (Vec<usize>, Vec<Sought>) =
        rows.iter().enumerate().filter_map(|(at, row)| Some((at, read(row)?))).unzip();
    let found = of_each(write, units, &all).await?;
    let place = |of: i64| places.get(usize::try_from(of - 1).ok()?).copied();
    Ok(found.into_iter().filter_map(|(of, likely)| Some((place(of)?, likely))).collect())
}

/// By the places of those sought, from 1.
async fn of_each(write: &mut Write, units: &Units, sought: &[Sought]) -> Result<HashMap<i64, Likely>, AppError> {
    if sought.is_empty() {
        return Ok(HashMap::new());
    }
    let mut found: HashMap<i64, Likely> = HashMap::new();
    for child in stored::alike(write, sought).await? {
        found.entry(child.of).or_default().seen.push(Alike { id: child.id, about: about(&child, units) });
    }
    write.widen().await?;
    for child in stored::alike(write, sought).await? {
        let likely = found.entry(child.of).or_default();
        if !likely.seen.iter().any(|alike| alike.id == child.id) {
            likely.beyond += 1;
        }
    }
    write.narrow().await?;
    Ok(found)
}

fn sought(said: &Said, name: &str, birth: chrono::NaiveDate) -> Sought {
    let village = |place: &Option<crate::domain::register::PlaceSaid>| place.as_ref().and_then(|place| place.village);
    Sought { name: name.to_owned(), birth, villages: [village(&said.domicile), village(&said.residence)] }
}

/// 男 · 2013年3月14日 · 500229********2417 · 齐心村村民委员会 · 左岚乡中心小学
pub(super) fn about(child: &AlikeChild, units: &Units) -> String {
    let number = child.idno_masked.clone().unwrap_or_else(|| "没有身份证号".to_owned());
    let mut words = vec![child.sex.to_string(), full_day(child.birth), number];
    words.extend([units.name(child.village), units.name(child.school)].map(str::to_owned));
    words.retain(|word| !word.is_empty());
    words.join(" · ")
}

/// The files that may be of the same child as a file, in reach: by what counts of it, and by the rows that claim its number.
pub async fn alike_files(services: &Services, db: &mut impl Door, child: ChildId) -> Result<Vec<Alike>, AppError> {
    let units = services.units(db.county()).await?;
    let (said, _) = counts(&facts(services, db, child).await?);
    let claims = stored::open_claims(db, Some(child), (20, 0)).await?;
    let all = std::iter::once(&said).chain(claims.iter().map(|claim| &claim.said));
    let sought: Vec<Sought> = all.filter_map(|said| Some(sought(said, said.name.as_ref()?, said.birth?))).collect();
    let mut found: Vec<Alike> = Vec::new();
    for like in stored::alike(db, &sought).await? {
        if like.id != child && !found.iter().any(|known| known.id == like.id) {
            found.push(Alike { id: like.id, about: format!("{} · {}", like.name, about(&like, &units)) });
        }
    }
    Ok(found)
}

/// The files of children of a name, in reach, but for one.
pub async fn named_files(
    services: &Services,
    db: &mut impl Door,
    child: ChildId,
    name: &str,
) -> Result<Vec<Alike>, AppError> {
    let units = services.units(db.county()).await?;
    let found = stored::named(db, name).await?.into_iter().filter(|like| like.id != child);
    Ok(found.map(|like| Alike { id: like.id, about: format!("{} · {}", like.name, about(&like, &units)) }).collect())
}
