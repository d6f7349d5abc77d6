//! Who is told and asked about a child from elsewhere, step by step; and where a child who is back is put.

use chrono::{Datelike as _, Months, NaiveDate};

use super::goes_on::task;
use crate::domain::case::EvidenceFact;
use crate::domain::case::duty::{Duty, Verb};
use crate::domain::case::months::last_of;
use crate::domain::case::round::Round;
use crate::domain::case::view::Phase;
use crate::domain::policy::{DispositionRule, PlaceOf, Route, RouteFrom};
use crate::domain::words::{DispositionKind, EvidenceKind};

/// The step of each route whose turn it is.
pub(super) fn duties(round: &Round<'_>) -> Vec<Duty> {
    let rules = round.policy.dispositions.iter();
    rules.flat_map(|rule| rule.routes.iter().filter_map(move |route| duty(round, rule, route))).collect()
}

fn duty(round: &Round<'_>, rule: &DispositionRule, route: &Route) -> Option<Duty> {
    let place = match route.of {
        PlaceOf::Household => round.facts.child.household,
        PlaceOf::Attends => round.facts.child.attends,
    };
    place.filter(|place| route.places.contains(place))?;
    let mut since = begun(round, rule.kind, route.from)?;
    for step in &route.steps {
        let Some(evidence) = step.evidence else {
            // It goes on month by month until the case leaves the ledger.
            let open = round.phase() != Phase::StruckOff;
            let due = round.today.with_day(1).map_or(round.today, last_of);
            return open.then(|| task(round, Verb::PassOn, step.does.clone(), due, &step.by));
        };
        let Some(on) = filed(round, evidence) else {
            let due = round.within(step.within.as_ref(), since).due.unwrap_or(since);
            return Some(task(round, Verb::PassOn, step.does.clone(), due, &step.by));
        };
        since = since.max(on);
    }
    None
}

/// The day on which a route began, if it has.
fn begun(round: &Round<'_>, kind: DispositionKind, from: RouteFrom) -> Option<NaiveDate> {
    let agreed = || round.agreed_on(kind);
    match from {
        RouteFrom::Opened => Some(round.start),
        RouteFrom::Proposed => round.pending(kind).map(|one| one.proposed_on).or_else(agreed),
        RouteFrom::Agreed => agreed(),
    }
}

fn filed(round: &Round<'_>, evidence: EvidenceKind) -> Option<NaiveDate> {
    let ours = |one: &&EvidenceFact| one.kind == evidence && round.start <= one.day && one.day <= round.today;
    round.facts.evidence.iter().filter(ours).map(|one| one.day).min()
}

impl Round<'_> {
    /// Where the child who is back is put, by how long they were out.
    pub(in crate::domain::case) fn placement(&self) -> Option<String> {
        let back = self.returned?;
        let rule = self.policy.disposition(DispositionKind::Returned)?.placement.as_ref()?;
        let last = self.out_since().checked_add_months(Months::new(rule.months.into()))?;
        Some(if back.on <= last { rule.within.clone() } else { rule.beyond.clone() })
    }
}
