//! Making a county: its key, its units in both trees, its schools and catchments, terms and calendar.

use chrono::NaiveDate;

use super::policy;
use super::school_list::NewSchool;
use super::services::{AppError, Services};
use crate::db::calendar::{self, DayRow, TermRow};
use crate::db::counties::{self, CountyName};
use crate::db::{Write, units};
use crate::domain::actor::Actor;
use crate::domain::calendar::Calendar;
use crate::domain::catchment;
use crate::domain::divisions::{self, County};
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::{CountyId, UnitId};
use crate::domain::role::UnitKind;
use crate::domain::term;
use crate::domain::units::{Unit, Units};

/// The national list of divisions this program is built with.
pub const DIVISIONS: &str = include_str!("../../data/divisions.csv");
/// Public holidays and make-up days this program is built with.
pub const WORKDAYS: &str = include_str!("../../data/workdays.csv");
/// What the event of the setting up calls its author.
pub const SETUP: &str = "setup";

/// A county that was made, and how much of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountyMade {
    /// Its key.
    pub county: CountyId,
    /// 城口县
    pub name: String,
    /// How many townships it has.
    pub townships: usize,
    /// How many villages.
    pub villages: usize,
}

/// Why a county or its schools were not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetupRefusal {
    /// The list of divisions does not have it.
    #[error("区划代码表里没有 {0} 这个区县。")]
    UnknownCode(CountyId),
    /// It is there already.
    #[error("{0}已经建过了。")]
    AlreadyThere(String),
    /// A school of a township that the county does not have.
    #[error("“{school}”写的乡镇“{township}”不在本县。")]
    UnknownTownship {
        /// The school.
        school: String,
        /// What was written.
        township: String,
    },
    /// A school below something that is neither in the county nor before it in the list.
    #[error("“{school}”写的上级“{above}”没有找到，请把上级排在前面。")]
    UnknownAbove {
        /// The school.
        school: String,
        /// What was written.
        above: String,
    },
    /// A policy that cannot be adopted, and why.
    #[error("不能采用实施方案“{profile}”：{why}")]
    Policy {
        /// Its id.
        profile: String,
        /// Each reason in a sentence.
        why: String,
    },
    /// Two of one name.
    #[error("本县已有“{0}”，名称不能重复。")]
    Twice(String),
}

/// Makes a county with all its townships and villages, the usual terms and the national calendar, in one transaction.
pub async fn add_county(services: &Services, id: CountyId) -> Result<Result<CountyMade, SetupRefusal>, AppError> {
    let Some(division) = divisions::county(DIVISIONS, id) else { return Ok(Err(SetupRefusal::UnknownCode(id))) };
    let mut write = services.db.write(&Actor::system(id, SETUP)).await?;
    let wrapped = services.vault.new_county_key(id)?;
    let name = CountyName {
        id,
        name: division.name.clone(),
        province: division.province.clone(),
        city: division.city.clone(),
    };
    match counties::insert_county(&mut write, &name, &wrapped).await {
        Err(error) if error.duplicate().is_some() => return Ok(Err(SetupRefusal::AlreadyThere(division.name))),
        done => done?,
    }
    units::insert(&mut write, &government_tree(&division)).await?;
    set_usual_calendar(&mut write).await?;
    let villages = division.townships.iter().map(|t| t.villages.len()).sum();
    let made = CountyMade { county: id, name: division.name, townships: division.townships.len(), villages };
    write
        .commit(Event::new(EventKind::CountyMade).with("townships", made.townships).with("villages", made.villages))
        .await?;
    services.units_changed(id);
    Ok(Ok(made))
}

