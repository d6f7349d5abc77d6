//! A case's facts as they were on a day, in the round that runs: from its opening, or from its last reopening.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::disposition;
use super::facts::{ExcuseFact, Facts, ReturnFact, StrikeOffFact};
use super::facts_ending::DispositionFact;
use super::facts_step::{SkipFact, StepFact};
use super::notice::Notice;
use super::view::Phase;
use super::visits::{self, Judged};
use crate::domain::calendar::Calendar;
use crate::domain::policy::{Policies, Policy, Rung};
use crate::domain::words::{DispositionKind, PaperKind};

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
    pub(super) excuse: Option<ExcuseFact>,
    /// Every visit up to today that was not superseded, oldest first.
    pub(super) visits: Vec<Judged<'a>>,
    /// The papers of the round, by kind that which has come farthest.
    pub(super) notices: BTreeMap<PaperKind, Notice<'a>>,
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
            excuse: disposition::excuse(facts, policy, start, today),
            visits: Vec::new(),
            notices: BTreeMap::new(),
        };
        round.visits = visits::judge(&round);
        round.notices = Notice::all(&round);
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

    /// The record of a step, the last one made in this round.
    pub(super) fn recorded(&self, rung: Rung) -> Option<&'a StepFact> {
        let here = |one: &&StepFact| one.rung == rung && self.start <= one.on && one.on <= self.today;
        self.facts.steps.iter().filter(here).max_by_key(|one| one.on)
    }

    /// The record of a step, if all is there that the policy of its day asks for (001-12:L569).
    pub(super) fn taken(&self, rung: Rung) -> Option<&'a StepFact> {
        let whole = |one: &&StepFact| {
            let step = self.policies.on(one.on).step(rung);
            one.scan || !step.and_then(|step| step.on_paper.as_ref()).is_some_and(|asked| asked.value)
        };
        let here = |one: &&StepFact| one.rung == rung && self.start <= one.on && one.on <= self.today;
        self.facts.steps.iter().filter(here).filter(whole).min_by_key(|one| one.on)
    }

    fn skips(&self, rung: Rung) -> impl Iterator<Item = &'a SkipFact> {
        let (start, today) = (self.start, self.today);
        let ours = move |one: &&SkipFact| one.rung == rung && start <= one.proposed_on && one.proposed_on <= today;
        self.facts.skips.iter().filter(ours)
    }

    /// A step proposed to be passed over, waiting for its second person.
    pub(super) fn pending_skip(&self, rung: Rung) -> Option<&'a SkipFact> {
        let today = self.today;
        self.skips(rung).find(|one| one.decided.as_ref().is_none_or(|decision| decision.on > today))
    }

    /// The day on which it was agreed that a step be passed over.
    pub(super) fn skipped_on(&self, rung: Rung) -> Option<NaiveDate> {
        let decided = self.skips(rung).filter_map(|one| one.decided.as_ref());
        decided.filter(|decision| decision.approved && decision.on <= self.today).map(|decision| decision.on).min()
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
    pub(super) fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|last| day <= last)
    }
}
