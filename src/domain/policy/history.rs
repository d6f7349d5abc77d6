//! Which adopted policy governs which day (design.md §4.16, AC-128).

use chrono::NaiveDate;

use super::Policy;

/// A policy and the day it takes force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adopted {
    /// The first day on which it governs.
    pub from: NaiveDate,
    /// The policy, frozen.
    pub policy: Policy,
}

/// The policies a county has adopted; never none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policies {
    first: Adopted,
    later: Vec<Adopted>,
}

impl Policies {
    /// One policy, for all days.
    pub const fn only(policy: Policy) -> Self {
        Self { first: Adopted { from: NaiveDate::MIN, policy }, later: Vec::new() }
    }

    /// Those a county adopted, in any order; of two from the same day the one given later governs.
    pub fn of(adopted: Vec<Adopted>) -> Option<Self> {
        let mut adopted = adopted;
        adopted.sort_by_key(|one| one.from);
        let mut days = adopted.into_iter();
        let first = days.next()?;
        Some(Self { first, later: days.collect() })
    }

    /// One from the beginning, and those that followed, in any order.
    pub fn then(first: Policy, later: Vec<Adopted>) -> Self {
        let mut later = later;
        later.sort_by_key(|one| one.from);
        Self { later, ..Self::only(first) }
    }

    /// The policy in force on a day; before the first was adopted, that one.
    pub fn on(&self, day: NaiveDate) -> &Policy {
        let governing = self.later.iter().rev().find(|one| one.from <= day);
        &governing.unwrap_or(&self.first).policy
    }

    /// The days on which a policy took force, after the first.
    pub fn changes(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        self.later.iter().map(|one| one.from)
    }
}
