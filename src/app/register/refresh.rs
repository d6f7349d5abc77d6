//! Makes children's columns, rolls, ties and whereabouts what their statements and cases say they are.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::classes;
use crate::app::{AppError, Services};
use crate::db::Write;
use crate::db::register::{
    self as stored, NewFlag, NewGuardian, NewRoll, Number, OpenRoll, PlaceFacts, Projection, Tie,
};
use crate::domain::grade::{SchoolYear, Standing};
use crate::domain::ids::{ChildId, StatementId, UnitId};
use crate::domain::moment::day_of;
use crate::domain::register::{ChildColumns, Ground, Projected, RollSaid, Secret, StatementFact, project, whereabouts};
use crate::domain::role::UnitKind;
use crate::domain::units::Units;
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
    let rolls = write_rolls(services, write, &key, &projected).await?;
    write_columns(write, &key, &projected, &rolls).await?;
    write_ties(write, &key, &projected).await?;
    refresh_whereabouts(services, write, children).await?;
    write.narrow().await?;
    Ok(())
}

/// Only reach and whereabouts: after a case or a check has changed.
pub async fn refresh_whereabouts(services: &Services, write: &mut Write, children: &[ChildId]) -> Result<(), AppError> {
    write.widen().await?;
    let today = day_of(crate::db::Door::now(write));
    let units = services.units(write.actor().county).await?;
    let facts = stored::grounds(write, children).await?;
    let ties: Vec<Tie> = facts.iter().flat_map(|f| ties(f, &units, today)).collect();
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

/// Opens and closes rolls where the projection differs from what is open; answers the rolls that are open now.
async fn write_rolls(
    services: &Services,
    write: &mut Write,
    key: &CountyKey,
    projected: Columns<'_>,
) -> Result<HashMap<ChildId, OpenRoll>, AppError> {
    let keys = projected.iter().filter_map(|(_, c, _)| c.roll.as_ref()).filter_map(|r| classes::key(&r.value));
    let classes = classes::units(services, write, keys).await?;
    let children: Vec<ChildId> = projected.iter().map(|(id, ..)| *id).collect();
    let open: HashMap<ChildId, OpenRoll> =
        stored::open_rolls(write, &children).await?.into_iter().map(|r| (r.child, r)).collect();
    let (mut now, mut close, mut new) = (HashMap::new(), Vec::new(), Vec::new());
    for (child, columns, _) in projected {
        let wanted = columns.roll.as_ref().map(|r| {
            let class = classes::key(&r.value).and_then(|k| classes.get(&k).copied());
            (
                r,
                OpenRoll {
                    child: *child,
                    school: r.value.school,
                    class,
                    grade: i16::from(r.value.grade),
                    status: r.value.status,
                },
            )
        });
        if open.get(child) != wanted.as_ref().map(|(_, roll)| roll) {
            if open.contains_key(child) {
                close.push(*child);
            }
            if let Some((said, roll)) = &wanted {
                new.push(new_roll(key, columns, said, roll)?);
            }
        }
        if let Some((_, roll)) = wanted {
            now.insert(*child, roll);
        }
    }
    let today = day_of(crate::db::Door::now(write));
    stored::close_rolls(write, &close, today).await?;
    stored::insert_rolls(write, &new).await?;
    stored::insert_attendance(write, &new).await?;
    Ok(now)
}

fn new_roll(
    key: &CountyKey,
    columns: &ChildColumns,
    said: &Projected<RollSaid>,
    roll: &OpenRoll,
) -> Result<NewRoll, AppError> {
    let number = match &columns.roll_number {
        Some(number) => {
            let text = &number.value;
            let sealed = key.seal("roll.number", roll.child.0, text.as_bytes())?;
            Some((crate::domain::idno::mask(text), sealed, key.index(Index::RollNumber, text)))
        }
        None => None,
    };
    Ok(NewRoll {
        roll: roll.clone(),
        class_label: said.value.class.clone(),
        number,
        boarding: said.value.boarding.clone(),
        from_on: said.said_on,
        source: said.source,
    })
}

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

async fn write_ties(write: &mut Write, key: &CountyKey, projected: Columns<'_>) -> Result<(), AppError> {
    let today = day_of(crate::db::Door::now(write));
    let children: Vec<ChildId> = projected.iter().map(|(id, ..)| *id).collect();
    let (mut guardians, mut flags, mut keys) = (Vec::new(), Vec::new(), Vec::new());
    for (child, columns, _) in projected {
        if let Some(guardian) = &columns.guardian {
            guardians.push(new_guardian(key, *child, guardian, columns)?);
        }
        flags.extend(columns.flags.iter().map(|f| NewFlag {
            child: *child,
            flag: f.value,
            source: f.source,
            from_on: f.said_on,
        }));
        if let Some(name) = &columns.name {
            keys.extend(search_keys(&name.value).into_iter().map(|k| (*child, k)));
        }
    }
    stored::replace_guardians(write, &children, &guardians, today).await?;
    stored::replace_flags(write, &children, &flags, today).await?;
    stored::replace_name_keys(write, &children, &keys).await?;
    Ok(())
}

/// All keys under which a name is found: pieces as they are, pinyin as `p:`, initials as `i:`.
pub(crate) fn search_keys(name: &str) -> Vec<String> {
    let keys = name_keys::keys(name);
    let pinyin = keys.pinyin.into_iter().map(|p| format!("p:{p}"));
    let initials = keys.initials.into_iter().map(|i| format!("i:{i}"));
    keys.pieces.into_iter().chain(pinyin).chain(initials).collect()
}

fn new_guardian(
    key: &CountyKey,
    child: ChildId,
    said: &Projected<String>,
    columns: &ChildColumns,
) -> Result<NewGuardian, AppError> {
    let id = StatementId::new();
    let phone = match columns.phones.as_ref().and_then(|p| p.value.first()) {
        Some(text) => {
            let sealed = key.seal("guardian.phone", id.0, text.as_bytes())?;
            Some((phone::mask(text), sealed, key.index(Index::Phone, text)))
        }
        None => None,
    };
    let relation = value(columns.guardian_relation.as_ref()).unwrap_or_default();
    Ok(NewGuardian { id, child, name: said.value.clone(), relation, phone, source: said.source })
}

/// Who is tied to a child (security.md C2): both townships and villages, school and class, the school's township;
/// the catchment school while the child of school age is on no roll or has an open case.
fn ties(facts: &PlaceFacts, units: &Units, today: NaiveDate) -> Vec<Tie> {
    let on_roll = facts.ground.roll == Some(RollStatus::Active);
    let catchment = (!on_roll || facts.open_case).then(|| catchment(facts, units, today)).flatten();
    let school = facts.school.or(catchment);
    let ground = school.and_then(|s| units.get(s)).and_then(|s| s.township);
    let centre = facts
        .school
        .and_then(|s| units.get(s))
        .and_then(|s| s.education_parent)
        .filter(|parent| units.get(*parent).is_some_and(|u| u.kind == UnitKind::CentreSchool));
    let kinds = [
        (facts.domicile.0, "domicile"),
        (facts.domicile.1, "domicile"),
        (facts.residence.0, "residence"),
        (facts.residence.1, "residence"),
        (facts.school, "roll"),
        (centre, "roll"),
        (facts.class, "class"),
        (catchment.filter(|c| facts.school != Some(*c)), "catchment"),
        (ground, "school_ground"),
    ];
    kinds.into_iter().filter_map(|(unit, kind)| Some(Tie { unit: unit?, child: facts.child, kind })).collect()
}

fn catchment(facts: &PlaceFacts, units: &Units, today: NaiveDate) -> Option<UnitId> {
    let Standing::Due(grade) = SchoolYear::of(today).standing(facts.birth) else { return None };
    let village = facts.residence.1.or(facts.domicile.1)?;
    units.catchment_school(village, grade.stage())
}
