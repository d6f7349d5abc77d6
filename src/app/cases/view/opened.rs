//! A case opened by one reader on one day: its facts, what they mean, and what the rules let the reader do.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::app::cases::desk::who;
use crate::app::cases::offered::only_offered;
use crate::app::policy::{self, Rules};
use crate::app::{AppError, Services};
use crate::db::cases::case::CaseHead;
use crate::db::cases::{facts, plans};
use crate::db::{DbError, Door as _};
use crate::domain::actor::{Actor, Person};
use crate::domain::case::{self as rules_of, Act, Facts, Standing};
use crate::domain::ids::CaseId;
use crate::domain::moment::day_of;
use crate::domain::refusal::Refusal;
use crate::domain::units::Units;

/// The case as the reader finds it.
#[derive(Debug)]
pub struct Opened {
    /// The case and its child; `head.version` goes into every form of its pages.
    pub head: CaseHead,
    /// Its facts.
    pub facts: Facts,
    /// What they mean today.
    pub standing: Standing,
    /// The county's rules.
    pub rules: Arc<Rules>,
    /// The county's units.
    pub units: Arc<Units>,
    /// The day.
    pub today: NaiveDate,
    /// Who reads it.
    pub reader: Person,
}

impl Opened {
    /// Whether the rules let the reader do this now, and if not everything that stands against it.
    pub fn may(&self, act: Act) -> Result<(), Refusal> {
        let used = |kind| self.rules.on(self.today).disposition(kind).is_some();
        only_offered(act, &self.facts, used)?;
        let reader = who(&self.reader, &self.units);
        rules_of::may(act, &reader, &self.facts, &self.rules.policies, &self.rules.calendar, self.today)
    }
}

/// Opens a case for a person; `NotFound` behind the walls. The look is recorded by the page.
pub async fn opened(services: &Services, actor: &Actor, id: CaseId) -> Result<Opened, AppError> {
    let reader = actor.person().cloned().ok_or(DbError::NotFound)?;
    let units = services.units(actor.county).await?;
    let mut read = services.db.read(actor).await?;
    let facts::Loaded { head, facts } = facts::one(&mut read, id).await?;
    let rules = policy::rules(services, &mut read).await?;
    let today = day_of(read.now());
    let standing = rules_of::standing(&facts, &rules.policies, &rules.calendar, today);
    Ok(Opened { head, facts, standing, rules, units, today, reader })
}

/// The plan in force, for whoever writes the next one.
pub async fn last_plan(services: &Services, actor: &Actor, id: CaseId) -> Result<Option<plans::Plan>, AppError> {
    let mut read = services.db.read(actor).await?;
    Ok(plans::of_case(&mut read, id).await?.into_iter().next().map(|row| row.plan))
}
