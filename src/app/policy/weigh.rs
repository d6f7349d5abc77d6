//! What a drafted policy would change on its first day, counted over the county's open cases before it is approved.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::policies_of;
use crate::app::services::{AppError, Services};
use crate::db::cases::{case, facts};
use crate::db::policies;
use crate::db::policy_drafts;
use crate::db::{Door as _, Read, calendar};
use crate::domain::actor::Actor;
use crate::domain::calendar::Calendar;
use crate::domain::case::{Effect, effect};
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::{CaseId, PolicyDraftId};
use crate::domain::moment::day_of;
use crate::domain::policy::{Adopted, Policies, Policy};
use crate::vocabulary;

vocabulary! {
    /// What may change for a case.
    pub enum Change {
        Overdue = "overdue" => "按新方案，施行当日就已逾期",
        Relieved = "relieved" => "按新方案，不再逾期",
        Next = "next" => "下一步不同",
        Lost = "lost" => "有效劝返次数减少",
        Gained = "gained" => "有效劝返次数增加",
        Orphaned = "orphaned" => "正在办理的步骤，新方案里没有",
    }
}

/// A case that would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// Which.
    pub case: CaseId,
    /// In which ways.
    pub ways: Vec<Change>,
    /// Its next step as it is, in the words of the rules.
    pub before: String,
    /// Its next step as it would be.
    pub after: String,
}

/// What a draft would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Impact {
    /// The day that was judged: the first of the new policy.
    pub day: NaiveDate,
    /// How many open cases were judged.
    pub open: usize,
    /// Those that would change.
    pub changed: Vec<Changed>,
}

impl Impact {
    /// How many cases change in a way.
    pub fn count(&self, way: Change) -> usize {
        self.of(way).count()
    }

    /// The cases that change in a way.
    pub fn of(&self, way: Change) -> impl Iterator<Item = &Changed> {
        self.changed.iter().filter(move |changed| changed.ways.contains(&way))
    }
}

/// A draft about to be weighed: both policies, and the cases still to judge.
#[derive(Debug)]
pub struct Weighing {
    draft: PolicyDraftId,
    before: Option<Policies>,
    after: Policies,
    calendar: Calendar,
    /// All cases of the county.
    pub cases: Vec<CaseId>,
    /// What was found so far.
    pub impact: Impact,
}

/// Prepares the weighing of a draft; none when it is decided already.
pub async fn begin(services: &Services, actor: &Actor, id: PolicyDraftId) -> Result<Option<Weighing>, AppError> {
    let mut read = services.db.read(actor).await?;
    let draft = policy_drafts::one(&mut read, id).await?;
    if !draft.is_open() {
        return Ok(None);
    }
    let adopted = policies_of(&policies::adopted(&mut read).await?)?;
    let policy =
        Policy::from_canonical_json(&draft.body).map_err(|error| AppError::Fault(format!("draft: {error}")))?;
    let mut after = adopted.clone();
    after.push(Adopted { from: draft.from_on, policy });
    let (before, after) = (Policies::of(adopted), Policies::of(after).ok_or(AppError::NoPolicy)?);
    let cases = if before.is_some() { case::all(&mut read).await? } else { Vec::new() };
    let day = draft.from_on.max(day_of(read.now()));
    let calendar = calendar::calendar(&mut read).await?;
    Ok(Some(Weighing {
        draft: id,
        before,
        after,
        calendar,
        cases,
        impact: Impact { day, open: 0, changed: Vec::new() },
    }))
}

impl Weighing {
    /// Judges some of the cases.
    pub async fn judge(&mut self, read: &mut Read, cases: &[CaseId]) -> Result<(), AppError> {
        let Some(before) = &self.before else { return Ok(()) };
        for loaded in facts::batch(read, cases).await? {
            let judged = effect(&loaded.facts, (before, &self.after), &self.calendar, self.impact.day);
            let Some(effect) = judged else { continue };
            self.impact.open += 1;
            if effect.is_any() {
                let (case, ways) = (loaded.head.id, ways(&effect));
                self.impact.changed.push(Changed { case, ways, before: effect.before, after: effect.after });
            }
        }
        Ok(())
    }

    /// Keeps what was found with the draft.
    pub async fn keep(self, services: &Services, actor: &Actor) -> Result<(), AppError> {
        let impact = serde_json::to_value(&self.impact).map_err(|error| AppError::Fault(error.to_string()))?;
        let mut write = services.db.write(actor).await?;
        policy_drafts::weigh(&mut write, self.draft, &impact).await?;
        let event = Event::new(EventKind::PolicyWeighed).with("draft", self.draft).with("cases", self.impact.open);
        Ok(write.commit(event).await?)
    }
}

fn ways(effect: &Effect) -> Vec<Change> {
    let (lost, gained) = effect.visits;
    let ways = [
        (Change::Overdue, effect.overdue),
        (Change::Relieved, effect.relieved),
        (Change::Next, effect.next),
        (Change::Lost, lost > 0),
        (Change::Gained, gained > 0),
        (Change::Orphaned, effect.orphaned.is_some()),
    ];
    ways.into_iter().filter_map(|(way, so)| so.then_some(way)).collect()
}
