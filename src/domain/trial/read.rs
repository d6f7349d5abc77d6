//! A scenario out of its file's text.

use serde_json::Value;

use super::ask::{Ask, Asked};
use super::{Scenario, fault, short};
use crate::domain::policy::{Problem, read_toml};

impl Scenario {
    /// Reads a file; the first thing that is wrong with it, else.
    pub fn parse(file: &str, text: &str) -> Result<Self, Problem> {
        let mut tree = json(toml::Value::Table(read_toml(file, text)?));
        if let Some(facts) = tree.get_mut("facts") {
            short::spell_out(facts);
        }
        let scenario: Self = serde_path_to_error::deserialize(tree).map_err(|error| fault::problem(file, &error))?;
        for (at, ask) in scenario.ask.iter().enumerate() {
            let read = if ask.proceeding.is_some() { ask.deed().err() } else { ask.act().err() };
            if let Some((key, why)) = read {
                return Err(Problem::at(file, format!("ask.第{}项.{key}", at + 1), why));
            }
        }
        if let Some((key, why)) = scenario.fault_of_proceedings() {
            return Err(Problem::at(file, key, why));
        }
        let of_case = |ask: &Ask| ask.proceeding.is_none() && matches!(ask.act(), Ok(Asked::Case(_)));
        if scenario.facts.is_none() && scenario.ask.iter().any(of_case) {
            return Err(Problem::at(file, "facts", "要问能不能办（ask），先写这名儿童的情况（facts）"));
        }
        if scenario.look.is_empty() && scenario.ask.is_empty() {
            return Err(Problem::at(file, "look", "没有写要看哪一天（look），也没有写要办什么（ask）"));
        }
        Ok(scenario)
    }
}

/// The same tree; a day may stand with or without quotation marks.
fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(yes) => Value::Bool(yes),
        toml::Value::Datetime(day) => Value::String(day.to_string()),
        toml::Value::Array(list) => Value::Array(list.into_iter().map(json).collect()),
        toml::Value::Table(table) => Value::Object(table.into_iter().map(|(key, value)| (key, json(value))).collect()),
    }
}
