//! Work that is done after the page has answered: at least once, so every handler does the same twice without harm.

mod handler;
mod house;
mod import;
mod nightly;
mod print;
mod runner;
mod weigh;

pub use handler::{Handlers, Job, JobFailure, Progress};
pub use house::{ProjectPayload, house};
pub use import::ImportPayload;
pub use nightly::tick;
pub use runner::Runner;
