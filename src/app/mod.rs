//! Use cases: load, let the domain decide, store, commit with an event.

pub mod absent_roster;
pub mod audit;
pub mod balance;
pub mod by_village;
pub mod calendar;
pub mod cases;
pub mod charges;
pub mod checks;
pub mod compare;
pub mod county_setup;
pub mod exports;
pub mod files;
pub mod imports;
pub(crate) mod laws;
pub mod own_password;
pub mod password;
pub mod policy;
pub mod projector;
pub mod register;
pub mod school_days;
pub mod school_list;
pub mod search;
pub(crate) mod seats;
pub mod sending;
mod services;
pub mod sign_in;
pub mod units;
pub mod user_changes;
pub mod user_sheet;
pub mod users;

pub use services::{AppError, Services};
