//! The ladder as the page shows it: what is done, whose turn it is, what comes later.

use chrono::NaiveDate;

use super::notice::Notice;
use super::round::Round;
use super::unmet::Unmet;
use super::view::{Phase, StepLine, StepState};
use crate::domain::calendar::spoken;
use crate::domain::policy::{Rung, Step, Work};
use crate::domain::words::{DispositionKind, PaperKind};

impl Round<'_> {
    /// The day on which a rung was done, or lawfully passed over.
    pub(super) fn done_on(&self, rung: Rung) -> Option<NaiveDate> {
        let taken = match rung.work() {
            Work::Confirm => self.confirmed_on,
            Work::Visits => self.gate_met_on(self.policy.first_gate()),
            Work::Paper(paper) => self.served(paper).map(|served| served.on),
            Work::Record => self.taken(rung).map(|one| one.on),
            Work::Verify => self.to_verify().and_then(|served| served.verified).map(|one| one.on),
            Work::CountyDecision => self.agreed_on(DispositionKind::CountyDecision),
            Work::Monthly | Work::Further => None,
            Work::Return => self.struck_off.map(|one| one.on),
        };
        taken.or_else(|| self.skipped_on(rung))
    }

    /// How many joint visits the notice asks for: under the policy of the day on which they sufficed, else of today.
    pub(super) fn required(&self) -> u16 {
        let policy = self.done_on(Rung::JointVisits).map_or(self.policy, |day| self.policies.on(day));
        policy.visits_before(policy.first_gate())
    }

    /// Somebody found the child back at school, though the school has not confirmed it.
    pub(super) fn found_back_on(&self) -> Option<NaiveDate> {
        self.to_verify().and_then(|served| served.verified).filter(|one| one.returned).map(|one| one.on)
    }

    /// The rung whose turn it is; none while the ladder rests, and once the case is struck off.
    pub(super) fn now(&self) -> Option<Rung> {
        match self.phase() {
            Phase::StruckOff | Phase::Excused => None,
            Phase::Returned => Some(Rung::Return),
            Phase::Suspected => Some(Rung::Confirm),
            Phase::Open | Phase::Held if self.found_back_on().is_some() => Some(Rung::Return),
            Phase::Open | Phase::Held => {
                let waited_for = self.policy.ladder.iter().filter(|step| !step.optional);
                waited_for.map(|step| step.rung).find(|rung| self.done_on(*rung).is_none())
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
            StepState::Done { .. } => self.done_note(step).to_owned(),
            StepState::Now => self.now_note(step, unmet),
            StepState::Todo => todo_note(step).to_owned(),
            StepState::Dropped => "已复学，不再需要".to_owned(),
        };
        StepLine { rung, label: self.step_label(step), state, note }
    }

    fn step_label(&self, step: &Step) -> String {
        let asks = self.policy.gate.contains_key(&self.policy.first_gate());
        match step.rung.work() {
            Work::Visits if asks => format!("{}{}次", step.name(), self.required()),
            _ => step.name().to_owned(),
        }
    }

    fn done_note(&self, step: &Step) -> &'static str {
        let rung = step.rung;
        match rung.work() {
            _ if self.skipped_on(rung).is_some() => "无处罚依据，跳过",
            Work::Paper(_) => "已送达",
            Work::Record if step.receipt && self.unreceived(rung) => "已办，对方还没有签收",
            Work::Record => "已登记",
            Work::Verify if self.found_back_on().is_some() => "已返校",
            Work::Verify => "未复学",
            Work::CountyDecision => "已同意",
            Work::Return => "已销号",
            Work::Confirm | Work::Visits | Work::Monthly | Work::Further => "已完成",
        }
    }

    /// Nobody has signed for what was handed over (AC-63).
    pub(super) fn unreceived(&self, rung: Rung) -> bool {
        self.taken(rung).is_some_and(|one| one.received_on.is_none_or(|on| on > self.today))
    }

    fn now_note(&self, step: &Step, unmet: &[Unmet]) -> String {
        let rung = step.rung;
        match rung.work() {
            Work::Confirm => "待现场核查".to_owned(),
            Work::Visits => match self.waiting().count() {
                0 => format!("已计{}次", self.counted()),
                waiting => format!("已计{}次，{waiting}次待确认", self.counted()),
            },
            Work::Paper(_) if self.pending_skip(rung).is_some() => "等待批准跳过".to_owned(),
            Work::Paper(_) if self.lacks_basis(rung) => "没有处罚依据".to_owned(),
            Work::Paper(paper) => self.paper_note(paper).to_owned(),
            Work::Record if self.recorded(rung).is_some() => "待上传书面材料".to_owned(),
            Work::Record => "待登记".to_owned(),
            Work::Verify => self.expiry_note(),
            Work::CountyDecision if self.pending(DispositionKind::CountyDecision).is_some() => "等待审批".to_owned(),
            Work::CountyDecision | Work::Return if !unmet.is_empty() => lacking_words(unmet),
            Work::CountyDecision => "可以提请".to_owned(),
            Work::Return if self.returned.is_none() => "劝返直至复学".to_owned(),
            Work::Return => "可以销号".to_owned(),
            Work::Monthly => match self.months().last() {
                Some(month) if month.done_on.is_some() => "本月已做".to_owned(),
                Some(_) if self.month_waiting().is_some() => "本月已做，待确认".to_owned(),
                Some(_) => "本月还没有做".to_owned(),
                None => "下月开始".to_owned(),
            },
            Work::Further => "直至复学".to_owned(),
        }
    }

    fn paper_note(&self, paper: PaperKind) -> &'static str {
        match self.notice(paper) {
            None => "待开具",
            Some(Notice::Draft(draft)) if draft.signatures.is_empty() => "待签发",
            Some(Notice::Draft(_)) => "待会签",
            Some(Notice::Issued { .. }) => "已签发，待送达",
            Some(Notice::BeingServed { .. }) => "公告送达中",
            Some(Notice::Served(_)) => "已送达",
        }
    }

    fn expiry_note(&self) -> String {
        match self.to_verify().and_then(|served| served.due) {
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

const fn todo_note(step: &Step) -> &'static str {
    match step.rung.work() {
        _ if matches!(step.rung, Rung::Criminal) => "情节严重时",
        _ if step.optional => "视情况办理",
        Work::Monthly => "移交后开始",
        Work::Return => "随时可转入",
        _ => "",
    }
}
