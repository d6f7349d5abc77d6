//! Checks: sent to villages, answered with proof, settled; and what of them stands in the work list.

mod act;
mod cases;
mod inputs;
mod work;

pub use act::{Settled, answer, answer_with_proof, reopen, same_person, send, settle};
pub use cases::{Became, Many, Why, open_cases, try_cases};
pub use inputs::AnswerInput;
pub(crate) use work::project;
