//! Sending twice does it once: a form's key is taken in the very transaction that does the work.

use uuid::Uuid;

use super::door::{Door, Write};
use super::error::Result;

/// Whether this key was used before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// First time: do the work.
    Fresh,
    /// Done before with the same body: go where it led.
    Replay(String),
    /// Done before with another body.
    Differs,
}

/// Takes a key for a body whose work will lead to `location`. A second sender waits here until the first is done.
pub async fn take(write: &mut Write, key: Uuid, body_hash: &[u8], location: &str) -> Result<Taken> {
    let (county, now) = (write.county().0, write.now());
    let Some(user) = write.actor().user() else { return Ok(Taken::Fresh) };
    let inserted = sqlx::query!(
        "insert into idempotency (county_id, user_id, key, body_hash, location, at) values ($1, $2, $3, $4, $5, $6)
         on conflict (county_id, user_id, key) do nothing",
        county,
        user.0,
        key,
        body_hash,
        location,
        now
    )
    .execute(write.conn())
    .await?;
    if inserted.rows_affected() == 1 {
        return Ok(Taken::Fresh);
    }
    let before = sqlx::query!(
        "select body_hash, location from idempotency where county_id = $1 and user_id = $2 and key = $3",
        county,
        user.0,
        key
    )
    .fetch_one(write.conn())
    .await?;
    Ok(if before.body_hash == body_hash { Taken::Replay(before.location) } else { Taken::Differs })
}
