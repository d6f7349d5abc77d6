//! 动态摸排未到校学生名单 (002 附件2) of a township, a sheet a village: on paper or to be filled in and imported again.
//!
//! The number is left free: the village writes it, and may write what it may not read back.

use std::collections::HashMap;

use serde_json::Value;

use super::by_village::{ByVillage, by_village};
use super::checks::{Out, SheetFile};
use super::imports::mark;
use super::services::{AppError, Services};
use crate::db::Door;
use crate::db::children::{self, ChildFilter, ChildLine, ChildOrder};
use crate::domain::actor::Actor;
use crate::domain::event::{Event, EventKind};
use crate::domain::grade::Grade;
use crate::domain::ids::{ChildId, UnitId};
use crate::domain::list::{ListKind, MOST_ROWS};
use crate::domain::moment::{day_of, full_day};
use crate::domain::role::UnitKind;
use crate::domain::units::Units;
use crate::domain::words::{KeyPopulation, Whereabouts};
use crate::papers::data::{AbsenceRoster, AbsenceRow, Imprint};
use crate::papers::{Paper, PaperTemplate};
use crate::sheets::{AbsentLine, VillageSheet, absent_roster};

/// Whereabouts of those who have not come to school.
const ABSENT: [Whereabouts; 3] = [Whereabouts::Suspected, Whereabouts::DroppedOut, Whereabouts::Unknown];
/// Rows of the printed grid (002 附件2), and how many are free at least.
const GRID: usize = 12;
const FREE: usize = 2;

/// The absent of one village.
pub type AbsentGroup = ByVillage<ChildLine>;

/// The absent by village; of one township or village where one is named.
pub async fn absent_groups(
    db: &mut impl Door,
    units: &Units,
    place: Option<UnitId>,
) -> Result<Vec<AbsentGroup>, AppError> {
    let kind = place.and_then(|place| units.get(place)).map(|unit| unit.kind);
    let of = match kind {
        Some(UnitKind::Village) => ChildFilter { village: place, ..ChildFilter::default() },
        _ => ChildFilter { township: place, ..ChildFilter::default() },
    };
    let mut absent = Vec::new();
    for whereabouts in ABSENT {
        let filter = ChildFilter { whereabouts: Some(whereabouts), ..of.clone() };
        absent.extend(children::list(db, &filter, ChildOrder::Village, 20_000, 0).await?.lines);
    }
    Ok(by_village(absent, units, |child| (child.domicile_township, child.domicile_village)))
}

/// Hands the list of a township or village out, and tells it; the refusal is a sentence. A place without absent pupils
/// gets a blank sheet.
pub async fn absent_out(
    services: &Services,
    actor: &Actor,
    place: Option<UnitId>,
    out: Out,
) -> Result<Result<SheetFile, String>, AppError> {
    let units = services.units(actor.county).await?;
    let Some(unit) = place.or(actor.unit()).and_then(|place| units.get(place)) else {
        return Ok(Err("没有这个乡镇、村，请重新选择。".to_owned()));
    };
    let township = match unit.kind {
        UnitKind::Township | UnitKind::ZoneCommittee => unit.id,
        UnitKind::Village => unit.government_parent.unwrap_or(unit.id),
        _ => return Ok(Err("请选择一个乡镇或村：这张名单按乡镇上报。".to_owned())),
    };
    let mut write = services.db.write(actor).await?;
    let mut groups = absent_groups(&mut write, &units, Some(unit.id)).await?;
    groups.retain(|group| group.township == Some(township));
    if groups.is_empty() {
        let village = (unit.kind == UnitKind::Village).then_some(unit.id);
        groups.push(AbsentGroup { township: Some(township), village, lines: vec![] });
    }
    let rows: usize = groups.iter().map(|group| group.lines.len()).sum();
    if rows > MOST_ROWS {
        return Ok(Err(format!("这个范围有 {rows} 人，一次最多 {MOST_ROWS} 人。请选一个村。")));
    }
    let ids: Vec<ChildId> = groups.iter().flat_map(|g| &g.lines).map(|line| line.id).collect();
    let flags: HashMap<ChildId, KeyPopulation> = children::poverty_of(&mut write, &ids).await?.into_iter().collect();
    let today = day_of(write.now());
    let sheets: Vec<VillageSheet> = groups.iter().map(|group| sheet(group, &units, &flags)).collect();
    let township = units.name(township);
    let (kind, bytes, ending) = match out {
        Out::Print => {
            let facts: Result<Vec<Value>, _> =
                sheets.iter().map(|sheet| paper(township, sheet, today).facts()).collect();
            let facts = facts.map_err(|e| AppError::Fault(e.to_string()))?;
            let pdf = services.typesetter.render_many(PaperTemplate::AbsenceRoster, &facts, |_| {}).await;
            (EventKind::ListPrinted, pdf.map_err(|e| AppError::Fault(e.to_string()))?.bytes, "pdf")
        }
        Out::Fill => {
            let bytes = absent_roster(township, &sheets, &mark(services, actor));
            (EventKind::ListExported, bytes.map_err(|e| AppError::Fault(e.to_string()))?, "xlsx")
        }
    };
    let event = Event::new(kind).with("list", ListKind::Absent).with("rows", rows).with("reason", "动态摸排");
    write.commit(event.with("unit", unit.id)).await?;
    Ok(Ok(SheetFile { name: format!("{township}未到校学生名单（{}）.{ending}", full_day(today)), bytes }))
}

fn sheet(group: &AbsentGroup, units: &Units, flags: &HashMap<ChildId, KeyPopulation>) -> VillageSheet {
    let line = |child: &ChildLine| AbsentLine {
        name: child.name.clone(),
        sex: child.sex.label().to_owned(),
        school: units.name(child.school).to_owned(),
        grade_class: class(child, units),
        head: child.head_name.clone().unwrap_or_default(),
        poverty: flags.get(&child.id).map(|flag| flag.label().to_owned()).unwrap_or_default(),
        ..AbsentLine::default()
    };
    VillageSheet { village: units.name(group.village).to_owned(), lines: group.lines.iter().map(line).collect() }
}

fn class(child: &ChildLine, units: &Units) -> String {
    let class = units.name(child.class);
    let grade = || child.grade.and_then(|g| u8::try_from(g).ok()).and_then(Grade::new).map_or("", Grade::label);
    if class.is_empty() { grade() } else { class }.to_owned()
}

fn paper(township: &str, sheet: &VillageSheet, today: chrono::NaiveDate) -> AbsenceRoster {
    let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let row = |line: &AbsentLine| AbsenceRow {
        village: said(&sheet.village),
        name: said(&line.name),
        sex: said(&line.sex),
        school: said(&line.school),
        class: said(&line.grade_class),
        household: said(&line.head),
        poverty: said(&line.poverty),
        ..AbsenceRow::default()
    };
    AbsenceRoster {
        township: said(township),
        annex: Some("附件2".to_owned()),
        imprint: Imprint { printed_on: Some(today), ..Imprint::default() },
        rows: sheet.lines.iter().map(row).collect(),
        blank_rows: u32::try_from(GRID.saturating_sub(sheet.lines.len()).max(FREE)).unwrap_or_default(),
        reporter: said(&sheet.village),
        reported_by: None,
        date: None,
    }
}
