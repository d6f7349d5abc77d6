//! The county's schools by the names that rosters give them.

use std::collections::{HashMap, HashSet};

use super::{
    grade::Stage,
    ids::UnitId,
    place::{CountyName, CountyPrefix},
    spelling,
};

/// One school of the county's list.
#[derive(Debug, Clone)]
pub struct SchoolEntry {
    /// Its id.
    pub id: UnitId,
    /// Its full name.
    pub name: String,
    /// Other names and codes it goes by.
    pub aliases: Vec<String>,
    /// Its stage; none for a school of all nine years.
    pub stage: Option<Stage>,
}

/// The county's schools, ready to be looked up.
#[derive(Debug)]
pub struct Schools {
    prefix: CountyPrefix,
    entries: Vec<SchoolEntry>,
    by_name: HashMap<String, Option<usize>>,
}

impl Schools {
    /// Builds it; a name that two schools share finds neither.
    pub fn new(county: &CountyName, entries: impl IntoIterator<Item = SchoolEntry>) -> Self {
        let mut made = Self { prefix: CountyPrefix::new(county), entries: Vec::new(), by_name: HashMap::new() };
        for entry in entries {
            let at = made.entries.len();
            for name in entry.aliases.iter().chain([&entry.name]) {
                let key = made.key(name);
                made.by_name.entry(key).and_modify(|one| *one = one.filter(|one| *one == at)).or_insert(Some(at));
            }
            made.entries.push(entry);
        }
        made
    }

    /// The school of a name, with or without the county before it.
    pub fn find(&self, raw: &str) -> Option<&SchoolEntry> {
        self.by_name.get(&self.key(raw)).copied().flatten().and_then(|at| self.entries.get(at))
    }

    /// The school of an id.
    pub fn by_id(&self, id: UnitId) -> Option<&SchoolEntry> {
        self.entries.iter().find(|s| s.id == id)
    }

    /// The one school that a title names, if it names one.
    pub fn named_in(&self, title: &str) -> Option<&SchoolEntry> {
        let title = spelling::tight(title);
        let mut found: Vec<&SchoolEntry> = self.entries.iter().filter(|s| title.contains(s.name.as_str())).collect();
        // 左岚乡中心小学校 holds 左岚乡中心小学: the longer name is meant.
        found.sort_by_key(|s| std::cmp::Reverse(s.name.len()));
        match found.as_slice() {
            [one] => Some(one),
            [long, rest @ ..] if rest.iter().all(|s| long.name.contains(s.name.as_str())) => Some(long),
            _ => None,
        }
    }

    /// The name most like an unknown one, if any is like it: only to be shown, never taken.
    pub fn nearest(&self, raw: &str) -> Option<&str> {
        let wanted = pairs(&self.key(raw));
        let alike = |s: &SchoolEntry| {
            let pairs = pairs(&s.name);
            200 * wanted.intersection(&pairs).count() / (wanted.len() + pairs.len()).max(1)
        };
        self.entries
            .iter()
            .map(|s| (alike(s), s))
            .filter(|(n, _)| *n >= 60)
            .max_by_key(|(n, _)| *n)
            .map(|(_, s)| s.name.as_str())
    }

    fn key(&self, raw: &str) -> String {
        let text = spelling::tight(raw);
        let (rest, in_county) = self.prefix.strip(&text);
        if in_county && !rest.is_empty() { rest.to_owned() } else { text }
    }
}

fn pairs(text: &str) -> HashSet<(char, char)> {
    text.chars().zip(text.chars().skip(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schools() -> Schools {
        let county = CountyName { province: "重庆市".into(), city: "县".into(), county: "城口县".into() };
        let entry = |name: &str| SchoolEntry { id: UnitId::new(), name: name.into(), aliases: vec![], stage: None };
        Schools::new(&county, ["左岚乡中心小学", "左岚乡初级中学", "龙田乡中心小学"].map(entry))
    }

    #[test]
    fn a_school_is_found_by_its_name_and_none_by_a_likeness() {
        let schools = schools();
        for text in ["左岚乡中心小学", "重庆市城口县左岚乡中心小学", " 左岚乡 中心小学", "城口县左岚乡中心小学"]
        {
            assert_eq!(schools.find(text).map(|s| s.name.as_str()), Some("左岚乡中心小学"), "{text}");
        }
        assert!(schools.find("左岚小学").is_none());
        assert_eq!(schools.nearest("左岚中心小学"), Some("左岚乡中心小学"));
        assert_eq!(schools.nearest("不存在的学校"), None);
        assert_eq!(
            schools.named_in("城口县左岚乡中心小学2026年秋季学籍花名册").map(|s| s.name.as_str()),
            Some("左岚乡中心小学")
        );
        assert!(schools.named_in("左岚乡中心小学、龙田乡中心小学").is_none());
    }
}
