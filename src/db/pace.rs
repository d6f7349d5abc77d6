//! How often a person does what is limited: counted in whole minutes or hours, one row a person.

use super::door::{Door, Write};
use super::error::Result;
use crate::domain::pace::Paced;

/// Counts one more; answers how many there were in this minute or hour, this one included.
pub async fn count(write: &mut Write, what: Paced) -> Result<i32> {
    let (county, now) = (write.county().0, write.now());
    let Some(user) = write.actor().user() else { return Ok(0) };
    let counted = sqlx::query_scalar!(
        "insert into pace (county_id, user_id, what, since, count) values ($1, $2, $3, $4, 1)
         on conflict (county_id, user_id, what) do update
            set since = excluded.since, count = case when pace.since = excluded.since then pace.count + 1 else 1 end
         returning count",
        county,
        user.0,
        what.code(),
        what.since(now)
    )
    .fetch_one(write.conn())
    .await?;
    Ok(counted)
}

/// Counts one more in a transaction of its own, for acts that write nothing else.
pub async fn count_alone(mut write: Write, what: Paced) -> Result<i32> {
    let counted = count(&mut write, what).await?;
    write.commit_look().await?;
    Ok(counted)
}
