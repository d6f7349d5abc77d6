//! The register against the rolls: by exact number, who is missing and who is extra; and beside it, why perhaps.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    grade::Standing,
    idno::IdNumber,
    intake::{self, FaultCode, HouseholdRow, Intake, SchoolRow},
    policy::AgeRule,
    words::RollStatus,
};

mod cause;
mod near;

use cause::Search;
pub use cause::{Cause, Slip};
pub use near::Difference;

/// One person of a list, under the caller's key: a row of a file, a child's id.
#[derive(Debug, Clone, PartialEq)]
pub struct Person<K> {
    /// Where the person is found again.
    pub key: K,
    /// The citizen's number, if there is one.
    pub number: Option<IdNumber>,
    /// Name in its one spelling.
    pub name: String,
    /// Birth date.
    pub born: NaiveDate,
}

/// One who was on a roll that has ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Left<K> {
    /// Who.
    pub person: Person<K>,
    /// How the roll ended.
    pub status: RollStatus,
}

/// What is known of a refused row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused<K> {
    /// Where the row is found again.
    pub key: K,
    /// Why it was refused.
    pub code: FaultCode,
    /// The name, if it could be read.
    pub name: Option<String>,
    /// The birth date, if it could be read.
    pub born: Option<NaiveDate>,
    /// The number as written.
    pub number: Option<String>,
    /// The roll number as written.
    pub roll_number: Option<String>,
}

/// One list: a household register, or the rolls.
#[derive(Debug, Clone, PartialEq)]
pub struct Side<K> {
    /// Who stands on it.
    pub persons: Vec<Person<K>>,
    /// Who stood on it and left; counts as not on it.
    pub left: Vec<Left<K>>,
    /// Rows that were refused; they count for nothing.
    pub refused: Vec<Refused<K>>,
}

/// A row of an imported file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowKey {
    /// The sheet's name.
    pub sheet: String,
    /// The row's number, from 1.
    pub row: u32,
}

/// One who stands on one list and not on the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Unmatched<A, B> {
    /// Who.
    pub key: A,
    /// The number, if there is one.
    pub number: Option<IdNumber>,
    /// Where the birth date stands in the school year.
    pub standing: Standing,
    /// The likely cause, pointing into the other list.
    pub cause: Cause<B>,
}

/// What the two lists say of each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison<A, B> {
    /// Registered and of school age, each number once.
    pub of_school_age: usize,
    /// Registered, of school age, and on no roll; by number.
    pub missing: Vec<Unmatched<A, B>>,
    /// On a roll and not in the register; by number.
    pub unregistered: Vec<Unmatched<B, A>>,
    /// Registered, not of school age, and on no roll; by number.
    pub outside: Vec<Unmatched<A, B>>,
}

/// Compares a register with rolls by exact number; who is of school age on the day, the county's rule says.
pub fn compare<A: Clone, B: Clone>(
    register: &Side<A>,
    rolls: &Side<B>,
    age: &AgeRule,
    on: NaiveDate,
) -> Comparison<A, B> {
    let standing = |born: NaiveDate| age.standing(born, on);
    let (registered, enrolled) = (numbers(&register.persons), numbers(&rolls.persons));
    let of_age = |p: &&Person<A>| matches!(standing(p.born), Standing::Due(_));
    let (missing, outside) = unmatched(register, &enrolled, rolls, &registered, &standing)
        .into_iter()
        .partition(|u| matches!(u.standing, Standing::Due(_)));
    Comparison {
        of_school_age: once(&register.persons).filter(of_age).count(),
        missing,
        unregistered: unmatched(rolls, &registered, register, &enrolled, &standing),
        outside,
    }
}

fn numbers<K>(persons: &[Person<K>]) -> HashSet<&str> {
    persons.iter().filter_map(|p| p.number.as_ref()).map(IdNumber::as_str).collect()
}

/// Each number once; those without a number are all different people.
fn once<K>(persons: &[Person<K>]) -> impl Iterator<Item = &Person<K>> {
    let mut seen = HashSet::new();
    persons.iter().filter(move |p| p.number.as_ref().is_none_or(|n| seen.insert(n.as_str())))
}

/// Those whom their own number does not place on the other list.
fn open<'a, K>(persons: &'a [Person<K>], other: &HashSet<&str>) -> impl Iterator<Item = &'a Person<K>> {
    once(persons).filter(|p| p.number.as_ref().is_none_or(|n| !other.contains(n.as_str())))
}

/// Those of `side` not on `other`, by number, with the likely cause.
fn unmatched<A: Clone, B: Clone>(
    side: &Side<A>,
    there: &HashSet<&str>,
    other: &Side<B>,
    here: &HashSet<&str>,
    standing: &impl Fn(NaiveDate) -> Standing,
) -> Vec<Unmatched<A, B>> {
    let search = Search::new(open(&other.persons, here), &other.refused, &other.left);
    let mut all: Vec<Unmatched<A, B>> = open(&side.persons, there)
        .map(|p| {
            let standing = standing(p.born);
            Unmatched { key: p.key.clone(), number: p.number.clone(), standing, cause: search.cause(p, standing) }
        })
        .collect();
    all.sort_by(|a, b| a.number.cmp(&b.number));
    all
}

impl From<&Intake<HouseholdRow>> for Side<RowKey> {
    fn from(intake: &Intake<HouseholdRow>) -> Self {
        let person = |row: &intake::Row<HouseholdRow>| Person {
            key: RowKey { sheet: row.sheet.clone(), row: row.row },
            number: Some(row.record.number.clone()),
            name: row.record.name.clone(),
            born: row.record.born,
        };
        Self {
            persons: intake.good.iter().map(person).collect(),
            left: Vec::new(),
            refused: refused_rows(&intake.refused),
        }
    }
}

impl From<&Intake<SchoolRow>> for Side<RowKey> {
    fn from(intake: &Intake<SchoolRow>) -> Self {
        let mut side = Self { persons: Vec::new(), left: Vec::new(), refused: refused_rows(&intake.refused) };
        for row in &intake.good {
            let person = Person {
                key: RowKey { sheet: row.sheet.clone(), row: row.row },
                number: row.record.number().cloned(),
                name: row.record.name.clone(),
                born: row.record.born,
            };
            let status = row.record.status;
            if on_roll(status) { side.persons.push(person) } else { side.left.push(Left { person, status }) }
        }
        side
    }
}

/// The roll goes on: its pupil is enrolled, if perhaps not in class.
pub const fn on_roll(status: RollStatus) -> bool {
    matches!(status, RollStatus::Active | RollStatus::Suspended | RollStatus::SuspectedMark)
}

fn refused_rows(rows: &[intake::Refused]) -> Vec<Refused<RowKey>> {
    let row = |row: &intake::Refused| Refused {
        key: RowKey { sheet: row.sheet.clone(), row: row.row },
        code: row.code,
        name: row.name.clone(),
        born: row.born,
        number: row.number.clone(),
        roll_number: row.roll_number.clone(),
    };
    rows.iter().map(row).collect()
}

#[cfg(test)]
mod tests;
