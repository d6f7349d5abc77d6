//! Finding children: by pieces of the name, by pinyin, by the tail of a number.

use super::ChildLine;
use crate::db::door::{Door, Read};
use crate::db::error::Result;
use crate::domain::ids::{CaseId, ChildId, UnitId};
use crate::domain::words::{Sex, Whereabouts};

/// How a search goes about it.
#[derive(Debug, Clone)]
pub enum Search {
    /// All of these two-character pieces of the name.
    Pieces(Vec<String>),
    /// Pinyin or initials that begin so: `p:wangx`, `i:wxm`.
    Prefixes(Vec<String>),
    /// One of these keyed hashes: last four, last six, whole number, roll number.
    Hashes(Vec<Vec<u8>>),
}

/// Finds children within the reader's scope, at most `limit`, each with its latest case.
pub async fn search(read: &mut Read, search: &Search, limit: i64) -> Result<Vec<ChildLine>> {
    let county = read.county().0;
    let found: Vec<ChildId> = match search {
        Search::Pieces(pieces) => {
            sqlx::query_scalar!(
                "select child_id as \"id: ChildId\" from name_key where county_id = $1 and key = any($2)
                 group by child_id having count(*) = $3 limit $4",
                county,
                pieces,
                i64::try_from(pieces.len()).unwrap_or(i64::MAX),
                limit
            )
            .fetch_all(read.conn())
            .await?
        }
        Search::Prefixes(prefixes) => {
            let ends: Vec<String> = prefixes.iter().map(|p| format!("{p}\u{7f}")).collect();
            sqlx::query_scalar!(
                "select distinct k.child_id as \"id: ChildId\" from unnest($2::text[], $3::text[]) as n (first, last)
                 join name_key k on k.county_id = $1 and k.key >= n.first and k.key < n.last limit $4",
                county,
                prefixes,
                &ends,
                limit
            )
            .fetch_all(read.conn())
            .await?
        }
        Search::Hashes(hashes) => {
            sqlx::query_scalar!(
                "select id as \"id!: ChildId\" from (
                    select id from child where county_id = $1 and tail4_index = any($2)
                    union select id from child where county_id = $1 and tail6_index = any($2)
                    union select id from child where county_id = $1 and idno_index = any($2)
                    union select child_id from roll where county_id = $1 and roll_number_index = any($2)) found limit $3",
                county,
                hashes,
                limit
            )
            .fetch_all(read.conn())
            .await?
        }
    };
    hits(read, &found).await
}

async fn hits(read: &mut Read, children: &[ChildId]) -> Result<Vec<ChildLine>> {
    let county = read.county().0;
    let ids: Vec<uuid::Uuid> = children.iter().map(|c| c.0).collect();
    Ok(sqlx::query_as!(
        ChildLine,
        "select c.id as \"id: ChildId\", c.name, c.sex as \"sex: Sex\", c.birth, c.idno_masked,
            c.domicile_township as \"domicile_township: UnitId\", c.domicile_village as \"domicile_village: UnitId\", c.domicile_text,
            c.school_id as \"school: UnitId\", c.class_id as \"class: UnitId\", c.grade, c.guardian_name, c.head_name, c.phone_masked,
            c.whereabouts as \"whereabouts: Whereabouts\", c.whereabouts_basis,
            (select k.id from child_case k where k.county_id = c.county_id and k.child_id = c.id order by k.opened_at desc limit 1)
                as \"case: CaseId\", count(*) over () as \"total!\"
         from child c where c.county_id = $1 and c.id = any($2) and c.merged_into is null and c.listed
         order by c.pinyin, c.id",
        county,
        &ids
    )
    .fetch_all(read.conn())
    .await?)
}
