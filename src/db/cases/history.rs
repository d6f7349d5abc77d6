//! What happened in a case, and who looked at it.

use chrono::NaiveDate;

use crate::db::door::Door;
use crate::db::error::Result;
use crate::domain::event::LookKind;
use crate::domain::ids::{CaseId, ChildId};
use crate::domain::moment::Moment;
use crate::domain::role::Role;

/// Somebody looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookRow {
    /// When.
    pub at: Moment,
    /// At what.
    pub kind: LookKind,
    /// Who.
    pub name: String,
    /// In what capacity.
    pub role: Role,
    /// For which unit.
    pub unit_name: String,
}

/// The latest looks at a child, its case, papers and photographs.
pub async fn looks(db: &mut impl Door, child: ChildId, limit: i64) -> Result<Vec<LookRow>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        LookRow,
        "select l.at, l.kind as \"kind: LookKind\", coalesce(a.name, '') as \"name!\", l.role as \"role: Role\",
            coalesce(u.name, '') as \"unit_name!\"
         from look l
         left join account a on a.county_id = l.county_id and a.id = l.user_id
         left join appointment p on p.county_id = l.county_id and p.id = l.appointment_id
         left join unit u on u.county_id = p.county_id and u.id = p.unit_id
         where l.county_id = $1 and l.child_id = $2 order by l.at desc, l.id desc limit $3",
        county,
        child.0,
        limit
    )
    .fetch_all(db.conn())
    .await?)
}

/// What a step in a case's history was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// It entered the ledger; `code` is its origin.
    Opened,
    /// 现场核查确认
    Confirmed,
    /// A disposition was proposed; `code` is its kind.
    Proposed,
    /// It was agreed to (`yes`) or sent back; `code` is its kind.
    Decided,
    /// The school confirmed the return.
    Returned,
    /// 销号; `code` is the conclusion.
    StruckOff,
    /// 重新列入
    Reopened,
    /// 回访: in class (`yes`) or not; `code` is the milestone.
    Contacted,
}

/// One step that has no page of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What.
    pub what: What,
    /// The day it happened.
    pub on: NaiveDate,
    /// When it was written down; none where only the day is known.
    pub at: Option<Moment>,
    /// Who.
    pub name: String,
    /// The closed list's value it carries.
    pub code: String,
    /// The yes or no it carries.
    pub yes: bool,
    /// In the person's words.
    pub note: String,
}

/// How a case was opened, decided on, ended and brought back, in no order.
pub async fn steps(db: &mut impl Door, case: CaseId) -> Result<Vec<Step>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select s.what as \"what!\", s.day as \"day!\", s.at, coalesce(a.name, '') as \"name!\", s.code as \"code!\", s.yes as \"yes!\",
            s.note as \"note!\"
         from (
            select 'opened' as what, opened_on as day, opened_at as at, opened_by as by, origin as code, true as yes,
                    case when found_by = '' then '' else '发现人：' || found_by || '。' || found_how end as note
                from child_case where county_id = $1 and id = $2
            union all select 'confirmed', confirmed_on, null, confirmed_by, '', true, ''
                from child_case where county_id = $1 and id = $2 and confirmed_on is not null
            union all select 'proposed', proposed_on, proposed_at, proposed_by, kind, true, note
                from disposition where county_id = $1 and case_id = $2
            union all select 'decided', x.decided_on, x.decided_at, x.decided_by, d.kind, x.approved, x.reason
                from disposition_decision x
                join disposition d on d.county_id = x.county_id and d.id = x.disposition_id
                where x.county_id = $1 and x.case_id = $2
            union all select 'returned', returned_on, confirmed_at, confirmed_by, '', true, note
                from school_return where county_id = $1 and case_id = $2
            union all select 'struck_off', struck_on, struck_at, struck_by, conclusion, true, ''
                from strike_off where county_id = $1 and case_id = $2
            union all select 'reopened', reopened_on, reopened_at, reopened_by, '', true, reason
                from reopening where county_id = $1 and case_id = $2
            union all select 'contacted', contacted_on, recorded_at, recorded_by, after_days::text, at_school, note
                from aftercare where county_id = $1 and case_id = $2) s
         left join account a on a.county_id = $1 and a.id = s.by",
        county,
        case.0
    )
    .fetch_all(db.conn())
    .await?;
    let step = rows.into_iter().filter_map(|r| {
        let what = what(&r.what)?;
        Some(Step { what, on: r.day, at: r.at, name: r.name, code: r.code, yes: r.yes, note: r.note })
    });
    Ok(step.collect())
}

fn what(code: &str) -> Option<What> {
    Some(match code {
        "opened" => What::Opened,
        "confirmed" => What::Confirmed,
        "proposed" => What::Proposed,
        "decided" => What::Decided,
        "returned" => What::Returned,
        "struck_off" => What::StruckOff,
        "reopened" => What::Reopened,
        "contacted" => What::Contacted,
        _ => return None,
    })
}
