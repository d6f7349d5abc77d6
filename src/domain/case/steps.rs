//! The ladder as the page shows it: what is done, whose turn it is, what comes later.

use chrono::NaiveDate;

use super::notice::Notice;
use super::round::Round;
use super::unmet::Unmet;
use super::view::{Phase, StepLine, StepState};
use crate::domain::calendar::spoken;
use crate::domain::policy::{Rung, Step};
use crate::domain::words::DispositionKind;

impl Round<'_> {
    /// The day on which a rung was done.
    pub(super) fn done_on(&self, rung: Rung) -> Option<NaiveDate> {
        match rung {
            Rung::Confirm => self.confirmed_on,
            Rung::JointVisits => self.gate_met_on(self.policy.first_gate()),
            Rung::DeadlineNotice => self.notice.served().map(|served| served.on),
            Rung::VerifyExpiry => self.notice.served().and_then(|served| served.verified).map(|one| one.on),
            Rung::CountyDecision => self.agreed_on(DispositionKind::CountyDecision),
            Rung::MonthlyVisit => None,
            Rung::Return => self.struck_off.map(|one| one.on),
        }
    }

    /// How many joint visits the notice asks for: under the policy of the day on which they sufficed, else of today.
    pub(super) fn required(&self) -> u16 {
        let policy = self.done_on(Rung::JointVisits).map_or(self.policy, |day| self.policies.on(day));
        policy.visits_before(policy.first_gate())
    }

    /// Somebody found the child back at school, though the school has not confirmed it.
    pub(super) fn found_back_on(&self) -> Option<NaiveDate> {
        self.notice.served().and_then(|served| served.verified).filter(|one| one.returned).map(|one| one.on)
    }

    /// The rung whose turn it is; none while the ladder rests, and once the case is struck off.
    pub(super) fn now(&self) -> Option<Rung> {
        match self.phase() {
            Phase::StruckOff | Phase::Excused => None,
            Phase::Returned => Some(Rung::Return),
            Phase::Suspected => Some(Rung::Confirm),
            Phase::Open | Phase::Held if self.found_back_on().is_some() => Some(Rung::Return),
            Phase::Open | Phase::Held => {
                self.policy.ladder.iter().map(|step| step.rung).find(|rung| self.done_on(*rung).is_none())
            }
        }
    }

    /// The last rung of the ladder that was done.
    pub(super) fn reached(&self) -> Option<Rung> {
        self.policy.ladder.iter().rev().map(|step| step.rung).find(|rung| self.done_on(*rung).is_some())
    }

    /// The whole ladder; `unmet` is what the next step lacks.
    pub(super) fn step_lines(&self, unmet: &[Unmet]) -> Vec<StepLine> {
        self.policy.ladder.iter().map(|step| self.step_line(step, unmet)).collect()
    }

    fn step_line(&self, step: &Step, unmet: &[Unmet]) -> StepLine {
        let rung = step.rung;
        let state = match self.done_on(rung) {
            Some(on) => StepState::Done { on },
            None if self.now() == Some(rung) => StepState::Now,
            None if matches!(self.phase(), Phase::Returned | Phase::StruckOff) => StepState::Dropped,
            None => StepState::Todo,
        };
        let note = match state {
            StepState::Done { .. } => self.done_note(rung).to_owned(),
            StepState::Now => self.now_note(rung, unmet),
            StepState::Todo => todo_note(rung).to_owned(),
            StepState::Dropped => "已复学，不再需要".to_owned(),
        };
        StepLine { rung, label: self.step_label(rung), state, note }
    }

    fn step_label(&self, rung: Rung) -> String {
        match rung {
            Rung::JointVisits => format!("{rung}{}次", self.required()),
            _ => rung.label().to_owned(),
        }
    }

    fn done_note(&self, rung: Rung) -> &'static str {
        match rung {
            Rung::DeadlineNotice => "已送达",
            Rung::VerifyExpiry if self.found_back_on().is_some() => "已返校",
            Rung::VerifyExpiry => "未复学",
            Rung::CountyDecision => "已同意",
            Rung::Return => "已销号",
            Rung::Confirm | Rung::JointVisits | Rung::MonthlyVisit => "已完成",
        }
    }

    fn now_note(&self, rung: Rung, unmet: &[Unmet]) -> String {
        match rung {
            Rung::Confirm => "待现场核查".to_owned(),
            Rung::JointVisits => match self.waiting().count() {
                0 => format!("已计{}次", self.counted()),
                waiting => format!("已计{}次，{waiting}次待确认", self.counted()),
            },
            Rung::DeadlineNotice => self.notice_note().to_owned(),
            Rung::VerifyExpiry => self.expiry_note(),
            Rung::CountyDecision if self.pending(DispositionKind::CountyDecision).is_some() => "等待审批".to_owned(),
            Rung::CountyDecision | Rung::Return if !unmet.is_empty() => lacking_words(unmet),
            Rung::CountyDecision => "可以提请".to_owned(),
            Rung::Return => "可以销号".to_owned(),
            Rung::MonthlyVisit => match self.months().last() {
                Some(month) if month.done_on.is_some() => "本月已做".to_owned(),
                Some(_) if self.month_waiting().is_some() => "本月已做，待确认".to_owned(),
                Some(_) => "本月还没有做".to_owned(),
                None => "下月开始".to_owned(),
            },
        }
    }

    const fn notice_note(&self) -> &'static str {
        match self.notice {
            Notice::None => "待开具",
            Notice::Draft(_) => "待签发",
            Notice::Issued { .. } => "已签发，待送达",
            Notice::BeingServed { .. } => "公告送达中",
            Notice::Served(_) => "已送达",
        }
    }

    fn expiry_note(&self) -> String {
        match self.notice.served().and_then(|served| served.due) {
            Some(due) if self.today <= due => format!("限期到{}", spoken(due)),
            _ => "限期已满，待核实".to_owned(),
        }
    }
}

/// How much is missing and how much only waited for: 还差1项，等待1项; empty where nothing is.
pub(super) fn lacking_words(unmet: &[Unmet]) -> String {
    let waits = unmet.iter().filter(|one| one.wait().is_some()).count();
    match (unmet.len() - waits, waits) {
        (0, 0) => String::new(),
        (lacks, 0) => format!("还差{lacks}项"),
        (0, waits) => format!("等待{waits}项"),
        (lacks, waits) => format!("还差{lacks}项，等待{waits}项"),
    }
}

const fn todo_note(rung: Rung) -> &'static str {
    match rung {
        Rung::MonthlyVisit => "移交后开始",
        Rung::Return => "随时可转入",
        _ => "",
    }
}
