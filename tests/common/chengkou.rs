//! 城口县 for tests: its true townships and villages, and the schools and figures of `truth.json`.

use std::{fs, path::PathBuf, sync::LazyLock};

use chrono::NaiveDate;
use quanxue::domain::{
    cells::Workbook,
    grade::Stage,
    ids::UnitId,
    intake::Context,
    place::{CountyName, Gazetteer, PlaceEntry, PlaceKind},
    schools::{SchoolEntry, Schools},
};
use serde_json::Value;
use uuid::Uuid;

/// What a careful importer makes of the rosters.
pub fn truth() -> Value {
    serde_json::from_slice(&fs::read(roster("truth.json")).unwrap()).unwrap()
}

/// The path of a roster.
pub fn roster(name: &str) -> PathBuf {
    root().join("tests/rosters/chengkou").join(name)
}

/// A roster, read in this process.
pub fn book(name: &str) -> Workbook {
    quanxue::sheets::parse(&fs::read(roster(name)).unwrap()).unwrap()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The unit of a division code.
pub fn unit(code: &str) -> UnitId {
    UnitId(Uuid::from_u128(code.parse().unwrap()))
}

/// The county ready for an import on 2026-09-14.
pub struct Chengkou {
    places: Gazetteer,
    schools: Schools,
}

impl Chengkou {
    /// One for all cases of a property.
    pub fn shared() -> &'static Self {
        static COUNTY: LazyLock<Chengkou> = LazyLock::new(Chengkou::new);
        &COUNTY
    }

    fn new() -> Self {
        let county = CountyName { province: "重庆市".into(), city: "县".into(), county: "城口县".into() };
        Self { places: Gazetteer::new(&county, divisions()), schools: Schools::new(&county, schools()) }
    }

    pub fn context(&self) -> Context<'_> {
        Context { places: &self.places, schools: &self.schools, on: day() }
    }
}

/// The reference day of `truth.json`.
pub fn day() -> NaiveDate {
    truth()["match"]["reference_date"].as_str().unwrap().parse().unwrap()
}

fn divisions() -> Vec<PlaceEntry> {
    let text = fs::read_to_string(root().join("data/divisions.csv")).unwrap();
    let mut entries = Vec::new();
    for line in text.lines().filter(|l| l.starts_with("500229")) {
        let cells: Vec<&str> = line.split(',').collect();
        let kind = match cells[1] {
            "township" => PlaceKind::Township,
            "village" => PlaceKind::Village,
            _ => continue,
        };
        entries.push(PlaceEntry { id: unit(cells[0]), kind, name: cells[2].into(), parent: Some(unit(cells[3])) });
    }
    entries
}

fn schools() -> Vec<SchoolEntry> {
    let truth = truth();
    let listed = truth["county"]["schools"].as_array().unwrap().iter().enumerate();
    let entry = |(at, school): (usize, &Value)| SchoolEntry {
        id: UnitId(Uuid::from_u128(at as u128)),
        name: school["name"].as_str().unwrap().into(),
        aliases: vec![],
        stage: Stage::from_code(school["stage"].as_str().unwrap()),
    };
    listed.map(entry).collect()
}
