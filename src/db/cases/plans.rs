//! Plans (一人一案方案): each written whole, the last one in force.

use chrono::NaiveDate;
use serde_json::json;

use crate::db::door::{Door, Write};
use crate::db::error::Result;
use crate::domain::ids::{CaseId, ChildId, EntryId};
use crate::domain::moment::Moment;
use crate::domain::words::DropoutCause;

/// What a plan says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The main cause.
    pub cause: DropoutCause,
    /// Further causes.
    pub other_causes: Vec<DropoutCause>,
    /// What the guardian says.
    pub guardian_says: String,
    /// 帮扶
    pub aid: String,
    /// 安置
    pub placement: String,
    /// 帮扶责任人
    pub helper: String,
    /// The day by which it is looked at again.
    pub review_on: Option<NaiveDate>,
}

/// A plan with its writer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRow {
    /// What it says.
    pub plan: Plan,
    /// Who wrote it.
    pub written_name: String,
    /// When.
    pub written_at: Moment,
}

/// The plans of a case, the one in force first.
pub async fn of_case(db: &mut impl Door, case: CaseId) -> Result<Vec<PlanRow>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select p.cause as \"cause: DropoutCause\", p.other_causes, p.guardian_says, p.aid, p.placement, p.helper, p.review_on,
            coalesce(a.name, '') as \"written_name!\", p.written_at
         from plan p left join account a on a.county_id = p.county_id and a.id = p.written_by
         where p.county_id = $1 and p.case_id = $2 order by p.written_at desc, p.id",
        county,
        case.0
    )
    .fetch_all(db.conn())
    .await?;
    let row = rows.into_iter().map(|r| PlanRow {
        plan: Plan {
            cause: r.cause,
            other_causes: serde_json::from_value(r.other_causes).unwrap_or_default(),
            guardian_says: r.guardian_says,
            aid: r.aid,
            placement: r.placement,
            helper: r.helper,
            review_on: r.review_on,
        },
        written_name: r.written_name,
        written_at: r.written_at,
    });
    Ok(row.collect())
}

/// Writes a plan; it takes the place of the one before.
pub async fn insert(write: &mut Write, (case, child): (CaseId, ChildId), plan: &Plan) -> Result<()> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    sqlx::query!(
        "insert into plan (county_id, id, case_id, child_id, cause, other_causes, guardian_says, aid, placement, helper, review_on,
            written_by, written_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        county,
        EntryId::new().0,
        case.0,
        child.0,
        plan.cause.code(),
        json!(plan.other_causes),
        plan.guardian_says,
        plan.aid,
        plan.placement,
        plan.helper,
        plan.review_on,
        user,
        now,
    )
    .execute(write.conn())
    .await?;
    Ok(())
}
