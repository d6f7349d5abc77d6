//! Workbooks in and out: rosters read in a child process under limits, faults and lists written back.

mod child;
mod decode;
mod excel;
mod limits;
mod parent;
mod parse;
mod recognise;
mod stream;
mod text;
mod unreadable;
mod zipped;

pub use child::child_main;
pub use parent::{Reader, read, read_bytes};
pub use parse::parse;
pub use unreadable::{Thing, Unreadable};
