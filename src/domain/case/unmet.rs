//! What stands against an act, as a typed list; each names the place where it is mended (design.md §4.5).

use chrono::NaiveDate;
use serde::Serialize;

use super::disposition::Lacking;
use crate::domain::ids::{CaseId, DispositionId, PaperId, StepId, VisitId};
use crate::domain::policy::{ActingTownship, Organ, Rung};
use crate::domain::role::Role;
use crate::domain::words::{DispositionKind, EvidenceKind, PaperKind};

/// One thing that is missing or in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "unmet")]
pub enum Unmet {
    /// It was confirmed already.
    AlreadyConfirmed { on: NaiveDate },
    /// The case is only suspected (002:L25).
    NotConfirmed,
    /// The counted joint visits do not suffice.
    VisitsShort { have: u16, need: u16, pupil: bool },
    /// Somebody is named in a counted visit and has not said so.
    Unconfirmed { visit: VisitId, day: NaiveDate, unit_name: String, person: String, account: bool },
    /// No paper of the kind was issued in this round.
    PaperNotIssued { paper: PaperKind },
    /// A draft waits for its issuer.
    PaperNotSigned { paper: PaperKind, id: PaperId },
    /// Some of the organs that issue the paper together have not signed (004:L40, AC-53).
    SignaturesMissing { paper: PaperKind, id: PaperId, organs: Vec<Organ> },
    /// The organ has signed already.
    AlreadySigned { organ: Organ },
    /// The issuer has not filled in the last day (AC-38).
    DeadlineMissing { paper: PaperKind },
    /// Issued, not received: no day runs (AC-41).
    NotServed { paper: PaperKind, id: PaperId },
    /// Served by a way that takes effect later (公告): until then no day runs.
    BeingServed { paper: PaperKind, effective_on: NaiveDate },
    /// Served, and the proof is not on file.
    ServiceProofMissing { paper: PaperKind, id: PaperId },
    /// Such a paper is in force already.
    PaperInForce { paper: PaperKind },
    /// The paper was received already.
    AlreadyServed { on: NaiveDate },
    /// The days still run.
    DeadlineRuns { due: NaiveDate },
    /// Nobody has verified what came of it.
    NotVerified { paper: PaperId, since: Option<NaiveDate> },
    /// It was verified already.
    AlreadyVerified { on: NaiveDate },
    /// A step of the ladder that must come first was not taken.
    StepNotDone { rung: Rung },
    /// Whoever must report first has not (G8, AC-40, AC-43).
    NotReported { rung: Rung, by: Organ, to: String },
    /// It is recorded, and must be on paper: its scan is not on file (001-12:L569, AC-46).
    ScanMissing { rung: Rung },
    /// The step was recorded already.
    AlreadyRecorded { on: NaiveDate },
    /// The step is not recorded by hand.
    NotRecorded { rung: Rung },
    /// The step is neither taken nor skipped: there is no legal basis for it on record (design.md §4.7).
    PenaltyOrSkip,
    /// It is proposed to pass the step over, and the second person has not decided.
    SkipPending { rung: Rung, id: StepId },
    /// Only a step without a legal basis may be passed over.
    NotToBeSkipped { rung: Rung },
    /// A file of evidence is missing.
    EvidenceMissing { evidence: EvidenceKind },
    /// A month went by without a joint visit (AC-80).
    MonthMissed { year: i32, month: u32 },
    /// This month's joint visit is still to be made.
    MonthOpen { due: NaiveDate },
    /// The joint visit of a month that has not begun.
    MonthAhead { from: NaiveDate, due: NaiveDate },
    /// The school has not confirmed that the child is back.
    ReturnNotConfirmed,
    /// The child is back: the ladder has stopped (G13, AC-61).
    Returned { on: NaiveDate },
    /// Being away is in order (G10, AC-60).
    Excused { kind: DispositionKind, until: Option<NaiveDate> },
    /// The case has left the ledger.
    StruckOff { on: NaiveDate },
    /// The case is in the ledger.
    NotStruckOff,
    /// No typed conclusion was given (AC-106).
    NoConclusion,
    /// The conclusion does not take a case off the ledger.
    StaysOpen { kind: DispositionKind },
    /// The county's policy has no such disposition.
    NotEnabled { kind: DispositionKind },
    /// The county uses it; this version of the software does not offer it yet.
    NotYetOffered { kind: DispositionKind },
    /// A disposition of the kind waits for its decision.
    AlreadyProposed { kind: DispositionKind, on: NaiveDate },
    /// A disposition of the kind was agreed to.
    AlreadyDecided { kind: DispositionKind, on: NaiveDate },
    /// The county has not agreed to it.
    NotAgreed { kind: DispositionKind },
    /// It needs no proposal: the school confirms, and the case is struck off.
    NoProposalNeeded { kind: DispositionKind },
    /// Nothing was proposed under this id.
    NotProposed,
    /// The approver must be another person than the proposer (four eyes).
    SamePerson,
    /// The role does not do this under the policy.
    NotYourRole { roles: Vec<Role> },
    /// The organ does not do this under the policy, or has no power to.
    NotYourOrgan { organ: Organ },
    /// The organ never orders a return (law.md §0.11).
    NoPower { organ: Organ },
    /// The county's ladder has no such rung.
    NoSuchStep { rung: Rung },
    /// Another township acts (AMB-36).
    OtherTownship { acting: ActingTownship },
    /// The organ needs a local basis on record before it orders anything (law.md §0.11).
    NoLocalBasis { organ: Organ },
    /// No legal basis for a penalty is on record (design.md §4.7).
    NoPenaltyBasis,
    /// The county's ladder has no such paper (G14).
    NotInLadder { paper: PaperKind },
    /// The day has not come.
    InFuture { on: NaiveDate },
    /// The day lies before what must come first (G12).
    BeforePredecessor { what: String, on: NaiveDate },
    /// The county's policy has no such contact.
    NoSuchContact { milestone: u16 },
    /// The contact was made.
    ContactMade { milestone: u16, on: NaiveDate },
    /// Another person wrote the visit; only its author corrects it.
    NotYourVisit,
    /// The time for corrections is over.
    TooLateToCorrect { until: NaiveDate },
    /// The visit was corrected already.
    VisitCorrected,
    /// The child is in the ledger.
    CaseOpen { case: CaseId, number: String },
    /// The child was struck off; a relapse is told in the same case.
    CaseBefore { case: CaseId, number: String },
    /// The child is not of school age on the day.
    NotSchoolAge,
    /// Neither domicile nor residence lies in a township of the county.
    NoTownship,
    /// The check has no answer that found the child out of school.
    NotFoundOut,
    /// The paper is not of this case or was voided.
    NoSuchPaper,
    /// What an ending lacks beside.
    Ending(Lacking),
}

