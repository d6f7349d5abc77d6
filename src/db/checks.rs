//! Checks: children whose whereabouts are not proved, what was answered, what was settled.

mod answers;
mod comparison;
mod list;
mod sheets;

pub use answers::{Answer, NewAnswer, answers, insert_answer, insert_proof};
pub use comparison::{
    CompareChild, NewCheck, NewRun, close_matched, compare_children, insert_checks, insert_run, latest_run,
};
pub use list::{CheckFilter, CheckLine, Part, Progress, by_id, close, list, of_children, progress, reopen, send, some};
pub use sheets::{CheckSheet, by_tails, insert_sheet, set_taken, sheet};
