//! What is asked of a child before a case is opened.

use chrono::NaiveDate;

use crate::db::door::Door as _;
use crate::db::door::Write;
use crate::db::error::{DbError, Result};
use crate::domain::ids::{CaseId, CheckId, ChildId, UnitId};

/// A child of whom a case is to be opened, locked against a second one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The child's name.
    pub name: String,
    /// Day of birth.
    pub birth: NaiveDate,
    /// 户籍地
    pub domicile_township: Option<UnitId>,
    /// 户籍地
    pub domicile_village: Option<UnitId>,
    /// 居住地
    pub residence_township: Option<UnitId>,
    /// 居住地
    pub residence_village: Option<UnitId>,
    /// The school of the roll.
    pub school: Option<UnitId>,
    /// The latest case: its key, its number, and whether it has left the ledger.
    pub case: Option<CaseId>,
    /// Its number.
    pub number: Option<String>,
    /// It has left the ledger.
    pub struck_off: Option<bool>,
}

/// Locks a child and reads what an opening asks; `NotFound` where the actor does not see it, `Conflict` where it was merged.
pub async fn child(write: &mut Write, child: ChildId) -> Result<Opening> {
    let county = write.county().0;
    let merged = sqlx::query_scalar!(
        "select merged_into is not null as \"merged!\" from child where county_id = $1 and id = $2 for no key update",
        county,
        child.0
    )
    .fetch_one(write.conn())
    .await?;
    if merged {
        return Err(DbError::Conflict);
    }
    Ok(sqlx::query_as!(
        Opening,
        "select ch.name, ch.birth, ch.domicile_township as \"domicile_township: UnitId\", ch.domicile_village as \"domicile_village: UnitId\",
            ch.residence_township as \"residence_township: UnitId\", ch.residence_village as \"residence_village: UnitId\",
            ch.school_id as \"school: UnitId\", c.id as \"case?: CaseId\", c.number as \"number?\",
            coalesce(s.state = 'struck_off', false) as \"struck_off?\"
         from child ch
         left join lateral (select id, number from child_case
            where county_id = ch.county_id and child_id = ch.id order by opened_at desc, number desc limit 1) c on true
         left join case_standing s on s.county_id = ch.county_id and s.case_id = c.id
         where ch.county_id = $1 and ch.id = $2",
        county,
        child.0
    )
    .fetch_one(write.conn())
    .await?)
}

/// The day on which the latest answer of a check found the child out of school, if it did.
pub async fn found_out(write: &mut Write, check: CheckId, child: ChildId) -> Result<Option<NaiveDate>> {
    let county = write.county().0;
    let latest = sqlx::query!(
        "select finding = 'out_of_school' as \"out!\", found_on from check_answer
         where county_id = $1 and check_id = $2 and child_id = $3 order by answered_at desc, id limit 1",
        county,
        check.0,
        child.0
    )
    .fetch_optional(write.conn())
    .await?;
    Ok(latest.filter(|answer| answer.out).map(|answer| answer.found_on))
}
