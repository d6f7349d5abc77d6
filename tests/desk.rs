//! The desk around children and checks: cases from checks in bulk and by hand, children registered and corrected.
#![expect(clippy::unwrap_used, reason = "tests")]

mod cases;
mod flags;
mod merging;
mod pace;
mod register;
