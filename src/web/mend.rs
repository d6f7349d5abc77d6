//! Where each thing is done: the links of what is missing, and of refusals.

use crate::app::cases::paths;
use crate::app::cases::view::Unmended;
use crate::domain::calendar::spoken;
use crate::domain::case::{Mend, Unmet, Wait};
use crate::domain::ids::CaseId;
use crate::domain::refusal::Refusal;
use crate::web::guard::Session;

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
    /// The word before it, 缺 or what one waits for, and the class of its colour.
    pub tag: (String, &'static str),
}

/// 缺 for what somebody has to do; what can only be waited for is no fault of anybody's.
fn tag(wait: Option<Wait>) -> (String, &'static str) {
    match wait {
        None => ("缺".to_owned(), "tag--bad"),
        Some(Wait::Until { day }) => (format!("等到{}", spoken(day)), "tag--line"),
        Some(Wait::NotLate { due }) => (format!("最迟{}", spoken(due)), "tag--line"),
        Some(Wait::Others) => ("等对方确认".to_owned(), "tag--soon"),
    }
}

impl RefusalView {
    pub(crate) fn of(session: &Session, case: CaseId, refusal: &Refusal) -> Self {
        let line = |one: &Unmet| {
            let mend = one.mend().filter(|mend| session.actor.role().is_some_and(|role| paths::is_for(*mend, role)));
            let link = mend.map(|mend| (words(mend), paths::path(case, mend)));
            Lack { says: one.sentence(), link, tag: tag(one.wait()) }
        };
        Self { act: refusal.act.clone(), lines: refusal.unmet.iter().map(line).collect() }
    }
}

/// What is unmet, with the links that are the reader's.
pub(crate) fn listed(unmended: &[Unmended]) -> Vec<Lack> {
    let line = |one: &Unmended| Lack {
        says: one.sentence.clone(),
        link: one.mend.map(words).zip(one.path()),
        tag: tag(one.wait),
    };
    unmended.iter().map(line).collect()
}

/// The words of a link to where something is mended.
fn words(mend: Mend) -> &'static str {
    match mend {
        Mend::ConfirmCase => "现场核查确认",
        Mend::LogVisit => "记劝返",
        Mend::Visit { .. } => "看这次劝返",
        Mend::DraftPaper { .. } => "开具",
        Mend::IssuePaper { .. } => "去签发",
        Mend::RecordService { .. } => "登记送达",
        Mend::VerifyExpiry { .. } => "登记核实",
        Mend::Evidence { .. } | Mend::ServiceProof { .. } => "上传",
        Mend::RecordStep { .. } => "登记",
        Mend::Propose { .. } => "提请",
        Mend::Skip { .. } => "提请跳过",
        Mend::Decide { .. } | Mend::DecideSkip { .. } => "审批",
        Mend::ConfirmReturn => "确认到校",
        Mend::StrikeOff => "选定结论",
        Mend::AfterCare { .. } => "记回访",
        Mend::Reopen => "重新列入",
        Mend::Case { .. } => "打开该案",
        Mend::Plan => "制定方案",
        Mend::CountySettings => "看实施方案",
    }
}
