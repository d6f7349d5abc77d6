//! A case's facts as they were on a day, in the round that runs: from its opening, or from its last reopening.

use chrono::NaiveDate;

use super::facts::{DispositionFact, ExcuseFact, Facts, ReturnFact, StrikeOffFact};
use super::notice::Notice;
use super::view::Phase;
use super::visits::{self, Judged};
use crate::domain::calendar::Calendar;
use crate::domain::policy::{Policies, Policy};
use crate::domain::words::DispositionKind;

/// The facts, the rules and the day, with what most questions ask worked out once.
pub(super) struct Round<'a> {
    pub(super) facts: &'a Facts,
    pub(super) policies: &'a Policies,
    pub(super) calendar: &'a Calendar,
    pub(super) today: NaiveDate,
    /// The policy in force today; what was done is judged under the one of its own day.
    pub(super) policy: &'a Policy,
    /// The first day of the round.
    pub(super) start: NaiveDate,
    /// 核查确认; a reopened case was found out of school on the day it was reopened.
    pub(super) confirmed_on: Option<NaiveDate>,
    pub(super) returned: Option<&'a ReturnFact>,
    pub(super) struck_off: Option<&'a StrikeOffFact>,
    pub(super) excuse: Option<&'a ExcuseFact>,
    /// Every visit up to today that was not superseded, oldest first.
    pub(super) visits: Vec<Judged<'a>>,
    pub(super) notice: Notice<'a>,
}

impl<'a> Round<'a> {
    pub(super) fn of(facts: &'a Facts, policies: &'a Policies, calendar: &'a Calendar, today: NaiveDate) -> Self {
        let reopened = facts.reopenings.iter().map(|one| one.on).filter(|on| *on <= today).max();
        let start = reopened.unwrap_or(facts.case.opened_on);
        let policy = policies.on(today);
        let here = |on: NaiveDate| start <= on && on <= today;
        let returned = facts.returns.iter().filter(|one| here(one.on) && one.confirmed_on <= today);
        let mut round = Self {
            facts,
            policies,
            calendar,
            today,
            policy,
            start,
            confirmed_on: reopened.or(facts.case.confirmed_on).filter(|on| *on <= today),
            returned: returned.min_by_key(|one| one.on),
            struck_off: facts.strike_offs.iter().filter(|one| here(one.on)).min_by_key(|one| one.on),
            excuse: facts.excuses.iter().filter(|one| one.covers(today)).max_by_key(|one| one.from),
            visits: Vec::new(),
            notice: Notice::None,
        };
        round.visits = visits::judge(&round);
        round.notice = Notice::of(&round);
        round
    }

    /// 准许先办理延缓入学或休学手续，并每月至少一次持续联合劝返 (002:L52): leave granted with the county's word rests nothing.
    pub(super) fn phase(&self) -> Phase {
        if self.struck_off.is_some() {
            Phase::StruckOff
        } else if self.returned.is_some() {
            Phase::Returned
        } else if self.agreed_on(DispositionKind::CountyDecision).is_some() {
            Phase::Held
        } else if self.excuse.is_some() {
            Phase::Excused
        } else if self.confirmed_on.is_none() {
            Phase::Suspected
        } else {
            Phase::Open
        }
    }

    /// The dispositions of a kind that were proposed in this round, oldest first.
    fn proposed(&self, kind: DispositionKind) -> impl Iterator<Item = &'a DispositionFact> {
        let (start, today) = (self.start, self.today);
        let ours =
            move |one: &&DispositionFact| one.kind == kind && start <= one.proposed_on && one.proposed_on <= today;
        self.facts.dispositions.iter().filter(ours)
    }

    /// The proposal of a kind that waits for its decision.
    pub(super) fn pending(&self, kind: DispositionKind) -> Option<&'a DispositionFact> {
        let today = self.today;
        self.proposed(kind).find(|one| one.decided.as_ref().is_none_or(|decision| decision.on > today))
    }

    /// The day on which a disposition of a kind was agreed to.
    pub(super) fn agreed_on(&self, kind: DispositionKind) -> Option<NaiveDate> {
        self.decisions(kind).filter(|(approved, _)| *approved).map(|(_, on)| on).min()
    }

    /// The last day on which a proposal of a kind was sent back.
    pub(super) fn sent_back_on(&self, kind: DispositionKind) -> Option<NaiveDate> {
        self.decisions(kind).filter(|(approved, _)| !approved).map(|(_, on)| on).max()
    }

    fn decisions(&self, kind: DispositionKind) -> impl Iterator<Item = (bool, NaiveDate)> {
        let today = self.today;
        let decided = self.proposed(kind).filter_map(|one| one.decided.as_ref());
        decided.map(|decision| (decision.approved, decision.on)).filter(move |(_, on)| *on <= today)
    }
}

impl ExcuseFact {
    fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|last| day <= last)
    }
}
