//! The next step where it is a paper, a record, or a penalty without a legal basis.

use super::next::{Draft, When};
use super::notice::Notice;
use super::round::Round;
use super::unmet::Unmet;
use crate::domain::calendar::spoken;
use crate::domain::policy::Step;
use crate::domain::words::PaperKind;

impl Round<'_> {
    pub(super) fn paper_step(&self, step: &Step, paper: PaperKind) -> Draft {
        let (rung, name) = (step.rung, step.name());
        let mut unmet = self.guards_unmet(rung);
        unmet.extend(self.notice(paper).and_then(|_| self.unserved(paper)));
        let (action, when) = match self.notice(paper) {
            None => (format!("开具{name}"), self.step_when(step, self.ready_on(rung))),
            Some(Notice::Draft(draft)) => {
                (format!("签发{name}"), self.within(step.signed_within.as_ref(), draft.drafted_on))
            }
            Some(Notice::Issued { on, .. }) => {
                (format!("送达{name}，并登记送达"), self.within(step.served_within.as_ref(), *on))
            }
            Some(Notice::BeingServed { effective_on }) => {
                let day = spoken(*effective_on);
                let then = format!("{name}正在公告送达，{day}生效，限期从那一天起算；现在只需等待。");
                let action = format!("等待{name}送达生效（{day}）");
                return Draft { sentence: Some(then), ..Draft::of(action, When::default(), unmet) };
            }
            Some(Notice::Served(_)) => (format!("{name}已经送达"), When::default()),
        };
        Draft::of(action, when, unmet)
    }

    /// There is no legal basis: it is recorded, or a second person agrees that the step is passed over.
    pub(super) fn skip(&self, step: &Step) -> Draft {
        if let Some(pending) = self.pending_skip(step.rung) {
            let when = self.within(step.signed_within.as_ref(), pending.proposed_on);
            return Draft::of(format!("审批跳过{}", step.name()), when, Vec::new());
        }
        let when = self.step_when(step, self.ready_on(step.rung));
        let mut unmet = self.guards_unmet(step.rung);
        unmet.push(Unmet::NoPenaltyBasis);
        Draft::of(format!("登记处罚依据，或者提请跳过{}", step.name()), when, unmet)
    }

    pub(super) fn record(&self, step: &Step) -> Draft {
        let mut unmet = self.guards_unmet(step.rung);
        let from = self.recorded(step.rung).map_or_else(|| self.ready_on(step.rung), |one| one.on);
        if self.recorded(step.rung).is_some() {
            unmet.push(Unmet::ScanMissing { rung: step.rung });
            return Draft::of(format!("上传{}", step.name()), self.step_when(step, from), unmet);
        }
        let to = match step.goes_to() {
            none if none.is_empty() => none,
            some => format!("，送{some}"),
        };
        Draft::of(format!("{}{to}", step.name()), self.step_when(step, from), unmet)
    }
}
