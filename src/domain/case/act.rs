//! What a person may ask to do to a case, and in whose name.

use chrono::NaiveDate;

use crate::domain::ids::{DispositionId, PaperId, StepId, UnitId, UserId};
use crate::domain::policy::{Organ, Rung};
use crate::domain::role::Role;
use crate::domain::words::{DispositionKind, PaperKind, ServiceMethod};

/// Who asks, under the appointment they act in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub user: UserId,
    /// Their capacity.
    pub role: Role,
    /// The unit of the appointment.
    pub unit: UnitId,
    /// The organ for which that unit acts; `Organ::of` tells it.
    pub organ: Organ,
}

/// An act on a case; days are those on which the thing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Confirm on the spot that the child is out of school.
    Confirm { on: NaiveDate },
    /// Log a visit.
    LogVisit { on: NaiveDate },
    /// Lay a paper before its issuer.
    DraftPaper { paper: PaperKind },
    /// Issue (签发) a paper.
    IssuePaper { paper: PaperKind, on: NaiveDate },
    /// Record the service of a paper, by the day it takes effect.
    RecordService { paper: PaperId, method: ServiceMethod, effective_on: NaiveDate },
    /// Record what was found after a deadline.
    VerifyExpiry { paper: PaperId, on: NaiveDate },
    /// Record a step that is neither visit nor paper.
    RecordStep { rung: Rung, on: NaiveDate },
    /// Propose to pass over a step for want of a legal basis.
    ProposeSkip { rung: Rung },
    /// Agree to passing it over, or refuse.
    DecideSkip { id: StepId, approve: bool },
    /// Propose a disposition.
    Propose { kind: DispositionKind },
    /// Agree to a disposition, or send it back.
    Decide { disposition: DispositionId, approve: bool },
    /// Confirm for the school that the child is back since that day.
    ConfirmReturn { since: NaiveDate },
    /// 销号, with its typed conclusion.
    StrikeOff { conclusion: Option<DispositionKind> },
    /// Record a session of teaching at home.
    TeachAtHome { on: NaiveDate, lessons: u16, teachers: u16 },
    /// Record a contact after the return.
    AfterCare { milestone: u16, on: NaiveDate },
    /// Bring a struck-off case back after a relapse.
    Reopen { on: NaiveDate },
}

impl Act {
    /// The act in a few words, as it follows 现在不能.
    pub fn label(self) -> String {
        match self {
            Self::Confirm { .. } => "确认辍学".to_owned(),
            Self::LogVisit { .. } => "记劝返".to_owned(),
            Self::DraftPaper { paper } => format!("开具{paper}"),
            Self::IssuePaper { paper, .. } => format!("签发{paper}"),
            Self::RecordService { .. } => "登记送达".to_owned(),
            Self::VerifyExpiry { .. } => "登记期满核实".to_owned(),
            Self::RecordStep { rung, .. } => format!("登记{rung}"),
            Self::ProposeSkip { rung } => format!("提请跳过{rung}"),
            Self::DecideSkip { approve: true, .. } => "同意跳过".to_owned(),
            Self::DecideSkip { approve: false, .. } => "不同意跳过".to_owned(),
            Self::Propose { kind } => format!("提请{kind}"),
            Self::Decide { approve: true, .. } => "审批同意".to_owned(),
            Self::Decide { approve: false, .. } => "退回提请".to_owned(),
            Self::ConfirmReturn { .. } => "确认到校".to_owned(),
            Self::StrikeOff { .. } => "销号".to_owned(),
            Self::TeachAtHome { .. } => "记送教".to_owned(),
            Self::AfterCare { .. } => "记回访".to_owned(),
            Self::Reopen { .. } => "重新列入劝返".to_owned(),
        }
    }
}
