//! The one function that writes what lists show of cases: their standing and the tasks they set (design.md §4.1).

mod tasks;

use std::collections::HashMap;

use super::policy::{self, Rules};
use super::register;
use super::services::{AppError, Services};
use crate::db::cases::facts::{self, Loaded};
use crate::db::cases::standing::{self, StandingRow};
use crate::db::cases::{case, participants};
use crate::db::work::{self, WorkItem};
use crate::db::{Door, Write};
use crate::domain::actor::Actor;
use crate::domain::case::{self as rules_of, Facts};
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::{CaseId, ChildId, CountyId, UnitId, UserId, VisitId};
use crate::domain::moment::day_of;
use crate::domain::units::Units;

/// The name under which time's own work is told.
const SWEEP: &str = "sweep";
/// How many cases one transaction computes, so that nobody who acts waits for long.
const BATCH: usize = 200;

/// What is written of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Projected {
    standing: StandingRow,
    tasks: Vec<WorkItem>,
}

/// Computes cases anew and writes their standing, their tasks and where their children are. Sees the whole county while
/// it works, whoever set it off.
pub async fn project_cases(services: &Services, write: &mut Write, cases: &[CaseId]) -> Result<(), AppError> {
    for batch in cases.chunks(BATCH) {
        write.widen().await?;
        case::lock_all(write, batch).await?;
        let projected = compute(services, write, batch).await?;
        let (standings, tasks): (Vec<_>, Vec<_>) = projected.into_iter().map(|p| (p.standing, p.tasks)).unzip();
        standing::upsert(write, &standings, day_of(write.now())).await?;
        work::replace_for_cases(write, batch, &tasks.concat()).await?;
        let children: Vec<ChildId> = standings.iter().map(|row| row.child).collect();
        register::refresh_whereabouts(services, write, &children).await?;
    }
    write.narrow().await?;
    Ok(())
}

/// The cases of children whose columns, rolls or units changed; children without a case cost one statement.
pub async fn project_children(services: &Services, write: &mut Write, children: &[ChildId]) -> Result<(), AppError> {
    write.widen().await?;
    let cases = case::of_children(write, children).await?;
    write.narrow().await?;
    project_cases(services, write, &cases).await
}

async fn compute(services: &Services, db: &mut impl Door, cases: &[CaseId]) -> Result<Vec<Projected>, AppError> {
    let rules = policy::rules(services, db).await?;
    let units = services.units(db.county()).await?;
    let asked = participants::asked(db, cases).await?;
    let asked: HashMap<(VisitId, UserId), UnitId> =
        asked.into_iter().map(|(v, user, unit)| ((v, user), unit)).collect();
    let today = day_of(db.now());
    let loaded = facts::batch(db, cases).await?;
    Ok(loaded.iter().map(|one| project(one, &rules, &units, &asked, today)).collect())
}

fn project(
    one: &Loaded,
    rules: &Rules,
    units: &Units,
    asked: &HashMap<(VisitId, UserId), UnitId>,
    today: chrono::NaiveDate,
) -> Projected {
    let Loaded { head, facts } = one;
    let standing = rules_of::standing(facts, &rules.policies, &rules.calendar, today);
    let duties = rules_of::duties(facts, &rules.policies, &rules.calendar, today);
    let step = standing.steps.iter().find(|step| Some(step.rung) == standing.now);
    Projected {
        standing: StandingRow {
            case: head.id,
            child: head.child,
            state: standing.phase,
            rung: standing.now,
            rung_label: step.map(|step| step.label.clone()).unwrap_or_default(),
            next_action: standing.next.as_ref().map(|next| next.action.clone()).unwrap_or_default(),
            counted_visits: standing.counted.into(),
            last_visit_on: last_visit(facts, today),
            due_on: standing.next.as_ref().and_then(|next| next.due),
            next_change_on: standing.next_change_on,
            policy_version: rules.version_on(today),
        },
        tasks: tasks::of_case(head, &duties, &tasks::Places { units, asked }),
    }
}

