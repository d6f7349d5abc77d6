//! The clock at night: once a day every county is swept and its looks are sealed.

use crate::app::{AppError, Services};
use crate::db::{counties, jobs::queue};
use crate::domain::job::JobKind;

/// What every county is due once a day.
const DAILY: &[JobKind] = &[JobKind::Sweep, JobKind::SealLooks];

/// Asks for what the day needs and has not had yet; gives how many jobs that were. It may be called at any time and as
/// often as one likes: the day is the key. A program that was off at night catches up when it starts.
pub async fn tick(services: &Services) -> Result<usize, AppError> {
    let today = services.db.clock().today().to_string();
    let mut gate = services.db.gate().await?;
    let mut asked = 0;
    for county in counties::counties(&mut gate).await? {
        for &kind in DAILY {
            asked += usize::from(queue::enqueue_once(&mut gate, county.id, kind, &today).await?);
        }
    }
    gate.commit().await?;
    Ok(asked)
}
