//! Whether a disposition may be proposed, approved, and taken as the conclusion of a strike-off.

use chrono::NaiveDate;

use super::force::EndingState;
use super::lacking::Lacking;
use crate::domain::case::DispositionFact;
use crate::domain::case::may::{Asked, once};
use crate::domain::case::unmet::Unmet;
use crate::domain::ids::DispositionId;
use crate::domain::policy::{DispositionRule, NeededAt, Owner, Rung};
use crate::domain::words::DispositionKind;

/// Who proposes, and who approves one after the other.
struct Hands {
    by: Owner,
    /// Any one of those of a stage.
    approve: Vec<Vec<Owner>>,
}

impl Asked<'_> {
    pub(in crate::domain::case) fn propose(&self, kind: DispositionKind) -> Vec<Unmet> {
        let Some(rule) = self.round.policy.disposition(kind) else { return vec![Unmet::NotEnabled { kind }] };
        if kind == DispositionKind::Returned {
            return vec![Unmet::NoProposalNeeded { kind }];
        }
        let Some(hands) = self.hands(rule) else { return vec![Unmet::NotYetOffered { kind }] };
        let mut unmet = self.takes(&hands.by);
        unmet.extend(self.stopped_for(kind));
        let pending = self.round.pending(kind);
        unmet.extend(pending.map(|one| Unmet::AlreadyProposed { kind, on: one.proposed_on }));
        unmet.extend(self.granted_already(kind));
        if kind == DispositionKind::CountyDecision {
            unmet.extend(self.round.guards_unmet(Rung::CountyDecision));
        }
        unmet.extend(self.round.conditions_unmet(rule));
        unmet.extend(self.round.lacking(kind, &[NeededAt::Propose]));
        once(unmet)
    }

    /// Four eyes: each approver is another person than the proposer and than those before; sending back needs no evidence.
    pub(in crate::domain::case) fn decide(&self, id: DispositionId, approve: bool) -> Vec<Unmet> {
        let pending = self.round.facts.dispositions.iter().find(|one| one.id == id);
        let pending = pending.and_then(|one| self.round.pending(one.kind)).filter(|one| one.id == id);
        let Some(pending) = pending else { return vec![Unmet::NotProposed] };
        let kind = pending.kind;
        let Some(rule) = self.round.policy.disposition(kind) else { return vec![Unmet::NotEnabled { kind }] };
        let Some(hands) = self.hands(rule) else { return vec![Unmet::NotYetOffered { kind }] };
        let said = pending.approvals.iter().filter(|one| one.approved && one.on <= self.round.today).count();
        let last = hands.approve.len().saturating_sub(1);
        let mut unmet = hands.approve.get(said.min(last)).map_or_else(Vec::new, |owners| self.completes(owners));
        if pending.proposed_by == self.actor.user {
            unmet.push(Unmet::SamePerson);
        }
        if pending.approvals.iter().any(|one| one.by == self.actor.user && one.on <= self.round.today) {
            unmet.push(Unmet::Ending(Lacking::SameApprover));
        }
        if approve {
            unmet.extend(self.stopped_for(kind));
            unmet.extend(self.round.conditions_unmet(rule));
            unmet.extend(self.end_unmet(pending));
            // What the decision itself rests on is handed in with the last word.
            let at = if said >= last { &[NeededAt::Propose, NeededAt::Decide][..] } else { &[NeededAt::Propose] };
            unmet.extend(self.round.lacking(kind, at));
        }
        once(unmet)
    }

    pub(in crate::domain::case) fn strike_off(&self, conclusion: Option<DispositionKind>) -> Vec<Unmet> {
        let Some(kind) = conclusion else { return vec![Unmet::NoConclusion] };
        let Some(rule) = self.round.policy.disposition(kind) else { return vec![Unmet::NotEnabled { kind }] };
        if kind == DispositionKind::Returned {
            let mut unmet = self.signed_by(Rung::Return);
            unmet.extend(self.ended());
            unmet.extend(self.round.lacking(kind, &[NeededAt::StrikeOff]));
            return unmet;
        }
        if !rule.effect().leaves_ledger() {
            return vec![Unmet::StaysOpen { kind }];
        }
        if self.hands(rule).is_none() {
            return vec![Unmet::NotYetOffered { kind }];
        }
        let mut unmet = self.signed_by(Rung::Return);
        unmet.extend(self.stopped());
        unmet.extend(self.not_granted(rule));
        unmet.extend(self.round.lacking(kind, &[NeededAt::Propose, NeededAt::Decide, NeededAt::StrikeOff]));
        once(unmet)
    }

    /// The rule's own people, or those of the rung of the same name; none in a policy that only names the disposition.
    fn hands(&self, rule: &DispositionRule) -> Option<Hands> {
        let of_ladder = rule.kind == DispositionKind::CountyDecision;
        let step = self.round.policy.step(Rung::CountyDecision).filter(|_| of_ladder);
        let by = rule.by.clone().or_else(|| step.map(|step| step.by.clone()))?;
        let approve = match (rule.approve.as_slice(), step) {
            ([], step) => vec![step?.completed_by().to_vec()],
            (owners, _) => owners.iter().map(|owner| vec![owner.clone()]).collect(),
        };
        Some(Hands { by, approve })
    }

    /// The case is not stopped; leave that is renewed was itself what took it off the ledger.
    fn stopped_for(&self, kind: DispositionKind) -> Option<Unmet> {
        let renewed = self.round.struck_off.is_some_and(|off| off.conclusion == kind);
        let renewed = renewed && self.round.expiry(kind).is_some() && self.round.returned.is_none();
        self.stopped().filter(|_| !renewed)
    }

    /// It was agreed to; where it ends by itself, it may be asked for anew once the end is near (AC-71).
    fn granted_already(&self, kind: DispositionKind) -> Option<Unmet> {
        let ending = self.round.ending_in(kind)?;
        let from = ending.until.and_then(|until| Some((until, self.round.remind_from(kind, until)?)));
        match (ending.state, from) {
            (EndingState::Expired | EndingState::Ending, _) => None,
            (EndingState::Holds, Some((until, from))) => Some(Unmet::Ending(Lacking::StillRuns { kind, until, from })),
            (EndingState::Holds, None) => Some(Unmet::AlreadyDecided { kind, on: ending.agreed_on }),
        }
    }

    /// Nobody agreed, or the time for which they did is over.
    fn not_granted(&self, rule: &DispositionRule) -> Vec<Unmet> {
        let kind = rule.kind;
        match self.round.ending_in(kind) {
            None => {
                let mut unmet = vec![Unmet::Ending(Lacking::NotApproved { kind })];
                unmet.extend(self.round.conditions_unmet(rule));
                unmet
            }
            Some(ending) if ending.state == EndingState::Expired => {
                let on = ending.until.unwrap_or(ending.agreed_on);
                vec![Unmet::Ending(Lacking::Expired { kind, on })]
            }
            Some(_) => Vec::new(),
        }
    }

    /// What is granted for a time says until when, and not for too long.
    fn end_unmet(&self, pending: &DispositionFact) -> Option<Unmet> {
        let kind = pending.kind;
        let expiry = self.round.expiry(kind)?;
        let Some(until) = pending.until else { return Some(Unmet::Ending(Lacking::NoEnd { kind })) };
        let from: NaiveDate = self.round.ending_in(kind).and_then(|ending| ending.until).unwrap_or(pending.proposed_on);
        let last = expiry.longest.as_ref()?.value.due(from.max(pending.proposed_on), self.round.calendar).due;
        (until > last).then_some(Unmet::Ending(Lacking::TooLong { kind, until, last }))
    }
}
