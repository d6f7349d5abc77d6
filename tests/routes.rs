//! Every route as every role, as nobody and as a stranger county: the status that the table says, and nobody's data.
#![expect(clippy::unwrap_used, reason = "tests")]

mod examples;
mod matrix;
mod navigation;
mod printed;
mod scope;
mod table;
