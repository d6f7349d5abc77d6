//! Whether an act stands in order on its day; the facts decide, and the calendar.

use chrono::NaiveDate;

use super::facts::{Act, Deed, Subject};
use super::ground::Ground;
use super::law::Span;
use super::obstacle::{Obstacle, OutOfOrder};
use super::remedies::Remedies;
use super::turn::recorder;
use crate::domain::role::Role;

/// The most that may be fined on the spot, in yuan (行政处罚法 §51).
const ON_THE_SPOT: u32 = 200;

/// Whether the act may be entered by somebody on the ground's day, or everything that stands against it.
pub fn may(act: &Act, by: Role, ground: &Ground<'_>) -> Result<(), OutOfOrder> {
    let mut why = ground.standing(act.act, by);
    if why.is_empty() {
        why = ground.order(act);
    }
    if why.is_empty() { Ok(()) } else { Err(OutOfOrder { act: act.act, why }) }
}

impl Ground<'_> {
    /// Who may do such a thing at all.
    fn standing(&self, deed: Deed, by: Role) -> Vec<Obstacle> {
        let owner = recorder(deed, self.of.organ);
        if !self.is_lawful() {
            return vec![Obstacle::NoBasis];
        }
        if !self.policy.may_order(self.of.organ) {
            return vec![Obstacle::NoPower(self.of.organ)];
        }
        if owner.roles.contains(&by) { Vec::new() } else { vec![Obstacle::NotYours(owner)] }
    }

    fn order(&self, act: &Act) -> Vec<Obstacle> {
        use Deed as D;
        if let Some(on) = self.on(act.act) {
            return vec![Obstacle::Already(act.act, on)];
        }
        let penalty_only = [D::Filed, D::Informed, D::Pleaded, D::PleadingWaived, D::HearingAsked, D::HearingWaived];
        if self.of.subject == Subject::Order && penalty_only.contains(&act.act) {
            return vec![Obstacle::NoPenalty];
        }
        match act.act {
            D::Filed | D::ChildBack => Vec::new(),
            D::Informed | D::LegalReview | D::Discussed | D::Dropped => {
                self.lacks_unless(D::Filed, self.of.on_the_spot).into_iter().chain(self.decided()).collect()
            }
            D::Pleaded | D::PleadingWaived => self.lacks(D::Informed).into_iter().chain(self.decided()).collect(),
            D::HearingAsked | D::HearingWaived | D::HearingNoticed | D::HearingHeld => self.hearing(act),
            D::Decided => self.decision(),
            D::Served => self.lacks(D::Decided).into_iter().collect(),
            D::Deferred | D::Paid => self.payment(),
            D::Performed => self.lacks(D::Served).into_iter().collect(),
            D::ReconsiderationApplied => self.reconsideration(),
            D::ReconsiderationUpheld | D::ReconsiderationRevoked => self.answer(D::ReconsiderationApplied),
            D::SuitFiled => self.suit(),
            D::SuitUpheld | D::SuitRevoked => self.answer(D::SuitFiled),
            D::Demanded => self.demand_stands(),
            D::Applied => self.application(),
            D::Accepted => self.lacks(D::Applied).into_iter().collect(),
            D::EnforcementAllowed | D::EnforcementRefused => self.answer(D::Accepted),
        }
    }

    fn lacks(&self, deed: Deed) -> Option<Obstacle> {
        self.on(deed).is_none().then_some(Obstacle::Lacks(deed))
    }

    fn lacks_unless(&self, deed: Deed, excused: bool) -> Option<Obstacle> {
        self.lacks(deed).filter(|_| !excused && self.of.subject == Subject::Penalty)
    }

    fn decided(&self) -> Option<Obstacle> {
        let done = |deed: Deed| self.on(deed).map(|on| Obstacle::Already(deed, on));
        done(Deed::Decided).or_else(|| done(Deed::Dropped))
    }

    /// Only what was asked for is answered, and once.
    fn answer(&self, asked: Deed) -> Vec<Obstacle> {
        let answers: &[Deed] = match asked {
            Deed::ReconsiderationApplied => &[Deed::ReconsiderationUpheld, Deed::ReconsiderationRevoked],
            Deed::SuitFiled => &[Deed::SuitUpheld, Deed::SuitRevoked],
            _ => &[Deed::EnforcementAllowed, Deed::EnforcementRefused],
        };
        let given = answers.iter().find_map(|deed| self.on(*deed).map(|on| Obstacle::Already(*deed, on)));
        self.lacks(asked).into_iter().chain(given).collect()
    }
}