fn last_visit(facts: &Facts, today: chrono::NaiveDate) -> Option<chrono::NaiveDate> {
    facts.visits.iter().filter(|visit| !visit.superseded && visit.day <= today).map(|visit| visit.day).max()
}

/// A case whose stored projection is not what its facts say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// Which.
    pub case: CaseId,
    /// What differs, for the log.
    pub what: String,
}

/// Computes every case of the county anew and tells which are stored otherwise; writes nothing.
pub async fn drift(services: &Services, county: CountyId) -> Result<Vec<Drift>, AppError> {
    let mut read = services.db.read(&Actor::system(county, SWEEP)).await?;
    let all = case::all(&mut read).await?;
    let mut found = Vec::new();
    for batch in all.chunks(BATCH) {
        let computed = compute(services, &mut read, batch).await?;
        let stored = standing::of(&mut read, batch).await?;
        let tasks = work::of_cases(&mut read, batch).await?;
        for one in computed {
            let case = one.standing.case;
            let standing = stored.iter().find(|row| row.case == case);
            let ours: Vec<_> = tasks.iter().filter(|item| item.case == Some(case)).collect();
            found.extend(differs(&one, standing, &ours).map(|what| Drift { case, what }));
        }
    }
    Ok(found)
}

fn differs(computed: &Projected, stored: Option<&StandingRow>, tasks: &[&WorkItem]) -> Option<String> {
    if stored != Some(&computed.standing) {
        return Some(format!("standing {:?} is stored as {stored:?}", computed.standing));
    }
    let mut wanted: Vec<&WorkItem> = computed.tasks.iter().collect();
    let mut stored = tasks.to_vec();
    wanted.sort_by_key(|item| (item.unit, &item.key));
    stored.sort_by_key(|item| (item.unit, &item.key));
    // Tasks name the child; a log may not.
    let keys = |tasks: &[&WorkItem]| tasks.iter().map(|item| item.key.clone()).collect::<Vec<_>>();
    (wanted != stored).then(|| format!("tasks {:?} are stored as {:?}", keys(&wanted), keys(&stored)))
}

/// What drifted is told to the log and computed anew; gives how many cases that were. Nothing should ever drift: this is
/// the nightly proof.
pub async fn mend(services: &Services, county: CountyId) -> Result<usize, AppError> {
    let drifted = match drift(services, county).await {
        // Without a policy nothing has been computed that could have drifted.
        Err(AppError::NoPolicy) => return Ok(0),
        found => found?,
    };
    for one in &drifted {
        tracing::error!(county = county.0, case = %one.case, what = one.what, "projection drifted");
    }
    let cases: Vec<CaseId> = drifted.iter().map(|one| one.case).collect();
    for batch in cases.chunks(BATCH) {
        let mut write = services.db.write(&Actor::system(county, SWEEP)).await?;
        project_cases(services, &mut write, batch).await?;
        write.commit(Event::new(EventKind::Swept).with("drifted", batch.len())).await?;
    }
    Ok(cases.len())
}

/// What a sweep found to do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Cases that read otherwise today though nothing was added.
    pub cases: usize,
    /// Checks that nobody has answered in time.
    pub checks_late: i64,
}

/// Lets the day take effect: every case that reads otherwise today is computed anew. Time moves no case (design.md §4.3).
pub async fn sweep(services: &Services, county: CountyId) -> Result<Swept, AppError> {
    let actor = Actor::system(county, SWEEP);
    let mut read = services.db.read(&actor).await?;
    let today = day_of(read.now());
    let changed = standing::changed_by(&mut read, today).await?;
    let checks_late = work::checks_late(&mut read, today).await?;
    drop(read);
    for batch in changed.chunks(BATCH) {
        let mut write = services.db.write(&actor).await?;
        project_cases(services, &mut write, batch).await?;
        write.commit(Event::new(EventKind::Swept).with("cases", batch.len())).await?;
    }
    if changed.is_empty() {
        let write = services.db.write(&actor).await?;
        write.commit(Event::new(EventKind::Swept).with("cases", 0).with("checks_late", checks_late)).await?;
    }
    Ok(Swept { cases: changed.len(), checks_late })
}
