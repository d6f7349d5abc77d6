//! 实施方案: what the county decided, how two policies differ, changing it with a second person, and trying it.

pub(crate) mod compare;
pub(crate) mod decide;
pub(crate) mod draft;
mod form;
pub(crate) mod names;
pub(crate) mod show;
pub(crate) mod trial;

use crate::app::AppError;
use crate::db::policies::AdoptedRow;
use crate::domain::policy::Policy;

/// An adopted policy, read back.
fn policy_of(row: &AdoptedRow) -> Result<Policy, AppError> {
    read(&row.body)
}

fn read(body: &str) -> Result<Policy, AppError> {
    Policy::from_canonical_json(body).map_err(|error| AppError::Fault(format!("a policy that was kept: {error}")))
}

/// The version in force on a day: the latest of those that had taken force.
fn in_force(adopted: &[AdoptedRow], day: chrono::NaiveDate) -> Option<&AdoptedRow> {
    adopted.iter().filter(|row| row.from_on <= day).max_by_key(|row| (row.from_on, row.version))
}
