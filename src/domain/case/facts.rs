//! The facts of a case, as rows say them; the database fills this, nothing here is derived.
//!
//! A day is the day on which a thing happened in China, not on which it was written down.
//! Rows that were corrected are still given, marked `superseded` or `voided`, so that the page can show them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::facts_child::ChildFact;
use super::facts_ending::{AttendanceFact, ConsentFact, DispositionFact, EvidenceFact, FindingFact, HomeTeachingFact};
use super::facts_paper::{PaperFact, ServiceFact, VerificationFact};
use super::facts_step::{SkipFact, StepFact};
use crate::domain::ids::{UnitId, UserId, VisitId};
use crate::domain::role::UnitKind;
use crate::domain::words::{CaseKind, CaseOrigin, DispositionKind, Outcome, VisitKind, VisitMode};

/// All that is known of a case; the rest is derived from it (design.md §4.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// How it came to be and to whom it belongs.
    pub case: CaseFact,
    /// What the rules ask of the child.
    #[serde(default)]
    pub child: ChildFact,
    /// Every visit logged, superseded ones too; in any order.
    #[serde(default)]
    pub visits: Vec<VisitFact>,
    /// Every paper, drafts and voided ones too.
    #[serde(default)]
    pub papers: Vec<PaperFact>,
    /// Every attempt to serve a paper.
    #[serde(default)]
    pub services: Vec<ServiceFact>,
    /// 期满核实: what was found after a deadline had passed.
    #[serde(default)]
    pub verifications: Vec<VerificationFact>,
    /// Reports, hand-overs, referrals and other recorded steps.
    #[serde(default)]
    pub steps: Vec<StepFact>,
    /// Steps passed over, or proposed to be.
    #[serde(default)]
    pub skips: Vec<SkipFact>,
    /// Files filed as evidence of the case, other than a visit's or a service's own.
    #[serde(default)]
    pub evidence: Vec<EvidenceFact>,
    /// Dispositions proposed, with what came of them.
    #[serde(default)]
    pub dispositions: Vec<DispositionFact>,
    /// The school's confirmations that the child is back in class.
    #[serde(default)]
    pub returns: Vec<ReturnFact>,
    /// 销号.
    #[serde(default)]
    pub strike_offs: Vec<StrikeOffFact>,
    /// Reopenings after a relapse; the ladder starts anew with each.
    #[serde(default)]
    pub reopenings: Vec<ReopenFact>,
    /// 复学回访.
    #[serde(default)]
    pub after_care: Vec<AfterCareFact>,
    /// Valid reasons not to be at school (正当理由), as 休学 and 缓学 on the roll; G10.
    #[serde(default)]
    pub excuses: Vec<ExcuseFact>,
    /// The plan (一人一案方案) in force.
    #[serde(default)]
    pub plan: Option<PlanFact>,
    /// Who agreed to what is done with the child.
    #[serde(default)]
    pub consents: Vec<ConsentFact>,
    /// What somebody established.
    #[serde(default)]
    pub findings: Vec<FindingFact>,
    /// The day of the exam after the make-up lessons (AMB-11).
    #[serde(default)]
    pub exam_on: Option<NaiveDate>,
    /// Sessions of teaching at home.
    #[serde(default)]
    pub home_teaching: Vec<HomeTeachingFact>,
    /// Looks at whether a child who was placed attends.
    #[serde(default)]
    pub attendance: Vec<AttendanceFact>,
}

/// The case itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFact {
    /// 失学 or 中途辍学.
    pub kind: CaseKind,
    /// What opened it.
    pub origin: CaseOrigin,
    /// The day it entered the ledger as suspected.
    pub opened_on: NaiveDate,
    /// The day it was confirmed on the spot; a case opened by a check has it from the start.
    pub confirmed_on: Option<NaiveDate>,
    /// The township that acts, as the policy of the opening day chose it; none where it lies in another county.
    #[serde(default)]
    pub acting_township: Option<UnitId>,
    /// The school of the roll, or the catchment school of a child who never enrolled.
    #[serde(default)]
    pub school: Option<UnitId>,
}

/// One visit by all who went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitFact {
    /// Made where it was written.
    pub id: VisitId,
    /// The day it happened.
    pub day: NaiveDate,
    /// The day it arrived.
    pub received_on: NaiveDate,
    /// How the family was met.
    pub mode: VisitMode,
    /// 三访 (AMB-45); it counts towards no gate by itself.
    #[serde(default)]
    pub kind: Option<VisitKind>,
    /// What came of it; it says whether the pupil was there.
    pub outcome: Outcome,
    /// A guardian was there.
    #[serde(default)]
    pub guardian_present: bool,
    /// Who went, by the author's word; those who said they did not go are left out.
    pub participants: Vec<ParticipantFact>,
    /// Photographs that arrived whole, the signed sheet's not counted.
    #[serde(default)]
    pub photos: u16,
    /// The signed paper sheet is on file.
    #[serde(default)]
    pub signed_sheet: bool,
    /// How many of those who went signed its record one by one (逐一签字).
    #[serde(default)]
    pub signatures: u16,
    /// A later row corrects this one.
    #[serde(default)]
    pub superseded: bool,
}

/// One of those who went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParticipantFact {
    /// The unit that counts: a class teacher's school, a group head's village.
    pub unit: UnitId,
    /// As the page names it.
    pub unit_name: String,
    /// What kind of unit it is.
    pub unit_kind: UnitKind,
    /// The account, if the person has one.
    #[serde(default)]
    pub user: Option<UserId>,
    /// The person's name.
    pub person: String,
    /// The person wrote the visit or said "我参加了".
    pub confirmed: bool,
}

/// The school says the child is back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnFact {
    /// The first day back in class.
    pub on: NaiveDate,
    /// The day the school confirmed it.
    pub confirmed_on: NaiveDate,
    /// Who confirmed it for the school.
    pub confirmed_by: UserId,
}

/// The case left the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StrikeOffFact {
    /// The day.
    pub on: NaiveDate,
    /// The typed conclusion.
    pub conclusion: DispositionKind,
}

/// The case came back (反复辍学).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReopenFact {
    /// The day.
    pub on: NaiveDate,
}

/// A contact after the return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AfterCareFact {
    /// Which one it answers, by its days after the return: 30, 60, 90.
    pub milestone: u16,
    /// The day.
    pub on: NaiveDate,
    /// The child was in class.
    pub at_school: bool,
}

/// A time for which being away from school is in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExcuseFact {
    /// 休学, 缓学, 送教上门 …
    pub kind: DispositionKind,
    /// The first day.
    pub from: NaiveDate,
    /// The last day, included; none means until further notice.
    #[serde(default)]
    pub until: Option<NaiveDate>,
}

/// The plan in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanFact {
    /// The day it was made or last reviewed.
    pub made_on: NaiveDate,
    /// The day by which it is looked at again.
    #[serde(default)]
    pub review_on: Option<NaiveDate>,
}
