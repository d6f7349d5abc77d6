//! The tasks of what goes on after a disposition: an end that is near, monthly visits, teaching at home, who stays away.

use chrono::{Datelike as _, NaiveDate};

use super::force::{Ending, EndingState};
use crate::domain::calendar::spoken;
use crate::domain::case::duty::{Duty, Verb};
use crate::domain::case::months::last_of;
use crate::domain::case::round::Round;
use crate::domain::case::unmet::Mend;
use crate::domain::case::view::Phase;
use crate::domain::policy::{FollowUp, Owner, Per};
use crate::domain::words::DispositionKind;

/// Every task that follows from a disposition, agreed to or only named.
pub(in crate::domain::case) fn follow_ups(round: &Round<'_>) -> Vec<Duty> {
    if round.returned.is_some() {
        return Vec::new();
    }
    let rules = round.policy.dispositions.iter();
    let followed = rules.filter_map(|rule| Some((rule.kind, rule.follow_up.as_ref()?)));
    let mut duties: Vec<Duty> = followed.flat_map(|(kind, follow_up)| of_kind(round, kind, follow_up)).collect();
    duties.extend(teaching(round));
    duties.extend(pack(round));
    duties.extend(super::routes::duties(round));
    duties
}

fn of_kind(round: &Round<'_>, kind: DispositionKind, follow_up: &FollowUp) -> Vec<Duty> {
    let Some(ending) = round.ending_in(kind).or_else(|| on_roll(round, kind)) else { return Vec::new() };
    let mut duties: Vec<Duty> = expiry(round, &ending, follow_up).into_iter().collect();
    if ending.state != EndingState::Expired {
        duties.extend(monthly(round, follow_up));
        duties.extend(stays_away(round, &ending, follow_up));
    }
    duties
}

/// Leave that stands on the roll alone ends as well.
fn on_roll(round: &Round<'_>, kind: DispositionKind) -> Option<Ending> {
    let leave = round.excuse.filter(|excuse| excuse.kind == kind)?;
    let effect = round.policy.disposition(kind)?.effect();
    let near = leave.until.and_then(|until| round.remind_from(kind, until)).is_some_and(|from| from <= round.today);
    let state = if near { EndingState::Ending } else { EndingState::Holds };
    Some(Ending { kind, effect, agreed_on: leave.from, until: leave.until, state })
}

/// Before the end: a reminder. After it, off the ledger and not settled: the child is listed again (AC-71).
fn expiry(round: &Round<'_>, ending: &Ending, follow_up: &FollowUp) -> Option<Duty> {
    follow_up.expires.as_ref()?;
    let (kind, until) = (ending.kind, ending.until?);
    match ending.state {
        EndingState::Ending if round.pending(kind).is_none() => {
            let reason = format!("{kind}{}期满，办理复学，或者重新提请审批", spoken(until));
            Some(placed(task(round, Verb::Renew, reason, until, &follow_up.by), Mend::Propose { kind }))
        }
        EndingState::Expired if round.phase() == Phase::StruckOff => {
            let reason = format!("{kind}{}已经期满，没有复学也没有重新审批，列入疑似辍学名单", spoken(until));
            let owner = &round.policy.case.reopen_by;
            Some(placed(task(round, Verb::Reopen, reason, until, owner), Mend::Reopen))
        }
        EndingState::Holds | EndingState::Ending | EndingState::Expired => None,
    }
}

/// The joint visit of this month; the ladder's own rung asks for its own.
fn monthly(round: &Round<'_>, follow_up: &FollowUp) -> Option<Duty> {
    if !follow_up.monthly_visit || round.laddered_months().is_some() {
        return None;
    }
    let open = round.months().into_iter().next_back().filter(|month| month.done_on.is_none())?;
    let reason = format!("每月联合劝返，{}月{}", open.month, if open.missed { "没有做" } else { "这一次" });
    Some(placed(task(round, Verb::LogVisit, reason, open.due, &follow_up.by), Mend::LogVisit))
}

/// The last look found the child away, and nobody has found out why (AC-108).
fn stays_away(round: &Round<'_>, ending: &Ending, follow_up: &FollowUp) -> Option<Duty> {
    let looks = round.facts.attendance.iter().filter(|one| ending.agreed_on <= one.on && one.on <= round.today);
    let last = looks.max_by_key(|one| one.on).filter(|one| follow_up.attendance && !one.there && !one.explained)?;
    let reason = format!("{}未正常到校就读，调查清楚原因及学生去向", ending.kind);
    Some(task(round, Verb::LookInto, reason, last.on, &follow_up.by))
}

/// The session of this week or month.
fn teaching(round: &Round<'_>) -> Option<Duty> {
    let (since, rule) = (round.taught_since()?, round.policy.home_teaching.as_ref()?);
    let rate = rule.sessions.as_ref()?.value;
    let runs = round.spans(rate.per, since).into_iter().next_back().filter(|(_, last)| round.today <= *last)?;
    let left = usize::from(rate.times).checked_sub(round.made_in(runs)).filter(|left| *left > 0)?;
    let this = match rate.per {
        Per::Week => "本周",
        Per::Month => "本月",
    };
    let reason = format!("送教上门，{this}还差{left}次（{}）", rate.label());
    Some(task(round, Verb::TeachAtHome, reason, runs.1, &rule.by))
}

/// The pack of the last month that is over, where it is not whole (AC-76).
fn pack(round: &Round<'_>) -> Option<Duty> {
    let rule = round.policy.home_teaching.as_ref()?;
    let last = round.quotas().into_iter().next_back().filter(|quota| !quota.lacks.is_empty())?;
    let first = round.today.succ_opt()?.with_day(1)?;
    let due = first.pred_opt().map_or(first, |day| day.with_day(1).map_or(day, last_of));
    Some(task(round, Verb::AddEvidence, format!("送教上门{}", last.sentence()), due, &rule.by))
}

/// A task of an owner, for nobody in particular.
pub(super) fn task(round: &Round<'_>, verb: Verb, reason: String, due: NaiveDate, owner: &Owner) -> Duty {
    Duty {
        verb,
        reason,
        due,
        overdue_since: round.overdue_since(Some(due)),
        owner: owner.clone(),
        person: None,
        waiting: Vec::new(),
        waiting_since: None,
        waiting_reason: String::new(),
        place: None,
    }
}

fn placed(duty: Duty, place: Mend) -> Duty {
    Duty { place: Some(place), ..duty }
}
