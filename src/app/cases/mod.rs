//! Use cases of cases, one file an act: load the facts, let the domain decide, store, project, commit with an event.
//!
//! Every act takes the services, the actor, [`At`] (which case, which count of facts the page showed, the form's key) and
//! what was read from its form; it answers where to go next, or why it was not done.

mod desk;
mod told;
mod visit_form;

pub mod after_care;
pub mod confirm;
pub mod dispose;
pub mod evidence;
pub mod expiry;
pub mod offered;
pub mod open;
pub mod papers;
pub mod paths;
pub mod plan;
pub mod proofs;
pub mod reopen;
pub mod school_return;
pub mod service;
pub mod steps;
pub mod strike_off;
pub mod view;
pub mod visit;

pub use super::sending::Sending;
pub use told::{At, Done, NotDone, Upload};
pub use visit_form::{Other, VisitEntry, VisitForm};
