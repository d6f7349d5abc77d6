//! Two policies side by side: only what they say differently, in the groups in which a policy is read.

use super::line::Note;
use super::{Group, Line, sections};
use crate::domain::policy::Policy;

/// A group and what differs in it.
#[derive(Debug)]
pub(crate) struct Compared {
    /// Which.
    pub group: Group,
    /// What differs, in reading order.
    pub differences: Vec<Difference>,
}

/// One thing of which two policies say something else.
#[derive(Debug)]
pub(crate) struct Difference {
    /// What it is about.
    pub about: String,
    /// What the one says; none where it says nothing.
    pub left: Option<Line>,
    /// What the other says.
    pub right: Option<Line>,
}

/// What differs, group by group; groups without a difference are left out. Where a value is written does not count: two
/// schemes that say the same are the same.
pub(crate) fn compare(left: &Policy, right: &Policy) -> Vec<Compared> {
    let both = sections(left).into_iter().zip(sections(right));
    let compared =
        both.map(|(left, right)| Compared { group: left.group, differences: differences(left.lines, right.lines) });
    compared.filter(|compared| !compared.differences.is_empty()).collect()
}

fn differences(left: Vec<Line>, mut right: Vec<Line>) -> Vec<Difference> {
    let mut found = Vec::new();
    for line in left {
        let other = right.iter().position(|other| other.id == line.id).map(|at| right.remove(at));
        found.extend(difference(line, other));
    }
    found.extend(right.into_iter().map(|line| Difference { about: line.about.clone(), left: None, right: Some(line) }));
    found
}

fn difference(left: Line, right: Option<Line>) -> Option<Difference> {
    let Some(right) = right else {
        return Some(Difference { about: left.about.clone(), left: Some(left), right: None });
    };
    let (left_only, right_only) = (others(&left, &right), others(&right, &left));
    let same = (&left.about, &left.sentence, left.offered) == (&right.about, &right.sentence, right.offered);
    if same && left_only.is_empty() && right_only.is_empty() {
        return None;
    }
    let about =
        if left.about == right.about { left.about.clone() } else { format!("{} / {}", left.about, right.about) };
    let (left, right) = (Line { notes: left_only, ..left }, Line { notes: right_only, ..right });
    Some(Difference { about, left: Some(left), right: Some(right) })
}

/// The details of a line that the other does not have in the same words.
fn others(of: &Line, than: &Line) -> Vec<Note> {
    let known = |note: &&Note| than.notes.iter().any(|other| other.id == note.id && other.says == note.says);
    of.notes.iter().filter(|note| !known(note)).cloned().collect()
}
