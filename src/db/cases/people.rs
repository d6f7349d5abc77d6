//! Who may go along on a visit: those appointed to the units of a case.

use chrono::NaiveDate;
use uuid::Uuid;

use super::participants::Companion;
use crate::db::door::Door;
use crate::db::error::Result;
use crate::domain::ids::{AppointmentId, UnitId, UserId};
use crate::domain::role::Role;

/// One who may go along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The appointment by which the form names them.
    pub appointment: AppointmentId,
    /// In what capacity.
    pub role: Role,
    /// Who, and for which unit.
    pub who: Companion,
    /// The unit's name.
    pub unit_name: String,
}

/// Those appointed to any of these units on a day, in the order of the units.
pub async fn of_units(db: &mut impl Door, units: &[UnitId], on: NaiveDate) -> Result<Vec<Candidate>> {
    let units: Vec<Uuid> = units.iter().map(|unit| unit.0).collect();
    candidates(db, &units, &[], on).await
}

/// The people of these appointments, as far as they were in force on a day.
pub async fn of_appointments(db: &mut impl Door, ids: &[AppointmentId], on: NaiveDate) -> Result<Vec<Candidate>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    candidates(db, &[], &ids, on).await
}

async fn candidates(db: &mut impl Door, units: &[Uuid], ids: &[Uuid], on: NaiveDate) -> Result<Vec<Candidate>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select p.id as \"id: AppointmentId\", p.role as \"role: Role\", p.user_id as \"user: UserId\", a.name, p.title,
            p.unit_id as \"unit: UnitId\", u.name as unit_name
         from appointment p
         join account a on a.county_id = p.county_id and a.id = p.user_id
         join unit u on u.county_id = p.county_id and u.id = p.unit_id
         where p.county_id = $1 and (p.unit_id = any($2) or p.id = any($3)) and p.from_on <= $4
           and (p.until_on is null or p.until_on >= $4) and a.disabled_at is null
         order by array_position($2, p.unit_id), a.name, p.id",
        county,
        units,
        ids,
        on
    )
    .fetch_all(db.conn())
    .await?;
    let candidate = rows.into_iter().map(|r| {
        let title = if r.title.is_empty() { r.role.label().to_owned() } else { r.title };
        Candidate {
            appointment: r.id,
            role: r.role,
            who: Companion { user: Some(r.user), name: r.name, title, unit: r.unit },
            unit_name: r.unit_name,
        }
    });
    Ok(candidate.collect())
}
