//! One case laid open for one act: locked, with its facts, its rules and whoever acts; closed with an event or not at all.

use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::json;

use crate::app::cases::offered::only_offered;
use crate::app::policy::{self, Rules};
use crate::app::sending::{self, Before, Sending};
use crate::app::services::{AppError, Services};
use crate::app::{files, projector};
use crate::db::cases::case::{self, CaseHead};
use crate::db::cases::evidence::{self, Evidence};
use crate::db::cases::facts;
use crate::db::{Door as _, Write};
use crate::domain::access::{Action, permit};
use crate::domain::actor::{Actor, Person};
use crate::domain::case::{self as rules_of, Act, Facts, Phase, Standing, Unmet};
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::{CaseId, ChildId, CountyId, FileId};
use crate::domain::moment::{Moment, day_of};
use crate::domain::policy::Organ;
use crate::domain::refusal::Refusal;
use crate::domain::role::UnitKind;
use crate::domain::units::Units;
use crate::domain::words::EvidenceKind;

pub use super::told::{At, Done, NotDone, Upload};
pub(super) use super::told::{CHANGED, OTHER_BODY};

/// A case laid open.
pub(super) struct Desk<'a> {
    pub(super) services: &'a Services,
    pub(super) write: Write,
    pub(super) head: CaseHead,
    pub(super) facts: Facts,
    pub(super) rules: Arc<Rules>,
    pub(super) units: Arc<Units>,
    pub(super) person: Person,
    pub(super) today: NaiveDate,
    pub(super) location: String,
    /// The files of this act with their hashes: said in its event, so that the chain vouches for each original.
    filed: Vec<serde_json::Value>,
}

/// A desk to work at, or the answer of the time before.
pub(super) enum Opened<'a> {
    Fresh(Box<Desk<'a>>),
    Before(Done),
}

impl<'a> Desk<'a> {
    /// Opens a case for an act of the matrix, whose success leads to `location`.
    pub(super) async fn open(
        services: &'a Services,
        actor: &Actor,
        action: Action,
        at: &At,
        location: String,
    ) -> Result<Opened<'a>, NotDone> {
        let person = allowed(actor, action)?;
        let units = services.units(actor.county).await?;
        services.key(actor.county).await?;
        let mut write = services.db.write(actor).await?;
        if let Some(done) = taken(&mut write, &at.sent, &location).await? {
            return Ok(Opened::Before(done));
        }
        case::lock(&mut write, at.case, at.seen).await?;
        Self::lay(services, write, units, person, at.case, location).await
    }

    /// Opens a case whatever its count, for a fact that bears its own key.
    pub(super) async fn open_keyed(
        services: &'a Services,
        actor: &Actor,
        action: Action,
        case: CaseId,
        location: String,
    ) -> Result<Box<Self>, NotDone> {
        let person = allowed(actor, action)?;
        let units = services.units(actor.county).await?;
        services.key(actor.county).await?;
        let mut write = services.db.write(actor).await?;
        case::lock(&mut write, case, None).await?;
        match Self::lay(services, write, units, person, case, location).await? {
            Opened::Fresh(desk) => Ok(desk),
            Opened::Before(_) => Err(AppError::Fault("a desk without a form was taken".to_owned()).into()),
        }
    }

    async fn lay(
        services: &'a Services,
        mut write: Write,
        units: Arc<Units>,
        person: Person,
        case: CaseId,
        location: String,
    ) -> Result<Opened<'a>, NotDone> {
        let rules = policy::rules(services, &mut write).await?;
        let facts::Loaded { head, facts } = facts::one(&mut write, case).await?;
        let today = day_of(write.now());
        Ok(Opened::Fresh(Box::new(Self {
            services,
            write,
            head,
            facts,
            rules,
            units,
            person,
            today,
            location,
            filed: Vec::new(),
        })))
    }

    /// Goes on only where the rules allow the act.
    pub(super) fn may(&self, act: Act) -> Result<(), Refusal> {
        let used = |kind| self.rules.on(self.today).disposition(kind).is_some();
        only_offered(act, &self.facts, used)?;
        let who = who(&self.person, &self.units);
        rules_of::may(act, &who, &self.facts, &self.rules.policies, &self.rules.calendar, self.today)
    }

    /// Where the case stands before the act.
    pub(super) fn standing(&self) -> Standing {
        rules_of::standing(&self.facts, &self.rules.policies, &self.rules.calendar, self.today)
    }

    /// Goes on only while the case is in the ledger; for acts of which the rules say nothing more.
    pub(super) fn still_open(&self, act: &str) -> Result<(), Refusal> {
        still_open(&self.facts, &self.standing(), act)
    }

    /// Reads the facts again after something was added that the rules ask for.
    pub(super) async fn reload(&mut self) -> Result<(), NotDone> {
        self.facts = facts::one(&mut self.write, self.head.id).await?.facts;
        Ok(())
    }

    /// Case and child, as every fact names them.
    pub(super) fn of(&self) -> (CaseId, ChildId) {
        (self.head.id, self.head.child)
    }

    /// The county.
    pub(super) fn county(&self) -> CountyId {
        self.write.county()
    }

    /// The moment of the act.
    pub(super) fn now(&self) -> Moment {
        self.write.now()
    }

    /// Stores a file and files it as evidence of the case.
    pub(super) async fn attach(&mut self, upload: Upload, about: About) -> Result<FileId, NotDone> {
        let child = Some(self.head.child);
        let sha256 = hex::encode(&upload.ready.sha256);
        let file = files::store(self.services, &mut self.write, child, upload.ready, &upload.name).await?;
        self.filed.push(json!({ "file": file, "sha256": sha256 }));
        let About { kind, fact_on, visit, service, paper, step, title } = about;
        let new = Evidence { kind, title, file, fact_on, visit, service, paper, step };
        let of = self.of();
        evidence::insert(&mut self.write, of, &new).await?;
        Ok(file)
    }

    /// An event of this case.
    pub(super) fn event(&self, kind: EventKind) -> Event {
        Event::new(kind).child(self.head.child).case(self.head.id)
    }

    /// Counts the fact, projects the case and makes all of it durable; the event names every file that was filed.
    pub(super) async fn close(mut self: Box<Self>, mut event: Event) -> Result<Done, NotDone> {
        if !self.filed.is_empty() {
            event = event.with("files", &self.filed);
        }
        case::bump(&mut self.write, self.head.id).await?;
        projector::project_cases(self.services, &mut self.write, &[self.head.id]).await?;
        self.write.commit(event).await?;
        Ok(Done { location: self.location })
    }
}

