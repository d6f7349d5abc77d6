//! Profiles by id, and how a stack of them becomes one policy.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::cursor::{Cursor, Problem};
use super::node::{Node, Value};
use super::{Policy, check as rules, read};
use crate::domain::enforcement::Periods;
use crate::domain::provision::Provisions;

/// The profiles that are at hand, each parsed from its file.
#[derive(Debug, Clone, Default)]
pub struct Library {
    profiles: BTreeMap<String, Node>,
    law: Option<Provisions>,
}

/// The file beside the profiles that holds the articles of law.
pub const PROVISIONS: &str = "provisions.toml";

/// The profiles and provisions that come with the program, as (file name, text).
pub fn shipped() -> Vec<(String, String)> {
    let files: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/profiles.rs"));
    files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// Checks a folder of profiles with its provisions, given as (file name, text); every problem, none if all are sound.
pub fn check(files: &[(String, String)]) -> Vec<Problem> {
    let (library, mut problems) = Library::parse(files);
    let provisions = match files.iter().find(|(file, _)| file == PROVISIONS).map(|(_, text)| Provisions::parse(text)) {
        Some(Ok(provisions)) => {
            let missing = if provisions.periods().is_empty() { None } else { Periods::of(&provisions).err() };
            problems.extend(missing.map(|fault| Problem::at(PROVISIONS, "period", fault.to_string())));
            Some(provisions)
        }
        Some(Err(fault)) => {
            problems.push(Problem::at(PROVISIONS, "", fault.to_string()));
            None
        }
        None => None,
    };
    for id in library.adoptable() {
        match library.resolve(id) {
            Ok(policy) => problems.extend(provisions.iter().flat_map(|laws| rules::unknown_laws(&policy, laws))),
            Err(told) => problems.extend(told),
        }
    }
    // A fault of a base is found again in all that stack on it; it is told once.
    problems.sort_by(|a, b| (&a.file, &a.key).cmp(&(&b.file, &b.key)));
    problems.dedup();
    problems
}

impl Library {
    /// Parses files given as (name, text); those that do not parse are left out and told, provisions by `check` alone.
    pub fn parse(files: &[(String, String)]) -> (Self, Vec<Problem>) {
        let (mut library, mut problems) = (Self::default(), Vec::new());
        for (file, text) in files.iter().filter(|(file, _)| file != PROVISIONS) {
            if let Err(problem) = library.add(file, text) {
                problems.push(problem);
            }
        }
        let law = files.iter().find(|(file, _)| file == PROVISIONS);
        library.law = law.and_then(|(_, text)| Provisions::parse(text).ok());
        (library, problems)
    }

    /// The provisions beside the profiles, if there are any that can be read.
    pub fn law(&self) -> Option<&Provisions> {
        self.law.as_ref()
    }

    fn add(&mut self, file: &str, text: &str) -> Result<(), Problem> {
        let node = Node::parse(file, text)?;
        let Some(id) = node.text("id").map(str::to_owned) else {
            return Err(Problem::at(file, "id", "缺方案的 id"));
        };
        if self.profiles.contains_key(&id) {
            return Err(Problem::at(file, "id", format!("方案“{id}”已经有了，id 不能重复")));
        }
        self.profiles.insert(id, node);
        Ok(())
    }

    /// The ids at hand.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.profiles.keys().map(String::as_str)
    }

    /// The ids a county may adopt; a `base = true` is only stacked upon, and checked through what stacks on it.
    pub fn adoptable(&self) -> impl Iterator<Item = &str> {
        self.profiles.iter().filter(|(_, node)| !node.is_base()).map(|(id, _)| id.as_str())
    }

    /// The ids a county is offered: those it may adopt, without the ones that say of themselves that they are for others.
    pub fn offered(&self) -> impl Iterator<Item = &str> {
        self.profiles.iter().filter(|(_, node)| node.is_offered()).map(|(id, _)| id.as_str())
    }

    /// The profiles as trees.
    pub(super) fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.profiles.values()
    }

    /// One profile with all it stacks on, as a policy.
    pub fn resolve(&self, id: &str) -> Result<Policy, Vec<Problem>> {
        let (node, stack) = self.stack(id)?;
        sound(&node, stack)
    }

    /// A profile with a county's own values laid over it, as TOML; they stand in the stack under `own_id`.
    pub fn resolve_with(&self, id: &str, own_id: &str, own: &str) -> Result<Policy, Vec<Problem>> {
        let (node, mut stack) = self.stack(id)?;
        let over = Node::parse(own_id, own).map_err(|problem| vec![problem])?;
        stack.push(own_id.to_owned());
        sound(&node.overlay(over), stack)
    }

    /// What a profile is stacked from, each laid over those before it; one that several lean on lies below them all.
    fn stack(&self, id: &str) -> Result<(Node, Vec<String>), Vec<Problem>> {
        if let Some(base) = self.profiles.get(id).filter(|node| node.is_base()) {
            return Err(vec![Problem::at(&*base.file, "base", "这是供叠用的基准，不能单独采用")]);
        }
        let mut stack = Vec::new();
        self.gather(id, &mut Vec::new(), &mut stack).map_err(|problem| vec![problem])?;
        let mut nodes = stack.iter().filter_map(|id| self.profiles.get(id)).cloned();
        let Some(lowest) = nodes.next() else { return Err(vec![Problem::at(id, "", "找不到方案")]) };
        Ok((nodes.fold(lowest, Node::overlay), stack))
    }

    /// The ids of a profile's stack, the lowest first, each once.
    fn gather(&self, id: &str, open: &mut Vec<String>, stack: &mut Vec<String>) -> Result<(), Problem> {
        let Some(node) = self.profiles.get(id) else {
            let file = open.last().map_or(id, String::as_str);
            return Err(Problem::at(format!("{file}.toml"), "extends", format!("找不到方案“{id}”")));
        };
        if open.iter().any(|above| above == id) {
            return Err(Problem::at(&*node.file, "extends", format!("方案“{id}”绕回了自己")));
        }
        if stack.iter().any(|known| known == id) {
            return Ok(());
        }
        open.push(id.to_owned());
        for base in bases(node)? {
            self.gather(&base, open, stack)?;
        }
        open.pop();
        stack.push(id.to_owned());
        Ok(())
    }
}

fn bases(node: &Node) -> Result<Vec<String>, Problem> {
    let wrong = || Problem::at(&*node.file, "extends", "这里应是一个方案的 id，或几个 id 的列表");
    let Some(extends) = node.get("extends") else { return Ok(Vec::new()) };
    let one = |value: &Value| match value {
        Value::Scalar(toml::Value::String(id)) => Ok(id.clone()),
        _ => Err(wrong()),
    };
    match &extends.value {
        Value::List(ids) => ids.iter().map(|id| one(&id.value)).collect(),
        single => Ok(vec![one(single)?]),
    }
}

fn sound(node: &Node, stack: Vec<String>) -> Result<Policy, Vec<Problem>> {
    let problems = RefCell::new(Vec::new());
    let policy = read::policy(&Cursor::top(node, &problems), stack);
    let mut problems = problems.into_inner();
    let Ok(policy) = policy else { return Err(problems) };
    problems.extend(rules::problems(&policy, &node.file));
    if problems.is_empty() { Ok(policy) } else { Err(problems) }
}
