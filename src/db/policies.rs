//! The policies a county adopted.

use chrono::NaiveDate;

use super::door::{Door, Write};
use super::error::Result;

/// A policy as it was adopted, frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdoptedRow {
    /// Counted from 1.
    pub version: i32,
    /// The profile's id: zuolan-2024.
    pub profile: String,
    /// Its name on the screen.
    pub title: String,
    /// The first day on which it governs.
    pub from_on: NaiveDate,
    /// The resolved policy as canonical JSON.
    pub body: String,
    /// SHA-256 of that text.
    pub sha256: Vec<u8>,
}

/// Changes whenever a policy is adopted or the calendar is touched; what was decoded under another one is stale.
pub async fn fingerprint(db: &mut impl Door) -> Result<(i32, String)> {
    let county = db.county().0;
    let row = sqlx::query!(
        "select (select coalesce(max(version), 0) from adopted_policy where county_id = $1) as \"version!\",
            concat((select md5(string_agg(id || starts_on || ends_on, '|' order by id)) from term where county_id = $1), '/',
                (select md5(string_agg(day || kind || name, '|' order by day)) from calendar_day where county_id = $1), '/',
                (select md5(string_agg(day || taught::text, '|' order by day)) from school_day where county_id = $1)) as \"calendar!\"",
        county
    )
    .fetch_one(db.conn())
    .await?;
    Ok((row.version, row.calendar))
}

/// All that the county adopted, in the order of adoption.
pub async fn adopted(db: &mut impl Door) -> Result<Vec<AdoptedRow>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        AdoptedRow,
        "select version, profile, title, from_on, body, sha256 from adopted_policy where county_id = $1 order by version",
        county
    )
    .fetch_all(db.conn())
    .await?)
}

/// A policy to be adopted.
#[derive(Debug, Clone)]
pub struct NewAdoption {
    /// The profile's id.
    pub profile: String,
    /// Its name on the screen.
    pub title: String,
    /// The first day on which it governs.
    pub from_on: NaiveDate,
    /// The shape of `body`.
    pub schema_version: i32,
    /// The resolved policy as canonical JSON.
    pub body: String,
    /// SHA-256 of that text.
    pub sha256: Vec<u8>,
    /// Why.
    pub reason: String,
}

/// Adopts a policy as the county's next version; a second one at the same moment is a `Duplicate`.
pub async fn adopt(write: &mut Write, new: &NewAdoption) -> Result<i32> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    Ok(sqlx::query_scalar!(
        "insert into adopted_policy (county_id, version, profile, title, from_on, schema_version, body, sha256, reason, adopted_by,
            adopted_at)
         select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10 from adopted_policy where county_id = $1
         returning version",
        county,
        new.profile,
        new.title,
        new.from_on,
        new.schema_version,
        new.body,
        new.sha256,
        new.reason,
        user,
        now,
    )
    .fetch_one(write.conn())
    .await?)
}

/// A version with who is behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryRow {
    /// Counted from 1.
    pub version: i32,
    /// Its name on the screen.
    pub title: String,
    /// The first day on which it governs.
    pub from_on: NaiveDate,
    /// Why.
    pub reason: String,
    /// Who adopted it; none where the system did.
    pub adopted_name: Option<String>,
    /// Who drafted it, where a second person approved.
    pub drafted_name: Option<String>,
}

/// All that the county adopted, the latest first, with who is behind it.
pub async fn history(db: &mut impl Door) -> Result<Vec<HistoryRow>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        HistoryRow,
        "select p.version, p.title, p.from_on, p.reason, a.name as \"adopted_name?\", b.name as \"drafted_name?\"
         from adopted_policy p left join account a on a.county_id = p.county_id and a.id = p.adopted_by
            left join policy_draft d on d.county_id = p.county_id and d.version = p.version
            left join account b on b.county_id = d.county_id and b.id = d.drafted_by
         where p.county_id = $1 order by p.version desc",
        county
    )
    .fetch_all(db.conn())
    .await?)
}
