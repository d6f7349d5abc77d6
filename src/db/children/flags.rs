//! Marks of children that lists show beside them.

use uuid::Uuid;

use crate::db::door::Door;
use crate::db::error::Result;
use crate::domain::ids::ChildId;
use crate::domain::words::KeyPopulation;

/// Which of some children are 脱贫户 or 监测户 today; of one that is both, the latter.
pub async fn poverty_of(db: &mut impl Door, children: &[ChildId]) -> Result<Vec<(ChildId, KeyPopulation)>> {
    let (county, today) = (db.county().0, crate::domain::moment::day_of(db.now()));
    let ids: Vec<Uuid> = children.iter().map(|c| c.0).collect();
    let rows = sqlx::query!(
        "select distinct on (child_id) child_id as \"child: ChildId\", flag as \"flag: KeyPopulation\" from key_population
         where county_id = $1 and child_id = any($2) and flag in ('poverty', 'monitored') and (until_on is null or until_on >= $3)
         order by child_id, flag",
        county,
        &ids,
        today
    )
    .fetch_all(db.conn())
    .await?;
    Ok(rows.into_iter().map(|r| (r.child, r.flag)).collect())
}
