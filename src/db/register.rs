//! The register in the database, in batches: a roster of ten thousand rows is a dozen statements.

mod alike;
mod children;
mod claims;
mod flags;
mod merges;
mod page;
mod reach;
mod rolls;
mod statements;
mod ties;

pub use alike::{AlikeChild, Sought, alike, named};
pub use children::{
    KnownChild, NewChild, Number, Projection, by_number, hold, insert_children, unlist, update_columns,
};
pub use claims::{OpenClaim, count_claims, move_claim, open_claims, settle_claim, state_claim, withdraw_claims};
pub use flags::{end_flag, set_flag};
pub use merges::{Merge, Moved, end_handover, merge, merges, take_back, tell_merge, unmerge};
pub use page::{
    ChildPage, FlagLine, GuardianLine, RollLine, SealedNumbers, child_page, flag_lines, guardian_lines, roll_lines,
    sealed_numbers,
};
pub use reach::{Tie, hand_over_until, rewrite as rewrite_reach};
pub use rolls::{NewRoll, OpenRoll, close_rolls, insert_attendance, insert_rolls, open_rolls};
pub use statements::{
    NewClaim, NewStatement, StoredStatement, insert_claims, insert_source, insert_statements, of_children, of_source,
    undo_source,
};
pub use ties::{
    NewFlag, NewGuardian, PlaceFacts, grounds, households, replace_flags, replace_guardians, replace_name_keys,
    set_whereabouts,
};