/// Goes on only while the case is in the ledger.
pub(super) fn still_open(facts: &Facts, standing: &Standing, act: &str) -> Result<(), Refusal> {
    let struck = facts.strike_offs.iter().map(|one| one.on).max();
    let unmet = struck.filter(|_| standing.phase == Phase::StruckOff).map(|on| Unmet::StruckOff { on });
    Refusal::unless_met(act, unmet.into_iter().collect())
}

/// What a file proves.
#[derive(Debug, Clone)]
pub(super) struct About {
    pub(super) kind: EvidenceKind,
    pub(super) fact_on: NaiveDate,
    pub(super) visit: Option<crate::domain::ids::VisitId>,
    pub(super) service: Option<crate::domain::ids::ServiceId>,
    pub(super) paper: Option<crate::domain::ids::PaperId>,
    pub(super) step: Option<crate::domain::ids::StepId>,
    /// What it is called, where the kind does not say it.
    pub(super) title: String,
}

impl About {
    pub(super) const fn of(kind: EvidenceKind, fact_on: NaiveDate) -> Self {
        Self { kind, fact_on, visit: None, service: None, paper: None, step: None, title: String::new() }
    }
}

/// Goes on only for a person whom the matrix lets do this at all; it is the ceiling of every policy.
pub(super) fn allowed(actor: &Actor, action: Action) -> Result<Person, NotDone> {
    match actor.person() {
        Some(person) if permit(person.role, action).allows() => Ok(person.clone()),
        _ => Err(NotDone::NotAllowed(action)),
    }
}

/// Takes a form's key; answers where the form led the time before.
pub(super) async fn taken(write: &mut Write, sent: &Sending, location: &str) -> Result<Option<Done>, NotDone> {
    match sent.take(write, location).await? {
        Ok(()) => Ok(None),
        Err(sending::NotDone::Before(Before::Same(location))) => Ok(Some(Done { location })),
        Err(_) => Err(NotDone::Conflict(OTHER_BODY.to_owned())),
    }
}

/// The person as the rules know them.
pub(super) fn who(person: &Person, units: &Units) -> rules_of::Actor {
    let unit = units.get(person.unit);
    let organ = unit.map_or(Organ::Village, |unit| Organ::of(unit.kind, &unit.name));
    rules_of::Actor { user: person.user, role: person.role, unit: person.unit, organ }
}

/// A class stands for its school, a group for its village.
pub(super) fn standing_for(units: &Units, unit: crate::domain::ids::UnitId) -> crate::domain::ids::UnitId {
    let above = units.get(unit).and_then(|unit| match unit.kind {
        UnitKind::Class => unit.education_parent,
        UnitKind::Group => unit.government_parent,
        _ => None,
    });
    above.unwrap_or(unit)
}
