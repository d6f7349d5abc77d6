//! Checks: sent to villages, answered with proof, settled; and what of them stands in the work list.

mod act;
mod cases;
mod inputs;
mod judge;
mod sheet_back;
mod sheet_out;
mod work;

pub use act::{Settled, answer, answer_many, answer_with_proof, reopen, same_person, send, settle};
pub use cases::{Became, Many, Why, open_cases, try_cases};
pub use inputs::AnswerInput;
pub use judge::{Judged, Verdict};
pub use sheet_back::{Back, bring_sheet, faulty_rows, look_at_sheet, take_sheet};
pub use sheet_out::{Group, Out, SheetFile, open_groups, sheet_out};
pub(crate) use work::project;
