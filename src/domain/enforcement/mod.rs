//! Penalty, remedies and the court: every due day that the law sets, computed from what happened, with its article.
//!
//! `Proceeding` is one penalty or order with its dated acts; `timetable` says what is due of whom by when, `may` whether
//! an act stands in order, `addition` what a late fine has grown by. The periods themselves are law and come from
//! `policies/provisions.toml`; whether a county punishes at all is its policy.

mod addition;
mod facts;
mod ground;
mod law;
mod line;
mod may;
mod obstacle;
mod remedies;
mod timetable;
mod turn;

pub use addition::{Addition, addition};
pub use facts::{Act, Deed, Proceeding, Subject};
pub use ground::Ground;
pub use law::{NoPeriod, Periods, Span};
pub use line::{Line, LineState, Task};
pub use may::may;
pub use obstacle::{Obstacle, OutOfOrder};
pub use timetable::timetable;
pub use turn::{Turn, recorder};
