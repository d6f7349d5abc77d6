//! Whether a visit counts towards the joint persuasions, and every reason why it does not.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::ids::{UserId, VisitId};
use crate::domain::policy::Organ;

/// A visit and whether it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VisitLine {
    /// Which.
    pub id: VisitId,
    /// Its day.
    pub day: NaiveDate,
    /// Its place among those that count, or why it does not.
    pub verdict: Verdict,
}

/// Whether a visit counts towards the joint persuasions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 第 n 次.
    Counts(u16),
    /// It lacks nothing but the word of these, who are asked by name; with it, it counts.
    Waits(Vec<Awaited>),
    /// 不计入, with every reason.
    DoesNot(Vec<WhyNot>),
}

/// One who is named in a visit, has an account, and has not said that they went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Awaited {
    /// The account.
    pub user: UserId,
    /// As pages name them: 左岚乡中心小学李文静.
    pub name: String,
}

impl Verdict {
    /// 等左岚乡中心小学李文静确认“我参加了”后计入; none where nobody is waited for.
    pub fn waits_for(&self) -> Option<String> {
        let Self::Waits(whom) = self else { return None };
        Some(format!("等{}确认“我参加了”后计入", names(whom)))
    }
}

/// 左岚乡中心小学李文静、齐心村谭大山
pub(super) fn names(whom: &[Awaited]) -> String {
    whom.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join("、")
}

/// Why a visit does not count; under the policy in force on its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "why")]
pub enum WhyNot {
    /// The pupil was not there.
    PupilAbsent,
    /// Too few units, by those who confirmed that they went.
    TooFewUnits { confirmed: u16, need: u16, waiting: u16 },
    /// None of an organ that the scheme names (000:L39); one may be named who has not confirmed it.
    WithoutParty { party: Organ, named: bool },
    /// Neither a photograph nor, where the policy takes it, the signed sheet.
    NoMedia { sheet: bool },
    /// By telephone, video or letter.
    NotInPerson,
    /// Another visit of that day counts already.
    SameDay,
    /// Before this round began.
    BeforeRound,
    /// The child was back already.
    AfterReturn,
}

impl WhyNot {
    /// It is about who went, which the word of those who are named can mend.
    pub(super) const fn is_of_company(self) -> bool {
        matches!(self, Self::TooFewUnits { .. } | Self::WithoutParty { .. })
    }

    /// Somebody is named whose word would mend it.
    pub(super) const fn waits_for_a_word(self) -> bool {
        matches!(self, Self::TooFewUnits { waiting: 1.., .. } | Self::WithoutParty { named: true, .. })
    }

    /// The clause after 不计入：
    pub fn sentence(self) -> String {
        match self {
            Self::PupilAbsent => "学生不在场".to_owned(),
            Self::TooFewUnits { confirmed: 0, waiting, .. } if waiting > 0 => {
                format!("{waiting}家单位还没有人确认参加")
            }
            Self::TooFewUnits { confirmed: 1, waiting: 0, .. } => "只有一家单位，不是联合劝返".to_owned(),
            Self::TooFewUnits { confirmed: 1, waiting, .. } => {
                format!("只有一家单位确认参加，另有{waiting}家要有签字的劝返记录或者本人确认")
            }
            Self::TooFewUnits { confirmed, need, .. } => format!("只有{confirmed}家单位，应有{need}家"),
            Self::WithoutParty { party, named: true } => format!("{party}的人还没有确认参加"),
            Self::WithoutParty { party, named: false } => format!("{party}没有人参加"),
            Self::NoMedia { sheet: true } => "没有照片，也没有签字的劝返记录".to_owned(),
            Self::NoMedia { sheet: false } => "没有照片".to_owned(),
            Self::NotInPerson => "不是当面劝返".to_owned(),
            Self::SameDay => "同一天已经计过一次".to_owned(),
            Self::BeforeRound => "在本次列入劝返之前".to_owned(),
            Self::AfterReturn => "学生已经复学".to_owned(),
        }
    }
}
