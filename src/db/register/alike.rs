//! Children that may be the same as one who is about to be made: by name and birth date, or by name, birth year and village.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::db::door::Door;
use crate::db::error::Result;
use crate::domain::ids::{ChildId, UnitId};
use crate::domain::words::Sex;

/// Whom to look for.
#[derive(Debug, Clone)]
pub struct Sought {
    /// 姓名
    pub name: String,
    /// 出生日期
    pub birth: NaiveDate,
    /// A village of domicile or residence.
    pub villages: [Option<UnitId>; 2],
}

/// A child that may be the one.
#[derive(Debug, Clone)]
pub struct AlikeChild {
    /// Which of those sought it is like, from 1.
    pub of: i64,
    /// Its key.
    pub id: ChildId,
    /// 姓名
    pub name: String,
    /// 性别
    pub sex: Sex,
    /// 出生日期
    pub birth: NaiveDate,
    /// 500229********2417
    pub idno_masked: Option<String>,
    /// 户籍地, or else 居住地.
    pub village: Option<UnitId>,
    /// 学籍校
    pub school: Option<UnitId>,
}

/// Unmerged children that may be those sought, as far as the actor sees them.
pub async fn alike(db: &mut impl Door, sought: &[Sought]) -> Result<Vec<AlikeChild>> {
    let county = db.county().0;
    let names: Vec<String> = sought.iter().map(|s| s.name.clone()).collect();
    let births: Vec<NaiveDate> = sought.iter().map(|s| s.birth).collect();
    let villages = |at: usize| -> Vec<Option<Uuid>> { sought.iter().map(|s| s.villages[at].map(|u| u.0)).collect() };
    Ok(sqlx::query_as!(
        AlikeChild,
        "select n.position as \"of!\", c.id as \"id: ChildId\", c.name, c.sex as \"sex: Sex\", c.birth, c.idno_masked,
            coalesce(c.domicile_village, c.residence_village) as \"village: UnitId\", c.school_id as \"school: UnitId\"
         from unnest($2::text[], $3::date[], $4::uuid[], $5::uuid[]) with ordinality as n (name, birth, one, other, position)
         join child c on c.county_id = $1 and c.name = n.name and c.merged_into is null and c.listed
           and (c.birth = n.birth or (extract(year from c.birth) = extract(year from n.birth)
              and (c.domicile_village in (n.one, n.other) or c.residence_village in (n.one, n.other))))
         order by n.position, c.birth <> n.birth, c.id limit 2000",
        county,
        &names,
        &births,
        &villages(0) as &[Option<Uuid>],
        &villages(1) as &[Option<Uuid>],
    )
    .fetch_all(db.conn())
    .await?)
}

/// Unmerged children of just this name, as far as the actor sees them; at most 50.
pub async fn named(db: &mut impl Door, name: &str) -> Result<Vec<AlikeChild>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        AlikeChild,
        "select 1::bigint as \"of!\", c.id as \"id: ChildId\", c.name, c.sex as \"sex: Sex\", c.birth, c.idno_masked,
            coalesce(c.domicile_village, c.residence_village) as \"village: UnitId\", c.school_id as \"school: UnitId\"
         from child c where c.county_id = $1 and c.name = $2 and c.merged_into is null and c.listed
         order by c.birth, c.id limit 50",
        county,
        name
    )
    .fetch_all(db.conn())
    .await?)
}
