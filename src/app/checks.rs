//! Checks: sent to villages, answered with proof, settled; and what of them stands in the work list.

mod inputs;
mod work;

pub use inputs::AnswerInput;
pub(crate) use work::project;
