//! Rows whose number belongs to a child of another name: laid before a person, taken as said of that child or put aside.

use chrono::NaiveDate;
use sqlx::types::Json;

use crate::db::door::{Door, Write};
use crate::db::error::Result;
use crate::domain::ids::{ChildId, SourceId, StatementId};
use crate::domain::register::Said;
use crate::domain::words::{ClaimSettled, SourceKind};

/// A row that waits for a person.
#[derive(Debug, Clone)]
pub struct OpenClaim {
    /// Its key; a statement made of it keeps it.
    pub id: StatementId,
    /// The child that has the number.
    pub child: ChildId,
    /// That child's name.
    pub child_name: String,
    /// The name that the row says.
    pub name: String,
    /// What kind of source it is.
    pub kind: SourceKind,
    /// The source's title.
    pub source: String,
    /// The day it speaks of.
    pub said_on: NaiveDate,
    /// In which sheet.
    pub sheet: String,
    /// In which row.
    pub row: i32,
    /// What it says.
    pub said: Said,
    /// Numbers and phones, sealed into `statement.sealed`, this id.
    pub sealed: Vec<u8>,
}

/// How many rows wait within the actor's reach.
pub async fn count_claims(db: &mut impl Door) -> Result<i64> {
    let county = db.county().0;
    Ok(sqlx::query_scalar!(
        "select count(*) as \"n!\" from number_claim n join child c on c.county_id = n.county_id and c.id = n.child_id
         where n.county_id = $1 and n.settled is null and c.merged_into is null",
        county
    )
    .fetch_one(db.conn())
    .await?)
}

/// The rows that wait, of one child or of all in reach, the longest waiting first: so many, after so many.
pub async fn open_claims(
    db: &mut impl Door,
    child: Option<ChildId>,
    (limit, offset): (i64, i64),
) -> Result<Vec<OpenClaim>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select n.id as \"id: StatementId\", n.child_id as \"child: ChildId\", c.name as child_name, n.name,
            n.kind as \"kind: SourceKind\", s.title as source, n.said_on, n.sheet, n.row_number,
            n.fields as \"said: Json<Said>\", n.sealed
         from number_claim n
         join child c on c.county_id = n.county_id and c.id = n.child_id
         join source s on s.county_id = n.county_id and s.id = n.source_id
         where n.county_id = $1 and ($2::uuid is null or n.child_id = $2) and n.settled is null and c.merged_into is null
         order by n.made_at, n.sheet, n.row_number, n.id limit $3 offset $4",
        county,
        child.map(|c| c.0),
        limit,
        offset
    )
    .fetch_all(db.conn())
    .await?;
    let claims = rows.into_iter().map(|r| OpenClaim {
        id: r.id,
        child: r.child,
        child_name: r.child_name,
        name: r.name,
        kind: r.kind,
        source: r.source,
        said_on: r.said_on,
        sheet: r.sheet,
        row: r.row_number,
        said: r.said.0,
        sealed: r.sealed,
    });
    Ok(claims.collect())
}

/// Settles a row of a child; false where it does not wait.
pub async fn settle_claim(
    write: &mut Write,
    child: ChildId,
    claim: StatementId,
    settled: ClaimSettled,
    note: &str,
) -> Result<bool> {
    let (county, now, by) = (write.county().0, write.now(), write.actor().user());
    let done = sqlx::query!(
        "update number_claim set settled = $4, settled_by = $5, settled_at = $6, note = $7
         where county_id = $1 and child_id = $2 and id = $3 and settled is null",
        county,
        child.0,
        claim.0,
        settled.code(),
        by.map(|u| u.0),
        now,
        note
    )
    .execute(write.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets a row that waits wait at another child: its number is that child's now.
pub async fn move_claim(write: &mut Write, claim: StatementId, child: ChildId) -> Result<()> {
    let county = write.county().0;
    sqlx::query!(
        "update number_claim set child_id = $3 where county_id = $1 and id = $2 and settled is null",
        county,
        claim.0,
        child.0
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// Makes the statement that a row is, of a child.
pub async fn state_claim(write: &mut Write, claim: StatementId, child: ChildId) -> Result<()> {
    let county = write.county().0;
    sqlx::query!(
        "insert into statement (county_id, id, child_id, source_id, kind, said_on, sheet, row_number, fields, sealed)
         select county_id, id, $3, source_id, kind, said_on, sheet, row_number, fields, sealed
         from number_claim where county_id = $1 and id = $2",
        county,
        claim.0,
        child.0
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// Puts aside what waits of a source that was taken back.
pub async fn withdraw_claims(write: &mut Write, source: SourceId) -> Result<()> {
    let (county, now, by) = (write.county().0, write.now(), write.actor().user());
    sqlx::query!(
        "update number_claim set settled = $3, settled_by = $4, settled_at = $5, note = '导入已撤销'
         where county_id = $1 and source_id = $2 and settled is null",
        county,
        source.0,
        ClaimSettled::OtherPerson.code(),
        by.map(|u| u.0),
        now
    )
    .execute(write.conn())
    .await?;
    Ok(())
}
