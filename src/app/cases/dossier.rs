//! The file of a case as its page lays it open: its facts, what they mean today, and who asks.

use std::sync::Arc;

use chrono::NaiveDate;

use super::desk::who;
use crate::app::policy::{self, Rules};
use crate::app::services::{AppError, Services};
use crate::db::cases::case::CaseHead;
use crate::db::cases::evidence::{self, EvidenceRow};
use crate::db::cases::history::{self, LookRow};
use crate::db::cases::papers::{self, PaperRow};
use crate::db::cases::participants::{self, Participant};
use crate::db::cases::plans::{self, PlanRow};
use crate::db::cases::services::{self as served, ServiceRow};
use crate::db::cases::visits::{self, VisitRow};
use crate::db::cases::{facts, people};
use crate::db::charges::{self, Charge};
use crate::db::register::{ChildPage, child_page};
use crate::db::{DbError, Door as _};
use crate::domain::actor::Actor;
use crate::domain::case::{self as rules_of, Act, Facts, Standing};
use crate::domain::ids::{CaseId, UnitId};
use crate::domain::moment::day_of;
use crate::domain::refusal::Refusal;
use crate::domain::units::Units;

/// A case for one reader on one day.
#[derive(Debug)]
pub struct CaseView {
    /// The case and what lists say of the child.
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
    reader: rules_of::Actor,
}

impl CaseView {
    /// Whether the rules let the reader do this now, and if not everything that stands against it.
    pub fn may(&self, act: Act) -> Result<(), Refusal> {
        rules_of::may(act, &self.reader, &self.facts, &self.rules.policies, &self.rules.calendar, self.today)
    }

    /// The units of the child on both lines: village, township, class, school, county.
    pub fn places(&self) -> Vec<UnitId> {
        let head = &self.head;
        let village = head.domicile_village.or(head.residence_village);
        let county = self.units.county().map(|unit| unit.id);
        [head.class, village, head.school, Some(head.acting_township), county].into_iter().flatten().collect()
    }
}

/// Everything else that its page shows.
#[derive(Debug)]
pub struct CaseFile {
    /// The child.
    pub child: ChildPage,
    /// Visits, the latest first, corrected ones too.
    pub visits: Vec<VisitRow>,
    /// Who went on them.
    pub went: Vec<Participant>,
    /// Files, the latest first.
    pub evidence: Vec<EvidenceRow>,
    /// Plans, the one in force first.
    pub plans: Vec<PlanRow>,
    /// Papers, the latest first.
    pub papers: Vec<PaperRow>,
    /// Their services.
    pub services: Vec<ServiceRow>,
    /// Who answers for the child.
    pub charges: Vec<Charge>,
    /// Who looked lately.
    pub looks: Vec<LookRow>,
}

/// Where a case stands for a reader; `NotFound` where it is not theirs to see.
pub async fn case(services: &Services, actor: &Actor, id: CaseId) -> Result<CaseView, AppError> {
    let person = actor.person().ok_or(DbError::NotFound)?;
    let units = services.units(actor.county).await?;
    let mut read = services.db.read(actor).await?;
    let facts::Loaded { head, facts } = facts::one(&mut read, id).await?;
    let rules = policy::rules(services, &mut read).await?;
    let today = day_of(read.now());
    let standing = rules_of::standing(&facts, &rules.policies, &rules.calendar, today);
    Ok(CaseView { reader: who(person, &units), head, facts, standing, rules, units, today })
}

/// The rest of the page of a case.
pub async fn file(services: &Services, actor: &Actor, view: &CaseView) -> Result<CaseFile, AppError> {
    let mut read = services.db.read(actor).await?;
    let (id, child) = (view.head.id, view.head.child);
    Ok(CaseFile {
        child: child_page(&mut read, child).await?,
        visits: visits::of_case(&mut read, id).await?,
        went: participants::of_case(&mut read, id).await?,
        evidence: evidence::of_case(&mut read, id).await?,
        plans: plans::of_case(&mut read, id).await?,
        papers: papers::of_case(&mut read, id).await?,
        services: served::of_case(&mut read, id).await?,
        charges: charges::for_units(&mut read, &view.places()).await?,
        looks: history::looks(&mut read, child, 8).await?,
    })
}

/// Who may be named in the next visit, and who went on the last one.
pub async fn company(
    services: &Services,
    actor: &Actor,
    view: &CaseView,
) -> Result<(Vec<people::Candidate>, Vec<participants::Companion>), AppError> {
    let mut read = services.db.read(actor).await?;
    let candidates = people::of_units(&mut read, &view.places(), view.today).await?;
    let last = participants::last_company(&mut read, view.head.id).await?;
    Ok((candidates, last))
}
