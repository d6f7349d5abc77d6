//! Which visits count as joint persuasions, and on which day a gate of so many of them was met.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::company;
use super::facts::{ParticipantFact, VisitFact};
use super::round::Round;
use super::unmet::Unmet;
use super::verdict::{Awaited, Verdict, VisitLine, WhyNot};
use crate::domain::policy::{Gate, Media, Rung, VisitRule};

/// A visit and what the policy of its day says of it.
pub(super) struct Judged<'a> {
    pub(super) visit: &'a VisitFact,
    pub(super) verdict: Verdict,
}

impl Judged<'_> {
    pub(super) const fn counts(&self) -> bool {
        matches!(self.verdict, Verdict::Counts(_))
    }

    pub(super) fn line(&self) -> VisitLine {
        VisitLine { id: self.visit.id, day: self.visit.day, verdict: self.verdict.clone() }
    }
}

/// Judges every visit up to today, oldest first; each under the policy in force on its own day.
pub(super) fn judge<'a>(round: &Round<'a>) -> Vec<Judged<'a>> {
    let mut visits: Vec<&VisitFact> = round.facts.visits.iter().filter(|visit| !visit.superseded).collect();
    visits.retain(|visit| visit.day <= round.today);
    visits.sort_by_key(|visit| (visit.day, visit.received_on, visit.id));
    let (mut taken, mut promised, mut ordinal) = (BTreeSet::new(), BTreeSet::new(), 0);
    let mut judged = Vec::new();
    for visit in visits {
        let rule = &round.policies.on(visit.day).visit;
        let mut why = why_not(round, visit, rule);
        if why.is_empty() && rule.distinct_days.value && taken.contains(&visit.day) {
            why.push(WhyNot::SameDay);
        }
        let verdict = if why.is_empty() {
            ordinal += 1;
            taken.insert(visit.day);
            Verdict::Counts(ordinal)
        } else {
            let same_day = taken.contains(&visit.day) || promised.contains(&visit.day);
            let free = !(rule.distinct_days.value && same_day);
            match company::awaited(visit, rule, &why).filter(|_| free) {
                Some(whom) => {
                    promised.insert(visit.day);
                    Verdict::Waits(whom)
                }
                None => Verdict::DoesNot(why),
            }
        };
        judged.push(Judged { visit, verdict });
    }
    judged
}

fn why_not(round: &Round<'_>, visit: &VisitFact, rule: &VisitRule) -> Vec<WhyNot> {
    if visit.day < round.start {
        return vec![WhyNot::BeforeRound];
    }
    if round.returned.is_some_and(|back| back.on <= visit.day) {
        return vec![WhyNot::AfterReturn];
    }
    let mut why = Vec::new();
    if rule.pupil_present.value && !visit.outcome.pupil_present() {
        why.push(WhyNot::PupilAbsent);
    }
    why.extend(company::lacks(visit, rule));
    if !is_proved(visit, rule) {
        why.push(WhyNot::NoMedia { sheet: rule.media.value.contains(&Media::SignedSheet) });
    }
    if !rule.modes.value.contains(&visit.mode) {
        why.push(WhyNot::NotInPerson);
    }
    why
}

/// The person said "我参加了", or signed the sheet where the policy lets the sheet speak.
pub(super) fn vouched(who: &ParticipantFact, visit: &VisitFact, rule: &VisitRule) -> bool {
    who.confirmed || (rule.sheet_confirms.value && visit.signed_sheet)
}

fn is_proved(visit: &VisitFact, rule: &VisitRule) -> bool {
    let has = |media: &Media| match media {
        Media::Photo => visit.photos > 0,
        Media::SignedSheet => visit.signed_sheet,
    };
    rule.media.value.is_empty() || rule.media.value.iter().any(has)
}

