//! Every route as every role, as nobody and as a stranger county: the status that the table says, and nobody's data.
#![expect(clippy::unwrap_used, reason = "tests")]

#[path = "routes/examples.rs"]
mod examples;
#[path = "routes/matrix.rs"]
mod matrix;
#[path = "routes/navigation.rs"]
mod navigation;
#[path = "routes/printed.rs"]
mod printed;
#[path = "routes/scope.rs"]
mod scope;
#[path = "routes/table.rs"]
mod table;
