//! Makes children's columns, rolls, ties and whereabouts what their statements and cases say they are.

mod hangs;
mod rolls;
mod ties;

use std::collections::HashMap;

use crate::app::{AppError, Services, policy, projector};
use crate::db::register::{self as stored, Number, OpenRoll, Projection, Tie};
use crate::db::{Door as _, Write};
use crate::domain::ids::{ChildId, StatementId};
use crate::domain::moment::day_of;
use crate::domain::register::{ChildColumns, Ground, Projected, Secret, StatementFact, project, whereabouts};
use crate::domain::words::RollStatus;
use crate::domain::{name_keys, phone};
use crate::vault::{CountyKey, Index};

/// Projects children anew from the statements that stand: columns, rolls, guardians, flags, keys, reach, whereabouts.
/// Sees the whole county while it works, whoever set it off.
pub async fn refresh_children(services: &Services, write: &mut Write, children: &[ChildId]) -> Result<(), AppError> {
    if children.is_empty() {
        return Ok(());
    }
    write.widen().await?;
    let key = services.key(write.actor().county).await?;
    let statements = statements(write, &key, children).await?;
    let projected: Vec<(ChildId, ChildColumns, bool)> = children
        .iter()
        .map(|child| {
            let said = statements.get(child).map_or(&[][..], Vec::as_slice);
            (*child, project(said), !said.is_empty())
        })
        .collect();
    let rolls = rolls::write_rolls(services, write, &key, &projected).await?;
    write_columns(write, &key, &projected, &rolls).await?;
    hangs::write_hangs(write, &key, &projected).await?;
    refresh_whereabouts(services, write, children).await?;
    // What a case's lists say of its child, and its excuses, hang on these columns.
    projector::project_children(services, write, children).await?;
    write.narrow().await?;
    Ok(())
}

/// Only reach and whereabouts: after a case or a check has changed.
pub async fn refresh_whereabouts(services: &Services, write: &mut Write, children: &[ChildId]) -> Result<(), AppError> {
    write.widen().await?;
    let today = day_of(write.now());
    let units = services.units(write.actor().county).await?;
    let facts = stored::grounds(write, children).await?;
    // Before a policy is adopted nobody is of school age, so no catchment school answers for anybody.
    let rules = match policy::rules(services, write).await {
        Err(AppError::NoPolicy) => None,
        rules => Some(rules?),
    };
    let age = rules.as_deref().map(|rules| &rules.on(today).age);
    let ties: Vec<Tie> = facts.iter().flat_map(|f| ties::ties(f, &units, age, today)).collect();
    stored::rewrite_reach(write, children, &ties, today).await?;
    let found: Vec<_> = facts
        .iter()
        .map(|f| {
            let ground = Ground { school: units.name(f.school).to_owned(), ..f.ground.clone() };
            let (class, basis) = whereabouts(&ground);
            (f.child, class, basis)
        })
        .collect();
    stored::set_whereabouts(write, &found, today).await?;
    write.narrow().await?;
    Ok(())
}

async fn statements(
    write: &mut Write,
    key: &CountyKey,
    children: &[ChildId],
) -> Result<HashMap<ChildId, Vec<StatementFact>>, AppError> {
    let mut by_child: HashMap<ChildId, Vec<StatementFact>> = HashMap::new();
    for s in stored::of_children(write, children).await? {
        let secret = match &s.sealed {
            Some(sealed) => open_secret(key, s.id, sealed)?,
            None => Secret::default(),
        };
        let fact = StatementFact { source: s.source, kind: s.kind, said_on: s.said_on, said: s.said, secret };
        by_child.entry(s.child).or_default().push(fact);
    }
    Ok(by_child)
}

/// A statement's numbers and phones.
pub(crate) fn open_secret(key: &CountyKey, id: StatementId, sealed: &[u8]) -> Result<Secret, AppError> {
    let json = key.open("statement.sealed", id.0, sealed)?;
    serde_json::from_slice(&json).map_err(|e| AppError::Fault(format!("statement {id}: {e}")))
}

type Columns<'a> = &'a [(ChildId, ChildColumns, bool)];

async fn write_columns(
    write: &mut Write,
    key: &CountyKey,
    projected: Columns<'_>,
    rolls: &HashMap<ChildId, OpenRoll>,
) -> Result<(), AppError> {
    let households = households(write, projected).await?;
    let mut rows = Vec::with_capacity(projected.len());
    for (child, columns, listed) in projected {
        // Without a statement there is no projection: the row stays as it was, but is no longer listed.
        let (Some(name), Some(sex), Some(birth)) = (&columns.name, &columns.sex, &columns.birth) else { continue };
        let number = columns.idno.as_ref().map(|n| number(key, *child, &n.value)).transpose()?;
        let place = |p: &Option<Projected<crate::domain::register::PlaceSaid>>| {
            let said = p.as_ref().map(|p| &p.value);
            (said.and_then(|p| p.township), said.and_then(|p| p.village), said.map(|p| p.text.clone()))
        };
        rows.push(Projection {
            id: *child,
            pinyin: name_keys::pinyin(&name.value),
            name: name.value.clone(),
            sex: sex.value,
            birth: birth.value,
            ethnicity: value(columns.ethnicity.as_ref()),
            number,
            registered: columns.registered,
            listed: *listed,
            household: households.get(child).copied(),
            head_name: value(columns.head.as_ref()),
            head_relation: value(columns.head_relation.as_ref()),
            domicile: place(&columns.domicile),
            residence: place(&columns.residence),
            guardian_name: value(columns.guardian.as_ref()),
            phone_masked: columns.phones.as_ref().and_then(|p| p.value.first()).map(|p| phone::mask(p)),
            roll: rolls.get(child).map(|r| (r.school, r.class, r.grade, RollStatus::code(r.status))),
        });
    }
    stored::update_columns(write, &rows).await?;
    stored::unlist(write, &projected.iter().filter(|p| !p.2).map(|p| p.0).collect::<Vec<_>>()).await?;
    Ok(())
}

fn value<T: Clone>(projected: Option<&Projected<T>>) -> Option<T> {
    projected.map(|p| p.value.clone())
}

fn number(key: &CountyKey, child: ChildId, text: &str) -> Result<Number, AppError> {
    let tail = |n: usize| &text[text.len().saturating_sub(n)..];
    Ok(Number {
        masked: crate::domain::idno::mask(text),
        sealed: key.seal("child.idno", child.0, text.as_bytes())?,
        index: key.index(Index::IdentityNumber, text),
        tail4: key.index(Index::Tail4, tail(4)),
        tail6: key.index(Index::Tail6, tail(6)),
    })
}

async fn households(write: &mut Write, projected: Columns<'_>) -> Result<HashMap<ChildId, uuid::Uuid>, AppError> {
    let (children, keys): (Vec<_>, Vec<_>) = projected
        .iter()
        .filter_map(|(child, c, _)| {
            let (head, place) = (c.head.as_ref()?, c.domicile.as_ref()?);
            Some((*child, (head.value.clone(), place.value.village, place.value.text.clone())))
        })
        .unzip();
    let found = stored::households(write, &keys).await?;
    Ok(children.into_iter().zip(found).collect())
}
