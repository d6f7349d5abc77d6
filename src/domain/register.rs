//! The register: what sources said of a child, what the child's columns are in consequence, and where the child is.

mod clerk;
mod differences;
mod emptied;
mod projection;
mod roster;
mod said;
mod whereabouts;

pub use clerk::{ClerkForm, Entry};
pub use differences::{Difference, differences, fields};
pub use emptied::Emptied;
pub use projection::{ChildColumns, Projected, StatementFact, project};
pub use roster::{of_absent, of_household, of_school};
pub use said::{PlaceSaid, RollSaid, Said, Secret};
pub use whereabouts::{CaseState, Ground, needs_proof, whereabouts};