/// Before the decision.
impl Ground<'_> {
    fn hearing(&self, act: &Act) -> Vec<Obstacle> {
        let Some(informed) = self.on(Deed::Informed) else { return vec![Obstacle::Lacks(Deed::Informed)] };
        if !self.of.hearing_offered {
            return vec![Obstacle::NoHearingOffered];
        }
        if let Some(decided) = self.decided() {
            return vec![decided];
        }
        if let Some(waived) = self.on(Deed::HearingWaived) {
            return vec![Obstacle::Already(Deed::HearingWaived, waived)];
        }
        let last = self.due(Span::HearingRequest, informed).due;
        match act.act {
            Deed::HearingAsked if self.today > last => vec![Obstacle::TooLate(last)],
            Deed::HearingAsked | Deed::HearingWaived => Vec::new(),
            Deed::HearingNoticed => {
                let first = self.due(Span::HearingNotice, self.today).due;
                let soon = act.sets.is_some_and(|day| day < first).then_some(Obstacle::HearingTooSoon(first));
                self.lacks(Deed::HearingAsked).into_iter().chain(soon).collect()
            }
            _ => match self.on(Deed::HearingNoticed).map(|on| self.due(Span::HearingNotice, on).due) {
                None => vec![Obstacle::Lacks(Deed::HearingNoticed)],
                Some(first) if self.today < first => vec![Obstacle::HearingTooSoon(first)],
                Some(_) => Vec::new(),
            },
        }
    }

    fn decision(&self) -> Vec<Obstacle> {
        if let Some(done) = self.decided() {
            return vec![done];
        }
        let back = self.on(Deed::ChildBack).map(Obstacle::ChildBack);
        if self.of.subject == Subject::Order {
            return back.into_iter().collect();
        }
        if self.of.on_the_spot {
            let high = self.of.fine.is_some_and(|fine| fine > ON_THE_SPOT).then_some(Obstacle::FineTooHigh);
            return back.into_iter().chain(high).collect();
        }
        let Some(informed) = self.on(Deed::Informed) else {
            return [self.lacks(Deed::Filed), Some(Obstacle::Lacks(Deed::Informed)), back]
                .into_iter()
                .flatten()
                .collect();
        };
        let discussed =
            self.lacks(Deed::Discussed).filter(|_| self.of.complex).map(|_| Obstacle::Must(Deed::Discussed));
        let heard = self.on(Deed::HearingHeld).and_then(|_| self.lacks(Deed::LegalReview));
        let reviewed = heard.map(|_| Obstacle::Must(Deed::LegalReview));
        let all = [self.lacks(Deed::Filed), self.pleading(informed), self.unheard(informed), reviewed, discussed, back];
        all.into_iter().flatten().collect()
    }

    /// §62: heard, waived, or the day that the paper told is over; where it told none, the hearing's days count.
    fn pleading(&self, informed: NaiveDate) -> Option<Obstacle> {
        if self.any(&[Deed::Pleaded, Deed::PleadingWaived, Deed::HearingHeld]).is_some() {
            return None;
        }
        let by_hearing = || self.of.hearing_offered.then(|| self.due(Span::HearingRequest, informed).due);
        let by = self.of.plead_by.or_else(by_hearing);
        by.is_none_or(|by| self.today <= by).then_some(Obstacle::MayPlead(by))
    }

    fn unheard(&self, informed: NaiveDate) -> Option<Obstacle> {
        if !self.of.hearing_offered || self.any(&[Deed::HearingHeld, Deed::HearingWaived]).is_some() {
            return None;
        }
        if self.on(Deed::HearingAsked).is_some() {
            return Some(Obstacle::HearingOpen);
        }
        let last = self.due(Span::HearingRequest, informed).due;
        (self.today <= last).then_some(Obstacle::MayAskHearing(last))
    }
}

