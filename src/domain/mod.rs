//! The pure core: words, rules and decisions; no IO, no clock, no database.

pub mod access;
pub mod actor;
pub mod calendar;
pub mod case;
pub mod cells;
pub mod daytext;
pub mod event;
pub mod grade;
pub mod idno;
pub mod ids;
pub mod moment;
pub mod name_keys;
pub mod names;
pub mod period;
pub mod phone;
pub mod place;
pub mod policy;
pub mod refusal;
pub mod register;
pub mod role;
pub mod spelling;
pub mod units;
pub mod vocabulary;
pub mod words;
