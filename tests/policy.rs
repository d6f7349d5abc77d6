//! The pure heart: days and periods, profiles, and what a case's facts mean under them.
#![expect(clippy::unwrap_used, reason = "tests")]

mod days;
mod detection;
mod detection_format;
mod endings;
mod enforcement;
mod enforcement_any;
mod ground;
mod oracle;
mod profiles;
mod properties;
mod provisions;
mod quotations;
mod reporting;
mod scenarios;
mod stacking;
mod tasks;
mod trial;
mod waiting;
