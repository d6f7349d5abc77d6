//! One unit: what stands below it, its name and place, its end.

use std::sync::Arc;

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::units::Link;
use super::users::today;
use crate::app::sending::NotDone;
use crate::app::units as uses;
use crate::domain::access::Action;
use crate::domain::grade::Grade;
use crate::domain::ids::UnitId;
use crate::domain::role::UnitKind;
use crate::domain::unit_form::{TypedUnit, kinds_below};
use crate::domain::units::{Unit, Units};
use crate::domain::user_form;
use crate::domain::words::SchoolStage;
use crate::web::extract::{Errors, Form, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::sent::already;
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;

/// What the page's forms send.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    kind: String,
    name: String,
    stage: String,
    township: String,
    grade: String,
    classes: String,
    rename: String,
    above: String,
    on: String,
}

#[derive(Template)]
#[template(path = "pages/units/one.html")]
struct OnePage {
    shell: Shell,
    unit: Unit,
    above: Vec<Link>,
    below: Vec<(UnitKind, Vec<Link>)>,
    township: String,
    errors: Errors,
    typed: Typed,
    kinds: Vec<(&'static str, &'static str)>,
    stages: Vec<(&'static str, &'static str)>,
    townships: Vec<(String, String)>,
    grades: Vec<(String, &'static str)>,
    places: Vec<(String, String)>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Done {
    done: String,
}

/// The page.
pub(crate) async fn one(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<UnitId>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    session.require(Action::ManageUnits)?;
    let (unit, units) = found(&state, &session, id).await?;
    let notice = match done.done.as_str() {
        "added" => Some("已新增。"),
        "renamed" => Some("名称已更改，以前的文书不变。"),
        "hung" => Some("上级已更改。"),
        _ => None,
    };
    let shell = session.shell_with(notice.map(str::to_owned));
    page(&OnePage::new(shell, &unit, &units, None, Errors::default()))
}

async fn found(state: &State, session: &Session, id: UnitId) -> Result<(Unit, Arc<Units>), Failure> {
    let units = state.services.units(session.actor.county).await?;
    let unit = units.get(id).cloned().ok_or(Failure::NotFound)?;
    Ok((unit, units))
}

impl OnePage {
    fn new(shell: Shell, unit: &Unit, units: &Units, typed: Option<Typed>, errors: Errors) -> Self {
        let kinds = kinds_below(unit.kind);
        let usual = || Typed {
            kind: kinds.first().map_or("", |kind| kind.code()).to_owned(),
            township: unit.township.map(|t| t.to_string()).unwrap_or_default(),
            ..Typed::default()
        };
        let mut typed = typed.unwrap_or_else(usual);
        if typed.rename.is_empty() {
            typed.rename.clone_from(&unit.name);
        }
        if typed.above.is_empty() {
            typed.above = unit.education_parent.map(|above| above.to_string()).unwrap_or_default();
        }
        let named = |unit: &Unit| (unit.id.to_string(), unit.name.clone());
        let (townships, zones) = (units.of_kind(UnitKind::Township), units.of_kind(UnitKind::ZoneCommittee));
        let grades = (1..=9).filter_map(|n| Some((n.to_string(), Grade::new(n)?.label())));
        Self {
            shell,
            above: line_above(unit, units),
            below: below(unit, units),
            township: units.name(unit.township).to_owned(),
            errors,
            typed,
            kinds: kinds.iter().map(|kind| (kind.code(), kind.label())).collect(),
            stages: SchoolStage::ALL.iter().map(|stage| (stage.code(), stage.label())).collect(),
            townships: townships.chain(zones).map(named).collect(),
            grades: grades.collect(),
            places: uses::places_for(units, unit.id).into_iter().map(named).collect(),
            unit: unit.clone(),
        }
    }

    /// Whether a form below this unit asks for this kind.
    fn makes(&self, kind: &str) -> bool {
        self.kinds.iter().any(|(code, _)| *code == kind)
    }
}

/// The units above, the county first.
fn line_above(unit: &Unit, units: &Units) -> Vec<Link> {
    let mut line = Vec::new();
    let mut at = unit.government_parent.or(unit.education_parent);
    while let Some(above) = at.and_then(|id| units.get(id)) {
        line.push(Link::of(above));
        at = above.government_parent.or(above.education_parent);
    }
    line.reverse();
    line
}

/// The units right below, by kind.
fn below(unit: &Unit, units: &Units) -> Vec<(UnitKind, Vec<Link>)> {
    let of = |kind: UnitKind| -> Vec<Link> {
        let here = |u: &&Unit| [u.government_parent, u.education_parent].contains(&Some(unit.id));
        units.of_kind(kind).filter(here).map(Link::of).collect()
    };
    UnitKind::ALL.iter().map(|kind| (*kind, of(*kind))).filter(|(_, links)| !links.is_empty()).collect()
}

/// Adds units below this one.
pub(crate) async fn add(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<UnitId>,
    form: Form<Typed>,
) -> Result<Response, Failure> {
    session.require(Action::ManageUnits)?;
    let Typed { kind, name, stage, township, grade, classes, .. } = form.value.clone();
    let typed = TypedUnit { kind, name, stage, township, grade, classes };
    let outcome = uses::add(&state.services, &session.actor, &form.sending(), id, &typed).await?;
    answer(&state, session, (id, form), outcome, &format!("/units/{id}?done=added")).await
}

/// Renames this unit.
pub(crate) async fn rename(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<UnitId>,
    form: Form<Typed>,
) -> Result<Response, Failure> {
    session.require(Action::ManageUnits)?;
    let outcome = uses::rename(&state.services, &session.actor, &form.sending(), id, &form.value.rename).await?;
    answer(&state, session, (id, form), outcome, &format!("/units/{id}?done=renamed")).await
}

/// Hangs this unit elsewhere.
pub(crate) async fn hang(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<UnitId>,
    form: Form<Typed>,
) -> Result<Response, Failure> {
    session.require(Action::ManageUnits)?;
    let outcome = match form.value.above.parse() {
        Ok(above) => uses::hang(&state.services, &session.actor, &form.sending(), id, above).await?,
        Err(_) => Err(NotDone::fault("above", "请选择上级")),
    };
    answer(&state, session, (id, form), outcome, &format!("/units/{id}?done=hung")).await
}

/// Closes this unit.
pub(crate) async fn close(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<UnitId>,
    form: Form<Typed>,
) -> Result<Response, Failure> {
    session.require(Action::ManageUnits)?;
    let outcome = match user_form::day(&form.value.on).map(|day| day.unwrap_or(today(&state.services))) {
        Ok(on) => uses::close(&state.services, &session.actor, &form.sending(), id, on).await?,
        Err(why) => Err(NotDone::fault("on", why)),
    };
    answer(&state, session, (id, form), outcome, "/units?done=closed").await
}

async fn answer(
    state: &State,
    session: Session,
    (id, form): (UnitId, Form<Typed>),
    outcome: Result<(), NotDone>,
    done: &str,
) -> Result<Response, Failure> {
    match outcome {
        Ok(()) => Ok(Redirect::to(done).into_response()),
        Err(NotDone::Before(before)) => already(before, form.typed, &format!("/units/{id}")),
        Err(NotDone::Faults(faults)) => {
            let (unit, units) = found(state, &session, id).await?;
            again(&OnePage::new(session.shell, &unit, &units, Some(form.value), faults.into()))
        }
    }
}
