//! The register: what sources said of a child, what the child's columns are in consequence, and where the child is.

mod projection;
mod said;
mod whereabouts;

pub use projection::{ChildColumns, Projected, StatementFact, project};
pub use said::{PlaceSaid, RollSaid, Said, Secret};
pub use whereabouts::{CaseState, Ground, needs_proof, whereabouts};
