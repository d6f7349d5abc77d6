//! What a county has decided: its profile, read once and frozen when adopted.
//!
//! `Library` reads profiles (`policies/*.toml`) and stacks them; `Policy` is one resolved, with every value in place;
//! `Policies` says which of a county's adopted ones was in force on a day. No number of a scheme is in code.

mod age;
mod attendance;
mod check;
mod check_disposition;
mod check_ladder;
mod condition;
mod cursor;
mod detection;
mod disposition;
mod follow_up;
mod frozen;
mod guard;
mod history;
mod ladder;
mod leave;
mod library;
mod node;
mod organ;
mod own;
mod penalty;
mod quotations;
mod read;
mod read_ladder;
mod report;
mod route;
mod rules;
mod rung;
mod signers;
mod target;
mod task;
mod when;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use age::{AgeEnd, AgeRule, DeferralRule};
pub use attendance::{AttendanceRule, Cmp, MarkingRule, RollMark, Threshold};
pub use condition::{Condition, Half, Test};
pub use cursor::Problem;
pub use detection::{Dates, Detection, WatchRule};
pub use disposition::{Dated, DispositionRule, EvidenceRule, Marks, Need, NeededAt};
pub use follow_up::{Expiry, FollowUp, HomeTeachingRule, Per, Rate, YearKind};
pub use frozen::FrozenFault;
pub use guard::{Guard, NoGuard};
pub use history::{Adopted, Policies};
pub use ladder::{ActingTownship, Basis, Owner, Repeat, RunsFrom, Step, Window};
pub use leave::{LeaveBand, LeaveEnd, LeaveRule};
pub use library::{Library, PROVISIONS, check, shipped};
pub(crate) use node::read_toml;
pub use organ::{Organ, Power};
pub use own::{Field, Given, fields, own_values};
pub use penalty::{LocalBasis, PenaltyBasis, PenaltyRule};
pub use quotations::misquoted;
pub use report::ReportRule;
pub use route::{PlaceOf, Placement, Route, RouteFrom, RouteStep};
pub use rules::{
    AfterCareRule, CaseRule, CheckRule, Document, Gate, Media, MonthDay, ReportingRule, SchoolingStage, Sourced,
    VisitRule,
};
pub use rung::{Rung, Work};
pub use signers::Signers;
pub use target::{Bound, Permille, TargetRule};
pub use task::{Liability, TaskGroup, TaskRule};
pub use when::When;

use crate::domain::words::{DispositionKind, PaperKind};

/// A profile with its whole stack resolved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The shape of this struct; an adopted policy keeps the one it was written in.
    pub schema: u16,
    /// The profile's id: zuolan-2024.
    pub id: String,
    /// Its name on the screen.
    pub name: String,
    /// The ids it was stacked from, the base first, itself last.
    pub stack: Vec<String>,
    /// For which stage of schooling the scheme is.
    #[serde(default)]
    pub stage: SchoolingStage,
    /// The scheme as a document.
    pub document: Option<Document>,
    /// Who is of school age.
    pub age: AgeRule,
    /// How children out of school are found.
    #[serde(default)]
    pub detection: Detection,
    /// How the days of reports are read.
    pub reporting: ReportingRule,
    /// What is reported, to whom and when.
    pub reports: Vec<ReportRule>,
    /// The figures that the scheme sets itself.
    #[serde(default)]
    pub targets: Vec<TargetRule>,
    /// Checks of whereabouts.
    pub check: CheckRule,
    /// Who does what around a case.
    pub case: CaseRule,
    /// When a visit counts.
    pub visit: VisitRule,
    /// How many visits open a gate; one that is not there asks for none.
    pub gate: BTreeMap<Gate, Sourced<u16>>,
    /// The ladder, in order.
    pub ladder: Vec<Step>,
    /// The dispositions the county uses.
    pub dispositions: Vec<DispositionRule>,
    /// How often, how long and by how many a child is taught at home.
    #[serde(default)]
    pub home_teaching: Option<HomeTeachingRule>,
    /// Contacts after the return.
    pub after_care: AfterCareRule,
    /// Whether penalties are imposed.
    pub penalty: PenaltyRule,
    /// Local bases for organs that the law does not name.
    pub local_basis: Vec<LocalBasis>,
}

impl Policy {
    /// The ladder's step for a rung, if the county uses it.
    pub fn step(&self, rung: Rung) -> Option<&Step> {
        self.ladder.iter().find(|step| step.rung == rung)
    }

    /// The rule of a disposition, if the county uses it.
    pub fn disposition(&self, kind: DispositionKind) -> Option<&DispositionRule> {
        self.dispositions.iter().find(|rule| rule.kind == kind)
    }

    /// How many visits a gate asks for; one that asks for no number is opened by one (多次 is no number).
    pub fn visits_before(&self, gate: Gate) -> u16 {
        self.gate.get(&gate).map_or(1, |visits| visits.value)
    }

    /// The gate to which the visits lead: the one their step names, else that of the first rung guarded by them.
    pub fn first_gate(&self) -> Gate {
        let named = self.step(Rung::JointVisits).and_then(|step| step.gate);
        let guarded = || self.ladder.iter().flat_map(|step| &step.guards).find_map(|guard| guard.gate());
        named.or_else(guarded).unwrap_or(Gate::Notice)
    }

    /// The paper whose time 期满核实 looks at: that of the last rung with a paper before it.
    pub fn verified_paper(&self) -> PaperKind {
        let before = self.ladder.iter().take_while(|step| step.rung != Rung::VerifyExpiry);
        before.filter_map(|step| step.rung.paper()).last().unwrap_or(PaperKind::DeadlineNotice)
    }

    /// The county's ladder issues the paper.
    pub fn issues(&self, paper: PaperKind) -> bool {
        self.step_of(paper).is_some()
    }

    /// The step whose paper it is.
    pub fn step_of(&self, paper: PaperKind) -> Option<&Step> {
        self.ladder.iter().find(|step| step.rung.paper() == Some(paper))
    }

    /// The organ may order a return: the law names it, or a local basis is on record.
    pub fn may_order(&self, organ: Organ) -> bool {
        match organ.power_to_order() {
            Power::ByLaw => true,
            Power::ByLocalBasis => self.local_basis.iter().any(|basis| basis.organ == organ),
            Power::Never => false,
        }
    }
}
