//! Duties as tasks: which unit's list each stands on, for whom, and who only waits for it.

use std::collections::{HashMap, HashSet};

use crate::app::cases::papers::ISSUING;
use crate::app::seats::{place, seats};
use crate::db::cases::case::CaseHead;
use crate::db::work::WorkItem;
use crate::domain::access::{Action, permit};
use crate::domain::case::{Duty, Mend, Verb};
use crate::domain::ids::{PaperId, UnitId, UserId, VisitId};
use crate::domain::role::Role;
use crate::domain::units::Units;

/// Where people sit.
pub(super) struct Places<'a> {
    pub(super) units: &'a Units,
    /// For which unit a person named in a visit was there.
    pub(super) asked: &'a HashMap<(VisitId, UserId), UnitId>,
}

/// The tasks that a case's duties put on lists; who waits for several who sign together waits once.
pub(super) fn of_case(head: &CaseHead, duties: &[Duty], places: &Places<'_>) -> Vec<WorkItem> {
    let mut said = HashSet::new();
    let items = duties.iter().flat_map(|duty| of_duty(head, duty, places));
    items.filter(|item| said.insert((item.unit, item.role, item.key.clone()))).collect()
}

fn of_duty(head: &CaseHead, duty: &Duty, places: &Places<'_>) -> Vec<WorkItem> {
    let item = item(head, duty, places.units);
    if let Some(user) = duty.person {
        let Some(unit) = item.visit.and_then(|visit| places.asked.get(&(visit, user)).copied()) else {
            return Vec::new();
        };
        let asked = WorkItem { unit, key: format!("{}:{user}", item.key), waiting_since: duty.waiting_since, ..item };
        let waiters = seats(head, &duty.waiting, places.units);
        let others = waiters.iter().filter(|(seat, _)| *seat != unit);
        let waiting = others.map(|seat| waits(&asked, duty, seat)).collect::<Vec<_>>();
        return std::iter::once(WorkItem { user: Some(user), ..asked }).chain(waiting).collect();
    }
    // The matrix is the ceiling: a policy may name more roles than the house lets do it.
    let able = |role: &Role| may(*role, duty.verb);
    let doers: Vec<Role> = duty.owner.roles.iter().copied().filter(able).collect();
    let doers = seats(head, &doers, places.units);
    let waiters = seats(head, &duty.waiting, places.units);
    let own = doers.iter().map(|(unit, role)| WorkItem { unit: *unit, role: *role, ..item.clone() });
    let waiting = waiters.iter().filter(|seat| !doers.contains(seat)).map(|seat| waits(&item, duty, seat));
    own.chain(waiting).collect()
}

/// The same task on the list of those who only wait for it.
fn waits(item: &WorkItem, duty: &Duty, (unit, role): &(UnitId, Option<Role>)) -> WorkItem {
    let why = if duty.waiting_reason.is_empty() { item.why.clone() } else { duty.waiting_reason.clone() };
    WorkItem {
        unit: *unit,
        role: *role,
        key: format!("{}:waiting", item.key),
        waiting: true,
        waiting_since: duty.waiting_since,
        why,
        ..item.clone()
    }
}

/// The task as far as it is the same for everybody.
fn item(head: &CaseHead, duty: &Duty, units: &Units) -> WorkItem {
    let (paper, visit, target) = target(duty.place);
    let named = [paper.map(|p| p.to_string()), visit.map(|v| v.to_string()), Some(target.clone())];
    let named: Vec<String> = named.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let about = [vec!["case".to_owned(), head.id.to_string(), duty.verb.code().to_owned()], named].concat().join(":");
    WorkItem {
        unit: head.acting_township,
        key: about,
        verb: duty.verb,
        role: None,
        child: Some(head.child),
        case: Some(head.id),
        check: None,
        paper,
        visit,
        target,
        user: None,
        who: head.name.clone(),
        place: place(head, units),
        why: duty.reason.clone(),
        due_on: duty.due,
        waiting: false,
        waiting_since: None,
    }
}

fn target(place: Option<Mend>) -> (Option<PaperId>, Option<VisitId>, String) {
    match place {
        Some(Mend::RecordService { id } | Mend::ServiceProof { id } | Mend::VerifyExpiry { id }) => {
            (Some(id), None, String::new())
        }
        Some(Mend::IssuePaper { id, paper }) => (Some(id), None, paper.code().to_owned()),
        Some(Mend::Visit { id }) => (None, Some(id), String::new()),
        Some(Mend::Evidence { evidence }) => (None, None, evidence.code().to_owned()),
        Some(Mend::DraftPaper { paper }) => (None, None, paper.code().to_owned()),
        Some(Mend::RecordStep { rung } | Mend::Skip { rung }) => (None, None, rung.code().to_owned()),
        Some(Mend::DecideSkip { id }) => (None, None, id.to_string()),
        Some(Mend::Propose { kind }) => (None, None, kind.code().to_owned()),
        Some(Mend::Decide { id }) => (None, None, id.to_string()),
        Some(Mend::AfterCare { milestone }) => (None, None, milestone.to_string()),
        _ => (None, None, String::new()),
    }
}

/// Whether the matrix lets a role take a task at all; what kind of paper it is says the policy.
fn may(role: Role, verb: Verb) -> bool {
    let any = |actions: &[Action]| actions.iter().any(|action| permit(role, *action).allows());
    match verb {
        Verb::DraftPaper => any(&[Action::DraftOrder, Action::DraftSchoolNotice]),
        Verb::IssuePaper => any(&ISSUING),
        _ => action(verb).is_none_or(|action| permit(role, action).allows()),
    }
}

/// What the matrix calls a task.
const fn action(verb: Verb) -> Option<Action> {
    Some(match verb {
        Verb::Confirm => Action::ConfirmCase,
        Verb::LogVisit => Action::LogVisit,
        Verb::RecordService => Action::RecordService,
        Verb::AddEvidence => Action::AddEvidence,
        Verb::VerifyExpiry => Action::VerifyExpiry,
        Verb::RecordStep => Action::RecordStep,
        Verb::Propose | Verb::Skip => Action::ProposeDisposition,
        Verb::Decide | Verb::DecideSkip => Action::ApproveDisposition,
        Verb::ConfirmReturn => Action::ConfirmReturn,
        Verb::StrikeOff => Action::StrikeOff,
        Verb::AfterCare => Action::RecordAftercare,
        Verb::Reopen => Action::ReopenCase,
        Verb::ReviewPlan => Action::WritePlan,
        Verb::SendCheck => Action::SendCheck,
        Verb::ReviewCheck => Action::CloseCheck,
        // What follows an ending has no page yet; the rest are answered by name or by kind.
        Verb::Renew
        | Verb::LookInto
        | Verb::TeachAtHome
        | Verb::PassOn
        | Verb::DraftPaper
        | Verb::IssuePaper
        | Verb::ConfirmTaken
        | Verb::AwaitVillage
        | Verb::Report => return None,
    })
}
