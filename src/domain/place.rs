//! From the text of an address to the township, village and group that it names; whatever could be two is none.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{ids::UnitId, spelling};

mod group;
mod prefix;
mod spellings;

pub use group::group_label;
pub(super) use prefix::CountyPrefix;
use spellings::{bare_stem, township_stem, village_base};

/// What kind of unit an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// 乡、镇、街道
    Township,
    /// 村、社区
    Village,
    /// 村民小组
    Group,
}

/// One unit of the government line, as the county keeps it.
#[derive(Debug, Clone)]
pub struct PlaceEntry {
    /// Its id.
    pub id: UnitId,
    /// Its kind.
    pub kind: PlaceKind,
    /// Its full name: `左岚乡`, `红军村村民委员会`, `1组`.
    pub name: String,
    /// A village's township, a group's village.
    pub parent: Option<UnitId>,
}

/// The names that stand before an address of this county.
#[derive(Debug, Clone, Default)]
pub struct CountyName {
    /// `重庆市`
    pub province: String,
    /// `六安市`; what stands in the code list for a municipality (`市辖区`, `县`) is left out.
    pub city: String,
    /// `城口县`
    pub county: String,
}

/// What an address names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Township.
    pub township: Option<UnitId>,
    /// Village or community.
    pub village: Option<UnitId>,
    /// The group's unit, where the county keeps groups as units.
    pub group_unit: Option<UnitId>,
    /// The group as written, in one spelling: `1组`, `6社`.
    pub group: Option<String>,
    /// Why the village is not known.
    pub doubt: Option<Doubt>,
}

/// Why an address was not resolved to a village.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Nothing there.
    Empty,
    /// It names another county or province.
    Elsewhere,
    /// It says no more than the county or the township.
    Coarse,
    /// No village of that name, in the county or in the township it names.
    Unknown,
    /// Several townships have a village of that name.
    Ambiguous(Vec<UnitId>),
}

#[derive(Debug)]
struct Village {
    id: UnitId,
    township: Option<UnitId>,
    base: String,
}

/// The places of one county, ready to be looked up.
#[derive(Debug)]
pub struct Gazetteer {
    prefix: CountyPrefix,
    townships: Vec<(String, UnitId)>,
    villages: Vec<Village>,
    by_base: HashMap<String, Vec<usize>>,
    by_stem: HashMap<String, Vec<usize>>,
    groups: HashMap<(UnitId, String), UnitId>,
    longest: usize,
}

impl Gazetteer {
    /// Builds it from the county's units.
    pub fn new(county: &CountyName, entries: impl IntoIterator<Item = PlaceEntry>) -> Self {
        let mut made = Self {
            prefix: CountyPrefix::new(county),
            townships: Vec::new(),
            villages: Vec::new(),
            by_base: HashMap::new(),
            by_stem: HashMap::new(),
            groups: HashMap::new(),
            longest: 0,
        };
        entries.into_iter().for_each(|entry| made.add(&entry));
        made.townships.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        made
    }

    fn add(&mut self, entry: &PlaceEntry) {
        let name = spelling::tight(&entry.name);
        match (entry.kind, entry.parent) {
            (PlaceKind::Township, _) => self.townships.push((name, entry.id)),
            (PlaceKind::Village, township) => {
                let base = village_base(&name).to_owned();
                self.longest = self.longest.max(base.chars().count());
                let at = self.villages.len();
                self.by_base.entry(base.clone()).or_default().push(at);
                self.by_stem.entry(bare_stem(&base).to_owned()).or_default().push(at);
                self.villages.push(Village { id: entry.id, township, base });
            }
            (PlaceKind::Group, Some(village)) => {
                let label = group_label(&name).map_or_else(|| name.clone(), |(label, _)| label);
                self.groups.insert((village, label), entry.id);
            }
            (PlaceKind::Group, None) => {}
        }
    }

    /// The township of a name: `左岚乡`, `左岚乡人民政府`, `重庆市城口县左岚乡`.
    pub fn township(&self, text: &str) -> Option<UnitId> {
        let text = spelling::tight(text);
        let (rest, _) = self.prefix.strip(&text);
        self.leading_township(rest).map(|(id, _)| id)
    }

    /// The one township whose full name stands in a title.
    pub fn township_in(&self, title: &str) -> Option<UnitId> {
        let title = spelling::tight(title);
        let mut found = self.townships.iter().filter(|(name, _)| title.contains(name.as_str()));
        match (found.next(), found.next()) {
            (Some((_, id)), None) => Some(*id),
            _ => None,
        }
    }

