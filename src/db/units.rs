//! Units as the county changes them in its work.

use super::door::{Door, Write};
use super::error::Result;
use crate::domain::units::Unit;
use crate::domain::words::SchoolStage;

/// Adds units, parents before children.
pub async fn insert(write: &mut Write, units: &[Unit]) -> Result<()> {
    let county = write.county().0;
    for unit in units {
        sqlx::query!(
            "insert into unit (county_id, id, kind, name, code, government_parent, education_parent, township_id, stage, grade)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            county,
            unit.id.0,
            unit.kind.code(),
            unit.name,
            unit.code,
            unit.government_parent.map(|u| u.0),
            unit.education_parent.map(|u| u.0),
            unit.township.map(|u| u.0),
            unit.stage.map(SchoolStage::code),
            unit.grade,
        )
        .execute(write.conn())
        .await?;
    }
    Ok(())
}
