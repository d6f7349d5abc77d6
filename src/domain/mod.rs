//! The pure core: words, rules and decisions; no IO, no clock, no database.

pub mod ids;
pub mod role;
pub mod vocabulary;
pub mod words;
