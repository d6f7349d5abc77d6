//! Workbooks in and out: rosters read in a child process under limits, faults and lists written back.

mod child;
mod decode;
mod excel;
mod ink;
mod limits;
mod parent;
mod parse;
mod recognise;
mod report;
mod returned;
mod roster;
mod stream;
mod table;
mod text;
mod unreadable;
mod zipped;

pub use child::child_main;
pub use ink::{Mark, Unwritable};
pub use parent::{Reader, read, read_bytes};
pub use parse::parse;
pub use report::report_json;
pub use returned::faults_workbook;
pub use roster::{ABSENT_COLUMNS, AbsentLine, VillageSheet, absent_roster};
pub use table::{Column, Table, tables};
pub use unreadable::{Thing, Unreadable};
