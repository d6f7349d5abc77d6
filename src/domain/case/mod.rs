//! A case: its facts, and what they mean under a county's policy on a day; all of it pure (design.md §5).

mod act;
mod care;
mod company;
mod disposition;
mod duties;
mod duty;
mod effect;
mod facts;
mod facts_child;
mod facts_ending;
mod facts_paper;
mod facts_step;
mod guards;
mod may;
mod may_paper;
mod may_step;
mod months;
mod next;
mod next_step;
mod notice;
mod round;
mod standing;
mod steps;
mod unmet;
mod unmet_words;
mod verdict;
mod view;
mod visits;

pub use act::{Act, Actor};
pub use disposition::{Ending, EndingState, Lacking, Quota, checklist};
pub use duties::{check_duty, duties};
pub use duty::{Duty, Verb};
pub use effect::{Effect, effect};
pub use facts::{
    AfterCareFact, CaseFact, ExcuseFact, Facts, ParticipantFact, PlanFact, ReopenFact, ReturnFact, StrikeOffFact,
    VisitFact,
};
pub use facts_child::{ChildFact, FlagFact};
pub use facts_ending::{
    AttendanceFact, ConsentFact, DecisionFact, DispositionFact, EvidenceFact, FindingFact, HomeTeachingFact,
};
pub use facts_paper::{PaperFact, ServiceFact, SignatureFact, VerificationFact};
pub use facts_step::{SkipFact, StepFact};
pub use may::may;
pub use standing::{standing, stands};
pub use unmet::{Mend, Unmet, Wait};
pub use verdict::{Awaited, Verdict, VisitLine, WhyNot};
pub use view::{
    CareLine, Checklist, ChecklistItem, ItemState, MonthLine, NextStep, PaperLine, PaperState, Phase, Standing,
    StepLine, StepState,
};
