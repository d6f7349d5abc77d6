//! Penalty, remedies and the court: what holds for any acts in any order.

use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use quanxue::domain::calendar::Calendar;
use quanxue::domain::enforcement::{
    Act, Deed, Ground, Line, LineState, Periods, Proceeding, Span, Subject, Task, addition, may, recorder, timetable,
};
use quanxue::domain::period::Roll;
use quanxue::domain::policy::{Organ, Policies};
use quanxue::domain::provision::Provisions;

use crate::policy::enforcement::{law, lawful, provisions};
use crate::policy::ground::{calendar, day, zuolan};

static LAW: LazyLock<Periods> = LazyLock::new(law);
static CALENDAR: LazyLock<Calendar> = LazyLock::new(calendar);
static PROVIDED: LazyLock<Provisions> = LazyLock::new(provisions);
static LAWFUL: LazyLock<Policies> = LazyLock::new(|| lawful(""));
static LAWFUL_EARLY: LazyLock<Policies> = LazyLock::new(|| lawful("demand_before_lapse = true\n"));
static UNLAWFUL: LazyLock<Policies> = LazyLock::new(|| Policies::only(zuolan()));

fn a_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..420).prop_map(|n| day("2024-08-20") + Days::new(n))
}

prop_compose! {
    fn an_act()(act in prop::sample::select(Deed::ALL), on in a_day(), sets in 0_u64..60) -> Act {
        Act { act, on, sets: act.sets_a_day().then(|| on + Days::new(sets)) }
    }
}

prop_compose! {
    /// Acts in any order, some of them twice; half begin as a real one does.
    fn a_proceeding()(
        begun in prop::option::of((a_day(), 0_u64..40, 0_u64..15)), acts in prop::collection::vec(an_act(), 0..14),
        order in prop::bool::weighted(0.3), fine in prop::option::weighted(0.8, 1_u32..2000), on_the_spot in prop::bool::weighted(0.2),
        hearing in any::<bool>(), complex in any::<bool>(), plead_by in prop::option::of(a_day()), perform_by in prop::option::weighted(0.8, a_day()),
    ) -> Proceeding {
        let start = begun.into_iter().flat_map(|(filed, decided, served)| {
            let on = |act, n| Act { act, on: filed + Days::new(n), sets: None };
            [on(Deed::Filed, 0), on(Deed::Informed, 0), on(Deed::Decided, decided), on(Deed::Served, decided + served)]
        });
        Proceeding {
            id: "一".to_owned(),
            subject: if order { Subject::Order } else { Subject::Penalty },
            organ: Organ::Township,
            fine: fine.filter(|_| !order),
            on_the_spot: on_the_spot && !order,
            hearing_offered: hearing && !order && !on_the_spot,
            complex, plead_by, perform_by: perform_by.filter(|_| order),
            acts: start.chain(acts).collect(),
        }
    }
}

/// What an act of the party or towards the court does, where the law has a first or a last day for it.
const fn task_of(deed: Deed) -> Option<Task> {
    Some(match deed {
        Deed::HearingAsked => Task::AskHearing,
        Deed::HearingHeld => Task::HoldHearing,
        Deed::ReconsiderationApplied => Task::Reconsider,
        Deed::SuitFiled => Task::Sue,
        Deed::Demanded => Task::Demand,
        Deed::Applied => Task::Apply,
        _ => return None,
    })
}

fn late(lines: &[Line], before: NaiveDate) -> Vec<(&'static str, NaiveDate)> {
    let late = |line: &Line| match line.state {
        LineState::DoneLate(on) if on < before => Some((line.task.code(), on)),
        _ => None,
    };
    lines.iter().filter_map(late).collect()
}

