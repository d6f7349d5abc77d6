//! One file a page family; each holds its handlers, its template structs and nothing else.

pub(super) mod balance;
pub(super) mod catchments;
pub(super) mod charge;
pub(super) mod charges;
pub(super) mod check;
pub(super) mod checks;
pub(super) mod child;
pub(super) mod children;
pub(super) mod evidence;
pub(super) mod files;
pub(super) mod help;
pub(super) mod imports;
pub(super) mod jobs;
pub(super) mod mine;
pub(super) mod search;
pub(super) mod sign_in;
pub(super) mod today;
pub(super) mod unit;
pub(super) mod units;
pub(super) mod user;
pub(super) mod user_new;
pub(super) mod user_sheet;
pub(super) mod users;
