//! Leave that has ended and was not given back (销假).

use chrono::NaiveDateTime;

use super::facts::{AbsenceFacts, LeaveFact};
use crate::domain::calendar::Calendar;
use crate::domain::policy::Policy;

/// Leave to be given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancel<'a> {
    /// Which.
    pub leave: &'a LeaveFact,
    /// The first day back in class.
    pub since: chrono::NaiveDate,
    /// To whom, as the scheme calls them.
    pub to: String,
}

/// The leaves whose child is back and which nobody has given back, where the policy asks for it.
pub fn open_leaves<'a>(
    facts: &'a AbsenceFacts,
    policy: &Policy,
    calendar: &Calendar,
    now: NaiveDateTime,
) -> Vec<Cancel<'a>> {
    let today = now.date();
    let rule = &policy.detection.leave;
    let on_leave = |day| facts.leaves.iter().any(|leave| leave.from <= day && day <= leave.until);
    let attends = |day| calendar.is_school_day(day) && !on_leave(day) && facts.unexcused(day).is_none();
    let open = |leave: &'a LeaveFact| {
        let later = leave.until.iter_days().skip(1).take_while(|day| *day <= today);
        let since = later.into_iter().find(|day| attends(*day))?;
        let taught = leave.from.iter_days().take_while(|day| *day <= leave.until);
        let days = taught.filter(|day| calendar.is_school_day(*day)).count();
        let to = rule.granted_by(u16::try_from(days).unwrap_or(u16::MAX));
        leave.cancelled_on.is_none_or(|on| today < on).then_some(Cancel { leave, since, to })
    };
    if !rule.cancel_required {
        return Vec::new();
    }
    facts.leaves.iter().filter_map(open).collect()
}
