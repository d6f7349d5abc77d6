//! The rules of a county: the policies it adopted, each in force from its day, and its calendar.

pub mod drafts;
pub mod trial;
pub mod weigh;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, RwLock};

use chrono::NaiveDate;
use sha2::{Digest as _, Sha256};

use super::projector;
use super::services::{AppError, Services};
use crate::db::policies::{self, AdoptedRow, NewAdoption};
use crate::db::{Door, calendar, cases};
use crate::domain::actor::Actor;
use crate::domain::calendar::Calendar;
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::CountyId;
use crate::domain::moment::day_of;
use crate::domain::policy::{Adopted, Library, Policies, Policy, Problem, shipped};

/// The profiles this program is built with.
static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::parse(&shipped()).0);

static OFFERED: LazyLock<Vec<Policy>> =
    LazyLock::new(|| LIBRARY.offered().filter_map(|id| LIBRARY.resolve(id).ok()).collect());

/// What the cases of a county are judged by.
#[derive(Debug)]
pub struct Rules {
    /// The adopted policies; a step is judged by the one in force on its own day (design.md §4.16).
    pub policies: Policies,
    /// Holidays, make-up days and terms.
    pub calendar: Calendar,
    versions: Vec<(NaiveDate, i32)>,
    fingerprint: (i32, String),
}

impl Rules {
    /// The policy in force on a day.
    pub fn on(&self, day: NaiveDate) -> &Policy {
        self.policies.on(day)
    }

    /// Its version.
    pub fn version_on(&self, day: NaiveDate) -> i32 {
        let governing = self.versions.iter().rev().find(|(from, _)| *from <= day).or(self.versions.first());
        governing.map_or(0, |(_, version)| *version)
    }
}

/// The rules decoded so far. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct RulesCache(Arc<RwLock<HashMap<CountyId, Arc<Rules>>>>);

/// The county's rules; decoded anew only when a policy was adopted or the calendar touched, by whatever process.
pub async fn rules(services: &Services, db: &mut impl Door) -> Result<Arc<Rules>, AppError> {
    let (county, fingerprint) = (db.county(), policies::fingerprint(db).await?);
    let known = services.rules.0.read().ok().and_then(|known| known.get(&county).cloned());
    if let Some(rules) = known.filter(|rules| rules.fingerprint == fingerprint) {
        return Ok(rules);
    }
    let rules = Arc::new(decode(&policies::adopted(db).await?, calendar::calendar(db).await?, fingerprint)?);
    if let Ok(mut known) = services.rules.0.write() {
        known.insert(county, Arc::clone(&rules));
    }
    Ok(rules)
}

fn decode(rows: &[AdoptedRow], calendar: Calendar, fingerprint: (i32, String)) -> Result<Rules, AppError> {
    let mut versions: Vec<_> = rows.iter().map(|row| (row.from_on, row.version)).collect();
    versions.sort_by_key(|(from, _)| *from);
    let policies = Policies::of(policies_of(rows)?).ok_or(AppError::NoPolicy)?;
    Ok(Rules { policies, calendar, versions, fingerprint })
}

/// What was adopted, read back; what is not what was signed is a fault.
fn policies_of(rows: &[AdoptedRow]) -> Result<Vec<Adopted>, AppError> {
    let read = |row: &AdoptedRow| {
        let fault = |why: String| AppError::Fault(format!("adopted policy {}: {why}", row.version));
        if Sha256::digest(&row.body).as_slice() != row.sha256 {
            return Err(fault("its text is not what was adopted".to_owned()));
        }
        let policy = Policy::from_canonical_json(&row.body).map_err(|error| fault(error.to_string()))?;
        Ok(Adopted { from: row.from_on, policy })
    };
    rows.iter().map(read).collect()
}

/// The profiles that a county is offered, each whole.
pub fn offered() -> &'static [Policy] {
    &OFFERED
}

/// Adopts a profile from a day on, resolved and frozen; all cases are computed anew under it. Answers its version.
pub async fn adopt(
    services: &Services,
    actor: &Actor,
    profile: &str,
    from_on: NaiveDate,
    reason: &str,
) -> Result<Result<i32, Vec<Problem>>, AppError> {
    match LIBRARY.resolve(profile) {
        Ok(policy) => adopt_resolved(services, actor, policy, from_on, reason).await,
        Err(problems) => Ok(Err(problems)),
    }
}

/// Adopts a policy that was resolved from a stack of profiles.
pub async fn adopt_resolved(
    services: &Services,
    actor: &Actor,
    policy: Policy,
    from_on: NaiveDate,
    reason: &str,
) -> Result<Result<i32, Vec<Problem>>, AppError> {
    services.units(actor.county).await?;
    let body = policy.canonical_json().map_err(|error| AppError::Fault(error.to_string()))?;
    let new = NewAdoption {
        profile: policy.id,
        title: policy.name,
        from_on,
        schema_version: Policy::SCHEMA.into(),
        sha256: Sha256::digest(&body).to_vec(),
        body,
        reason: reason.to_owned(),
    };
    let mut write = services.db.write(actor).await?;
    if policies::fingerprint(&mut write).await?.0 > 0 && from_on < day_of(write.now()) {
        let why = "只能从今天或以后的一天起施行；已经过去的日子仍按原来的方案";
        return Ok(Err(vec![Problem::at(&new.profile, "from_on", why)]));
    }
    let version = policies::adopt(&mut write, &new).await?;
    write.widen().await?;
    let all = cases::case::all(&mut write).await?;
    projector::project_cases(services, &mut write, &all).await?;
    let event = Event::new(EventKind::PolicyAdopted).with("profile", &new.profile).with("version", version);
    write.commit(event.with("from", from_on).with("sha256", hex::encode(&new.sha256))).await?;
    Ok(Ok(version))
}
