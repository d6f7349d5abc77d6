//! Who went together: whether they are as many and from where a scheme asks (联合), and whose word is still out.

use std::collections::BTreeSet;

use super::facts::{ParticipantFact, VisitFact};
use super::verdict::{Awaited, WhyNot};
use super::visits::vouched;
use crate::domain::ids::{UnitId, UserId};
use crate::domain::policy::{Organ, VisitRule};

/// The units of some of those who went, and the organs for which they stand.
#[derive(Default)]
struct Company {
    units: BTreeSet<UnitId>,
    organs: BTreeSet<Organ>,
}

impl Company {
    fn of<'a>(people: impl Iterator<Item = &'a ParticipantFact>) -> Self {
        let mut company = Self::default();
        for who in people {
            company.units.insert(who.unit);
            company.organs.insert(Organ::of(who.unit_kind, &who.unit_name));
        }
        company
    }

    fn is_enough(&self, rule: &VisitRule) -> bool {
        self.units.len() >= usize::from(rule.min_units.value) && self.missing(rule).next().is_none()
    }

    /// The organs that a scheme names and none of these stands for; a subdistrict stands where it names a township.
    fn missing<'a>(&'a self, rule: &'a VisitRule) -> impl Iterator<Item = Organ> + 'a {
        let parties = rule.parties.iter().flat_map(|parties| parties.value.iter().copied());
        parties.filter(|party| !self.stands_for(*party))
    }

    fn stands_for(&self, party: Organ) -> bool {
        self.organs.iter().any(|organ| organ.stands_for(party))
    }
}

/// What the company of a visit lacks, by those who vouched for having gone.
pub(super) fn lacks(visit: &VisitFact, rule: &VisitRule) -> Vec<WhyNot> {
    let there = Company::of(visit.participants.iter().filter(|who| vouched(who, visit, rule)));
    let named = Company::of(visit.participants.iter());
    let count = |units: usize| u16::try_from(units).unwrap_or(u16::MAX);
    let (confirmed, need) = (count(there.units.len()), rule.min_units.value);
    let waiting = count(named.units.difference(&there.units).count());
    let too_few = (confirmed < need).then_some(WhyNot::TooFewUnits { confirmed, need, waiting });
    let without = |party| WhyNot::WithoutParty { party, named: named.stands_for(party) };
    too_few.into_iter().chain(there.missing(rule).map(without)).collect()
}

/// Whose word alone is missing, where those who have an account would make the company enough.
pub(super) fn awaited(visit: &VisitFact, rule: &VisitRule, why: &[WhyNot]) -> Option<Vec<Awaited>> {
    if why.is_empty() || !why.iter().all(|why| why.is_of_company()) {
        return None;
    }
    let vouching = || visit.participants.iter().filter(|who| vouched(who, visit, rule));
    let there = Company::of(vouching());
    let asked = visit.participants.iter().filter(|who| who.user.is_some() && !there.units.contains(&who.unit));
    let asked: Vec<&ParticipantFact> = asked.collect();
    let name =
        |(user, who): (UserId, &ParticipantFact)| Awaited { user, name: format!("{}{}", who.unit_name, who.person) };
    let whole = Company::of(vouching().chain(asked.iter().copied()));
    whole.is_enough(rule).then(|| asked.iter().filter_map(|who| Some((who.user?, *who))).map(name).collect())
}
