//! 机构: both trees on one page.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::Response;
use serde::Deserialize;

use crate::domain::access::Action;
use crate::domain::ids::UnitId;
use crate::domain::role::UnitKind;
use crate::domain::units::{Unit, Units};
use crate::web::extract::Query;
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::shell::{Shell, page};
use crate::web::state::State;

/// A unit as a link.
#[derive(Debug)]
pub(crate) struct Link {
    pub id: UnitId,
    pub name: String,
}

impl Link {
    pub(crate) fn of(unit: &Unit) -> Self {
        Self { id: unit.id, name: unit.name.clone() }
    }
}

/// A township with its villages.
#[derive(Debug)]
struct Town {
    link: Link,
    villages: Vec<Link>,
}

/// A unit of the education line at its depth.
#[derive(Debug)]
struct Branch {
    link: Link,
    depth: usize,
    kind: UnitKind,
    stage: &'static str,
    township: String,
    classes: usize,
}

#[derive(Template)]
#[template(path = "pages/units/trees.html")]
struct TreesPage {
    shell: Shell,
    county: Option<Link>,
    towns: Vec<Town>,
    branches: Vec<Branch>,
    villages: usize,
    schools: usize,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Done {
    done: String,
}

/// Both trees.
pub(crate) async fn trees(
    AxumState(state): AxumState<State>,
    session: Session,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    session.require(Action::ManageUnits)?;
    let units = state.services.units(session.actor.county).await?;
    let notice = (done.done == "closed").then(|| "已撤销这个单位；以前的记录都保留。".to_owned());
    let towns = |kind| units.of_kind(kind).map(|town| Town { link: Link::of(town), villages: villages(&units, town) });
    let mut branches = Vec::new();
    if let Some(county) = units.county() {
        grow(&units, county.id, 0, &mut branches);
    }
    page(&TreesPage {
        shell: session.shell_with(notice),
        county: units.county().map(Link::of),
        towns: towns(UnitKind::Township).chain(towns(UnitKind::ZoneCommittee)).collect(),
        villages: units.of_kind(UnitKind::Village).count(),
        schools: branches.iter().filter(|b| !b.stage.is_empty()).count(),
        branches,
    })
}

fn villages(units: &Units, town: &Unit) -> Vec<Link> {
    units.villages_of(town.id).map(Link::of).collect()
}

/// Everything of the education line below a unit but classes, each followed by what stands below it.
fn grow(units: &Units, above: UnitId, depth: usize, branches: &mut Vec<Branch>) {
    for unit in units.all().filter(|u| u.education_parent == Some(above) && u.kind != UnitKind::Class) {
        branches.push(Branch {
            link: Link::of(unit),
            depth: depth.min(3),
            kind: unit.kind,
            stage: unit.stage.map_or("", |stage| stage.label()),
            township: units.name(unit.township).to_owned(),
            classes: units.classes_of(unit.id).count(),
        });
        grow(units, unit.id, depth + 1, branches);
    }
}
