//! Whether a person may do a thing to a case now, and if not, everything that stands against it.

use chrono::NaiveDate;

use super::act::{Act, Actor};
use super::facts::Facts;
use super::round::Round;
use super::unmet::Unmet;
use super::view::Phase;
use crate::domain::calendar::Calendar;
use crate::domain::policy::{Owner, Policies, Rung};
use crate::domain::refusal::Refusal;
use crate::domain::role::Role;

/// Ok, or a refusal that names at least one unmet thing; there is no override (design.md §4.1).
pub fn may(
    act: Act,
    actor: &Actor,
    facts: &Facts,
    policies: &Policies,
    calendar: &Calendar,
    today: NaiveDate,
) -> Result<(), Refusal> {
    let round = Round::of(facts, policies, calendar, today);
    let asked = Asked { round: &round, actor };
    Refusal::unless_met(act.label(), asked.unmet(act))
}

/// A person and the case they ask about.
pub(super) struct Asked<'a> {
    pub(super) round: &'a Round<'a>,
    pub(super) actor: &'a Actor,
}

impl Asked<'_> {
    fn unmet(&self, act: Act) -> Vec<Unmet> {
        match act {
            Act::Confirm { on } => self.confirm(on),
            Act::LogVisit { on } => self.log_visit(on),
            Act::DraftPaper { paper } => self.draft_paper(paper),
            Act::IssuePaper { paper, on } => self.issue_paper(paper, on),
            Act::RecordService { paper, method, effective_on } => self.record_service(paper, method, effective_on),
            Act::VerifyExpiry { paper, on } => self.verify_expiry(paper, on),
            Act::RecordStep { rung, on } => self.record_step(rung, on),
            Act::ProposeSkip { rung } => self.propose_skip(rung),
            Act::DecideSkip { id, approve } => self.decide_skip(id, approve),
            Act::Propose { kind } => self.propose(kind),
            Act::Decide { disposition, approve } => self.decide(disposition, approve),
            Act::ConfirmReturn { since } => self.confirm_return(since),
            Act::StrikeOff { conclusion } => self.strike_off(conclusion),
            Act::TeachAtHome { on, lessons, teachers } => self.teach_at_home(on, lessons, teachers),
            Act::AfterCare { milestone, on } => self.after_care(milestone, on),
            Act::Reopen { on } => self.reopen(on),
        }
    }

    fn confirm(&self, on: NaiveDate) -> Vec<Unmet> {
        let mut unmet = self.taken_by(Rung::Confirm);
        unmet.extend(self.ended());
        unmet.extend(self.round.confirmed_on.map(|on| Unmet::AlreadyConfirmed { on }));
        unmet.extend(self.not_ahead(on));
        unmet.extend(not_before(on, "发现疑似辍学", Some(self.round.start)));
        unmet
    }

    /// A visit that arrives late is still logged, if it was made while the case was in the ledger.
    fn log_visit(&self, on: NaiveDate) -> Vec<Unmet> {
        let mut unmet = self.is_one_of(&self.round.policy.case.visit_by);
        unmet.extend(self.not_ahead(on));
        unmet.extend(not_before(on, "列入劝返", Some(self.round.facts.case.opened_on)));
        let gone = self.round.struck_off.filter(|off| off.on < on);
        unmet.extend(gone.map(|off| Unmet::StruckOff { on: off.on }));
        unmet
    }

    fn confirm_return(&self, since: NaiveDate) -> Vec<Unmet> {
        let mut unmet = self.taken_by(Rung::Return);
        unmet.extend(self.stopped());
        unmet.extend(self.not_ahead(since));
        unmet.extend(not_before(since, "列入劝返", Some(self.round.start)));
        unmet
    }

    fn after_care(&self, milestone: u16, on: NaiveDate) -> Vec<Unmet> {
        let mut unmet = self.is_one_of(&self.round.policy.after_care.by);
        unmet.extend(self.not_ahead(on));
        let Some(back) = self.round.returned else {
            unmet.push(Unmet::ReturnNotConfirmed);
            return unmet;
        };
        let lines = self.round.care_lines();
        let before = lines.iter().take_while(|line| line.milestone < milestone).last();
        unmet.extend(not_before(on, "上一个回访日", before.map(|line| line.due)));
        unmet.extend(not_before(on, "复学", Some(back.on)));
        match lines.iter().find(|line| line.milestone == milestone) {
            None => unmet.push(Unmet::NoSuchContact { milestone }),
            Some(line) => unmet.extend(line.done_on.map(|on| Unmet::ContactMade { milestone, on })),
        }
        unmet
    }

    /// A relapse is a new round; it begins after the return and the strike-off, so that no day belongs to both.
    fn reopen(&self, on: NaiveDate) -> Vec<Unmet> {
        let mut unmet = self.is_one_of(&self.round.policy.case.reopen_by);
        unmet.extend(self.acting_township());
        unmet.extend(self.not_ahead(on));
        if !matches!(self.round.phase(), Phase::Returned | Phase::StruckOff) {
            unmet.push(Unmet::NotStruckOff);
        }
        let ended = self.round.returned.map(|back| back.confirmed_on).max(self.round.struck_off.map(|off| off.on));
        unmet.extend(not_before(on, "复学销号次日", ended.and_then(|day| day.succ_opt())));
        unmet
    }

    /// The case has left the ledger.
    pub(super) fn ended(&self) -> Option<Unmet> {
        self.round.struck_off.map(|off| Unmet::StruckOff { on: off.on })
    }

    /// The case has left the ledger, or the child is back: the ladder has stopped (G13).
    pub(super) fn stopped(&self) -> Option<Unmet> {
        self.ended().or_else(|| self.round.returned.map(|back| Unmet::Returned { on: back.on }))
    }

    pub(super) fn not_ahead(&self, on: NaiveDate) -> Option<Unmet> {
        (on > self.round.today).then_some(Unmet::InFuture { on })
    }

    /// The actor may take the rung.
    pub(super) fn taken_by(&self, rung: Rung) -> Vec<Unmet> {
        let Some(step) = self.round.policy.step(rung) else { return vec![Unmet::NoSuchStep { rung }] };
        self.takes(&step.by)
    }

    /// The actor is one of those who take a thing, of the township that acts.
    pub(super) fn takes(&self, owner: &Owner) -> Vec<Unmet> {
        let mut unmet = self.is_one_of(owner);
        unmet.extend(self.acting_township());
        unmet
    }

    /// The actor may complete the rung, in their role and on behalf of their organ.
    pub(super) fn signed_by(&self, rung: Rung) -> Vec<Unmet> {
        let Some(step) = self.round.policy.step(rung) else { return vec![Unmet::NoSuchStep { rung }] };
        self.completes(step.completed_by())
    }

    /// The actor is one of those who complete a thing, on behalf of their organ.
    pub(super) fn completes(&self, owners: &[Owner]) -> Vec<Unmet> {
        let mut unmet: Vec<Unmet> = self.no_signer(owners).into_iter().collect();
        unmet.extend(self.acting_township());
        unmet
    }

    /// The actor is none of those who may complete a step, by role or by organ.
    fn no_signer(&self, owners: &[Owner]) -> Option<Unmet> {
        let by_role: Vec<&Owner> = owners.iter().filter(|owner| owner.roles.contains(&self.actor.role)).collect();
        let Some(first) = by_role.first() else {
            let roles = owners.iter().flat_map(|owner| owner.roles.iter().copied());
            return Some(Unmet::NotYourRole { roles: roles.collect() });
        };
        let fits = by_role.iter().any(|owner| self.actor.organ.stands_for(owner.organ));
        (!fits).then_some(Unmet::NotYourOrgan { organ: first.organ })
    }

    pub(super) fn is_one_of(&self, owner: &Owner) -> Vec<Unmet> {
        if owner.roles.contains(&self.actor.role) {
            return Vec::new();
        }
        vec![Unmet::NotYourRole { roles: owner.roles.clone() }]
    }

    /// Of two townships the one that the policy named at the opening acts (AMB-36).
    fn acting_township(&self) -> Option<Unmet> {
        if !matches!(self.actor.role, Role::TownshipOfficer | Role::TownshipHead) {
            return None;
        }
        let acting = self.round.policy.case.acting_township.value;
        let unit = self.round.facts.case.acting_township;
        unit.is_some_and(|unit| unit != self.actor.unit).then_some(Unmet::OtherTownship { acting })
    }
}

/// G12: nothing is dated before what must come first.
pub(super) fn not_before(on: NaiveDate, what: &str, first: Option<NaiveDate>) -> Option<Unmet> {
    let first = first.filter(|first| on < *first)?;
    Some(Unmet::BeforePredecessor { what: what.to_owned(), on: first })
}

/// The same thing is said once.
pub(super) fn once(unmet: Vec<Unmet>) -> Vec<Unmet> {
    let mut said: Vec<Unmet> = Vec::new();
    for one in unmet {
        if !said.contains(&one) {
            said.push(one);
        }
    }
    said
}
