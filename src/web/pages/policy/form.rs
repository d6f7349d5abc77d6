//! The form in which a county's own values are set: the fields stand at the sentences that they change.

use crate::domain::period::Unit;
use crate::domain::policy::{Field, Given, Policy, fields};
use crate::web::policy_words::{Group, sections};

/// A group of the form.
#[derive(Debug)]
pub(super) struct Block {
    pub group: Group,
    pub rows: Vec<Row>,
}

/// A thing that the profile says, and the fields that change it.
#[derive(Debug)]
pub(super) struct Row {
    pub about: String,
    /// What the profile says of it; empty where it says nothing.
    pub sentence: String,
    pub fields: Vec<Shown>,
}

/// A field as it was typed, and what the profile says where that is something else.
#[derive(Debug)]
pub(super) struct Shown {
    pub field: Field,
    pub profile: Option<String>,
}

/// Papers come before the ladder, so that what belongs to a paper is asked where the paper is.
const ASKED: [Group; 5] = [Group::Papers, Group::Detect, Group::Persuade, Group::Dispose, Group::Report];

/// The form of a profile with what was typed.
pub(super) fn blocks(profile: &Policy, typed: Vec<Field>) -> Vec<Block> {
    let (base, said) = (fields(profile), sections(profile));
    let mut left = typed;
    let mut blocks: Vec<Block> = Vec::new();
    for group in ASKED {
        let lines = said.iter().filter(|section| section.group == group).flat_map(|section| &section.lines);
        let mut rows = Vec::new();
        for line in lines {
            let within = |field: &Field| {
                field.key.strip_prefix(&line.id).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            let (mine, others): (Vec<Field>, Vec<Field>) = left.into_iter().partition(within);
            left = others;
            if !mine.is_empty() {
                let fields = mine.into_iter().map(|field| shown(field, &base)).collect();
                rows.push(Row { about: line.about.clone(), sentence: line.sentence.clone(), fields });
            }
        }
        blocks.push(Block { group, rows });
    }
    // What the profile says nothing of: bases of organs that the law does not name, units that need not come along.
    for field in left {
        let group = match field.key.split('.').next() {
            Some("visit") => Group::Persuade,
            Some("dates") => Group::Detect,
            _ => Group::Papers,
        };
        if let Some(block) = blocks.iter_mut().find(|block| block.group == group) {
            let (about, fields) = (field.label.clone(), vec![shown(field, &base)]);
            block.rows.push(Row { about, sentence: "方案没有规定".to_owned(), fields });
        }
    }
    blocks.sort_by_key(|block| block.group);
    blocks.retain(|block| !block.rows.is_empty());
    blocks
}

fn shown(field: Field, base: &[Field]) -> Shown {
    let of = base.iter().find(|of| of.key == field.key).filter(|of| of.given != field.given);
    Shown { profile: of.map(|of| in_words(&of.given)), field }
}

/// A value in words: 5个工作日, 是, 照片、签字的劝返记录.
fn in_words(given: &Given) -> String {
    let word = |code: &str, of: &[(&'static str, &'static str)]| {
        of.iter().find(|(known, _)| *known == code).map_or("", |(_, word)| word)
    };
    match given {
        Given::Period { n, unit } => format!("{n}{}", Unit::from_code(unit).map_or("", Unit::label)),
        Given::Number(text) | Given::Days(text) | Given::Dates(text) | Given::Text(text) if !text.is_empty() => {
            text.clone()
        }
        Given::Yes(true) => "是".to_owned(),
        Given::Yes(false) => "否".to_owned(),
        Given::Any { chosen, of } if !chosen.is_empty() => {
            chosen.iter().map(|code| word(code, of)).collect::<Vec<_>>().join("、")
        }
        Given::One { chosen, of } => word(chosen, of).to_owned(),
        _ => "没有规定".to_owned(),
    }
}

impl Shown {
    /// It takes a whole line.
    pub(super) const fn is_wide(&self) -> bool {
        matches!(self.field.given, Given::Text(_) | Given::Dates(_))
    }

    /// The units of a period.
    #[expect(clippy::unused_self, reason = "called from the template")]
    pub(super) fn units(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        Unit::ALL.iter().map(|unit| (unit.code(), unit.label()))
    }
}
