//! Use cases: load, let the domain decide, store, commit with an event.

pub mod password;
pub mod register;
mod services;
pub mod sign_in;

pub use services::{AppError, Services};
