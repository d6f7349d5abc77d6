//! 学区划分: which school takes the children of each village, a township at a time.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::app::sending::NotDone;
use crate::app::units as uses;
use crate::domain::access::Action;
use crate::domain::catchment::{Catchment, teaches};
use crate::domain::grade::Stage;
use crate::domain::ids::UnitId;
use crate::domain::role::UnitKind;
use crate::domain::units::Units;
use crate::web::extract::{Form, Query};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::sent::already;
use crate::web::shell::{Shell, page};
use crate::web::state::State;

/// A village with the school of each stage.
#[derive(Debug)]
struct Row {
    id: UnitId,
    name: String,
    primary: String,
    junior: String,
}

#[derive(Template)]
#[template(path = "pages/units/catchments.html")]
struct CatchmentsPage {
    shell: Shell,
    township: String,
    township_name: String,
    townships: Vec<(String, String)>,
    rows: Vec<Row>,
    primary: Vec<(String, String)>,
    junior: Vec<(String, String)>,
    missing: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    township: String,
    done: String,
}

/// The table of one township; the first of them unless another is asked for.
pub(crate) async fn show(
    AxumState(state): AxumState<State>,
    session: Session,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    session.require(Action::ManageUnits)?;
    let units = state.services.units(session.actor.county).await?;
    let towns: Vec<(String, String)> =
        units.of_kind(UnitKind::Township).map(|t| (t.id.to_string(), t.name.clone())).collect();
    let township = towns.iter().find(|(id, _)| *id == asked.township).or(towns.first()).cloned().unwrap_or_default();
    let school = |village, stage| units.catchment_school(village, stage).map(|s| s.to_string()).unwrap_or_default();
    let villages = township.0.parse().ok().into_iter().flat_map(|id| units.villages_of(id));
    let rows = villages.map(|v| Row {
        id: v.id,
        name: v.name.clone(),
        primary: school(v.id, Stage::Primary),
        junior: school(v.id, Stage::Junior),
    });
    let notice = (asked.done == "set").then(|| "学区已保存，儿童与学校的对应正在后台更新。".to_owned());
    page(&CatchmentsPage {
        shell: session.shell_with(notice),
        rows: rows.collect(),
        primary: schools(&units, Stage::Primary),
        junior: schools(&units, Stage::Junior),
        missing: missing(&units),
        township: township.0,
        township_name: township.1,
        townships: towns,
    })
}

fn schools(units: &Units, stage: Stage) -> Vec<(String, String)> {
    let fitting = units.all().filter(|u| u.stage.is_some_and(|s| teaches(s, stage)));
    fitting.map(|u| (u.id.to_string(), u.name.clone())).collect()
}

/// Villages that have no school of a stage yet, by their full names.
fn missing(units: &Units) -> Vec<String> {
    let without = |v: UnitId| Stage::ALL.iter().any(|stage| units.catchment_school(v, *stage).is_none());
    units.of_kind(UnitKind::Village).filter(|v| without(v.id)).map(|v| units.full_name(v.id)).collect()
}

/// Saves the table: each field is named `primary-VILLAGE` or `junior-VILLAGE` and holds a school.
pub(crate) async fn save(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Form<Asked>,
) -> Result<Response, Failure> {
    session.require(Action::ManageUnits)?;
    let units = state.services.units(session.actor.county).await?;
    let wanted: Vec<Catchment> = form.typed.iter().filter_map(|(name, school)| read(&units, name, school)).collect();
    // An address takes ids alone, whatever was sent.
    let township = form.value.township.parse::<UnitId>().map(|id| id.to_string()).unwrap_or_default();
    let back = format!("/units/catchments?township={township}");
    match uses::set_catchments(&state.services, &session.actor, &form.sending(), wanted).await? {
        Ok(_) => Ok(Redirect::to(&format!("{back}&done=set")).into_response()),
        Err(NotDone::Before(before)) => already(before, form.typed, &back),
        Err(NotDone::Faults(faults)) => Err(Failure::bad(faults.sentence())),
    }
}

/// A field of the table, where it names a village and a school that teaches the stage.
fn read(units: &Units, name: &str, school: &str) -> Option<Catchment> {
    let (stage, village) = name.split_once('-')?;
    let stage = Stage::from_code(stage)?;
    let village = village.parse().ok().and_then(|id| units.get(id)).filter(|u| u.kind == UnitKind::Village)?;
    let school = school.parse().ok().and_then(|id| units.get(id))?;
    school.stage.is_some_and(|s| teaches(s, stage)).then_some((village.id, stage, school.id))
}
