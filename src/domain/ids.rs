//! Typed ids, so that a child's id is never taken for a case's; the only place that makes uuids.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A county is a tenant; its key is the national six-digit division code, 500229 for 城口县.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CountyId(pub i32);

impl std::fmt::Display for CountyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new random id; it says nothing about order or count.
            #[expect(clippy::disallowed_methods, clippy::new_without_default, reason = "the id module makes the ids")]
            pub fn new() -> Self {
                Self(Uuid::new_v4())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// A unit of either tree: township, village, school, class, bureau …
    UnitId,
    /// A person with an account.
    UserId,
    /// A dated appointment of a user to a unit in a role.
    AppointmentId,
    /// A charge: a named person who answers at a unit.
    ChargeId,
    /// A child of the register.
    ChildId,
    /// What one source said of a child on one day.
    StatementId,
    /// A source: one import, one visit, one clerk's entry.
    SourceId,
    /// A check: a child whose whereabouts are not proved.
    CheckId,
    /// A check sheet that came back filled in.
    CheckSheetId,
    /// Two files of one child made one.
    MergeId,
    /// A case (劝返对象).
    CaseId,
    /// A visit; made where it is written, so that sending twice makes one.
    VisitId,
    /// One who went on a visit.
    ParticipantId,
    /// A file filed as evidence.
    EvidenceId,
    /// A stored file.
    FileId,
    /// A paper.
    PaperId,
    /// Papers that a job prints into one PDF.
    PrintBatchId,
    /// The service of a paper.
    ServiceId,
    /// A disposition proposed or approved.
    DispositionId,
    /// A row of a case or a child that nothing else names: a confirmation, a strike-off, a contact.
    EntryId,
    /// A step of the ladder that was recorded, or passed over.
    StepId,
    /// A job of the queue.
    JobId,
    /// An import.
    ImportId,
    /// A list beyond the day's limit that an approver may release.
    ExportReleaseId,
    /// A draft of the county's policy.
    PolicyDraftId,
    /// A form that was shown; sending it twice does it once.
    FormKey,
}
