//! Reach: which unit may see which child, and until when.

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use crate::db::door::{Door, Write};
use crate::db::error::Result;
use crate::domain::ids::{ChildId, UnitId};

/// A unit's tie to a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tie {
    /// The unit.
    pub unit: UnitId,
    /// The child.
    pub child: ChildId,
    /// domicile, residence, roll, class, catchment, school_ground
    pub kind: &'static str,
}

/// Until when who loses a child today may still read.
pub fn hand_over_until(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(30)).unwrap_or(today)
}

/// Makes the ties of children these. Who loses a child may still read for thirty days of hand-over;
/// a catchment school, which only looked after a missing child, loses it at once.
pub async fn rewrite(write: &mut Write, children: &[ChildId], ties: &[Tie], today: NaiveDate) -> Result<()> {
    let county = write.county().0;
    let all: Vec<Uuid> = children.iter().map(|c| c.0).collect();
    let units: Vec<Uuid> = ties.iter().map(|t| t.unit.0).collect();
    let of: Vec<Uuid> = ties.iter().map(|t| t.child.0).collect();
    let kinds: Vec<String> = ties.iter().map(|t| t.kind.to_owned()).collect();
    let hand_over = hand_over_until(today);
    sqlx::query!(
        "with gone as (
            delete from reach r where r.county_id = $1 and r.child_id = any($2) and r.until = 'infinity'
              and (r.unit_id, r.child_id, r.kind) not in (select * from unnest($3::uuid[], $4::uuid[], $5::text[]))
            returning r.unit_id, r.child_id, r.kind)
         insert into reach (county_id, unit_id, child_id, kind, until)
         select distinct $1::int, unit_id, child_id, 'handover', $6::date from gone where kind <> 'catchment'
         on conflict (county_id, unit_id, child_id, kind) do update set until = excluded.until",
        county,
        &all,
        &units,
        &of,
        &kinds,
        hand_over
    )
    .execute(write.conn())
    .await?;
    sqlx::query!(
        "insert into reach (county_id, unit_id, child_id, kind)
         select $1, n.unit, n.child, n.kind from unnest($2::uuid[], $3::uuid[], $4::text[]) as n (unit, child, kind)
         on conflict (county_id, unit_id, child_id, kind) do update set until = 'infinity' where reach.until <> 'infinity'",
        county,
        &units,
        &of,
        &kinds
    )
    .execute(write.conn())
    .await?;
    Ok(())
}
