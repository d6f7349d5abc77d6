//! Work that is done after the page has answered: at least once, so every handler does the same twice without harm.

mod handler;
mod nightly;
mod runner;

pub use handler::{Handlers, Job, JobFailure, Progress};
pub use nightly::tick;
pub use runner::Runner;