/// After the decision.
impl Ground<'_> {
    fn payment(&self) -> Vec<Obstacle> {
        if self.of.subject == Subject::Order || self.of.fine.is_none() {
            return vec![Obstacle::NoPenalty];
        }
        self.lacks(Deed::Served).into_iter().chain(self.settled().map(Obstacle::Settled)).collect()
    }

    fn reconsideration(&self) -> Vec<Obstacle> {
        let Some(served) = self.on(Deed::Served) else { return vec![Obstacle::Lacks(Deed::Served)] };
        let last = self.due(Span::Reconsideration, served).due;
        let sued = self.on(Deed::SuitFiled).map(|on| Obstacle::Pending(Deed::SuitFiled, on));
        sued.into_iter().chain((self.today > last).then_some(Obstacle::TooLate(last))).collect()
    }

    fn suit(&self) -> Vec<Obstacle> {
        let Some(served) = self.on(Deed::Served) else { return vec![Obstacle::Lacks(Deed::Served)] };
        let last = match (self.remedies(), self.on(Deed::ReconsiderationUpheld)) {
            (Some(Remedies::Pending(deed, on)), _) => return vec![Obstacle::Pending(deed, on)],
            (Some(Remedies::Revoked(on)), _) => return vec![Obstacle::Revoked(on)],
            (_, Some(upheld)) => self.due(Span::SuitAfterReconsideration, upheld).due,
            _ if self.of.on_the_spot => return vec![Obstacle::ReconsiderFirst],
            _ => self.due(Span::Suit, served).due,
        };
        (self.today > last).then_some(Obstacle::TooLate(last)).into_iter().collect()
    }

    /// What stands against any step towards the court.
    fn enforceable(&self) -> Vec<Obstacle> {
        if self.on(Deed::Served).is_none() {
            return vec![Obstacle::Lacks(Deed::Served)];
        }
        if let Some(on) = self.settled() {
            return vec![Obstacle::Settled(on)];
        }
        let due = self.obligation();
        let early = due.is_none_or(|due| self.today <= due).then_some(Obstacle::NotInDefault(due));
        let remedies = match self.remedies() {
            Some(Remedies::Pending(deed, on)) => Some(Obstacle::Pending(deed, on)),
            Some(Remedies::Revoked(on)) => Some(Obstacle::Revoked(on)),
            _ => None,
        };
        early.into_iter().chain(remedies).collect()
    }

    fn demand_stands(&self) -> Vec<Obstacle> {
        let mut why = self.enforceable();
        if let Some(window) = self.window().filter(|_| why.is_empty()) {
            if window.span == Span::Judgment {
                return vec![Obstacle::Judged];
            }
            if !self.policy.penalty.demand_before_lapse && self.today < window.first {
                why.extend(window.first.pred_opt().map(Obstacle::RemediesRun));
            }
            if self.today > window.last.due {
                why.push(Obstacle::TooLate(window.last.due));
            }
        }
        why
    }

    fn application(&self) -> Vec<Obstacle> {
        let mut why = self.enforceable();
        let Some(window) = self.window().filter(|_| why.is_empty()) else { return why };
        if window.span == Span::Application {
            let demand = self.on(Deed::Demanded).map(|on| self.due(Span::Demand, on).due);
            why.extend(demand.map_or(Some(Obstacle::Lacks(Deed::Demanded)), |due| {
                (self.today <= due).then_some(Obstacle::DemandRuns(due))
            }));
            why.extend(window.first.pred_opt().filter(|end| self.today <= *end).map(Obstacle::RemediesRun));
        }
        if self.today > window.last.due {
            why.push(Obstacle::TooLate(window.last.due));
        }
        why
    }
}
