//! Use cases: load, let the domain decide, store, commit with an event.

pub mod cases;
pub mod checks;
pub mod compare;
pub mod county_setup;
pub mod files;
pub mod imports;
pub mod password;
pub mod policy;
pub mod projector;
pub mod register;
pub mod school_list;
pub mod search;
mod services;
pub mod sign_in;

pub use services::{AppError, Services};
