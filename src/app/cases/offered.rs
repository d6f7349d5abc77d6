//! Which endings this version carries out on its pages; the rules know all thirty, and trial answers for every one.

use crate::domain::case::{Act, Facts, Unmet};
use crate::domain::refusal::Refusal;
use crate::domain::words::{DispositionKind, EvidenceKind};

/// The one list: whatever else a policy names is refused as not yet offered.
const OFFERED: [DispositionKind; 2] = [DispositionKind::Returned, DispositionKind::CountyDecision];

/// The endings that a person may take on the pages.
pub fn is_offered(kind: DispositionKind) -> bool {
    OFFERED.contains(&kind)
}

/// What a file can be filed as: what checks, papers and the offered endings ask for.
pub const FILED_AS: [EvidenceKind; 14] = [
    EvidenceKind::VisitPhoto,
    EvidenceKind::SignedSheet,
    EvidenceKind::ServiceProof,
    EvidenceKind::SignedNotice,
    EvidenceKind::Commitment,
    EvidenceKind::SchoolReceipt,
    EvidenceKind::GroupConsent,
    EvidenceKind::EnrolmentProof,
    EvidenceKind::DeathProof,
    EvidenceKind::PoliceProof,
    EvidenceKind::ExitProof,
    EvidenceKind::DisabilityProof,
    EvidenceKind::HospitalProof,
    EvidenceKind::Other,
];

/// Refuses an act of an ending that has no page yet; a kind that the policy does not have is the rules' to refuse.
pub(super) fn only_offered(act: Act, facts: &Facts, used: impl Fn(DispositionKind) -> bool) -> Result<(), Refusal> {
    let kind = match act {
        Act::Propose { kind } | Act::StrikeOff { conclusion: Some(kind) } => Some(kind),
        Act::Decide { disposition, .. } => {
            facts.dispositions.iter().find(|one| one.id == disposition).map(|one| one.kind)
        }
        _ => None,
    };
    let later = kind.filter(|kind| used(*kind) && !is_offered(*kind));
    Refusal::unless_met(act.label(), later.map(|kind| Unmet::NotYetOffered { kind }).into_iter().collect())
}
