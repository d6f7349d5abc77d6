//! What another policy would change for a case on a day: judged twice over the same facts, and compared.

use chrono::NaiveDate;

use super::facts::Facts;
use super::standing::stands;
use super::view::{Phase, Standing};
use crate::domain::calendar::Calendar;
use crate::domain::policy::{Policies, Rung};

/// A case under two policies on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The next step as it is.
    pub before: String,
    /// The next step as it would be.
    pub after: String,
    /// Another next step.
    pub next: bool,
    /// In time as it is, late as it would be.
    pub overdue: bool,
    /// Late as it is, in time as it would be.
    pub relieved: bool,
    /// Visits that count as it is and would not, and the other way round.
    pub visits: (u16, u16),
    /// The rung on which the case stands, where the other policy does not have it.
    pub orphaned: Option<Rung>,
}

impl Effect {
    /// The case reads otherwise in some way that is told.
    pub const fn is_any(&self) -> bool {
        let (lost, gained) = self.visits;
        self.next || self.overdue || self.relieved || lost > 0 || gained > 0 || self.orphaned.is_some()
    }
}

/// Judges a case on a day under what is in force and under what would be; none once it is struck off.
pub fn effect(
    facts: &Facts,
    (before, after): (&Policies, &Policies),
    calendar: &Calendar,
    day: NaiveDate,
) -> Option<Effect> {
    let is = stands(facts, before, calendar, day);
    if is.phase == Phase::StruckOff {
        return None;
    }
    let would = stands(facts, after, calendar, day);
    let policy = after.on(day);
    let (late_is, late_would) = (is_late(&is), is_late(&would));
    Some(Effect {
        next: (is.now, action(&is)) != (would.now, action(&would)),
        overdue: !late_is && late_would,
        relieved: late_is && !late_would,
        visits: (is.counted.saturating_sub(would.counted), would.counted.saturating_sub(is.counted)),
        orphaned: is.now.filter(|rung| policy.step(*rung).is_none()),
        before: action(&is).to_owned(),
        after: action(&would).to_owned(),
    })
}

fn is_late(standing: &Standing) -> bool {
    standing.next.as_ref().is_some_and(|step| step.overdue_since.is_some())
}

fn action(standing: &Standing) -> &str {
    standing.next.as_ref().map_or("", |step| &step.action)
}
