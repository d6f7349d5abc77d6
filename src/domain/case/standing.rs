//! Where a case stands on a day, and the first later day on which it would stand otherwise by itself.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::disposition::days_ahead;
use super::duties::round_duties;
use super::duty::Duty;
use super::facts::Facts;
use super::round::Round;
use super::view::{Phase, Standing};
use crate::domain::calendar::Calendar;
use crate::domain::policy::{Policies, Rung};
use crate::domain::words::DispositionKind;

/// What the facts mean on a day. Time never moves a case: it only makes its next step overdue (design.md §4.3).
pub fn standing(facts: &Facts, policies: &Policies, calendar: &Calendar, today: NaiveDate) -> Standing {
    let now = as_of(facts, policies, calendar, today);
    let next_change_on = candidates(facts, policies, calendar, &now, today)
        .into_iter()
        .find(|day| as_of(facts, policies, calendar, *day) != now);
    Standing { next_change_on, ..now.0 }
}

/// The same without the day on which it changes by itself, which costs most.
pub fn stands(facts: &Facts, policies: &Policies, calendar: &Calendar, day: NaiveDate) -> Standing {
    read(&Round::of(facts, policies, calendar, day))
}

/// The standing and the duties of a day, without the day of their next change.
fn as_of(facts: &Facts, policies: &Policies, calendar: &Calendar, day: NaiveDate) -> (Standing, Vec<Duty>) {
    let round = Round::of(facts, policies, calendar, day);
    (read(&round), round_duties(&round))
}

fn read(round: &Round<'_>) -> Standing {
    let next = round.next_step();
    let unmet = next.as_ref().map_or(&[][..], |step| &step.unmet);
    Standing {
        phase: round.phase(),
        reached: round.reached(),
        now: round.now(),
        steps: round.step_lines(unmet),
        visits: round.visits.iter().rev().map(super::visits::Judged::line).collect(),
        counted: round.counted(),
        required: round.required(),
        papers: round.paper_lines(),
        evidence: comes_next(round).and_then(|kind| round.checklist(kind)),
        months: round.months(),
        after_care: round.care_lines(),
        ending: round.ending(),
        quotas: round.quotas(),
        placement: round.placement(),
        next,
        next_change_on: None,
    }
}

/// The disposition whose evidence the page lists: the return once the child is back, else what the ladder leads to.
fn comes_next(round: &Round<'_>) -> Option<DispositionKind> {
    match (round.phase(), round.now()) {
        (Phase::Returned | Phase::StruckOff, _) | (_, Some(Rung::Return)) => Some(DispositionKind::Returned),
        _ => round.policy.step(Rung::CountyDecision).map(|_| DispositionKind::CountyDecision),
    }
}

/// Every later day on which something could read otherwise: facts and policies that take effect, days that run out.
fn candidates(
    facts: &Facts,
    policies: &Policies,
    calendar: &Calendar,
    now: &(Standing, Vec<Duty>),
    today: NaiveDate,
) -> BTreeSet<NaiveDate> {
    let after = |day: NaiveDate| day.checked_add_days(Days::new(1));
    let (standing, duties) = now;
    let mut days: BTreeSet<NaiveDate> = facts.days().collect();
    days.extend(policies.changes());
    days.extend(facts.excuses.iter().filter_map(|excuse| excuse.until).filter_map(after));
    days.extend(standing.next.iter().filter_map(|step| step.due).filter_map(after));
    days.extend(standing.papers.iter().filter_map(|paper| paper.state.due()).filter_map(after));
    days.extend(standing.after_care.iter().map(|line| line.due).filter_map(after));
    days.extend(duties.iter().map(|duty| duty.due).filter_map(after));
    days.extend(days_ahead(facts, policies, calendar, today));
    days.extend(today.with_day(1).and_then(|first| first.checked_add_months(Months::new(1))));
    days.split_off(&today).into_iter().filter(|day| *day > today).collect()
}

impl Facts {
    /// Every day on which a fact begins to hold.
    fn days(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        let dispositions = self.dispositions.iter();
        let decided = dispositions.clone().filter_map(|one| one.decided.as_ref()).map(|decision| decision.on);
        (self.case.confirmed_on.into_iter())
            .chain(self.visits.iter().map(|visit| visit.day))
            .chain(self.papers.iter().flat_map(|paper| [Some(paper.drafted_on), paper.issued_on]).flatten())
            .chain(self.services.iter().map(|service| service.effective_on))
            .chain(self.verifications.iter().map(|one| one.on))
            .chain(self.papers.iter().flat_map(|paper| &paper.signatures).map(|one| one.on))
            .chain(self.steps.iter().flat_map(|one| [Some(one.on), one.received_on]).flatten())
            .chain(
                self.skips
                    .iter()
                    .flat_map(|one| [Some(one.proposed_on), one.decided.as_ref().map(|said| said.on)])
                    .flatten(),
            )
            .chain(self.evidence.iter().map(|one| one.day))
            .chain(dispositions.map(|one| one.proposed_on))
            .chain(decided)
            .chain(self.returns.iter().flat_map(|back| [back.on, back.confirmed_on]))
            .chain(self.strike_offs.iter().map(|one| one.on))
            .chain(self.reopenings.iter().map(|one| one.on))
            .chain(self.after_care.iter().map(|one| one.on))
            .chain(self.excuses.iter().map(|one| one.from))
            .chain(self.plan.iter().map(|plan| plan.made_on))
            .chain(self.consents.iter().map(|one| one.on))
            .chain(self.findings.iter().map(|one| one.on))
            .chain(self.home_teaching.iter().map(|one| one.on))
            .chain(self.attendance.iter().map(|one| one.on))
    }
}
