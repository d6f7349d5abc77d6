//! 发现: what follows from one child's absences on a moment, under a policy and a calendar.
//!
//! Facts go in with their days; what comes out is who reports to whom by when, whether the roll may or must be marked,
//! and the one change that time alone makes (疑似辍学 to 辍学, where the policy has it). Nothing else moves by itself.
//! Moments are of the county's own clock, to the minute.

mod alerts;
mod facts;
mod leaves;
mod marks;
mod row;

pub use alerts::{Alert, AlertState, alerts};
pub use facts::{AbsenceFact, AbsenceFacts, LeaveFact, MarkFact, ToldFact, UnknownFact};
pub use leaves::{Cancel, open_leaves};
pub use marks::{AutoChange, MarkStanding, mark, sweep};
