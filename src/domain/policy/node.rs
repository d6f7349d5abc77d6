//! A profile as a tree in which every value remembers its file, and how one profile is laid over another.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::cursor::Problem;

/// A value of a profile and the file it came from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub(super) file: Arc<str>,
    pub(super) value: Value,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Table(BTreeMap<String, Node>),
    List(Vec<Node>),
    Scalar(toml::Value),
}

/// A table with one of these keys is one value, replaced whole: a sourced value, a period, a basis, an owner, signers.
const WHOLE: [&str; 6] = ["value", "n", "text", "organ", "either", "joint"];

/// Reads a TOML file; one that is none is a problem at its line.
pub(crate) fn read_toml(file: &str, text: &str) -> Result<toml::Table, Problem> {
    text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map_or(1, |span| text.get(..span.start).unwrap_or("").matches('\n').count() + 1);
        Problem::at(file, format!("第{line}行"), "写法不合 TOML 格式，请检查引号、括号和等号")
    })
}

impl Node {
    /// Reads a file; a file that is no TOML is one problem, with the line.
    pub(super) fn parse(file: &str, text: &str) -> Result<Self, Problem> {
        let node = Self::of(&Arc::from(file), toml::Value::Table(read_toml(file, text)?));
        match node.twice("") {
            Some((key, id)) => Err(Problem::at(file, key, format!("“{id}”写了两次，id 不能重复"))),
            None => Ok(node),
        }
    }

    /// An id that a list of the file has twice, by its key; laid over another file the second would win in silence.
    fn twice(&self, key: &str) -> Option<(String, String)> {
        let below = |name: &str| if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") };
        match &self.value {
            Value::Table(table) => table.iter().find_map(|(name, node)| node.twice(&below(name))),
            Value::List(nodes) => {
                let mut seen = BTreeSet::new();
                let again = nodes.iter().filter_map(|node| node.text("id")).find(|id| !seen.insert(*id));
                let inner = || nodes.iter().find_map(|node| node.twice(&below(node.text("id").unwrap_or_default())));
                again.map(|id| (below(id), id.to_owned())).or_else(inner)
            }
            Value::Scalar(_) => None,
        }
    }

    fn of(file: &Arc<str>, value: toml::Value) -> Self {
        let value = match value {
            toml::Value::Table(table) => {
                Value::Table(table.into_iter().map(|(key, value)| (key, Self::of(file, value))).collect())
            }
            toml::Value::Array(list) => Value::List(list.into_iter().map(|value| Self::of(file, value)).collect()),
            scalar => Value::Scalar(scalar),
        };
        Self { file: Arc::clone(file), value }
    }

    /// The value under a key of a table.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            Value::Table(table) => table.get(key),
            _ => None,
        }
    }

    /// The profile says of itself that it is only stacked upon.
    pub(super) fn is_base(&self) -> bool {
        matches!(self.get("base").map(|node| &node.value), Some(Value::Scalar(toml::Value::Boolean(true))))
    }

    /// The profile is one that a county is offered: no base, and not said to be for others (`offered = false`).
    pub(super) fn is_offered(&self) -> bool {
        let withheld = self.get("offered").map(|node| &node.value);
        !self.is_base() && !matches!(withheld, Some(Value::Scalar(toml::Value::Boolean(false))))
    }

    /// The text under a key of a table.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        match self.get(key).map(|node| &node.value) {
            Some(Value::Scalar(toml::Value::String(text))) => Some(text),
            _ => None,
        }
    }

    /// `drop = true`: what lies below under this id is taken out.
    fn is_dropped(&self) -> bool {
        matches!(self.get("drop").map(|node| &node.value), Some(Value::Scalar(toml::Value::Boolean(true))))
    }

    fn has_id(&self) -> bool {
        self.text("id").is_some()
    }

    fn is_whole(&self) -> bool {
        // A rhythm is one value too: `{ every = "year", on = … }` keeps nothing of another; `[visit]` has a period there.
        self.text("every").is_some() || WHOLE.iter().any(|key| self.get(key).is_some())
    }

    /// Lays another node over this one: scalars replace, tables join, lists join by `id` (design.md §4.16).
    pub(super) fn overlay(self, over: Self) -> Self {
        if self.is_whole() || over.is_whole() {
            return over;
        }
        match (self.value, over.value) {
            (Value::Table(below), Value::Table(above)) => {
                Self { file: over.file, value: Value::Table(overlay_tables(below, above)) }
            }
            (Value::List(below), Value::List(above)) if !above.is_empty() && above.iter().all(Self::has_id) => {
                Self { file: over.file, value: Value::List(overlay_lists(below, above)) }
            }
            (_, value) => Self { file: over.file, value },
        }
    }
}

fn overlay_tables(mut below: BTreeMap<String, Node>, above: BTreeMap<String, Node>) -> BTreeMap<String, Node> {
    for (key, node) in above {
        let joined = match below.remove(&key) {
            Some(under) => under.overlay(node),
            None => node,
        };
        below.insert(key, joined);
    }
    below
}

/// Joined by id; what is new stands where the list laid over has it, between the same neighbours, so that a ladder keeps
/// its order.
fn overlay_lists(mut below: Vec<Node>, above: Vec<Node>) -> Vec<Node> {
    let place_of = |below: &[Node], node: &Node| below.iter().position(|under| under.text("id") == node.text("id"));
    let mut next = above.iter().find_map(|node| place_of(&below, node)).unwrap_or(below.len());
    for node in above {
        if node.is_dropped() {
            below.retain(|under| under.text("id") != node.text("id"));
            next = next.min(below.len());
            continue;
        }
        let node = match place_of(&below, &node) {
            Some(place) => {
                next = place;
                below.remove(place).overlay(node)
            }
            None => node,
        };
        below.insert(next, node);
        next += 1;
    }
    below
}
