//! Check sheets to take along, a sheet a village: printed, or as a workbook whose rows find their checks again.

use serde_json::Value;

use crate::app::by_village::{ByVillage, by_village};
use crate::app::compare::Clue;
use crate::app::imports::mark;
use crate::app::{AppError, Services};
use crate::db::checks::{self as stored, CheckFilter, CheckLine, Part};
use crate::db::{DbError, Door};
use crate::domain::actor::Actor;
use crate::domain::cells::Cell;
use crate::domain::check_sheet::{HEADINGS, RowCode};
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::{CountyId, UnitId};
use crate::domain::list::{ListKind, MOST_ROWS};
use crate::domain::moment::{day_of, full_day};
use crate::domain::role::UnitKind;
use crate::domain::units::Units;
use crate::domain::words::CheckFinding;
use crate::papers::data::{CheckRoster, CheckRow, Imprint, ResultCode};
use crate::papers::{Paper, PaperTemplate};
use crate::sheets::{Column, Table, tables};

/// In which form a sheet goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Out {
    /// On paper, to be filled by hand.
    Print,
    /// As a workbook, to be filled in and brought back.
    Fill,
}

/// A file to be sent.
#[derive(Debug)]
pub struct SheetFile {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The open checks of one village that wait for an answer.
pub type Group = ByVillage<CheckLine>;

impl Group {
    /// 东风村, or what to call those of no known village.
    pub fn village_name<'a>(&self, units: &'a Units) -> &'a str {
        self.village.map_or("村未认出", |village| units.name(village))
    }
}

/// The checks that wait for an answer, by village; of one township or village where one is named.
pub async fn open_groups(db: &mut impl Door, units: &Units, place: Option<UnitId>) -> Result<Vec<Group>, AppError> {
    let kind = place.and_then(|place| units.get(place)).map(|unit| unit.kind);
    let filter = match kind {
        Some(UnitKind::Village) => CheckFilter { village: place, ..CheckFilter::default() },
        _ => CheckFilter { township: place, ..CheckFilter::default() },
    };
    let lines = stored::list(db, filter, Part::first(20_000)).await?;
    let waits = |line: &CheckLine| line.finding.is_none_or(|finding| finding == CheckFinding::NotMet);
    Ok(by_village(lines.into_iter().filter(waits), units, |line| (line.township, line.village)))
}

/// Hands the sheets of a place out, and tells it; the refusal is a sentence.
pub async fn sheet_out(
    services: &Services,
    actor: &Actor,
    place: Option<UnitId>,
    out: Out,
) -> Result<Result<SheetFile, String>, AppError> {
    let units = services.units(actor.county).await?;
    if place.is_some_and(|place| units.get(place).is_none()) {
        return Err(DbError::NotFound.into());
    }
    let mut write = services.db.write(actor).await?;
    let groups = open_groups(&mut write, &units, place).await?;
    let rows: usize = groups.iter().map(|group| group.lines.len()).sum();
    if rows == 0 {
        write.abandon().await?;
        return Ok(Err("这个范围里没有等待核查的儿童，不用制表。".to_owned()));
    }
    if rows > MOST_ROWS {
        write.abandon().await?;
        return Ok(Err(format!("这个范围有 {rows} 人，一次最多 {MOST_ROWS} 人。请选一个乡镇或村。")));
    }
    let today = day_of(write.now());
    let (kind, bytes) = match out {
        Out::Print => {
            let sheets: Result<Vec<Value>, _> = groups.iter().map(|g| paper(g, &units, today).facts()).collect();
            let sheets = sheets.map_err(|e| AppError::Fault(e.to_string()))?;
            let pdf = services.typesetter.render_many(PaperTemplate::CheckRoster, &sheets, |_| {}).await;
            (EventKind::ListPrinted, pdf.map_err(|e| AppError::Fault(e.to_string()))?.bytes)
        }
        Out::Fill => {
            let sheets: Vec<Table> = groups.iter().map(|g| table(g, &units, actor.county, today)).collect();
            let bytes = tables(&sheets, &mark(services, actor)).map_err(|e| AppError::Fault(e.to_string()))?;
            (EventKind::ListExported, bytes)
        }
    };
    let event = Event::new(kind).with("list", ListKind::Checks).with("rows", rows).with("reason", "现场核查");
    write.commit(event.with("unit", place)).await?;
    let ending = if out == Out::Print { "pdf" } else { "xlsx" };
    Ok(Ok(SheetFile { name: format!("核查表（{}）.{ending}", full_day(today)), bytes }))
}

fn paper(group: &Group, units: &Units, today: chrono::NaiveDate) -> CheckRoster {
    let codes = (1..).zip(CheckFinding::ALL);
    CheckRoster {
        imprint: Imprint { printed_on: Some(today), ..Imprint::default() },
        village: Some(format!("{}{}", units.name(group.township), group.village_name(units))),
        date: Some(today),
        rows: group.lines.iter().map(row).collect(),
        codes: codes.map(|(n, f): (u32, _)| ResultCode { code: n.to_string(), label: f.label().to_owned() }).collect(),
        notes: vec![
            "“在外地就读”要写明省市县、学校和年级；“未见到人”要写明向谁了解、了解到什么；能拍到证明的请拍照，回复时一并上传。"
                .to_owned(),
        ],
        ..CheckRoster::default()
    }
}

fn row(line: &CheckLine) -> CheckRow {
    CheckRow {
        name: Some(line.name.clone()),
        sex: Some(line.sex.label().to_owned()),
        born: Some(line.birth),
        id_number: line.idno_masked.clone(),
        household: line.head_name.clone(),
        address: line.domicile_text.clone(),
        phone: line.phone_masked.clone(),
        last_school: None,
        lead: Some(likely(line)),
    }
}

/// The likely cause in words: what the clue says, or else its kind.
fn likely(line: &CheckLine) -> String {
    let clue: Option<Clue> = serde_json::from_value(line.clue.clone()).ok();
    clue.map(|clue| clue.reason).filter(|said| !said.is_empty()).unwrap_or_else(|| line.cause.label().to_owned())
}

fn table(group: &Group, units: &Units, county: CountyId, today: chrono::NaiveDate) -> Table {
    let village = group.village_name(units);
    let column = |heading: &&str| match *heading {
        "核查结果" => Column::of_choices(*heading, CheckFinding::ALL.iter().map(|finding| finding.label())),
        heading => Column::new(heading),
    };
    Table {
        name: village.to_owned(),
        title: format!("{}{village}待核查儿童核查表", units.name(group.township)),
        note: Some(format!(
            "填右边四列：核查结果从列表里选，核查日期如 {today}，在外地就读的写明省市县、学校和年级，未见到人的在备注写明向谁了解。行码不要改动；填好后在“待核查—核查表”上传。"
        )),
        columns: HEADINGS.iter().map(column).collect(),
        rows: group.lines.iter().map(|line| cells(line, county)).collect(),
        blank_rows: 0,
    }
}

fn cells(line: &CheckLine, county: CountyId) -> Vec<Cell> {
    let text = |text: Option<&str>| text.filter(|t| !t.is_empty()).map_or(Cell::Empty, Cell::from);
    vec![
        Cell::Text(RowCode::of(county, line.id).to_string()),
        Cell::from(line.name.as_str()),
        Cell::from(line.sex.label()),
        Cell::Date(line.birth),
        text(line.head_name.as_deref()),
        text(line.guardian_name.as_deref()),
        text(line.domicile_text.as_deref()),
        Cell::Text(likely(line)),
    ]
}