proptest! {
    #[test]
    fn the_timetable_rests_on_known_law_and_rolls_where_the_law_does(
        case in a_proceeding(), today in a_day(), early in any::<bool>()
    ) {
        prop_assert_eq!(case.fault(), None);
        let (law, calendar, known) = (&*LAW, &*CALENDAR, &*PROVIDED);
        let policies = if early { &*LAWFUL_EARLY } else { &*LAWFUL };
        let lines = timetable(&Ground::of(&case, policies, law, calendar, today));
        for line in &lines {
            prop_assert!(!line.rests_on.is_empty() && line.rests_on.iter().all(|key| known.knows(key)), "{line:?}");
            prop_assert_eq!(line.overdue_since, (line.state == LineState::Overdue).then(|| line.due.succ_opt().unwrap()));
            prop_assert!(line.opens.is_none_or(|opens| opens <= line.due), "{line:?}");
            let span = Span::ALL.iter().find(|span| law.get(**span).rests_on == line.rests_on);
            let rolls = span.is_some_and(|span| law.get(*span).period.roll == Roll::NextWorkday);
            prop_assert!(!rolls || calendar.is_workday(line.due), "{line:?}");
        }
    }

    #[test]
    fn an_act_more_never_makes_an_earlier_one_late(case in a_proceeding(), more in an_act(), today in a_day()) {
        let lines = |case: &Proceeding| timetable(&Ground::of(case, &LAWFUL, &LAW, &CALENDAR, today));
        let before = late(&lines(&case), more.on);
        let mut longer = case.clone();
        longer.acts.push(more);
        for one in late(&lines(&longer), more.on) {
            prop_assert!(before.contains(&one), "{one:?} became late by {more:?} in {case:?}");
        }
    }

    /// Whoever does only what is allowed is never early and never late, however the acts follow each other; what is out of
    /// order says why, with law that is known.
    #[test]
    fn a_walk_of_allowed_acts_is_neither_early_nor_late(
        case in a_proceeding(), early in any::<bool>(),
        steps in prop::collection::vec((prop::sample::select(Deed::ALL), 0_u64..30, 0_u64..60), 1..120),
    ) {
        let (law, calendar, known) = (&*LAW, &*CALENDAR, &*PROVIDED);
        let policies = if early { &*LAWFUL_EARLY } else { &*LAWFUL };
        let (mut case, mut today) = (Proceeding { acts: Vec::new(), ..case }, day("2024-01-02"));
        for (act, wait, sets) in steps {
            let more = Act { act, on: today, sets: act.sets_a_day().then(|| today + Days::new(sets)) };
            let by = recorder(act, case.organ).roles[0];
            if let Err(refused) = may(&more, by, &Ground::of(&case, policies, law, calendar, today)) {
                prop_assert!(!refused.why.is_empty() && refused.sentence().ends_with('。'));
                prop_assert!(refused.why.iter().all(|why| why.rests_on().is_none_or(|key| known.knows(key))));
                today = today + Days::new(wait / 4);
                continue;
            }
            case.acts.push(more);
            let lines = timetable(&Ground::of(&case, policies, law, calendar, today));
            let line = lines.into_iter().find(|line| Some(line.task) == task_of(act));
            if task_of(act).is_some() {
                let state = line.map(|line| line.state);
                // A hearing may be put off; held it was all the same.
                let put_off = act == Deed::HearingHeld && state == Some(LineState::DoneLate(today));
                prop_assert!(put_off || state == Some(LineState::Done(today)), "{state:?}: {more:?} in {case:?}");
            }
            today = today + Days::new(wait);
        }
    }

    #[test]
    fn without_a_basis_no_penalty_falls_due_and_none_is_allowed(case in a_proceeding(), more in an_act()) {
        let (policies, law, calendar) = (&*UNLAWFUL, &*LAW, &*CALENDAR);
        let case = Proceeding { subject: Subject::Penalty, ..case };
        let ground = Ground::of(&case, policies, law, calendar, more.on);
        prop_assert_eq!((timetable(&ground), addition(&ground)), (vec![], None));
        let refused = may(&more, recorder(more.act, case.organ).roles[0], &ground).unwrap_err();
        prop_assert!(refused.sentence().contains("本县没有登记行政处罚的法律依据"));
    }
}