    /// Resolves an address. `within` is the township that a roster's title names, for villages that stand alone.
    pub fn resolve(&self, raw: &str, within: Option<UnitId>) -> Place {
        let text: String = spelling::tight(raw)
            .chars()
            .filter(|c| !matches!(c, ',' | '，' | '。' | '、' | '-' | '_' | ';' | ':'))
            .collect();
        if spelling::says_none(&text) {
            return Place { doubt: Some(Doubt::Empty), ..Place::default() };
        }
        let (rest, in_county) = self.prefix.strip(&text);
        if rest.is_empty() {
            return Place { doubt: Some(Doubt::Coarse), ..Place::default() };
        }
        if let Some((township, rest)) = self.leading_township(rest) {
            return self.in_township(township, rest);
        }
        if let Some(place) = self.by_township_stem(rest) {
            return place;
        }
        let place = self.village_at(rest, within);
        if place.doubt == Some(Doubt::Unknown) && !in_county && prefix::names_another(rest) {
            return Place { doubt: Some(Doubt::Elsewhere), ..Place::default() };
        }
        place
    }

    fn leading_township<'a>(&self, text: &'a str) -> Option<(UnitId, &'a str)> {
        self.townships.iter().find_map(|(name, id)| {
            let rest = text.strip_prefix(name.as_str())?;
            let office = ["人民政府", "办事处", "政府"].iter().find_map(|o| rest.strip_prefix(o));
            Some((*id, office.unwrap_or(rest)))
        })
    }

    fn in_township(&self, township: UnitId, rest: &str) -> Place {
        if rest.is_empty() {
            return Place { township: Some(township), doubt: Some(Doubt::Coarse), ..Place::default() };
        }
        let place = self.village_at(rest, Some(township));
        Place { township: Some(township), ..place }
    }

    /// `高燕红军村`: a township without its 镇 counts only if the village behind it is one of its own.
    fn by_township_stem(&self, text: &str) -> Option<Place> {
        self.townships.iter().find_map(|(name, id)| {
            let rest = text.strip_prefix(township_stem(name)).filter(|rest| !rest.is_empty())?;
            let place = self.in_township(*id, rest);
            place.village.is_some().then_some(place)
        })
    }

    fn village_at(&self, text: &str, within: Option<UnitId>) -> Place {
        let (found, rest) = self.candidates(text, within);
        match found.as_slice() {
            [] => Place { doubt: Some(Doubt::Unknown), ..Place::default() },
            [one] => {
                let group = group_label(rest).map(|(label, _)| label);
                let group_unit = group.clone().and_then(|g| self.groups.get(&(one.id, g)).copied());
                Place { township: one.township, village: Some(one.id), group_unit, group, doubt: None }
            }
            several => {
                let townships = several.iter().filter_map(|v| v.township).collect();
                Place { doubt: Some(Doubt::Ambiguous(townships)), ..Place::default() }
            }
        }
    }

    /// Villages whose name the text begins with (the longest name wins), and what follows it.
    fn candidates<'a>(&self, text: &'a str, within: Option<UnitId>) -> (Vec<&Village>, &'a str) {
        let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(self.longest).collect();
        for end in ends.into_iter().rev() {
            let found = self.named(self.by_base.get(&text[..end]), within);
            if !found.is_empty() {
                return (found, spellings::strip_committee(&text[end..]));
            }
        }
        let stem = spellings::without_committee(text);
        let also_township = within.is_none() && self.townships.iter().any(|(name, _)| township_stem(name) == stem);
        let found = if also_township { Vec::new() } else { self.named(self.by_stem.get(stem), within) };
        (found, "")
    }

    fn named(&self, at: Option<&Vec<usize>>, within: Option<UnitId>) -> Vec<&Village> {
        let all = at.into_iter().flatten().filter_map(|i| self.villages.get(*i));
        all.filter(|v| within.is_none() || v.township == within).collect()
    }

    /// The village's name without its committee: `红军村`, `茅坪社区`.
    pub fn village_name(&self, village: UnitId) -> Option<&str> {
        self.villages.iter().find(|v| v.id == village).map(|v| v.base.as_str())
    }

    /// The township's name.
    pub fn township_name(&self, township: UnitId) -> Option<&str> {
        self.townships.iter().find(|(_, id)| *id == township).map(|(name, _)| name.as_str())
    }
}

#[cfg(test)]
mod tests;
