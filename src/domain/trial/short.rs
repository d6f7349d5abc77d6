//! The short forms in which a scenario's facts are written, spelled out: names for ids, and what is usual left out.

use serde_json::{Map, Value, json};
use uuid::Uuid;

/// The township of a scenario that names none.
pub(super) const TOWNSHIP: &str = "左岚乡";

/// The keys whose value is a name that stands for an id.
const NAMES: [&str; 9] =
    ["id", "unit", "user", "paper", "proposed_by", "by", "confirmed_by", "acting_township", "school"];

/// Spells the facts out: the case's usual origin, each visit's participants and evidence, an id for every name.
pub(super) fn spell_out(facts: &mut Value) {
    let Value::Object(all) = facts else { return };
    if let Some(Value::Object(case)) = all.get_mut("case") {
        let usual = json!({
            "kind": "left_school", "origin": "absence", "confirmed_on": null, "acting_township": TOWNSHIP,
        });
        add_usual(case, usual);
    }
    for visit in all.get_mut("visits").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Value::Object(visit) = visit {
            spell_out_visit(visit);
        }
    }
    give_ids(facts);
}

/// `who = ["左岚乡", "齐心村?"]` names the units of those who went; with a question mark, one who has not confirmed it.
fn spell_out_visit(visit: &mut Map<String, Value>) {
    let day = visit.get("day").cloned().unwrap_or_default();
    match visit.remove("who") {
        Some(Value::Array(who)) => {
            let who = who.iter().map(|name| name.as_str().map_or(Value::Null, participant)).collect();
            visit.insert("participants".to_owned(), Value::Array(who));
        }
        Some(wrong) => {
            visit.insert("participants".to_owned(), wrong);
        }
        None => {}
    }
    let name = format!("visit {}", day.as_str().unwrap_or_default());
    add_usual(visit, json!({ "id": name, "received_on": day, "mode": "home", "photos": 1 }));
}

fn participant(name: &str) -> Value {
    let unit = name.trim_end_matches(['?', '？']);
    let kind = match unit.chars().last() {
        Some('乡' | '镇' | '街' | '道') => "township",
        Some('村' | '会' | '区') => "village",
        _ => "school",
    };
    json!({
        "unit": unit, "unit_name": unit, "unit_kind": kind, "user": format!("{unit}的人"), "person": "的人",
        "confirmed": unit == name,
    })
}

fn add_usual(given: &mut Map<String, Value>, usual: Value) {
    let Value::Object(usual) = usual else { return };
    for (key, value) in usual {
        given.entry(key).or_insert(value);
    }
}

fn give_ids(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields.iter_mut() {
                match value {
                    Value::String(name) if NAMES.contains(&key.as_str()) => *name = id(name).to_string(),
                    other => give_ids(other),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(give_ids),
        _ => {}
    }
}

/// The id that a name stands for: the same name gives the same id (FNV-1a, 128 bits).
pub fn id(name: &str) -> Uuid {
    let start = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    let step = |hash: u128, byte: u8| (hash ^ u128::from(byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b);
    Uuid::from_u128(name.bytes().fold(start, step))
}
