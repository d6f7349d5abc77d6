//! A county's own values as the TOML that is laid over its profile; only those that differ from the profile.

use toml::{Table, Value};

use super::{Field, Given};
use crate::domain::period::Unit;
use crate::domain::policy::{Organ, Policy, Rung};
use crate::domain::role::Role;

/// What cannot be written, by the key of its field.
type Wrong = (String, String);

/// The TOML for the fields that say otherwise than `profile`; else every field in which there is something that is no
/// value at all.
pub fn own_values(profile: &Policy, typed: &[Field]) -> Result<String, Vec<Wrong>> {
    let base = super::fields(profile);
    let (mut own, mut wrong) = (Table::new(), Vec::new());
    for field in typed {
        if base.iter().any(|of| of.key == field.key && of.given == field.given) {
            continue;
        }
        match value(profile, field) {
            Ok(value) => put(&mut own, profile, &field.key, value),
            Err(why) => wrong.push((field.key.clone(), why)),
        }
    }
    wrong.extend(half_a_basis(typed));
    wrong.extend(taken_out(&base, typed));
    if wrong.is_empty() { Ok(own.to_string()) } else { Err(wrong) }
}

fn value(profile: &Policy, field: &Field) -> Result<Value, String> {
    let text = |text: &str| Value::String(text.to_owned());
    Ok(match &field.given {
        Given::Period { n, unit } => {
            let unit = Unit::from_code(unit).ok_or("请选择单位")?;
            let mut period = Table::new();
            period.insert("n".to_owned(), Value::Integer(number(n)?));
            period.insert("unit".to_owned(), text(unit.code()));
            if let Some(roll) = roll(profile, &field.key) {
                period.insert("roll".to_owned(), text(roll));
            }
            Value::Table(period)
        }
        Given::Number(n) => Value::Integer(number(n)?),
        Given::Yes(yes) => Value::Boolean(*yes),
        Given::Days(days) => {
            let days = days.split(|c: char| !c.is_ascii_digit()).filter(|day| !day.is_empty());
            let days: Vec<Value> = days.map(|day| number(day).map(Value::Integer)).collect::<Result<_, _>>()?;
            if days.is_empty() {
                return Err("请至少写一个天数，如 30、60、90".to_owned());
            }
            Value::Array(days)
        }
        Given::Dates(days) => {
            let days = days.split(|c: char| !c.is_ascii_digit() && c != '-').filter(|day| !day.is_empty());
            Value::Array(days.map(text).collect())
        }
        Given::Any { chosen, .. } if chosen.is_empty() && field.key == "visit.modes" => {
            return Err("至少选一种见面方式".to_owned());
        }
        Given::Any { chosen, .. } => Value::Array(chosen.iter().map(|code| text(code)).collect()),
        Given::One { chosen, .. } => Value::Table(issuer(chosen)?),
        Given::Text(typed) => text(typed),
    })
}

/// As digits, full-width ones too; the profile's own limits come after.
fn number(typed: &str) -> Result<i64, String> {
    let half = |c: char| char::from_u32(u32::from(c).wrapping_sub(0xfee0)).filter(char::is_ascii_digit).unwrap_or(c);
    let plain: String = typed.chars().map(half).collect();
    plain.trim().parse::<u16>().map(i64::from).map_err(|_| "请填写整数".to_owned())
}

/// What the profile makes of a last day that is not worked, where that is the period's own.
fn roll(profile: &Policy, key: &str) -> Option<&'static str> {
    let (rung, which) = key.strip_prefix("ladder.")?.split_once('.')?;
    let step = profile.step(Rung::from_code(rung)?)?;
    let period = match which {
        "within" => step.within.as_ref(),
        "signed_within" => step.signed_within.as_ref(),
        "served_within" => step.served_within.as_ref(),
        _ => step.deadline.as_ref(),
    };
    period.map(|period| period.value.roll.code())
}

/// An organ as the one who issues, through whom the house lets it.
fn issuer(organ: &str) -> Result<Table, String> {
    let organ = Organ::from_code(organ).ok_or("请选择签发机关")?;
    let role = if organ == Organ::EducationBureau { Role::CountyApprover } else { Role::TownshipHead };
    let mut owner = Table::new();
    owner.insert("organ".to_owned(), Value::String(organ.code().to_owned()));
    owner.insert("roles".to_owned(), Value::Array(vec![Value::String(role.code().to_owned())]));
    Ok(owner)
}

/// A penalty's basis is whole or not there (design.md §4.7).
fn half_a_basis(typed: &[Field]) -> Vec<Wrong> {
    let basis: Vec<(&Field, &str)> = typed
        .iter()
        .filter(|field| field.key.starts_with("penalty.basis."))
        .filter_map(|field| if let Given::Text(text) = &field.given { Some((field, text.as_str())) } else { None })
        .collect();
    let on = typed.iter().any(|field| field.key == "penalty.enabled" && field.given == Given::Yes(true));
    if !on && basis.iter().all(|(_, text)| text.is_empty()) {
        return Vec::new();
    }
    let empty = basis.into_iter().filter(|(_, text)| text.is_empty());
    empty.map(|(field, _)| (field.key.clone(), format!("请填写{}；没有依据的，不能实施处罚", field.label))).collect()
}

/// What the profile has can be said otherwise, not taken away.
fn taken_out(base: &[Field], typed: &[Field]) -> Vec<Wrong> {
    let emptied = |field: &&Field| {
        field.key.starts_with("local_basis.")
            && field.given == Given::Text(String::new())
            && base.iter().any(|of| of.key == field.key && of.given != field.given)
    };
    typed
        .iter()
        .filter(emptied)
        .map(|field| (field.key.clone(), "方案里已有的依据不能删去，可以改写".to_owned()))
        .collect()
}

/// Puts a value under its key: tables within tables, and lists whose entries have an id.
fn put(own: &mut Table, profile: &Policy, key: &str, value: Value) {
    let parts: Vec<&str> = key.split('.').collect();
    match parts[..] {
        ["ladder", rung, which] => entry(own, "ladder", rung, vec![(which, value)]),
        ["local_basis", id] => {
            let known = profile.local_basis.iter().find(|basis| basis.id == id);
            let organ = known.map_or(id, |basis| basis.organ.code());
            entry(own, "local_basis", id, vec![("organ", Value::String(organ.to_owned())), ("text", value)]);
        }
        _ => place(own, &parts, value),
    }
}

fn place(own: &mut Table, path: &[&str], value: Value) {
    match path {
        [] => {}
        [name] => {
            own.insert((*name).to_owned(), value);
        }
        [name, rest @ ..] => {
            let mut inner = match own.remove(*name) {
                Some(Value::Table(inner)) => inner,
                _ => Table::new(),
            };
            place(&mut inner, rest, value);
            own.insert((*name).to_owned(), Value::Table(inner));
        }
    }
}

/// Adds to the entry of an id.
fn entry(own: &mut Table, list: &str, id: &str, values: Vec<(&str, Value)>) {
    let mut entries = match own.remove(list) {
        Some(Value::Array(entries)) => entries,
        _ => Vec::new(),
    };
    let known = entries.iter().position(|one| one.get("id").and_then(Value::as_str) == Some(id));
    let mut one = match known.map(|at| entries.remove(at)) {
        Some(Value::Table(one)) => one,
        _ => Table::from_iter([("id".to_owned(), Value::String(id.to_owned()))]),
    };
    one.extend(values.into_iter().map(|(name, value)| (name.to_owned(), value)));
    entries.push(Value::Table(one));
    own.insert(list.to_owned(), Value::Array(entries));
}
