//! The particulars of a child as papers print them.

use chrono::NaiveDate;

use crate::db::door::Door;
use crate::db::error::Result;
use crate::domain::ids::{ChildId, StatementId};
use crate::domain::words::Sex;

/// A guardian as papers name one.
#[derive(Debug, Clone)]
pub struct GuardianRow {
    /// Its key; the phone is sealed into `guardian.phone`, this id.
    pub id: StatementId,
    /// 姓名
    pub name: String,
    /// 关系
    pub relation: String,
    /// The phone.
    pub phone_sealed: Option<Vec<u8>>,
}

/// A child as papers print one.
#[derive(Debug, Clone)]
pub struct Subject {
    /// Its key; the number is sealed into `child.idno`, this id.
    pub id: ChildId,
    /// 姓名
    pub name: String,
    /// 性别
    pub sex: Sex,
    /// 出生日期
    pub birth: NaiveDate,
    /// 公民身份号码
    pub idno_sealed: Option<Vec<u8>>,
    /// 户籍地, as written.
    pub domicile: String,
    /// 居住地, as written; empty where it is the same.
    pub residence: String,
    /// 学籍校
    pub school: Option<String>,
    /// The class as the school calls it.
    pub class: String,
    /// Those in force, the first being whom papers address.
    pub guardians: Vec<GuardianRow>,
}

/// The particulars of a child; `NotFound` behind the walls.
pub async fn subject(db: &mut impl Door, child: ChildId) -> Result<Subject> {
    let county = db.county().0;
    let guardians = sqlx::query_as!(
        GuardianRow,
        "select id as \"id: StatementId\", name, relation, phone_sealed from guardian
         where county_id = $1 and child_id = $2 and until_on is null order by name",
        county,
        child.0
    )
    .fetch_all(db.conn())
    .await?;
    let row = sqlx::query!(
        "select c.name, c.sex as \"sex: Sex\", c.birth, c.idno_sealed, coalesce(c.domicile_text, '') as \"domicile!\",
            coalesce(c.residence_text, '') as \"residence!\", s.name as \"school?\",
            coalesce((select r.class_label from roll r where r.county_id = c.county_id and r.child_id = c.id and r.until_on is null
                order by r.from_on desc limit 1), k.name, '') as \"class!\"
         from child c
         left join unit s on s.county_id = c.county_id and s.id = c.school_id
         left join unit k on k.county_id = c.county_id and k.id = c.class_id
         where c.county_id = $1 and c.id = $2",
        county,
        child.0
    )
    .fetch_one(db.conn())
    .await?;
    let residence = if row.residence == row.domicile { String::new() } else { row.residence };
    Ok(Subject {
        id: child,
        name: row.name,
        sex: row.sex,
        birth: row.birth,
        idno_sealed: row.idno_sealed,
        domicile: row.domicile,
        residence,
        school: row.school,
        class: row.class,
        guardians,
    })
}

/// A child as the head of a case's page shows one: numbers and phones masked.
#[derive(Debug, Clone)]
pub struct Card {
    /// 500229********2417
    pub idno_masked: Option<String>,
    /// 户籍地, as written.
    pub domicile: Option<String>,
    /// 居住地, as written.
    pub residence: Option<String>,
    /// 监护人
    pub guardian: Option<String>,
    /// 138****0000
    pub phone_masked: Option<String>,
    /// 户主
    pub head_name: Option<String>,
    /// 民族
    pub ethnicity: Option<String>,
}

/// The masked particulars of a child; `NotFound` behind the walls.
pub async fn card(db: &mut impl Door, child: ChildId) -> Result<Card> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        Card,
        "select idno_masked, domicile_text as domicile, residence_text as residence, guardian_name as guardian, phone_masked, head_name,
            ethnicity
         from child where county_id = $1 and id = $2",
        county,
        child.0
    )
    .fetch_one(db.conn())
    .await?)
}
