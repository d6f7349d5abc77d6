//! The register's use cases: taking in what sources say, and keeping children true to it.

mod accept;
mod alike;
mod claims;
mod classes;
mod clerk;
mod expected;
mod flags;
mod merge;
mod refresh;
mod reveal;
mod view;

pub use accept::{Accepted, AcceptedAs, accept, expect};
pub use alike::{Alike, Decided, Likely};
pub use alike::{alike_files, named_files};
pub use claims::{ClaimForm, ClaimView, Side, claims, settle};
pub use clerk::{Known, Preview, Registered, begin, correct, preview_correction, preview_new, register};
pub use expected::{Change, Expected, Receipt};
pub use flags::{FlagForm, end_flag, set_flag};
pub(crate) use merge::close_checks;
pub use merge::{MergeForm, MergeLine, MergeView, compare_files, merge_files, undo_merge};
pub use refresh::{refresh_children, refresh_whereabouts};
pub use reveal::{Revealed, reveal};
pub use view::{ChildView, FieldLine, SourceColumn, view};
