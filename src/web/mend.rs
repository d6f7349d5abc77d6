//! Where each thing is done: the links of tasks, of what is missing, and of refusals.

use crate::app::cases::paths;
use crate::db::work::WorkItem;
use crate::domain::case::{Mend, Unmet};
use crate::domain::ids::CaseId;
use crate::domain::refusal::Refusal;

/// A refusal as pages list it.
#[derive(Debug, Clone)]
pub(crate) struct RefusalView {
    /// The act in a few words.
    pub act: String,
    /// The reasons, each with the words and the address of its link where it has one.
    pub lines: Vec<Lack>,
}

/// One thing that is missing.
#[derive(Debug, Clone)]
pub(crate) struct Lack {
    /// What, in a clause.
    pub says: String,
    /// The words of the link and where it leads.
    pub link: Option<(&'static str, String)>,
}

impl RefusalView {
    pub(crate) fn of(case: CaseId, refusal: &Refusal) -> Self {
        Self { act: refusal.act.clone(), lines: lacks(case, &refusal.unmet) }
    }
}

/// What is unmet, with its links.
pub(crate) fn lacks(case: CaseId, unmet: &[Unmet]) -> Vec<Lack> {
    unmet.iter().map(|one| Lack { says: one.sentence(), link: one.mend().and_then(|mend| link(case, mend)) }).collect()
}

fn link(case: CaseId, mend: Mend) -> Option<(&'static str, String)> {
    let words = match mend {
        Mend::ConfirmCase => "现场核查确认",
        Mend::LogVisit => "记劝返",
        Mend::Visit { .. } => "看这次劝返",
        Mend::DraftPaper { .. } => "开具",
        Mend::IssuePaper { .. } => "去签发",
        Mend::RecordService { .. } => "登记送达",
        Mend::VerifyExpiry { .. } => "登记核实",
        Mend::Evidence { .. } | Mend::ServiceProof { .. } => "上传",
        Mend::Propose { .. } => "提请",
        Mend::Decide { .. } => "审批",
        Mend::ConfirmReturn => "确认到校",
        Mend::StrikeOff => "选定结论",
        Mend::AfterCare { .. } => "记回访",
        Mend::Reopen => "重新列入",
        Mend::Case { .. } => "打开该案",
        Mend::Plan => "制定方案",
        Mend::CountySettings => return None,
    };
    Some((words, paths::path(case, mend)))
}

/// Where a task of the list is done.
pub(crate) fn task(item: &WorkItem) -> String {
    paths::of_item(item).unwrap_or_else(|| "/cases".to_owned())
}
