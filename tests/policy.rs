//! The pure heart: days and periods, profiles, and what a case's facts mean under them.
#![expect(clippy::unwrap_used, reason = "tests")]

#[path = "policy/days.rs"]
mod days;
#[path = "policy/ground.rs"]
mod ground;
#[path = "policy/profiles.rs"]
mod profiles;
