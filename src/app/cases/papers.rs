//! Papers: drafted, issued with a number without gaps and its facts frozen, set as PDF, printed, voided.
//!
//! What a drafter may write is a [`PaperText`]; everything else on a paper is composed from the facts of the case, the
//! policy in force and the file of provisions. Issuing is the reveal of the numbers that a statutory paper prints.

mod along;
mod batch;
mod compose;
mod draft;
mod forms;
mod issue;
mod list;
mod print;
mod printed;
mod series;
mod text;
mod view;

pub use along::{print_notice_sample, print_visit_sheet, sheet_code};
pub use batch::{BatchView, ask_batch, batch_view, fetch_batch, make_batch, remove_stale};
pub use draft::{discard_draft, draft_paper, edit_draft, suggest};
pub use issue::{IssueForm, Issuing, VoidForm, issue_paper, void_paper};
pub use list::{PaperItem, PaperList, paper_list};
pub use print::{Printed, preview, print_paper, print_papers};
pub use printed::Lines;
pub use series::{SeriesForm, SeriesSet, document_number, set_series};
pub use text::{PaperForm, PaperText};
pub use view::{CaseOfPapers, PaperGroup, PaperView, case_of_papers, paper_view};

use crate::domain::access::Action;
use crate::domain::words::PaperKind;

/// What drafting a paper is in the matrix.
pub const fn drafting(kind: PaperKind) -> Action {
    match kind {
        PaperKind::AtSchoolNotice => Action::DraftSchoolNotice,
        PaperKind::EnrolNotice
        | PaperKind::ReturnNotice
        | PaperKind::DeadlineNotice
        | PaperKind::CorrectionOrder
        | PaperKind::PenaltyDecision
        | PaperKind::JudicialReferral => Action::DraftOrder,
        PaperKind::CountyReferral => Action::ProposeDisposition,
        PaperKind::VisitRecord
        | PaperKind::WrittenReport
        | PaperKind::Commitment
        | PaperKind::ReturnReceipt
        | PaperKind::ServiceProof => Action::LogVisit,
    }
}

/// What issuing a paper is in the matrix.
pub const fn issuing(kind: PaperKind) -> Action {
    match kind {
        PaperKind::AtSchoolNotice => Action::IssueSchoolNotice,
        PaperKind::ReturnNotice => Action::IssueNotice,
        PaperKind::EnrolNotice
        | PaperKind::DeadlineNotice
        | PaperKind::CorrectionOrder
        | PaperKind::PenaltyDecision
        | PaperKind::JudicialReferral => Action::IssueOrder,
        _ => drafting(kind),
    }
}

/// What issuing a paper can be, whatever its kind.
pub const ISSUING: [Action; 3] = [Action::IssueOrder, Action::IssueNotice, Action::IssueSchoolNotice];

/// A statutory paper: it bears the identity number in full and a 发文字号.
pub const fn is_statutory(kind: PaperKind) -> bool {
    matches!(
        kind,
        PaperKind::DeadlineNotice
            | PaperKind::CorrectionOrder
            | PaperKind::PenaltyDecision
            | PaperKind::JudicialReferral
            | PaperKind::CountyReferral
    )
}
