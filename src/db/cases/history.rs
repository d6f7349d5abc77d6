//! Who looked at a case and its child.

use crate::db::door::Door;
use crate::db::error::Result;
use crate::domain::event::LookKind;
use crate::domain::ids::ChildId;
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
