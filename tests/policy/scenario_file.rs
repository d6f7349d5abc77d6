//! How a scenario file is read: facts with names for ids, days with what is expected, acts with their answer.

use chrono::NaiveDate;
use quanxue::domain::case::{Act, Actor, Facts};
use quanxue::domain::ids::{DispositionId, PaperId, UnitId, UserId};
use quanxue::domain::policy::{Organ, Policies};
use quanxue::domain::role::Role;
use quanxue::domain::words::{DispositionKind, PaperKind, ServiceMethod};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::policy::ground::{changed_on, zuolan};

/// A scenario as its file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What it shows, in a sentence.
    pub title: String,
    /// Values of the county's own, in force from a day.
    pub change: Option<Change>,
    facts: Value,
    #[serde(default)]
    pub expect: Vec<Expect>,
    #[serde(default)]
    pub ask: Vec<Ask>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    pub from: String,
    pub own: String,
}

/// What stands on a day; what is left out is not looked at.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    pub on: NaiveDate,
    pub phase: Option<String>,
    pub now: Option<String>,
    pub counted: Option<u16>,
    pub next: Option<String>,
    pub due: Option<NaiveDate>,
    /// The day, or "no".
    pub overdue_since: Option<String>,
    pub unmet: Option<Vec<String>>,
    pub visits: Option<Vec<String>>,
    pub ladder: Option<Vec<String>>,
    pub evidence: Option<Vec<String>>,
    pub duties: Option<Vec<String>>,
    pub after_care: Option<Vec<String>>,
    /// The day, or "never".
    pub next_change_on: Option<String>,
}

/// An act asked for, and the whole refusal, or none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    pub on: NaiveDate,
    pub by: Role,
    #[serde(default = "township_a")]
    pub unit: String,
    pub user: Option<String>,
    #[serde(default = "of_township")]
    pub organ: Organ,
    pub act: String,
    pub day: Option<NaiveDate>,
    pub paper: Option<String>,
    pub kind: Option<DispositionKind>,
    pub id: Option<String>,
    pub method: Option<ServiceMethod>,
    pub milestone: Option<u16>,
    pub refused: Option<String>,
}

fn township_a() -> String {
    "左岚乡".to_owned()
}

const fn of_township() -> Organ {
    Organ::Township
}

impl Scenario {
    pub fn read(name: &str) -> Self {
        let path = format!("{}/tests/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn policies(&self) -> Policies {
        match &self.change {
            Some(change) => changed_on(&change.from, &change.own),
            None => Policies::only(zuolan()),
        }
    }

    pub fn facts(&self) -> Facts {
        let mut facts = self.facts.clone();
        facts["case"] = with(case(), &facts["case"]);
        for visit in facts.get_mut("visits").and_then(Value::as_array_mut).into_iter().flatten() {
            *visit = whole_visit(visit);
        }
        name_ids(&mut facts);
        serde_json::from_value(facts).unwrap()
    }
}

impl Ask {
    pub fn actor(&self) -> Actor {
        let user = self.user.as_deref().unwrap_or(self.by.code());
        Actor { user: UserId(id(user)), role: self.by, unit: UnitId(id(&self.unit)), organ: self.organ }
    }

    pub fn act(&self) -> Act {
        let day = self.day.unwrap_or(self.on);
        let kind = || self.paper.as_deref().unwrap().parse::<PaperKind>().unwrap();
        let paper = || PaperId(id(self.paper.as_deref().unwrap()));
        match self.act.as_str() {
            "confirm" => Act::Confirm { on: day },
            "log_visit" => Act::LogVisit { on: day },
            "draft_paper" => Act::DraftPaper { paper: kind() },
            "issue_paper" => Act::IssuePaper { paper: kind(), on: day },
            "record_service" => {
                let method = self.method.unwrap_or(ServiceMethod::Direct);
                Act::RecordService { paper: paper(), method, effective_on: day }
            }
            "verify_expiry" => Act::VerifyExpiry { paper: paper(), on: day },
            "propose" => Act::Propose { kind: self.kind.unwrap() },
            "approve" => Act::Decide { disposition: DispositionId(id(self.id.as_deref().unwrap())), approve: true },
            "send_back" => Act::Decide { disposition: DispositionId(id(self.id.as_deref().unwrap())), approve: false },
            "confirm_return" => Act::ConfirmReturn { since: day },
            "strike_off" => Act::StrikeOff { conclusion: self.kind },
            "after_care" => Act::AfterCare { milestone: self.milestone.unwrap(), on: day },
            "reopen" => Act::Reopen { on: day },
            other => panic!("no such act: {other}"),
        }
    }
}

fn case() -> Value {
    json!({ "kind": "left_school", "origin": "absence", "confirmed_on": null, "acting_township": "左岚乡" })
}

/// `who = ["左岚乡", "齐心村?"]` names those who went; with a question mark, who has not confirmed it.
fn whole_visit(short: &Value) -> Value {
    let who = short["who"].as_array().unwrap().iter().map(|name| participant(name.as_str().unwrap()));
    let day = &short["day"];
    let mut visit = json!({
        "id": format!("visit {}", day.as_str().unwrap()), "day": day, "received_on": day,
        "mode": "home", "photos": 1, "participants": who.collect::<Vec<_>>(),
    });
    visit = with(visit, short);
    visit.as_object_mut().unwrap().remove("who");
    visit
}

fn participant(name: &str) -> Value {
    let unit = name.trim_end_matches('?');
    let kind = match unit.chars().last() {
        Some('乡') => "township",
        Some('村') => "village",
        _ => "school",
    };
    json!({
        "unit": unit, "unit_name": unit, "unit_kind": kind, "user": format!("{unit}的人"), "person": "的人",
        "confirmed": unit == name,
    })
}

fn with(mut below: Value, above: &Value) -> Value {
    for (key, value) in above.as_object().unwrap() {
        below[key] = value.clone();
    }
    below
}

const IDS: [&str; 9] =
    ["id", "unit", "user", "paper", "proposed_by", "by", "confirmed_by", "acting_township", "school"];

fn name_ids(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields.iter_mut() {
                match value {
                    Value::String(name) if IDS.contains(&key.as_str()) => *name = id(name).to_string(),
                    other => name_ids(other),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(name_ids),
        _ => {}
    }
}

/// The same name gives the same id.
pub fn id(name: &str) -> Uuid {
    let mut number = 0xcbf2_9ce4_8422_2325_u128;
    for byte in name.bytes() {
        number = (number ^ u128::from(byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b);
    }
    Uuid::from_u128(number)
}
