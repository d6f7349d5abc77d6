//! Imports of rosters: brought in, read and looked at, taken in, taken back.

mod look;
mod returned;
mod roster;
mod take;
mod undo;

pub use look::{Brought, Preview, bring, county_name, look};
pub(crate) use returned::mark;
pub use returned::returned;
pub use roster::{Roster, Scope, gazetteer, read};
pub use take::{Mode, Taken, take};
pub use undo::{Undone, undo};