/// Adds schools and offices of the education line, in the order of the list, and gives every village that has none its
/// default schools; returns how many were added.
pub async fn add_schools(
    services: &Services,
    actor: &Actor,
    schools: &[NewSchool],
) -> Result<Result<usize, SetupRefusal>, AppError> {
    let known = services.units(actor.county).await?;
    let made = match education_tree(&known, schools) {
        Ok(made) => made,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let all = Units::new(known.all().chain(&made).cloned().collect(), known.catchments().collect());
    let catchments = catchment::missing(&all);
    let mut write = services.db.write(actor).await?;
    units::insert(&mut write, &made).await?;
    units::set_catchments(&mut write, &catchments).await?;
    let unit_made = Event::new(EventKind::UnitMade).with("count", made.len());
    write.commit_all(vec![unit_made, Event::new(EventKind::CatchmentSet).with("count", catchments.len())]).await?;
    services.units_changed(actor.county);
    Ok(Ok(made.len()))
}

/// Adopts a policy for a county that has none, from a day on or from its first term; answers that day.
pub async fn adopt_policy(
    services: &Services,
    county: CountyId,
    profile: &str,
    from: Option<NaiveDate>,
) -> Result<Result<NaiveDate, SetupRefusal>, AppError> {
    let system = Actor::system(county, SETUP);
    let first = calendar::terms(&mut services.db.read(&system).await?).await?.first().map(|term| term.opens);
    let from = from.or(first).unwrap_or(services.db.clock().today());
    let adopted = policy::adopt(services, &system, profile, from, "建立区县时采用").await?;
    Ok(adopted.map(|_version| from).map_err(|problems| SetupRefusal::Policy {
        profile: profile.to_owned(),
        why: problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("；"),
    }))
}

/// The county's own unit, its townships and their villages.
fn government_tree(county: &County) -> Vec<Unit> {
    let top = bare(UnitKind::County, &county.name);
    let mut tree = vec![Unit { code: Some(county.id.to_string()), ..top }];
    let top = tree[0].id;
    for town in &county.townships {
        let township = Unit {
            code: Some(town.code.clone()),
            government_parent: Some(top),
            ..bare(UnitKind::Township, &town.name)
        };
        let id = township.id;
        tree.push(township);
        tree.extend(town.villages.iter().map(|village| Unit {
            code: Some(village.code.clone()),
            government_parent: Some(id),
            township: Some(id),
            ..bare(UnitKind::Village, &village.name)
        }));
    }
    tree
}

/// The list's schools and offices as units, each below what it names or below the county.
fn education_tree(known: &Units, schools: &[NewSchool]) -> Result<Vec<Unit>, SetupRefusal> {
    let county = known.county().map(|u| u.id);
    let mut made: Vec<Unit> = Vec::new();
    for school in schools {
        let named = |name: &str| known.all().chain(&made).find(|u| u.name == name);
        if named(&school.name).is_some() {
            return Err(SetupRefusal::Twice(school.name.clone()));
        }
        let township = school.township.as_deref().map(|text| township(known, text, &school.name)).transpose()?;
        let above = match &school.above {
            None => county,
            Some(above) => Some(
                named(above)
                    .map(|u| u.id)
                    .ok_or_else(|| SetupRefusal::UnknownAbove { school: school.name.clone(), above: above.clone() })?,
            ),
        };
        let on_government_line = school.kind == UnitKind::ZoneCommittee;
        made.push(Unit {
            government_parent: above.filter(|_| on_government_line),
            education_parent: above.filter(|_| !on_government_line),
            township,
            stage: school.stage,
            ..bare(school.kind, &school.name)
        });
    }
    Ok(made)
}

fn township(known: &Units, text: &str, school: &str) -> Result<UnitId, SetupRefusal> {
    let here = |u: &&Unit| u.name == text || u.code.as_deref() == Some(text);
    known
        .of_kind(UnitKind::Township)
        .find(here)
        .map(|u| u.id)
        .ok_or_else(|| SetupRefusal::UnknownTownship { school: school.to_owned(), township: text.to_owned() })
}

fn bare(kind: UnitKind, name: &str) -> Unit {
    Unit {
        id: UnitId::new(),
        kind,
        name: name.to_owned(),
        code: None,
        government_parent: None,
        education_parent: None,
        township: None,
        stage: None,
        grade: None,
    }
}

async fn set_usual_calendar(write: &mut Write) -> Result<(), AppError> {
    for (id, opens, closes) in term::usual() {
        calendar::set_term(write, &TermRow { id, opens, closes }).await?;
    }
    let known = Calendar::parse_workdays(WORKDAYS).map_err(|fault| AppError::Fault(fault.to_string()))?;
    let days: Vec<DayRow> =
        known.special_days().map(|(day, kind, name)| DayRow { day, kind, name: name.to_owned() }).collect();
    Ok(calendar::set_days(write, &days).await?)
}
