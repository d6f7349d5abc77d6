//! What a 核验码 on a printed sheet stands for: a paper, a visit, or the case that a blank sheet was taken along for.

use uuid::Uuid;

use crate::db::door::Door;
use crate::db::error::Result;
use crate::domain::ids::CaseId;
use crate::domain::words::PaperKind;

/// A sheet that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    /// Of what: `papers`, `visits` or `cases`, as addresses begin.
    pub place: String,
    /// The key of the paper, the visit or the case.
    pub id: Uuid,
    /// Whose case.
    pub case: CaseId,
    /// The child's name.
    pub name: String,
    /// Of a paper: which.
    pub kind: Option<PaperKind>,
    /// Of a paper: 发文字号.
    pub number: Option<String>,
}

/// What the reader sees between two ids; the walls leave the rest out.
pub async fn between(db: &mut impl Door, (first, last): (Uuid, Uuid), limit: i64) -> Result<Vec<Coded>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        Coded,
        "select f.place as \"place!\", f.id as \"id!\", f.case_id as \"case!: CaseId\", c.name, f.kind as \"kind?: PaperKind\",
            f.number as \"number?\"
         from (
            select 'papers' as place, id, case_id, child_id, kind, document_number as number from paper
                where county_id = $1 and id >= $2 and id <= $3
            union all select 'visits', id, case_id, child_id, null, null from visit where county_id = $1 and id >= $2 and id <= $3
            union all select 'cases', id, id, child_id, null, null from child_case where county_id = $1 and id >= $2 and id <= $3) f
         join child c on c.county_id = $1 and c.id = f.child_id
         order by f.place, f.id limit $4",
        county,
        first,
        last,
        limit
    )
    .fetch_all(db.conn())
    .await?)
}
