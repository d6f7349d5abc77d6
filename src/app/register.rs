//! The register's use cases: taking in what sources say, and keeping children true to it.

mod accept;
mod classes;
mod refresh;

pub use accept::{Accepted, AcceptedAs, Receipt, accept};
pub use refresh::{refresh_children, refresh_whereabouts};
