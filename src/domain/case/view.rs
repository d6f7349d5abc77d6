//! What a case's facts mean on a day: the standing a page shows, with nothing in it that anybody typed.

use chrono::NaiveDate;
use serde::Serialize;

use super::disposition::{Ending, Quota};
use super::unmet::{Unmet, Wait};
use super::verdict::VisitLine;
use crate::domain::ids::PaperId;
use crate::domain::period::Arithmetic;
use crate::domain::policy::{Basis, Owner, Rung};
use crate::domain::words::{DispositionKind, PaperKind};
use crate::vocabulary;

/// Where a case stands; equal on every day before `next_change_on` unless a fact is added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// In which of its phases the case is.
    pub phase: Phase,
    /// The last rung that was done, if any.
    pub reached: Option<Rung>,
    /// The rung whose turn it is; none once struck off.
    pub now: Option<Rung>,
    /// The ladder, in the policy's order.
    pub steps: Vec<StepLine>,
    /// The visits of all rounds, newest first, superseded ones left out.
    pub visits: Vec<VisitLine>,
    /// How many count in this round.
    pub counted: u16,
    /// How many the notice asks for, under the policy of the day on which they sufficed, else of today.
    pub required: u16,
    /// The next lawful step; none when nothing is left to do.
    pub next: Option<NextStep>,
    /// The papers of this round, newest first.
    pub papers: Vec<PaperLine>,
    /// The evidence of the disposition that comes next.
    pub evidence: Option<Checklist>,
    /// The months since the county agreed, oldest first.
    pub months: Vec<MonthLine>,
    /// The contacts after the return.
    pub after_care: Vec<CareLine>,
    /// The disposition that was agreed to last.
    pub ending: Option<Ending>,
    /// How teaching at home stands against its quota.
    pub quotas: Vec<Quota>,
    /// Where a child who is back is put.
    pub placement: Option<String>,
    /// The first day on which this would read otherwise though nothing is added.
    pub next_change_on: Option<NaiveDate>,
}

vocabulary! {
    /// The phases of a case.
    pub enum Phase {
        /// Not yet confirmed on the spot.
        Suspected = "suspected" => "疑似辍学",
        /// In the ledger; persuasion goes on.
        Open = "open" => "劝返中",
        /// The county agreed (002:L52); the case stays in the ledger and is visited every month.
        Held = "held" => "县级核处",
        /// Away in order for a time; the ladder rests (G10).
        Excused = "excused" => "有正当理由",
        /// Back in class, not yet struck off.
        Returned = "returned" => "已返校待销号",
        /// Out of the ledger; after-care may go on.
        StruckOff = "struck_off" => "已销号",
    }
}

/// One rung of the ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepLine {
    /// Which.
    pub rung: Rung,
    /// Its name, with the number of visits where it has one: 联合劝返 3 次.
    pub label: String,
    /// How it stands.
    pub state: StepState,
    /// The few words beside it: 已完成, 还差 2 项, 移交后开始.
    pub note: String,
}

/// How a rung stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum StepState {
    /// Done on the day.
    Done { on: NaiveDate },
    /// Its turn.
    Now,
    /// Comes later, or may come at any time.
    Todo,
    /// Not needed any more, as the child is back.
    Dropped,
}

/// The next lawful step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextStep {
    /// Which rung it belongs to.
    pub rung: Rung,
    /// The step without its day: 提请移交县级核处.
    pub action: String,
    /// The step in one sentence, with its day.
    pub sentence: String,
    /// The last day for it; none where the policy sets none.
    pub due: Option<NaiveDate>,
    /// The first day on which it was late, if it is.
    pub overdue_since: Option<NaiveDate>,
    /// How the day was reckoned.
    pub arithmetic: Option<Arithmetic>,
    /// Who does it, each with the part they play (提请, 审批).
    pub owners: Vec<(String, Owner)>,
    /// What it rests on.
    pub basis: Basis,
    /// What is still missing for it.
    pub unmet: Vec<Unmet>,
}

impl NextStep {
    /// Nobody has to do anything now: a day has to come, or a person who is asked by name has to give their word.
    pub fn only_waits(&self) -> bool {
        let blocks = |one: &Unmet| matches!(one.wait(), Some(Wait::Until { .. } | Wait::Others));
        self.owners.is_empty() || (!self.unmet.is_empty() && self.unmet.iter().all(blocks))
    }
}

/// A paper and its days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaperLine {
    /// Which.
    pub id: PaperId,
    /// Its kind.
    pub kind: PaperKind,
    /// How far it has come.
    pub state: PaperState,
    /// How its deadline is reckoned, once it was served.
    pub arithmetic: Option<Arithmetic>,
    /// The proof of service is on file.
    pub proof: bool,
}

/// How far a paper has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum PaperState {
    /// 拟稿
    Draft,
    /// 已签发，未送达
    Issued { on: NaiveDate },
    /// Service takes effect on a day ahead (公告).
    BeingServed { effective_on: NaiveDate },
    /// 已送达 and the days run, or it sets none.
    Served { on: NaiveDate, due: Option<NaiveDate> },
    /// 已满
    Expired { on: NaiveDate, due: NaiveDate },
}

impl PaperState {
    /// The last day of the time it gives.
    pub const fn due(self) -> Option<NaiveDate> {
        match self {
            Self::Served { due, .. } => due,
            Self::Expired { due, .. } => Some(due),
            Self::Draft | Self::Issued { .. } | Self::BeingServed { .. } => None,
        }
    }
}

/// The evidence that a disposition asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checklist {
    /// Which disposition.
    pub kind: DispositionKind,
    /// Its items, in the policy's order.
    pub items: Vec<ChecklistItem>,
}

/// One item of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChecklistItem {
    /// The item's id in the policy.
    pub id: String,
    /// As the policy calls it.
    pub label: String,
    /// Whether it is there.
    pub state: ItemState,
    /// What is wrong with it.
    pub unmet: Vec<Unmet>,
}

/// How an item of evidence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// 已齐
    Complete,
    /// 不全
    Partial,
    /// 缺
    Missing,
    /// 等待: nothing can be done about it today but wait.
    Waiting,
    /// 随审批: handed in with the decision that is being waited for.
    WithDecision,
    /// 另存: kept where the policy says, and not uploaded.
    Elsewhere,
    /// 暂不需: asked for at a later point.
    Later,
}

impl ItemState {
    /// The word on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Complete => "已齐",
            Self::Partial => "不全",
            Self::Missing => "缺",
            Self::Waiting => "等待",
            Self::WithDecision => "随审批",
            Self::Elsewhere => "另存",
            Self::Later => "暂不需",
        }
    }
}

/// One month after the county agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MonthLine {
    /// The year.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u32,
    /// The last day on which its visit may be made.
    pub due: NaiveDate,
    /// The day of the first counting visit in it.
    pub done_on: Option<NaiveDate>,
    /// It is over and no visit was made (AC-80).
    pub missed: bool,
}

impl MonthLine {
    /// That it went by without a visit.
    pub(super) const fn missing(&self) -> Unmet {
        Unmet::MonthMissed { year: self.year, month: self.month }
    }
}

/// One contact after the return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CareLine {
    /// Days after the return.
    pub milestone: u16,
    /// Its day.
    pub due: NaiveDate,
    /// The day it was made.
    pub done_on: Option<NaiveDate>,
    /// The child was in class.
    pub at_school: Option<bool>,
    /// The first day on which it was late, if it is.
    pub overdue_since: Option<NaiveDate>,
}
