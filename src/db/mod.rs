//! The only place that speaks SQL: three doors, and plain functions that take one of them.

pub mod accounts;
pub mod audit;
pub mod calendar;
pub mod cases;
pub mod charges;
pub mod checks;
pub mod children;
pub mod counties;
mod door;
mod error;
pub mod export_limit;
pub mod files;
pub mod idempotency;
pub mod imports;
pub mod jobs;
pub mod kept;
pub mod pace;
pub mod policies;
pub mod policy_drafts;
pub mod register;
pub mod school_days;
pub mod sessions;
mod start;
mod text;
pub mod trail;
pub mod units;
pub mod user_changes;
pub mod users;
pub mod watch;
pub mod work;

pub use door::{Db, Door, Gate, Read, Write};
pub use error::{DbError, Result};
pub use start::{Login, bootstrap, is_superuser, migrate, set_program_password};
