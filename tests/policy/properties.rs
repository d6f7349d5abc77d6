//! What holds for any facts at all: no panic, honest days of change, counts that only counting visits raise.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use quanxue::domain::case::{
    Act, Actor, AfterCareFact, CaseFact, DecisionFact, DispositionFact, Duty, EvidenceFact, ExcuseFact, Facts,
    PaperFact, ParticipantFact, PlanFact, ReopenFact, ReturnFact, ServiceFact, Standing, StrikeOffFact, Verb, Verdict,
    VerificationFact, VisitFact, duties, may, standing,
};
use quanxue::domain::ids::{DispositionId, PaperId, ServiceId, UnitId, UserId, VisitId};
use quanxue::domain::policy::{Organ, Policies};
use quanxue::domain::role::{Role, UnitKind};
use quanxue::domain::words::{
    CaseKind, CaseOrigin, DispositionKind, EvidenceKind, Outcome, PaperKind, ServiceMethod, VisitMode,
};

use crate::policy::ground::{calendar, changed_on, day, zuolan};
use quanxue::domain::trial::id;

/// A day around the autumn holidays of 2026; few enough days that things fall on one.
pub fn a_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..150).prop_map(|n| day("2026-08-01") + Days::new(n))
}

fn maybe(chance: f64) -> impl Strategy<Value = Option<NaiveDate>> {
    prop::option::weighted(chance, a_day())
}

fn one_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    prop::sample::select(all)
}

fn few<S: Strategy>(one: S, most: usize) -> impl Strategy<Value = Vec<S::Value>> {
    prop::collection::vec(one, 0..=most)
}

fn unit(n: u8) -> UnitId {
    UnitId(id(&format!("unit {n}")))
}

fn user(n: u8) -> UserId {
    UserId(id(&format!("user {n}")))
}

fn paper(n: u8) -> PaperId {
    PaperId(id(&format!("paper {n}")))
}

fn participant() -> impl Strategy<Value = ParticipantFact> {
    (0_u8..3, prop::option::of(0_u8..3), prop::bool::weighted(0.8)).prop_map(|(n, account, confirmed)| {
        ParticipantFact {
            unit: unit(n),
            unit_name: format!("单位{n}"),
            unit_kind: UnitKind::School,
            user: account.map(user),
            person: "某人".to_owned(),
            confirmed,
        }
    })
}

prop_compose! {
    fn visit()(
        n in any::<u64>(), day in a_day(), late in 0_u64..5, mode in one_of(VisitMode::ALL), outcome in one_of(Outcome::ALL),
        participants in few(participant(), 3), photos in 0_u16..2, signed_sheet in any::<bool>(), superseded in prop::bool::weighted(0.1),
    ) -> VisitFact {
        VisitFact {
            id: VisitId(id(&n.to_string())), day, received_on: day + Days::new(late), mode, kind: None, outcome,
            guardian_present: false, participants, photos, signed_sheet, signatures: 0, superseded,
        }
    }
}

/// A visit that counts unless its day does not: both units there, the pupil there, a photograph.
fn good_visit() -> impl Strategy<Value = VisitFact> {
    visit().prop_map(|mut visit| {
        visit.participants = (0..2)
            .map(|n| ParticipantFact {
                unit: unit(n),
                unit_name: format!("单位{n}"),
                unit_kind: UnitKind::Township,
                user: Some(user(n)),
                person: "某人".to_owned(),
                confirmed: true,
            })
            .collect();
        (visit.photos, visit.outcome, visit.mode, visit.superseded) = (1, Outcome::Refused, VisitMode::Home, false);
        visit
    })
}

prop_compose! {
    fn notice()(n in 0_u8..3, kind in one_of(PaperKind::ALL), usual in prop::bool::weighted(0.8), drafted_on in a_day(),
        issued_on in maybe(0.8), deadline in maybe(0.1), voided in prop::bool::weighted(0.1)) -> PaperFact {
        let kind = if usual { PaperKind::DeadlineNotice } else { kind };
        PaperFact { id: paper(n), kind, drafted_on, issued_on, signatures: Vec::new(), number: None, deadline, voided }
    }
}

prop_compose! {
    fn service()(n in 0_u8..3, m in any::<u32>(), method in one_of(ServiceMethod::ALL), effective_on in a_day(),
        proof in any::<bool>(), failed in prop::bool::weighted(0.2)) -> ServiceFact {
        ServiceFact { id: ServiceId(id(&m.to_string())), paper: paper(n), method, effective_on, proof, failed }
    }
}

