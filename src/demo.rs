//! The demonstration: 城口县 with its true townships and villages, invented children, an account for every role.
//!
//! Everything is brought about by the use cases, on days that lie behind the demo's own: nothing is written that
//! could not have happened.

mod accounts;
mod children;
mod names;
mod story;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::app::county_setup::{add_county, add_schools};
use crate::app::{AppError, Services, policy, school_list};
use crate::clock::Hand;
use crate::db::counties;
use crate::db::trail::{self, TrailFilter};
use crate::domain::actor::Actor;
use crate::domain::ids::CountyId;
use crate::domain::policy::{Library, Policy, Problem, shipped};

pub use accounts::DemoAccount;

/// 城口县
pub const COUNTY: CountyId = CountyId(500_229);
/// The profile it has adopted: a shipped one, with an invented basis by which its 街道 issue papers.
const PROFILE: (&str, &str) = ("policy.toml", include_str!("../data/demo/policy.toml"));
const PROFILE_ID: &str = "yanshi-2026";
/// The county's schools with stage and township.
const SCHOOLS: &str = include_str!("../data/demo/schools.csv");
/// The first day of the story.
const BEGINS: &str = "2026-08-28T08:30:00+08:00";

/// The moment at which the story begins.
pub fn begins() -> DateTime<FixedOffset> {
    BEGINS.parse().unwrap_or_else(|_| DateTime::UNIX_EPOCH.fixed_offset())
}

/// Whether the demo's county is there already.
pub async fn is_filled(services: &Services) -> Result<bool, AppError> {
    let mut gate = services.db.gate().await?;
    let there = counties::counties(&mut gate).await?.iter().any(|c| c.id == COUNTY);
    gate.commit().await?;
    Ok(there)
}

/// When a later run goes on: at the last thing that was done, where that lies ahead of its own day; nothing is done before
/// what was done already.
pub async fn goes_on_at(services: &Services) -> Result<Option<DateTime<FixedOffset>>, AppError> {
    Ok(last_act(services).await?.filter(|last| *last > services.db.clock().now()))
}

/// When the last thing was done, whoever did it.
async fn last_act(services: &Services) -> Result<Option<DateTime<FixedOffset>>, AppError> {
    let mut read = services.db.read(&Actor::system(COUNTY, "demo")).await?;
    let last = trail::acts(&mut read, &TrailFilter::default(), 1).await?.pop();
    Ok(last.map(|act| act.at.with_timezone(begins().offset())))
}

/// The accounts that anybody may try.
pub fn accounts() -> Vec<DemoAccount> {
    accounts::all()
}

/// Fills an empty database; `hand` moves the services' own clock through the story, `say` tells how far it is.
pub async fn fill(
    services: &Services,
    hand: &Hand,
    until: NaiveDate,
    say: &(dyn Fn(&str) + Sync),
) -> Result<(), AppError> {
    hand.set(begins());
    let system = Actor::system(COUNTY, "demo");
    say("建立城口县：乡镇、村、学校");
    refuse(add_county(services, COUNTY).await?)?;
    let schools = school_list::read(SCHOOLS).map_err(|e| AppError::Fault(e.to_string()))?;
    refuse(add_schools(services, &system, &schools).await?)?;
    let from = begins().date_naive();
    let adopted = policy::adopt_resolved(services, &system, profile()?, from, "演示").await?;
    adopted.map_err(|problems| AppError::Fault(all(&problems)))?;
    say("登记儿童 3,000 余人");
    children::register(services, &system).await?;
    say("开通各种身份的账号");
    accounts::make(services, &system).await?;
    say("比对、核查、劝返");
    story::tell(services, hand, until).await
}

fn profile() -> Result<Policy, AppError> {
    let mut files = shipped();
    files.push((PROFILE.0.to_owned(), PROFILE.1.to_owned()));
    Library::parse(&files).0.resolve(PROFILE_ID).map_err(|problems| AppError::Fault(all(&problems)))
}

fn all(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("；")
}

fn refuse<T, E: std::fmt::Display>(outcome: Result<T, E>) -> Result<T, AppError> {
    outcome.map_err(|e| AppError::Fault(e.to_string()))
}
