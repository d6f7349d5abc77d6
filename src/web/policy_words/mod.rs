//! A policy in plain Chinese, grouped as people think: 发现、劝返、文书、处置、报送; one list for whoever shows it.
//!
//! Every group yields lines of one shape, each under an id that is its key in the profile (`visit.every`,
//! `ladder.confirm.within`): the page, the differences of two policies and the form of a county's own values are all
//! made of this list, and a fault of a profile finds the line that it belongs to.

mod absence;
mod compare;
mod detect;
mod dispose;
mod line;
mod papers;
mod persuade;
mod report;
pub(crate) mod told;

pub(crate) use compare::{Compared, compare};
pub(crate) use line::Line;

use crate::domain::policy::Policy;
use crate::vocabulary;

vocabulary! {
    /// The groups in which a policy is read.
    pub enum Group {
        Detect = "detect" => "发现",
        Persuade = "persuade" => "劝返",
        Papers = "papers" => "文书",
        Dispose = "dispose" => "处置",
        Report = "report" => "报送",
    }
}

impl Group {
    /// What the group answers.
    pub(crate) const fn question(self) -> &'static str {
        match self {
            Self::Detect => "谁该在校，怎样发现没有到校的",
            Self::Persuade => "先后走哪几步，怎样算一次劝返",
            Self::Papers => "开哪些文书，由谁签发，期限多长",
            Self::Dispose => "怎样结束或暂停，要什么材料，返校以后怎么管",
            Self::Report => "谁在什么时候报什么、办什么",
        }
    }
}

/// A group and what the policy says in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Section {
    /// Which.
    pub group: Group,
    /// What it says, in the order in which people read it.
    pub lines: Vec<Line>,
}

/// The whole policy. A group in which it says nothing has no lines.
pub(crate) fn sections(policy: &Policy) -> Vec<Section> {
    let lines = |group: &Group| match group {
        Group::Detect => [detect::lines(policy), absence::lines(policy)].concat(),
        Group::Persuade => persuade::lines(policy),
        Group::Papers => papers::lines(policy),
        Group::Dispose => dispose::lines(policy),
        Group::Report => report::lines(policy),
    };
    Group::ALL.iter().map(|group| Section { group: *group, lines: lines(group) }).collect()
}