impl Round<'_> {
    /// The visits that count, oldest first.
    pub(super) fn counting(&self) -> impl DoubleEndedIterator<Item = &VisitFact> {
        self.visits.iter().filter(|one| one.counts()).map(|one| one.visit)
    }

    /// The visits that count as soon as those named have said that they went, each with whom it waits for.
    pub(super) fn waiting(&self) -> impl DoubleEndedIterator<Item = (&VisitFact, &[Awaited])> {
        self.visits.iter().filter_map(|one| match &one.verdict {
            Verdict::Waits(whom) => Some((one.visit, whom.as_slice())),
            _ => None,
        })
    }

    /// How many count or only wait for somebody's word.
    pub(super) fn made(&self) -> u16 {
        self.counted().saturating_add(u16::try_from(self.waiting().count()).unwrap_or(u16::MAX))
    }

    /// The visit with which a rung's own work is done but for somebody's word, and whose that is.
    pub(super) fn awaits_word(&self, rung: Rung) -> Option<(&VisitFact, &[Awaited])> {
        match rung {
            Rung::JointVisits => self.waiting().next().filter(|_| self.made() >= self.required()),
            Rung::MonthlyVisit => self.month_waiting(),
            _ => None,
        }
    }

    /// How many count.
    pub(super) fn counted(&self) -> u16 {
        u16::try_from(self.counting().count()).unwrap_or(u16::MAX)
    }

    /// The day on which the visits sufficed under the policy of that day; once met, a gate stays met (AC-128).
    pub(super) fn gate_met_on(&self, gate: Gate) -> Option<NaiveDate> {
        let changes = self.policies.changes().filter(|day| self.start <= *day && *day <= self.today);
        // Where a policy asks for no visit the gate stands open from the start.
        let days: BTreeSet<NaiveDate> =
            self.counting().map(|visit| visit.day).chain(changes).chain([self.start]).collect();
        let suffice = |day: &NaiveDate| {
            let made = self.counting().filter(|visit| visit.day <= *day).count();
            made >= usize::from(self.policies.on(*day).visits_before(gate))
        };
        days.into_iter().find(suffice)
    }

    /// What is missing to a gate under the policy of today.
    pub(super) fn visits_short(&self, gate: Gate) -> Option<Unmet> {
        let (have, need) = (self.counted(), self.policy.visits_before(gate));
        let pupil = self.policy.visit.pupil_present.value;
        self.gate_met_on(gate).is_none().then_some(Unmet::VisitsShort { have, need, pupil })
    }

    /// Those named in a visit who have not said that they went; of the visits that count, or would with them.
    pub(super) fn unconfirmed(&self) -> Vec<Unmet> {
        self.hopeful().flat_map(|visit| self.unconfirmed_in(visit)).collect()
    }

    /// The visits that count, or would if all who are named said that they went.
    pub(super) fn hopeful(&self) -> impl Iterator<Item = &VisitFact> {
        let hopeful = |one: &&Judged<'_>| match &one.verdict {
            Verdict::Counts(_) | Verdict::Waits(_) => true,
            Verdict::DoesNot(why) => !why.is_empty() && why.iter().all(|why| why.waits_for_a_word()),
        };
        self.visits.iter().filter(hopeful).map(|one| one.visit)
    }

    /// Those named in the visits that count who have not said that they went.
    pub(super) fn unconfirmed_of_counted(&self) -> Vec<Unmet> {
        self.counting().flat_map(|visit| self.unconfirmed_in(visit)).collect()
    }

    fn unconfirmed_in(&self, visit: &VisitFact) -> Vec<Unmet> {
        let rule = &self.policies.on(visit.day).visit;
        let waiting = visit.participants.iter().filter(|who| !vouched(who, visit, rule));
        waiting
            .map(|who| Unmet::Unconfirmed {
                visit: visit.id,
                day: visit.day,
                unit_name: who.unit_name.clone(),
                person: who.person.clone(),
                account: who.user.is_some(),
            })
            .collect()
    }

    /// Photographs or sheets of the counted visits, which show the pupil there.
    pub(super) fn proved_visits(&self) -> usize {
        self.counting().filter(|visit| visit.photos > 0 || visit.signed_sheet).count()
    }
}