prop_compose! {
    fn disposition()(n in 0_u8..3, kind in one_of(DispositionKind::ALL), usual in prop::bool::weighted(0.8), proposed_on in a_day(),
        by in 0_u8..3, until in maybe(0.2), decided in prop::option::of((any::<bool>(), a_day(), 0_u8..3))) -> DispositionFact {
        let kind = if usual { DispositionKind::CountyDecision } else { kind };
        let decided = decided.map(|(approved, on, by)| DecisionFact { approved, on, by: user(by) });
        DispositionFact {
            id: DispositionId(id(&n.to_string())), kind, proposed_on, proposed_by: user(by), until, approvals: Vec::new(), decided,
        }
    }
}

prop_compose! {
    fn later()(
        returns in few((a_day(), a_day()), 2), strike_offs in few(a_day(), 1), reopenings in few(a_day(), 2),
        after_care in few((prop::sample::select(vec![30_u16, 45, 60, 90]), a_day(), any::<bool>()), 3),
        excuses in few((a_day(), maybe(0.7)), 2), plan in prop::option::of((a_day(), maybe(0.7))),
    ) -> Facts {
        Facts {
            returns: returns.into_iter()
                .map(|(on, confirmed_on)| ReturnFact { on, confirmed_on, confirmed_by: user(0) }).collect(),
            strike_offs: strike_offs.into_iter()
                .map(|on| StrikeOffFact { on, conclusion: DispositionKind::Returned }).collect(),
            reopenings: reopenings.into_iter().map(|on| ReopenFact { on }).collect(),
            after_care: after_care.into_iter()
                .map(|(milestone, on, at_school)| AfterCareFact { milestone, on, at_school }).collect(),
            excuses: excuses.into_iter()
                .map(|(from, until)| ExcuseFact { kind: DispositionKind::Suspension, from, until }).collect(),
            plan: plan.map(|(made_on, review_on)| PlanFact { made_on, review_on }),
            ..bare(day("2026-08-01"), None)
        }
    }
}

fn bare(opened_on: NaiveDate, confirmed_on: Option<NaiveDate>) -> Facts {
    let case = CaseFact {
        kind: CaseKind::LeftSchool,
        origin: CaseOrigin::Check,
        opened_on,
        confirmed_on,
        acting_township: Some(unit(0)),
        school: None,
    };
    serde_json::from_value(serde_json::json!({ "case": case })).unwrap()
}

prop_compose! {
    /// Facts as they may come, in order and out of it; half of them with enough good visits to climb.
    pub fn facts()(
        opened_on in a_day(), confirmed_on in maybe(0.9), odd in few(visit(), 4), good in few(good_visit(), 5),
        papers in few(notice(), 3), services in few(service(), 3), dispositions in few(disposition(), 2),
        verifications in few((0_u8..3, a_day(), prop::bool::weighted(0.3)), 2),
        evidence in few((one_of(EvidenceKind::ALL), a_day()), 3), later in prop::option::of(later()),
    ) -> Facts {
        Facts {
            visits: [odd, good].concat(), papers, services, dispositions,
            verifications: verifications.into_iter()
                .map(|(n, on, returned)| VerificationFact { paper: paper(n), on, returned }).collect(),
            evidence: evidence.into_iter().map(|(kind, day)| EvidenceFact::of(kind, day)).collect(),
            case: bare(opened_on, confirmed_on).case,
            ..later.unwrap_or_else(|| bare(opened_on, confirmed_on))
        }
    }
}

prop_compose! {
    fn act()(which in 0..12, on in a_day(), n in 0_u8..3, paper_kind in one_of(PaperKind::ALL),
        kind in one_of(DispositionKind::ALL), method in one_of(ServiceMethod::ALL), yes in any::<bool>()) -> Act {
        match which {
            0 => Act::Confirm { on },
            1 => Act::LogVisit { on },
            2 => Act::DraftPaper { paper: paper_kind },
            3 => Act::IssuePaper { paper: PaperKind::DeadlineNotice, on },
            4 => Act::RecordService { paper: paper(n), method, effective_on: on },
            5 => Act::VerifyExpiry { paper: paper(n), on },
            6 => Act::Propose { kind },
            7 => Act::Decide { disposition: DispositionId(id(&n.to_string())), approve: yes },
            8 => Act::ConfirmReturn { since: on },
            9 => Act::StrikeOff { conclusion: Some(kind).filter(|_| yes) },
            10 => Act::AfterCare { milestone: 30, on },
            _ => Act::Reopen { on },
        }
    }
}

prop_compose! {
    fn actor()(n in 0_u8..3, role in one_of(Role::ALL), organ in one_of(Organ::ALL)) -> Actor {
        Actor { user: user(n), role, unit: unit(n), organ }
    }
}

/// A policy that changes on a day, as counties' do.
pub fn policies() -> Policies {
    changed_on("2026-10-20", "[gate]\nnotice = 4\n[visit]\nmin_units = 3\n")
}

