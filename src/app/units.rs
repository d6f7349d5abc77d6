//! Changing the county's units: made, renamed, hung elsewhere, closed; and which school takes which village.

use chrono::NaiveDate;
use serde_json::json;

use super::sending::{NotDone, Outcome, Sending};
use super::services::{AppError, Services};
use crate::db::jobs::{self, NewJob};
use crate::db::units::{self as stored, Dependants};
use crate::db::{DbError, Door as _};
use crate::domain::actor::Actor;
use crate::domain::catchment::{self, Catchment};
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::UnitId;
use crate::domain::job::JobKind;
use crate::domain::moment::day_of;
use crate::domain::role::UnitKind;
use crate::domain::unit_form::{self, TypedUnit};
use crate::domain::units::{Unit, Units};

/// Adds units below one; a new village gets its default schools.
pub async fn add(
    services: &Services,
    actor: &Actor,
    sending: &Sending,
    above: UnitId,
    typed: &TypedUnit,
) -> Outcome<()> {
    let known = services.units(actor.county).await?;
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, &format!("/units/{above}?done=added")).await? {
        return Ok(Err(not));
    }
    let parent = known.get(above).ok_or(DbError::NotFound)?;
    let made = match unit_form::new_units(typed, parent, &known) {
        Ok(made) => made,
        Err(faults) => return Ok(Err(faults.into())),
    };
    stored::insert(&mut write, &made).await?;
    let ids: Vec<UnitId> = made.iter().map(|unit| unit.id).collect();
    let all = Units::new(known.all().chain(&made).cloned().collect(), known.catchments().collect());
    let own: Vec<Catchment> = catchment::missing(&all).into_iter().filter(|c| ids.contains(&c.0)).collect();
    stored::set_catchments(&mut write, &own).await?;
    let kind = made.first().map(|unit| unit.kind);
    write.commit(Event::new(EventKind::UnitMade).with("unit", above).with("kind", kind).with("units", ids)).await?;
    services.units_changed(actor.county);
    Ok(Ok(()))
}

/// Gives a unit another name.
pub async fn rename(services: &Services, actor: &Actor, sending: &Sending, unit: UnitId, typed: &str) -> Outcome<()> {
    let known = services.units(actor.county).await?;
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, &format!("/units/{unit}?done=renamed")).await? {
        return Ok(Err(not));
    }
    let old = known.get(unit).ok_or(DbError::NotFound)?;
    let parent = old.government_parent.or(old.education_parent).and_then(|above| known.get(above)).unwrap_or(old);
    let name = match unit_form::name(typed, old.kind, parent, Some(unit), &known) {
        Ok(name) => name,
        Err(why) => return Ok(Err(NotDone::fault("rename", why))),
    };
    stored::rename(&mut write, unit, &name).await?;
    write.commit(Event::new(EventKind::UnitChanged).with("unit", unit).with("name", name)).await?;
    services.units_changed(actor.county);
    Ok(Ok(()))
}

/// Hangs a school below another centre school, office or area, or below the county itself.
pub async fn hang(services: &Services, actor: &Actor, sending: &Sending, unit: UnitId, above: UnitId) -> Outcome<()> {
    let known = services.units(actor.county).await?;
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, &format!("/units/{unit}?done=hung")).await? {
        return Ok(Err(not));
    }
    if !places_for(&known, unit).iter().any(|place| place.id == above) {
        return Ok(Err(NotDone::fault("above", "请从列出的单位里选一个上级")));
    }
    stored::set_education_parent(&mut write, unit, above).await?;
    write.commit(Event::new(EventKind::UnitChanged).with("unit", unit).with("above", above)).await?;
    services.units_changed(actor.county);
    Ok(Ok(()))
}

/// Where a school or centre school may hang: never below itself.
pub fn places_for(units: &Units, unit: UnitId) -> Vec<&Unit> {
    let kinds: &[UnitKind] = match units.get(unit).map(|u| u.kind) {
        Some(UnitKind::School) => {
            &[UnitKind::County, UnitKind::EducationOffice, UnitKind::InspectionArea, UnitKind::CentreSchool]
        }
        Some(UnitKind::CentreSchool) => &[UnitKind::County, UnitKind::EducationOffice, UnitKind::InspectionArea],
        _ => &[],
    };
    units.all().filter(|place| kinds.contains(&place.kind) && !units.within(place.id, unit)).collect()
}

/// Closes a unit on which nothing hangs any more.
pub async fn close(services: &Services, actor: &Actor, sending: &Sending, unit: UnitId, on: NaiveDate) -> Outcome<()> {
    let known = services.units(actor.county).await?;
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, "/units?done=closed").await? {
        return Ok(Err(not));
    }
    let closing = known.get(unit).ok_or(DbError::NotFound)?;
    if closing.kind == UnitKind::County {
        return Ok(Err(NotDone::fault("on", "区县本身不能撤销")));
    }
    if on > day_of(write.now()) {
        return Ok(Err(NotDone::fault("on", "撤销日期不能晚于今天")));
    }
    let hanging = sentence(&stored::dependants(&mut write, unit, on).await?);
    if let Some(hanging) = hanging {
        return Ok(Err(NotDone::fault("on", format!("还不能撤销{}：{hanging}。请先移走或结束", closing.name))));
    }
    stored::close(&mut write, unit, on).await?;
    write.commit(Event::new(EventKind::UnitChanged).with("unit", unit).with("closed", on)).await?;
    services.units_changed(actor.county);
    Ok(Ok(()))
}

/// What hangs on a unit, in words; nothing when it may be closed.
fn sentence(d: &Dependants) -> Option<String> {
    let counts = [
        (d.units, "个下级单位"),
        (d.children, "名儿童在此"),
        (d.catchments, "个村的学区"),
        (d.appointments, "人在任"),
        (d.charges, "名包保责任人"),
    ];
    let told: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("还有 {count} {what}")).collect();
    (!told.is_empty()).then(|| told.join("，"))
}

/// Says which schools take which villages' children, and has the ties of their children written anew.
pub async fn set_catchments(
    services: &Services,
    actor: &Actor,
    sending: &Sending,
    wanted: Vec<Catchment>,
) -> Outcome<usize> {
    let known = services.units(actor.county).await?;
    let changed: Vec<Catchment> =
        wanted.into_iter().filter(|c| known.catchment_school(c.0, c.1) != Some(c.2)).collect();
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, "/units/catchments?done=set").await? {
        return Ok(Err(not));
    }
    if changed.is_empty() {
        write.abandon().await?;
        return Ok(Ok(0));
    }
    stored::set_catchments(&mut write, &changed).await?;
    let villages: Vec<UnitId> = changed.iter().map(|c| c.0).collect();
    jobs::enqueue(&mut write, NewJob::new(JobKind::Places, json!({ "villages": villages }))).await?;
    write.commit(Event::new(EventKind::CatchmentSet).with("villages", villages)).await?;
    services.units_changed(actor.county);
    Ok(Ok(changed.len()))
}

/// Writes anew who reaches the children of villages whose schools were changed.
pub async fn refresh_places(services: &Services, actor: &Actor, villages: &[UnitId]) -> Result<usize, AppError> {
    services.units_changed(actor.county);
    let mut write = services.db.write(actor).await?;
    let children = stored::children_of(&mut write, villages).await?;
    super::register::refresh_whereabouts(services, &mut write, &children).await?;
    write.commit(Event::new(EventKind::Swept).with("children", children.len())).await?;
    Ok(children.len())
}
