//! The register's use cases: taking in what sources say, and keeping children true to it.

mod accept;
mod classes;
mod refresh;
mod reveal;
mod view;

pub use accept::{Accepted, AcceptedAs, Change, Expected, Receipt, accept, expect};
pub use refresh::{refresh_children, refresh_whereabouts};
pub use reveal::{Revealed, reveal};
pub use view::{ChildView, FieldLine, SourceColumn, view};
