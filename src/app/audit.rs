//! Keeping the audit: the chain verified, looks sealed into it.

use super::services::{AppError, Services};
use crate::db::audit::{self, ChainReport};
use crate::db::counties::{self, CountyName};
use crate::domain::actor::Actor;
use crate::domain::ids::CountyId;

/// Who verifies and seals.
const AUDITOR: &str = "audit";

/// Every county served here.
pub async fn counties(services: &Services) -> Result<Vec<CountyName>, AppError> {
    let mut gate = services.db.gate().await?;
    let found = counties::counties(&mut gate).await?;
    gate.commit().await?;
    Ok(found)
}

/// Recomputes a county's chain. The system does it, whoever asks: it reads all and tells only counts and places.
pub async fn verify(services: &Services, county: CountyId) -> Result<ChainReport, AppError> {
    let mut read = services.db.read(&Actor::system(county, AUDITOR)).await?;
    Ok(audit::verify_chain(&mut read).await?)
}

/// Seals a county's open looks into the chain; how many. For the sweep, every few minutes.
pub async fn seal(services: &Services, county: CountyId) -> Result<i64, AppError> {
    let write = services.db.write(&Actor::system(county, AUDITOR)).await?;
    Ok(audit::seal(write).await?)
}
