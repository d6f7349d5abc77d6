//! 包保责任人: who answers at each unit, and where nobody does.

use std::sync::Arc;

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::app::charges::{self as uses, in_scope, may_set, stands_below};
use crate::app::sending::NotDone;
use crate::db::charges::{self, Charge};
use crate::domain::access::Action;
use crate::domain::charge::{Post, posts_of};
use crate::domain::ids::UnitId;
use crate::domain::moment::full_day;
use crate::domain::role::UnitKind;
use crate::domain::units::{Unit, Units};
use crate::web::extract::{Form, Query};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::sent::already;
use crate::web::shell::{Shell, page};
use crate::web::state::State;

/// A post of a unit, and who holds it.
#[derive(Debug)]
struct Row {
    unit: UnitId,
    unit_name: String,
    post: Post,
    /// How many rows its unit has, said at the first of them; nothing at the others.
    span: usize,
    who: Option<(String, String, String)>,
    may: bool,
}

/// A township or school of the county, and how many posts nobody holds there.
#[derive(Debug)]
struct Branch {
    id: UnitId,
    name: String,
    kind: UnitKind,
    posts: usize,
    gaps: usize,
}

#[derive(Template)]
#[template(path = "pages/charges/list.html")]
struct ListPage {
    shell: Shell,
    top: UnitId,
    top_name: String,
    county: bool,
    rows: Vec<Row>,
    branches: Vec<Branch>,
    gaps: usize,
    only_gaps: bool,
}

/// What the list shows.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    unit: String,
    gaps: String,
    done: String,
}

/// The list of one's own units; for the county, of each township and school.
pub(crate) async fn list(
    AxumState(state): AxumState<State>,
    session: Session,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    session.require(Action::AssignCharge)?;
    let units = state.services.units(session.actor.county).await?;
    let top = top(&session, &units, &asked.unit)?;
    let county = top.kind == UnitKind::County;
    let mut shown: Vec<&Unit> = units.all().filter(|unit| stands_below(unit, top.id, &units)).collect();
    shown.sort_by_key(|unit| unit.kind);
    let ids: Vec<UnitId> = shown.iter().map(|unit| unit.id).collect();
    let mut read = state.services.db.read(&session.actor).await?;
    let held = charges::for_units(&mut read, &ids).await?;
    let all: Vec<Row> = shown.iter().flat_map(|unit| rows(&session, unit, &held, &units)).collect();
    let branches = if county { branches(&all, &units) } else { Vec::new() };
    let only_gaps = asked.gaps == "only";
    let of_county = |row: &Row| !county || row.unit == top.id;
    page(&ListPage {
        shell: session.shell_with(notice(&asked.done)),
        top: top.id,
        top_name: top.name.clone(),
        county: session.person()?.unit == units.county().map_or(top.id, |county| county.id),
        gaps: all.iter().filter(|row| is_gap(row)).count(),
        rows: spanned(all.into_iter().filter(|row| of_county(row) && (!only_gaps || is_gap(row))).collect()),
        branches,
        only_gaps,
    })
}

/// The unit that was asked for, where it is the person's to look after; else their own.
fn top<'a>(session: &Session, units: &'a Arc<Units>, asked: &str) -> Result<&'a Unit, Failure> {
    let person = session.person()?;
    let own = units.get(person.unit).ok_or(Failure::NotFound)?;
    if asked.is_empty() {
        return Ok(own);
    }
    let unit = asked.parse().ok().and_then(|id| units.get(id));
    unit.filter(|unit| in_scope(person, unit, units)).ok_or(Failure::NotFound)
}

fn notice(done: &str) -> Option<String> {
    match done {
        "filled" => Some("已按在任人员补齐能补的；还缺的，是没有在任人员或者一个岗位有几个人，请逐个指定。".to_owned()),
        "none" => Some("没有可以自动补齐的：要么没有人在任，要么有几个人在任。请逐个指定。".to_owned()),
        _ => None,
    }
}

/// The posts of a unit with who holds them.
fn rows(session: &Session, unit: &Unit, held: &[Charge], units: &Units) -> Vec<Row> {
    let row = |post: Post| {
        let who = held.iter().find(|charge| charge.unit == unit.id && charge.post == post);
        Row {
            unit: unit.id,
            unit_name: if unit.kind == UnitKind::Class { units.full_name(unit.id) } else { unit.name.clone() },
            post,
            span: 0,
            who: who.map(|c| (c.name.clone(), c.title.clone(), full_day(c.from_on))),
            may: may_set(&session.actor, unit, post, units),
        }
    };
    posts_of(unit.kind).map(row).collect()
}

/// Counts the rows of each unit into its first.
fn spanned(mut rows: Vec<Row>) -> Vec<Row> {
    for at in 0..rows.len() {
        let unit = rows[at].unit;
        if at == 0 || rows[at - 1].unit != unit {
            rows[at].span = rows[at..].iter().take_while(|row| row.unit == unit).count();
        }
    }
    rows
}

fn is_gap(row: &Row) -> bool {
    row.post.is_required() && row.who.is_none()
}

/// How many posts are empty in each township and school.
fn branches(rows: &[Row], units: &Units) -> Vec<Branch> {
    const KINDS: [UnitKind; 4] =
        [UnitKind::Township, UnitKind::ZoneCommittee, UnitKind::CentreSchool, UnitKind::School];
    let of = |unit: &Unit| {
        let own = |row: &&Row| units.within(row.unit, unit.id) && row.post.is_required();
        let own: Vec<&Row> = rows.iter().filter(own).collect();
        Branch {
            id: unit.id,
            name: unit.name.clone(),
            kind: unit.kind,
            posts: own.len(),
            gaps: own.iter().filter(|row| row.who.is_none()).count(),
        }
    };
    KINDS.iter().flat_map(|kind| units.of_kind(*kind)).map(of).collect()
}

/// Fills what can be filled from the appointments.
pub(crate) async fn fill(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Form<Asked>,
) -> Result<Response, Failure> {
    session.require(Action::AssignCharge)?;
    let units = state.services.units(session.actor.county).await?;
    let top = top(&session, &units, &form.value.unit)?.id;
    match uses::fill(&state.services, &session.actor, &form.sending(), top).await? {
        Ok(made) => {
            let done = if made > 0 { "filled" } else { "none" };
            Ok(Redirect::to(&format!("/charges?unit={top}&done={done}")).into_response())
        }
        Err(NotDone::Before(before)) => already(before, form.typed, "/charges"),
        Err(NotDone::Faults(faults)) => Err(Failure::bad(faults.sentence())),
    }
}
