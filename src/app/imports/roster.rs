//! A workbook read as one of the county's rosters, whichever kind it is.

use crate::app::register::Accepted;
use crate::domain::cells::Workbook;
use crate::domain::grade::Stage;
use crate::domain::ids::UnitId;
use crate::domain::intake::{self, Context, Fault, FaultCode, Intake, Note, Refused, Row, SheetRead};
use crate::domain::place::{CountyName, Gazetteer, PlaceEntry, PlaceKind};
use crate::domain::register::{PlaceSaid, Said, Secret, of_absent, of_household, of_school};
use crate::domain::role::UnitKind;
use crate::domain::schools::{SchoolEntry, Schools};
use crate::domain::units::Units;
use crate::domain::words::{SchoolStage, SourceKind};

impl Scope {
    /// Whether a row is the sender's to bring.
    fn covers(self, row: &Accepted) -> bool {
        let township = |place: Option<&PlaceSaid>| place.and_then(|p| p.township);
        match self {
            Self::County => true,
            Self::School(school) => row.said.roll.as_ref().is_some_and(|r| r.school == school),
            Self::Township(own) => {
                [row.said.domicile.as_ref(), row.said.residence.as_ref()].into_iter().any(|p| township(p) == Some(own))
            }
        }
    }
}

/// What came of a workbook, whichever roster it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Roster {
    /// Rows that speak of a person.
    pub rows: usize,
    /// Rows that may be taken in.
    pub good: Vec<Accepted>,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// What was repaired.
    pub notes: Vec<Note>,
    /// What could be read of the rows with faults.
    pub refused: Vec<Refused>,
    /// How each sheet was read.
    pub sheets: Vec<SheetRead>,
}

/// Whose rows a sender may bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The county's.
    County,
    /// Of one school.
    School(UnitId),
    /// Of one township.
    Township(UnitId),
}

/// Reads a workbook as a roster of a kind.
pub fn read(
    book: &Workbook,
    kind: SourceKind,
    units: &Units,
    county: &CountyName,
    scope: Scope,
    on: chrono::NaiveDate,
) -> Roster {
    let places = gazetteer(units, county);
    let schools = Schools::new(county, schools(units));
    let context = Context { places: &places, schools: &schools, on };
    let mut roster = match kind {
        SourceKind::School => of(intake::school(book, context), of_school),
        SourceKind::Absent => of(intake::absent(book, context), of_absent),
        _ => of(intake::household(book, context), of_household),
    };
    keep_to(scope, &mut roster);
    roster
}

fn of<R>(intake: Intake<R>, says: fn(&R) -> (Said, Secret)) -> Roster {
    let accepted = |row: Row<R>| {
        let (said, secret) = says(&row.record);
        Accepted { sheet: row.sheet, row: i32::try_from(row.row).unwrap_or(i32::MAX), said, secret }
    };
    Roster {
        rows: intake.rows,
        good: intake.good.into_iter().map(accepted).collect(),
        faults: intake.faults,
        notes: intake.notes,
        refused: intake.refused,
        sheets: intake.sheets,
    }
}

/// Rows outside the sender's scope are refused, each with its reason.
fn keep_to(scope: Scope, roster: &mut Roster) {
    let message = match scope {
        Scope::County => return,
        Scope::School(_) => "这一行是其他学校的学生，请由该校或县里导入。",
        Scope::Township(_) => "这一行不是本乡镇的儿童，或地址认不出是哪个村，请核对地址，或由县里导入。",
    };
    let (good, outside) = std::mem::take(&mut roster.good).into_iter().partition(|row| scope.covers(row));
    roster.good = good;
    roster.faults.extend(outside.into_iter().map(|row| Fault {
        sheet: row.sheet,
        row: u32::try_from(row.row).unwrap_or(0),
        column: String::new(),
        at: None,
        code: FaultCode::OutOfScope,
        message: message.to_owned(),
    }));
}

/// The places of a county, ready to be looked up.
pub fn gazetteer(units: &Units, county: &CountyName) -> Gazetteer {
    Gazetteer::new(county, places(units))
}

fn places(units: &Units) -> impl Iterator<Item = PlaceEntry> {
    units.all().filter_map(|unit| {
        let kind = match unit.kind {
            UnitKind::Township | UnitKind::ZoneCommittee => PlaceKind::Township,
            UnitKind::Village => PlaceKind::Village,
            UnitKind::Group => PlaceKind::Group,
            _ => return None,
        };
        Some(PlaceEntry { id: unit.id, kind, name: unit.name.clone(), parent: unit.government_parent })
    })
}

fn schools(units: &Units) -> impl Iterator<Item = SchoolEntry> {
    units.all().filter(|u| matches!(u.kind, UnitKind::School | UnitKind::CentreSchool)).map(|unit| SchoolEntry {
        id: unit.id,
        name: unit.name.clone(),
        aliases: vec![],
        stage: match unit.stage {
            Some(SchoolStage::Primary) => Some(Stage::Primary),
            Some(SchoolStage::Junior) => Some(Stage::Junior),
            Some(SchoolStage::NineYear) | None => None,
        },
    })
}
