//! What stands against an ending, in the words of the scheme.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::calendar::spoken;
use crate::domain::words::{DispositionKind, EvidenceKind};

/// One thing that an ending lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "lacks")]
pub enum Lacking {
    /// A condition is not met; why, where more can be said than that it is not.
    Condition { says: String, why: String },
    /// A file is not there.
    File { label: String, evidence: EvidenceKind },
    /// A file is there and lacks what it must bear.
    Mark { label: String, why: String, evidence: EvidenceKind },
    /// Not each of those who went signed the record of a visit (AC-55).
    Unsigned { day: NaiveDate, went: u16, signed: u16 },
    /// It was not approved.
    NotApproved { kind: DispositionKind },
    /// Whoever approved it already does not approve it a second time.
    SameApprover,
    /// It is granted for a time, and none was asked.
    NoEnd { kind: DispositionKind },
    /// The time asked is too long.
    TooLong { kind: DispositionKind, until: NaiveDate, last: NaiveDate },
    /// Its time is over; it goes on only when it is approved anew (AC-71).
    Expired { kind: DispositionKind, on: NaiveDate },
    /// It still runs; it is renewed when its end is near.
    StillRuns { kind: DispositionKind, until: NaiveDate, from: NaiveDate },
    /// Too few teachers went (AC-75).
    Teachers { have: u16, need: u16 },
    /// Too few lessons were given.
    Lessons { have: u16, need: u16 },
    /// The child is not taught at home under any decision.
    NotTaughtAtHome,
}

impl Lacking {
    /// The reason, as a Chinese clause without a full stop.
    pub fn sentence(&self) -> String {
        match self {
            Self::Condition { says, why } if why.is_empty() => format!("没有达到“{says}”"),
            Self::Condition { says, why } => format!("没有达到“{says}”（{why}）"),
            Self::File { label, .. } => format!("缺{label}"),
            Self::Mark { label, why, .. } => format!("{label}{why}"),
            Self::Unsigned { day, went, signed } => {
                format!("{}的劝返，工作人员未逐一签字（去了{went}人，签字{signed}人）", spoken(*day))
            }
            Self::NotApproved { kind } => format!("还没有审批同意{kind}"),
            Self::SameApprover => "同一人不能审批两次，须由另一人审批".to_owned(),
            Self::NoEnd { kind } => format!("没有写明{kind}到哪一天为止"),
            Self::TooLong { kind, until, last } => {
                format!("{kind}到{}为止太长，最长到{}", spoken(*until), spoken(*last))
            }
            Self::Expired { kind, on } => format!("{kind}{}已经期满，要继续须重新审批", spoken(*on)),
            Self::StillRuns { kind, until, from } => {
                format!("{kind}到{}才期满，{}起可以重新提请", spoken(*until), spoken(*from))
            }
            Self::Teachers { have, need } => format!("每次送教应有不少于{need}名教师，这次{have}名"),
            Self::Lessons { have, need } => format!("每次送教不少于{need}个学时，这次{have}个"),
            Self::NotTaughtAtHome => "没有同意送教上门，或者已经结束".to_owned(),
        }
    }

    /// The file that would mend it.
    pub const fn file(&self) -> Option<EvidenceKind> {
        match self {
            Self::File { evidence, .. } | Self::Mark { evidence, .. } => Some(*evidence),
            _ => None,
        }
    }
}
