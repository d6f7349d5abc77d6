//! How often a person does what is limited: the moments of the last minute or hour, one row a person and kind of act.

use super::door::{Door, Write};
use super::error::Result;
use crate::domain::pace::Paced;

/// Counts one more; false, and nothing counted, where the person did it as often as one may.
pub async fn count(write: &mut Write, what: Paced) -> Result<bool> {
    let (county, now) = (write.county().0, write.now());
    let Some(user) = write.actor().user() else { return Ok(true) };
    sqlx::query!(
        "insert into pace (county_id, user_id, what) values ($1, $2, $3) on conflict do nothing",
        county,
        user.0,
        what.code()
    )
    .execute(write.conn())
    .await?;
    let times = sqlx::query_scalar!(
        "select times from pace where county_id = $1 and user_id = $2 and what = $3 for update",
        county,
        user.0,
        what.code()
    )
    .fetch_one(write.conn())
    .await?;
    let Some(times) = what.once_more(&times, now) else { return Ok(false) };
    sqlx::query!(
        "update pace set times = $4 where county_id = $1 and user_id = $2 and what = $3",
        county,
        user.0,
        what.code(),
        &times
    )
    .execute(write.conn())
    .await?;
    Ok(true)
}

/// Counts one more in a transaction of its own, for acts that write nothing else.
pub async fn count_alone(mut write: Write, what: Paced) -> Result<bool> {
    let may = count(&mut write, what).await?;
    write.commit_look().await?;
    Ok(may)
}
