//! 适龄儿童去向平衡表 as an actor sees it: a township's people their villages, the county and the inspector the townships.

use super::policy;
use super::services::{AppError, Services};
use crate::db::{Door, children};
use crate::domain::actor::Actor;
use crate::domain::balance::{Balance, balance};
use crate::domain::ids::UnitId;
use crate::domain::moment::day_of;
use crate::domain::role::UnitKind;
use crate::domain::school_age::births;
use crate::domain::units::Units;

/// The table and whose it is.
#[derive(Debug)]
pub struct Balanced {
    /// The township whose villages are the rows; none for the county's table of townships.
    pub township: Option<UnitId>,
    /// The figures.
    pub table: Balance,
}

impl Balanced {
    /// Whose table it is.
    pub fn scope<'a>(&self, units: &'a Units) -> &'a str {
        units.name(self.township.or_else(|| units.county().map(|u| u.id)))
    }

    /// What a row is.
    pub const fn unit_word(&self) -> &'static str {
        if self.township.is_some() { "村、社区" } else { "乡镇、街道" }
    }

    /// What the last row is called.
    pub const fn total_word(&self) -> &'static str {
        if self.township.is_some() { "全乡镇合计" } else { "全县合计" }
    }

    /// What a row of no unit is called.
    pub fn row_name(units: &Units, unit: Option<UnitId>) -> &str {
        unit.map_or("户籍地未认出", |unit| units.name(unit))
    }
}

/// Counts the table of an actor, today.
pub async fn load(services: &Services, db: &mut impl Door, actor: &Actor) -> Result<Balanced, AppError> {
    let units = services.units(actor.county).await?;
    let rules = policy::rules(services, db).await?;
    let today = day_of(db.now());
    let births = births(&rules.on(today).age, today);
    let township = township(actor, &units);
    let table = if let Some(township) = township {
        let counted = children::count_by_village(db, township, births).await?;
        balance(units.villages_of(township).map(|u| u.id), &counted)
    } else {
        let mut counted = children::count_by_township(db, births).await?;
        counted.extend(children::count_from_elsewhere(db).await?);
        balance(townships(&units), &counted)
    };
    Ok(Balanced { township, table })
}

fn township(actor: &Actor, units: &Units) -> Option<UnitId> {
    let unit = units.get(actor.unit()?)?;
    matches!(unit.kind, UnitKind::Township | UnitKind::ZoneCommittee).then_some(unit.id)
}

fn townships(units: &Units) -> impl Iterator<Item = UnitId> {
    units.all().filter(|u| matches!(u.kind, UnitKind::Township | UnitKind::ZoneCommittee)).map(|u| u.id)
}
