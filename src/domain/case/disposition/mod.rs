//! Dispositions: what a policy asks before a case may end or pause in one, and what goes on afterwards.

mod acts;
mod checklist;
mod conditions;
mod days;
mod force;
mod goes_on;
mod home;
mod lacking;
mod marks;
mod routes;

pub(super) use days::days_ahead;
pub(super) use force::excuse;
pub use force::{Ending, EndingState};
pub(super) use goes_on::follow_ups;
pub use home::Quota;
pub use lacking::Lacking;

use chrono::NaiveDate;

use super::facts::Facts;
use super::round::Round;
use super::view::Checklist;
use crate::domain::calendar::Calendar;
use crate::domain::policy::Policies;
use crate::domain::words::DispositionKind;

/// The evidence of a disposition as it stands on a day; none where the county does not use it.
pub fn checklist(
    kind: DispositionKind,
    facts: &Facts,
    policies: &Policies,
    calendar: &Calendar,
    today: NaiveDate,
) -> Option<Checklist> {
    Round::of(facts, policies, calendar, today).checklist(kind)
}
