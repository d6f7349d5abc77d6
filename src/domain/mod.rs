//! The pure core: words, rules and decisions; no IO, no clock, no database.

pub mod calendar;
pub mod case;
pub mod ids;
pub mod period;
pub mod policy;
pub mod refusal;
pub mod role;
pub mod vocabulary;
pub mod words;
