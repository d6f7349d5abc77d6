//! The contacts after a return, counted from the first day back in class.

use chrono::{Days, NaiveDate};

use super::facts::AfterCareFact;
use super::round::Round;
use super::view::CareLine;

impl Round<'_> {
    /// The contacts the policy asks for, under the policy in force on the day of the return.
    pub(super) fn care_lines(&self) -> Vec<CareLine> {
        let Some(back) = self.returned else { return Vec::new() };
        let milestones = &self.policies.on(back.on).after_care.days.value;
        milestones.iter().filter_map(|milestone| self.care_line(*milestone, back.on)).collect()
    }

    fn care_line(&self, milestone: u16, back_on: NaiveDate) -> Option<CareLine> {
        let due = back_on.checked_add_days(Days::new(milestone.into()))?;
        let made = self.contacts().filter(|contact| contact.milestone == milestone).min_by_key(|contact| contact.on);
        let overdue_since = if made.is_none() { self.overdue_since(Some(due)) } else { None };
        Some(CareLine {
            milestone,
            due,
            done_on: made.map(|contact| contact.on),
            at_school: made.map(|contact| contact.at_school),
            overdue_since,
        })
    }

    /// The day on which a contact found the child gone again.
    pub(super) fn gone_again_on(&self) -> Option<NaiveDate> {
        self.contacts().filter(|contact| !contact.at_school).map(|contact| contact.on).min()
    }

    fn contacts(&self) -> impl Iterator<Item = &AfterCareFact> {
        let (back_on, today) = (self.returned.map(|back| back.on), self.today);
        let ours = move |one: &&AfterCareFact| back_on.is_some_and(|back_on| back_on <= one.on) && one.on <= today;
        self.facts.after_care.iter().filter(ours)
    }
}
