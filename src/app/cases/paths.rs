//! Where on a case's pages a thing is done: one place for the links of lists, refusals and redirects.

use super::papers::{drafting, issuing};
use crate::db::work::WorkItem;
use crate::domain::access::{Action, permit};
use crate::domain::case::{Mend, Verb};
use crate::domain::ids::CaseId;
use crate::domain::role::Role;

/// The page on which something unmet is mended, or an act is done.
pub fn path(case: CaseId, mend: Mend) -> String {
    match mend {
        Mend::ConfirmCase => format!("/cases/{case}/confirm"),
        Mend::LogVisit => format!("/cases/{case}/visits/new"),
        Mend::Visit { id } => format!("/visits/{id}"),
        Mend::DraftPaper { paper } => format!("/cases/{case}/papers/new?kind={}", paper.code()),
        Mend::IssuePaper { id, .. } => format!("/papers/{id}/issue"),
        Mend::RecordService { id } => format!("/papers/{id}/services/new"),
        Mend::ServiceProof { id } => format!("/cases/{case}/evidence?kind=service_proof&about=paper:{id}"),
        Mend::VerifyExpiry { id } => format!("/papers/{id}/expiry"),
        Mend::RecordStep { rung } => format!("/cases/{case}/steps/{}", rung.code()),
        Mend::Skip { rung } => format!("/cases/{case}/steps/{}/skip", rung.code()),
        Mend::DecideSkip { id } => format!("/cases/{case}/skips/{id}"),
        Mend::Evidence { evidence } => format!("/cases/{case}/evidence?kind={}", evidence.code()),
        Mend::Propose { kind } => format!("/cases/{case}/propose?kind={}", kind.code()),
        Mend::Decide { id } => format!("/cases/{case}/decide/{id}"),
        Mend::ConfirmReturn => format!("/cases/{case}/return"),
        Mend::StrikeOff => format!("/cases/{case}/strike-off"),
        Mend::AfterCare { milestone } => format!("/cases/{case}/aftercare/{milestone}"),
        Mend::Reopen => format!("/cases/{case}/reopen"),
        Mend::Case { id } => format!("/cases/{id}"),
        Mend::Plan => format!("/cases/{case}/plan"),
        Mend::CountySettings => "/policy".to_owned(),
    }
}

/// Whether the page where something is mended is one for this role.
pub fn is_for(mend: Mend, role: Role) -> bool {
    let action = match mend {
        Mend::ConfirmCase => Action::ConfirmCase,
        Mend::LogVisit => Action::LogVisit,
        Mend::DraftPaper { paper } => drafting(paper),
        Mend::RecordService { .. } => Action::RecordService,
        Mend::ServiceProof { .. } | Mend::Evidence { .. } => Action::AddEvidence,
        Mend::VerifyExpiry { .. } => Action::VerifyExpiry,
        Mend::RecordStep { .. } => Action::RecordStep,
        Mend::Propose { .. } | Mend::Skip { .. } => Action::ProposeDisposition,
        Mend::Decide { .. } | Mend::DecideSkip { .. } => Action::ApproveDisposition,
        Mend::ConfirmReturn => Action::ConfirmReturn,
        Mend::StrikeOff => Action::StrikeOff,
        Mend::AfterCare { .. } => Action::RecordAftercare,
        Mend::Reopen => Action::ReopenCase,
        Mend::Plan => Action::WritePlan,
        Mend::IssuePaper { paper, .. } => issuing(paper),
        Mend::Visit { .. } | Mend::Case { .. } | Mend::CountySettings => Action::SeeChildren,
    };
    permit(role, action).allows()
}

/// The page on which a task is done; none where its list has none.
pub fn of_item(item: &WorkItem) -> Option<String> {
    if let Some(check) = item.check {
        return Some(format!("/checks/{check}"));
    }
    let case = item.case?;
    if item.waiting {
        return Some(format!("/cases/{case}"));
    }
    Some(mend(item).map_or_else(|| format!("/cases/{case}"), |mend| path(case, mend)))
}

fn mend(item: &WorkItem) -> Option<Mend> {
    let target = item.target.as_str();
    Some(match item.verb {
        Verb::Confirm => Mend::ConfirmCase,
        Verb::LogVisit => Mend::LogVisit,
        Verb::ConfirmTaken => Mend::Visit { id: item.visit? },
        Verb::DraftPaper => Mend::DraftPaper { paper: target.parse().ok()? },
        Verb::IssuePaper => Mend::IssuePaper { id: item.paper?, paper: target.parse().ok()? },
        Verb::RecordService => Mend::RecordService { id: item.paper? },
        Verb::AddEvidence => match item.paper {
            Some(id) => Mend::ServiceProof { id },
            None => Mend::Evidence { evidence: target.parse().ok()? },
        },
        Verb::VerifyExpiry => Mend::VerifyExpiry { id: item.paper? },
        Verb::Propose => Mend::Propose { kind: target.parse().ok()? },
        Verb::Decide => Mend::Decide { id: target.parse().ok()? },
        Verb::RecordStep => Mend::RecordStep { rung: target.parse().ok()? },
        Verb::Skip => Mend::Skip { rung: target.parse().ok()? },
        Verb::DecideSkip => Mend::DecideSkip { id: target.parse().ok()? },
        Verb::ConfirmReturn => Mend::ConfirmReturn,
        Verb::StrikeOff => Mend::StrikeOff,
        Verb::AfterCare => Mend::AfterCare { milestone: target.parse().ok()? },
        Verb::Reopen => Mend::Reopen,
        Verb::ReviewPlan => Mend::Plan,
        _ => return None,
    })
}
