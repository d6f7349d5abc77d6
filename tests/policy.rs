//! The pure heart: days and periods, profiles, and what a case's facts mean under them.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[path = "policy/days.rs"]
mod days;
#[path = "policy/ground.rs"]
mod ground;
#[path = "policy/profiles.rs"]
mod profiles;
#[path = "policy/properties.rs"]
mod properties;
#[path = "policy/provisions.rs"]
mod provisions;
#[path = "policy/scenario_file.rs"]
mod scenario_file;
#[path = "policy/scenarios.rs"]
mod scenarios;
#[path = "policy/tasks.rs"]
mod tasks;
