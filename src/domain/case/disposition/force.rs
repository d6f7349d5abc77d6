//! What was agreed to, for how long it holds, and when being away is in order.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use crate::domain::case::facts::{ExcuseFact, Facts};
use crate::domain::case::facts_ending::DispositionFact;
use crate::domain::case::round::Round;
use crate::domain::policy::{DispositionRule, Expiry, Policy};
use crate::domain::words::{DispositionKind, Effect};
use crate::vocabulary;

/// The disposition that was agreed to last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ending {
    /// Which.
    pub kind: DispositionKind,
    /// What it does to the ledger.
    pub effect: Effect,
    /// The day it was agreed to.
    pub agreed_on: NaiveDate,
    /// The last day for which it was granted; none where it is for good or until further notice.
    pub until: Option<NaiveDate>,
    /// Whether it holds.
    pub state: EndingState,
}

vocabulary! {
    /// Whether what was agreed to still holds.
    pub enum EndingState {
        Holds = "holds" => "有效",
        /// Its end is near and was reminded of.
        Ending = "ending" => "即将期满",
        /// Its time is over: the child is among the suspected again until it is settled (DET-41).
        Expired = "expired" => "已经期满，列入疑似",
    }
}

impl Round<'_> {
    /// The disposition that was agreed to last in this round.
    pub(in crate::domain::case) fn ending(&self) -> Option<Ending> {
        let agreed = self.agreed().max_by_key(|(_, on)| *on);
        agreed.map(|(fact, agreed_on)| self.ending_of(fact, agreed_on))
    }

    /// The one of a kind that was agreed to last.
    pub(in crate::domain::case) fn ending_in(&self, kind: DispositionKind) -> Option<Ending> {
        let agreed = self.agreed().filter(|(fact, _)| fact.kind == kind).max_by_key(|(_, on)| *on);
        agreed.map(|(fact, agreed_on)| self.ending_of(fact, agreed_on))
    }

    /// Every kind that was agreed to and holds, each once.
    pub(in crate::domain::case) fn holding(&self) -> impl Iterator<Item = Ending> {
        let kinds = DispositionKind::ALL.iter().filter_map(|kind| self.ending_in(*kind));
        kinds.filter(|ending| ending.state != EndingState::Expired)
    }

    fn ending_of(&self, fact: &DispositionFact, agreed_on: NaiveDate) -> Ending {
        let (kind, until) = (fact.kind, fact.until);
        let effect = self.policy.disposition(kind).map_or_else(|| kind.usual_effect(), DispositionRule::effect);
        let state = match until {
            Some(last) if self.today > last => EndingState::Expired,
            Some(last) if self.remind_from(kind, last).is_some_and(|from| from <= self.today) => EndingState::Ending,
            _ => EndingState::Holds,
        };
        Ending { kind, effect, agreed_on, until, state }
    }

    /// The first day on which an end is reminded of, and on which it may be asked for anew.
    pub(super) fn remind_from(&self, kind: DispositionKind, until: NaiveDate) -> Option<NaiveDate> {
        let days = self.expiry(kind)?.remind_days.value;
        until.checked_sub_days(Days::new(days.into()))
    }

    /// How a kind ends by itself, if it does.
    pub(super) fn expiry(&self, kind: DispositionKind) -> Option<&Expiry> {
        self.policy.disposition(kind)?.follow_up.as_ref()?.expires.as_ref()
    }

    fn agreed(&self) -> impl Iterator<Item = (&DispositionFact, NaiveDate)> {
        agreed(self.facts, self.start, self.today)
    }
}

/// What was agreed to since a day, with the day on which it was.
fn agreed(facts: &Facts, start: NaiveDate, today: NaiveDate) -> impl Iterator<Item = (&DispositionFact, NaiveDate)> {
    let ours = move |one: &&DispositionFact| start <= one.proposed_on && one.proposed_on <= today;
    let word = move |one: &DispositionFact| {
        one.decided.as_ref().filter(|decision| decision.approved && decision.on <= today).map(|decision| decision.on)
    };
    facts.dispositions.iter().filter(ours).filter_map(move |one| Some((one, word(one)?)))
}

/// Why being away is in order on a day (G10): leave on the roll, or a disposition that leaves the count and is watched.
/// Where leave is granted for a time, the roll alone does not lengthen it (AC-71).
pub(in crate::domain::case) fn excuse(
    facts: &Facts,
    policy: &Policy,
    start: NaiveDate,
    today: NaiveDate,
) -> Option<ExcuseFact> {
    let granted = |kind: DispositionKind| {
        agreed(facts, NaiveDate::MIN, today).filter(|(fact, _)| fact.kind == kind).max_by_key(|(_, on)| *on)
    };
    let for_a_time = |kind: DispositionKind| {
        let follow_up = policy.disposition(kind).and_then(|rule| rule.follow_up.as_ref());
        follow_up.is_some_and(|follow_up| follow_up.expires.is_some())
    };
    let over = |kind: DispositionKind| {
        granted(kind).is_some_and(|(fact, _)| fact.until.is_some_and(|until| until < today)) && for_a_time(kind)
    };
    let on_roll = facts.excuses.iter().filter(|one| one.covers(today) && !over(one.kind)).max_by_key(|one| one.from);
    let watched = agreed(facts, start, today).filter(|(fact, _)| {
        let rule = policy.disposition(fact.kind);
        rule.is_some_and(|rule| rule.effect() == Effect::Monitored) && fact.until.is_none_or(|until| today <= until)
    });
    let watched = watched.max_by_key(|(_, on)| *on);
    let as_excuse =
        |(fact, from): (&DispositionFact, NaiveDate)| ExcuseFact { kind: fact.kind, from, until: fact.until };
    on_roll.copied().or_else(|| watched.map(as_excuse))
}