pub fn seen(facts: &Facts, policies: &Policies, on: NaiveDate) -> (Standing, Vec<Duty>) {
    let calendar = calendar();
    let standing = Standing { next_change_on: None, ..standing(facts, policies, &calendar, on) };
    (standing, duties(facts, policies, &calendar, on))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// Standing reads the same on every day before the day it names, and otherwise on that day.
    #[test]
    fn the_day_of_change_is_honest(facts in facts(), today in a_day()) {
        let policies = policies();
        let named = standing(&facts, &policies, &calendar(), today).next_change_on;
        let now = seen(&facts, &policies, today);
        let horizon = named.unwrap_or(today + Days::new(150));
        let mut on = today + Days::new(1);
        while on < horizon {
            prop_assert_eq!(&seen(&facts, &policies, on), &now, "{} is before {}", on, horizon);
            on = on + Days::new(1);
        }
        if let Some(named) = named {
            prop_assert!(named > today);
            prop_assert_ne!(&seen(&facts, &policies, named), &now);
        }
    }

    /// A visit that does not count raises no count; one that counts raises it by one at most.
    #[test]
    fn only_a_counting_visit_raises_the_count(facts in facts(), more in visit(), today in a_day()) {
        let policies = Policies::only(zuolan());
        let before = standing(&facts, &policies, &calendar(), today).counted;
        let mut richer = facts;
        richer.visits.push(more.clone());
        let after = standing(&richer, &policies, &calendar(), today);
        let counts = after.visits.iter().any(|line| line.id == more.id && matches!(line.verdict, Verdict::Counts(_)));
        if counts {
            prop_assert!(after.counted <= before + 1);
        } else {
            prop_assert_eq!(after.counted, before);
        }
    }

    /// Counting visits are numbered from one without gaps, on days of their own, and every other says why.
    #[test]
    fn every_visit_has_its_number_or_its_reason(facts in facts(), today in a_day()) {
        let seen = standing(&facts, &policies(), &calendar(), today);
        let mut days = Vec::new();
        for line in seen.visits.iter().rev() {
            match &line.verdict {
                Verdict::Counts(nth) => {
                    days.push(line.day);
                    prop_assert_eq!(usize::from(*nth), days.len());
                }
                Verdict::Waits(whom) => {
                    prop_assert!(!whom.is_empty());
                    prop_assert!(line.verdict.waits_for().is_some_and(|says| says.contains(&whom[0].name)));
                }
                Verdict::DoesNot(why) => {
                    prop_assert!(!why.is_empty());
                    prop_assert!(why.iter().all(|one| !one.sentence().is_empty()));
                }
            }
        }
        prop_assert_eq!(usize::from(seen.counted), days.len());
        days.dedup();
        prop_assert_eq!(usize::from(seen.counted), days.len(), "no two on one day");
    }

    /// A refusal names at least one unmet thing, each in words; what is not refused was asked by a role that may.
    #[test]
    fn a_refusal_says_why(facts in facts(), act in act(), actor in actor(), today in a_day()) {
        if let Err(refusal) = may(act, &actor, &facts, &policies(), &calendar(), today) {
            prop_assert!(!refusal.unmet.is_empty());
            prop_assert!(refusal.unmet.iter().all(|one| !one.sentence().is_empty()), "{:?}", refusal.unmet);
            prop_assert!(refusal.sentence().ends_with('。'));
        } else {
            prop_assert!(!actor.role.is_keeper() && actor.role != Role::Inspector, "{:?} by {}", act, actor.role);
        }
    }

    /// The next step, its unmet things and the tasks are all in words; the ladder has one step whose turn it is at most.
    #[test]
    fn what_is_shown_is_said(facts in facts(), today in a_day()) {
        let (seen, tasks) = seen(&facts, &policies(), today);
        if let Some(next) = &seen.next {
            prop_assert!(next.sentence.ends_with('。') && !next.basis.text.is_empty());
            let waits = seen.visits.iter().any(|line| matches!(line.verdict, Verdict::Waits(_)));
            prop_assert!(!next.owners.is_empty() || waits, "somebody takes it, or a named person's word is waited for");
            prop_assert!(!next.owners.is_empty() || tasks.iter().any(|task| task.verb == Verb::ConfirmTaken));
            prop_assert!(next.unmet.iter().all(|one| !one.sentence().is_empty()));
            prop_assert_eq!(next.overdue_since.is_some(), next.due.is_some_and(|due| today > due));
        }
        prop_assert!(tasks.iter().all(|task| !task.reason.is_empty()));
        let turns = seen.steps.iter().filter(|step| step.state == quanxue::domain::case::StepState::Now).count();
        prop_assert_eq!(turns, usize::from(seen.now.is_some()));
    }
}