/// Why nothing can be done about something but to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "wait")]
pub enum Wait {
    /// It mends itself, or may first be done, on this day.
    Until { day: NaiveDate },
    /// It may be done already and is not late before this day has gone by.
    NotLate { due: NaiveDate },
    /// A named person is asked for their word.
    Others,
}

/// Where something is mended; the web turns it into a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "to")]
pub enum Mend {
    /// Confirm the case on the spot.
    ConfirmCase,
    /// The visit form.
    LogVisit,
    /// A visit, to add photographs or the signed sheet, or to ask for "我参加了".
    Visit { id: VisitId },
    /// Draft a paper.
    DraftPaper { paper: PaperKind },
    /// A draft, for its issuer to sign.
    IssuePaper { id: PaperId, paper: PaperKind },
    /// Record the service of a paper.
    RecordService { id: PaperId },
    /// Add the proof of service.
    ServiceProof { id: PaperId },
    /// Record what was found after the deadline.
    VerifyExpiry { id: PaperId },
    /// Record a step.
    RecordStep { rung: Rung },
    /// Propose to pass a step over.
    Skip { rung: Rung },
    /// Decide on passing a step over.
    DecideSkip { id: StepId },
    /// Add a file of evidence.
    Evidence { evidence: EvidenceKind },
    /// Propose a disposition.
    Propose { kind: DispositionKind },
    /// Decide on a disposition.
    Decide { id: DispositionId },
    /// The school's confirmation.
    ConfirmReturn,
    /// Strike the case off.
    StrikeOff,
    /// Record a contact after the return.
    AfterCare { milestone: u16 },
    /// Bring the case back.
    Reopen,
    /// Another case of the child.
    Case { id: CaseId },
    /// The plan.
    Plan,
    /// The county's settings.
    CountySettings,
}
