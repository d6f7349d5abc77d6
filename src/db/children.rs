//! Lists of children: one filter, three orders; their counts; finding one.

mod counts;
mod flags;
mod search;

pub use counts::{count_by_township, count_by_village, count_from_elsewhere};
pub use flags::poverty_of;
pub use search::{Search, search};

use chrono::NaiveDate;

use super::door::Door;
use super::error::Result;
use crate::domain::ids::{CaseId, ChildId, UnitId};

use crate::domain::words::{Sex, Whereabouts};
use crate::vocabulary;

vocabulary! {
    /// The orders of a list of children.
    pub enum ChildOrder {
        Name = "name" => "姓名",
        Village = "village" => "村",
        Age = "age" => "年龄",
    }
}

/// Which children; what is none does not filter.
#[derive(Debug, Clone, Default)]
pub struct ChildFilter {
    /// Domicile township.
    pub township: Option<UnitId>,
    /// Domicile or residence village.
    pub village: Option<UnitId>,
    /// Domicile village.
    pub domicile_village: Option<UnitId>,
    /// Domicile township not known.
    pub no_township: bool,
    /// Domicile village not known.
    pub no_village: bool,
    /// The roll's school.
    pub school: Option<UnitId>,
    /// The roll's class.
    pub class: Option<UnitId>,
    /// The school's township, for children from elsewhere.
    pub school_township: Option<UnitId>,
    /// Whereabouts.
    pub whereabouts: Option<Whereabouts>,
    /// In the household register, or not.
    pub registered: Option<bool>,
    /// Days of birth, first and last.
    pub births: Option<(NaiveDate, NaiveDate)>,
    /// On an active roll, or not.
    pub on_roll: Option<bool>,
}

/// A line of a list.
#[derive(Debug, Clone)]
pub struct ChildLine {
    /// The child.
    pub id: ChildId,
    /// 姓名
    pub name: String,
    /// 性别
    pub sex: Sex,
    /// 出生日期
    pub birth: NaiveDate,
    /// 500229********2417
    pub idno_masked: Option<String>,
    /// 户籍地 township.
    pub domicile_township: Option<UnitId>,
    /// 户籍地 village.
    pub domicile_village: Option<UnitId>,
    /// As written, where the village could not be told.
    pub domicile_text: Option<String>,
    /// 学籍校
    pub school: Option<UnitId>,
    /// 班级
    pub class: Option<UnitId>,
    /// 1 to 9
    pub grade: Option<i16>,
    /// 监护人
    pub guardian_name: Option<String>,
    /// 户主
    pub head_name: Option<String>,
    /// 138****5678
    pub phone_masked: Option<String>,
    /// 去向
    pub whereabouts: Whereabouts,
    /// On what it rests.
    pub whereabouts_basis: String,
    /// The latest case, if there is one.
    pub case: Option<CaseId>,
    /// How many lines the whole list has.
    pub total: i64,
}

/// A page of a list and how long the whole is.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The lines.
    pub lines: Vec<T>,
    /// How many there are in all.
    pub total: i64,
}

/// Lists children.
pub async fn list(
    db: &mut impl Door,
    filter: &ChildFilter,
    order: ChildOrder,
    limit: i64,
    offset: i64,
) -> Result<Page<ChildLine>> {
    let county = db.county().0;
    let lines = sqlx::query_as!(
        ChildLine,
        "select c.id as \"id: ChildId\", c.name, c.sex as \"sex: Sex\", c.birth, c.idno_masked,
            c.domicile_township as \"domicile_township: UnitId\", c.domicile_village as \"domicile_village: UnitId\", c.domicile_text,
            c.school_id as \"school: UnitId\", c.class_id as \"class: UnitId\", c.grade, c.guardian_name, c.head_name, c.phone_masked,
            c.whereabouts as \"whereabouts: Whereabouts\", c.whereabouts_basis,
            (select k.id from child_case k where k.county_id = c.county_id and k.child_id = c.id order by k.opened_at desc limit 1)
                as \"case: CaseId\", count(*) over () as \"total!\"
         from child c
         left join unit v on v.county_id = c.county_id and v.id = c.domicile_village
         left join unit s on s.county_id = c.county_id and s.id = c.school_id
         where c.county_id = $1 and c.merged_into is null and c.listed
           and ($2::uuid is null or c.domicile_township = $2)
           and ($3::uuid is null or c.domicile_village = $3 or c.residence_village = $3)
           and (not $4 or c.domicile_township is null)
           and ($16::uuid is null or c.domicile_village = $16)
           and (not $17 or c.domicile_village is null)
           and ($5::uuid is null or c.school_id = $5)
           and ($6::uuid is null or c.class_id = $6)
           and ($7::uuid is null or s.township_id = $7)
           and ($8::text is null or c.whereabouts = $8)
           and ($9::bool is null or c.registered = $9)
           and ($10::date is null or c.birth between $10 and $11)
           and ($12::bool is null or (c.roll_status is not distinct from 'active') = $12)
         order by case when $13 = 'village' then v.code end nulls last, case when $13 = 'age' then c.birth end, c.pinyin, c.id
         limit $14 offset $15",
        county,
        filter.township.map(|u| u.0),
        filter.village.map(|u| u.0),
        filter.no_township,
        filter.school.map(|u| u.0),
        filter.class.map(|u| u.0),
        filter.school_township.map(|u| u.0),
        filter.whereabouts.map(Whereabouts::code),
        filter.registered,
        filter.births.map(|b| b.0),
        filter.births.map(|b| b.1),
        filter.on_roll,
        order.code(),
        limit,
        offset,
        filter.domicile_village.map(|u| u.0),
        filter.no_village,
    )
    .fetch_all(db.conn())
    .await?;
    let total = lines.first().map_or(0, |line| line.total);
    Ok(Page { lines, total })
}
