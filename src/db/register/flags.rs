//! Flags of key populations that a person sets and ends by hand; what sources say of them is in `ties`.

use chrono::NaiveDate;

use crate::db::door::{Door, Write};
use crate::db::error::Result;
use crate::domain::ids::{ChildId, EntryId, SourceId};
use crate::domain::words::KeyPopulation;

/// Sets a flag; false when the child bears it already.
pub async fn set_flag(
    write: &mut Write,
    child: ChildId,
    flag: KeyPopulation,
    source: SourceId,
    from_on: NaiveDate,
    note: &str,
) -> Result<bool> {
    let (county, by) = (write.county().0, write.actor().user().map(|u| u.0));
    let done = sqlx::query!(
        "insert into key_population (county_id, id, child_id, flag, restricted, source_id, from_on, note, set_by)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9
         where not exists (select from key_population k
            where k.county_id = $1 and k.child_id = $3 and k.flag = $4 and k.until_on is null)",
        county,
        EntryId::new().0,
        child.0,
        flag.code(),
        flag.restricted(),
        source.0,
        from_on,
        note,
        by
    )
    .execute(write.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends a flag that the child bears since the day or before; false when it bears none.
pub async fn end_flag(
    write: &mut Write,
    child: ChildId,
    flag: KeyPopulation,
    on: NaiveDate,
    note: &str,
) -> Result<bool> {
    let (county, by) = (write.county().0, write.actor().user().map(|u| u.0));
    let done = sqlx::query!(
        "update key_population set until_on = $4, ended_by = $5, end_note = $6
         where county_id = $1 and child_id = $2 and flag = $3 and until_on is null and from_on <= $4",
        county,
        child.0,
        flag.code(),
        on,
        by,
        note
    )
    .execute(write.conn())
    .await?;
    Ok(done.rows_affected() > 0)
}
