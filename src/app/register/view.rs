//! What the page of a child shows: every value with the sources that say it, rolls, guardians, flags.

use std::collections::BTreeMap;

use super::refresh::open_secret;
use crate::app::{AppError, Services};
use crate::db::register::{self as stored, ChildPage, FlagLine, GuardianLine, RollLine};
use crate::db::{Door, Read};
use crate::domain::ids::ChildId;
use crate::domain::moment::near_day;
use crate::domain::register::{Emptied, Said, Secret, StatementFact, fields, project};
use crate::domain::words::SourceKind;

/// A source's column on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceColumn {
    /// What kind of source.
    pub kind: SourceKind,
    /// The day it speaks of.
    pub on: String,
}

/// A field's line: what counts, why, and what each source says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldLine {
    /// The field.
    pub name: &'static str,
    /// What counts.
    pub value: String,
    /// Why, in a few words.
    pub why: String,
    /// What each source says, in the order of the columns; whether it differs from what counts.
    pub said: Vec<(String, bool)>,
}

/// The page of a child.
#[derive(Debug)]
pub struct ChildView {
    /// The child.
    pub child: ChildPage,
    /// The sources.
    pub sources: Vec<SourceColumn>,
    /// The fields.
    pub lines: Vec<FieldLine>,
    /// Rolls, the latest first.
    pub rolls: Vec<RollLine>,
    /// Guardians that are current.
    pub guardians: Vec<GuardianLine>,
    /// Key populations that the reader may see.
    pub flags: Vec<FlagLine>,
}

/// Loads the page of a child.
pub async fn view(services: &Services, read: &mut Read, id: ChildId) -> Result<ChildView, AppError> {
    let child = stored::child_page(read, id).await?;
    let mut facts = facts(services, read, id).await?;
    // 信教, 服刑, 早婚 stand in the list of flags alone, for whoever may see them.
    for fact in &mut facts {
        fact.said.flags.retain(|flag| !flag.restricted());
    }
    // What counts is told by all that stands, not by the latest of each source alone.
    let (said, secret) = counts(&facts);
    let chosen = fields(&said, &secret);
    let latest = latest_of_each_kind(facts);
    let today = crate::domain::moment::day_of(crate::db::Door::now(read));
    let sources = latest.iter().map(|s| SourceColumn { kind: s.kind, on: near_day(s.said_on, today) }).collect();
    Ok(ChildView {
        sources,
        lines: lines(&latest, &chosen),
        rolls: stored::roll_lines(read, id).await?,
        guardians: stored::guardian_lines(read, id).await?,
        flags: stored::flag_lines(read, id).await?,
        child,
    })
}

/// All that stands of a child.
pub(super) async fn facts(
    services: &Services,
    door: &mut impl Door,
    id: ChildId,
) -> Result<Vec<StatementFact>, AppError> {
    let key = services.key(door.county()).await?;
    let mut facts = Vec::new();
    for s in stored::of_children(door, &[id]).await? {
        let secret = s.sealed.as_deref().map(|b| open_secret(&key, s.id, b)).transpose()?.unwrap_or_default();
        facts.push(StatementFact { source: s.source, kind: s.kind, said_on: s.said_on, said: s.said, secret });
    }
    Ok(facts)
}

fn latest_of_each_kind(facts: Vec<StatementFact>) -> Vec<StatementFact> {
    let mut by_kind: BTreeMap<SourceKind, StatementFact> = BTreeMap::new();
    let by_hand: Vec<StatementFact> = facts.iter().filter(|f| f.kind == SourceKind::Clerk).cloned().collect();
    for fact in facts {
        let known = by_kind.get(&fact.kind);
        if known.is_none_or(|k| k.said_on < fact.said_on) {
            by_kind.insert(fact.kind, fact);
        }
    }
    // A clerk says only what differs: all that clerks said stands together.
    if let Some(clerk) = by_kind.get_mut(&SourceKind::Clerk) {
        (clerk.said, clerk.secret) = counts(&by_hand);
    }
    by_kind.into_values().collect()
}

/// A line for every field that any source speaks of.
fn lines(latest: &[StatementFact], chosen: &[(&'static str, String)]) -> Vec<FieldLine> {
    let said: Vec<Vec<(&'static str, String)>> = latest.iter().map(|s| fields(&s.said, &s.secret)).collect();
    let Some(first) = said.first() else { return vec![] };
    (0..first.len())
        .filter(|&at| said.iter().any(|s| !s[at].1.is_empty()))
        .map(|at| line(first[at].0, &chosen[at].1, said.iter().map(|s| s[at].1.clone()).collect(), latest))
        .collect()
}

/// What counts of what was said, as if one source had said it.
pub(super) fn counts(latest: &[StatementFact]) -> (Said, Secret) {
    let columns = project(latest);
    let (mut said, mut secret) = (Said::default(), Secret::default());
    said.name = columns.name.map(|p| p.value);
    said.sex = columns.sex.map(|p| p.value);
    said.birth = columns.birth.map(|p| p.value);
    said.ethnicity = columns.ethnicity.map(|p| p.value);
    said.head = columns.head.map(|p| p.value);
    said.head_relation = columns.head_relation.map(|p| p.value);
    said.domicile = columns.domicile.map(|p| p.value);
    said.residence = columns.residence.map(|p| p.value);
    said.guardian = columns.guardian.map(|p| p.value);
    said.guardian_relation = columns.guardian_relation.map(|p| p.value);
    said.roll = columns.roll.map(|p| p.value);
    said.flags = columns.flags.into_iter().map(|p| p.value).collect();
    said.note = latest.iter().find_map(|s| s.said.note.clone());
    secret.idno = columns.idno.map(|p| p.value);
    secret.roll_number = columns.roll_number.map(|p| p.value);
    secret.phones = columns.phones.map(|p| p.value).unwrap_or_default();
    said.emptied = Emptied::standing(latest.iter().map(|s| &s.said), &said, &secret);
    (said, secret)
}

fn line(name: &'static str, value: &str, said: Vec<String>, latest: &[StatementFact]) -> FieldLine {
    let speaking: Vec<(&String, SourceKind)> =
        said.iter().zip(latest).filter(|(s, _)| !s.is_empty()).map(|(s, f)| (s, f.kind)).collect();
    let agree = speaking.iter().filter(|(s, _)| *s == value).count();
    let why = match (speaking.len(), agree) {
        (n, a) if n == a && n > 1 => format!("{n} 处一致"),
        (_, _) => speaking.iter().find(|(s, _)| *s == value).map_or(String::new(), |(_, kind)| format!("以{kind}为准")),
    };
    let said = said
        .into_iter()
        .map(|s| {
            let differs = !s.is_empty() && s != value;
            (s, differs)
        })
        .collect();
    FieldLine { name, value: value.to_owned(), why, said }
}
