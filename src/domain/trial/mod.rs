//! 政策试算: what a policy makes of a case that somebody wrote down, before anybody lives under it.
//!
//! A scenario is a file: profile, calendar, the facts of a case, days to look at, acts to ask for. `docs/scenarios.md`
//! describes the format for those who write them; it only ever grows.

mod ask;
mod day;
mod fault;
mod found;
mod given;
mod penalty;
mod play;
mod read;
mod short;

pub use ask::Ask;
pub use day::{CaseTold, DayTold};
pub use found::{ChildGiven, FoundTold};
pub use given::{Change, Days, Look, Scenario, TermGiven};
pub use play::{Answer, Difference, Played};
pub use short::id;
