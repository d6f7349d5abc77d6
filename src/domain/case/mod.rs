//! A case: its facts, and what they mean under a county's policy on a day; all of it pure (design.md §5).
//!
//! - `standing(&Facts, &Policies, &Calendar, today) -> Standing`
//! - `may(Act, &Actor, &Facts, &Policies, &Calendar, today) -> Result<(), Refusal>`
//! - `duties(&Facts, &Policies, &Calendar, today) -> Vec<Duty>`

mod act;
mod duty;
mod facts;
mod unmet;
mod unmet_words;
mod view;

pub use act::{Act, Actor};
pub use duty::{Duty, Verb};
pub use facts::{
    AfterCareFact, CaseFact, ChildFact, DecisionFact, DispositionFact, EvidenceFact, ExcuseFact, Facts, PaperFact,
    ParticipantFact, PlanFact, ReopenFact, ReturnFact, ServiceFact, StrikeOffFact, VerificationFact, VisitFact,
};
pub use unmet::{Mend, Unmet};
pub use view::{
    CareLine, Checklist, ChecklistItem, ItemState, MonthLine, NextStep, PaperLine, PaperState, Phase, Standing,
    StepLine, StepState, Verdict, VisitLine, WhyNot,
};
