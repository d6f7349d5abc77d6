//! A child as its page shows it.

use chrono::NaiveDate;

use crate::db::door::{Door, Read};
use crate::db::error::Result;
use crate::domain::grade::Grade;
use crate::domain::ids::{CaseId, CheckId, ChildId, StatementId, UnitId};
use crate::domain::words::{KeyPopulation, RollStatus, Sex, SourceKind, Whereabouts};

/// The child itself.
#[derive(Debug, Clone)]
pub struct ChildPage {
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
    /// In the household register.
    pub registered: bool,
    /// 户籍地
    pub domicile_township: Option<UnitId>,
    /// 户籍地
    pub domicile_village: Option<UnitId>,
    /// As written.
    pub domicile_text: Option<String>,
    /// 学籍校
    pub school: Option<UnitId>,
    /// 班级
    pub class: Option<UnitId>,
    /// 去向
    pub whereabouts: Whereabouts,
    /// On what it rests.
    pub whereabouts_basis: String,
    /// Since when.
    pub whereabouts_on: Option<NaiveDate>,
    /// The child it was merged into.
    pub merged_into: Option<ChildId>,
    /// The latest case.
    pub case: Option<CaseId>,
    /// The check that is open.
    pub check: Option<CheckId>,
    /// Rows that claim its number under another name.
    pub claims: i64,
}

/// A child's page; `NotFound` behind the walls.
pub async fn child_page(db: &mut impl Door, id: ChildId) -> Result<ChildPage> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        ChildPage,
        "select c.id as \"id: ChildId\", c.name, c.sex as \"sex: Sex\", c.birth, c.idno_masked, c.registered,
            c.domicile_township as \"domicile_township: UnitId\", c.domicile_village as \"domicile_village: UnitId\", c.domicile_text,
            c.school_id as \"school: UnitId\", c.class_id as \"class: UnitId\", c.whereabouts as \"whereabouts: Whereabouts\",
            c.whereabouts_basis, c.whereabouts_on, c.merged_into as \"merged_into: ChildId\",
            (select k.id from child_case k where k.county_id = c.county_id and k.child_id = c.id order by k.opened_at desc limit 1)
                as \"case: CaseId\",
            (select q.id from whereabouts_check q where q.county_id = c.county_id and q.child_id = c.id and q.closed_at is null)
                as \"check: CheckId\",
            (select count(*) from number_claim n where n.county_id = c.county_id and n.child_id = c.id and n.settled is null) as \"claims!\"
         from child c where c.county_id = $1 and c.id = $2",
        county,
        id.0
    )
    .fetch_one(db.conn())
    .await?)
}

/// A roll with the attendance beside it.
#[derive(Debug, Clone)]
pub struct RollLine {
    /// The school.
    pub school: UnitId,
    /// 1 to 9
    pub grade: i16,
    /// As the school names it.
    pub class_label: String,
    /// Masked.
    pub number: Option<String>,
    /// 住校, 走读 …
    pub boarding: Option<String>,
    /// Its status.
    pub status: RollStatus,
    /// From when.
    pub from_on: NaiveDate,
    /// Until when.
    pub until_on: Option<NaiveDate>,
    /// Where the child sat at the time: a school here …
    pub attended: Option<UnitId>,
    /// … or elsewhere, in words.
    pub elsewhere: Option<String>,
    /// The source.
    pub source: String,
}

impl RollLine {
    /// 六年级
    pub fn grade_label(&self) -> &'static str {
        u8::try_from(self.grade).ok().and_then(Grade::new).map_or("", Grade::label)
    }

    /// The child sat in the school of the roll.
    pub fn attended_there(&self) -> bool {
        self.attended == Some(self.school)
    }
}

/// A child's rolls, the latest first.
pub async fn roll_lines(read: &mut Read, id: ChildId) -> Result<Vec<RollLine>> {
    let county = read.county().0;
    Ok(sqlx::query_as!(
        RollLine,
        "select r.school_id as \"school: UnitId\", r.grade, r.class_label, r.roll_number_masked as number, r.boarding,
            r.status as \"status: RollStatus\", r.from_on, r.until_on, a.school_id as \"attended?: UnitId\", a.elsewhere as \"elsewhere?\",
            s.title as source
         from roll r join source s on s.county_id = r.county_id and s.id = r.source_id
         left join lateral (select school_id, elsewhere from attendance_at a where a.county_id = r.county_id and a.child_id = r.child_id
            and a.from_on <= coalesce(r.until_on, 'infinity') and coalesce(a.until_on, 'infinity') >= r.from_on
            order by a.from_on desc limit 1) a on true
         where r.county_id = $1 and r.child_id = $2 and coalesce(r.until_on, r.from_on) >= r.from_on
         order by r.from_on desc, r.until_on desc nulls first",
        county,
        id.0
    )
    .fetch_all(read.conn())
    .await?)
}

/// A guardian.
#[derive(Debug, Clone)]
pub struct GuardianLine {
    /// Its key, for revealing the phone.
    pub id: StatementId,
    /// 姓名
    pub name: String,
    /// 关系
    pub relation: String,
    /// 138****5678
    pub phone: Option<String>,
    /// The source.
    pub source: String,
}

/// A child's current guardians.
pub async fn guardian_lines(read: &mut Read, id: ChildId) -> Result<Vec<GuardianLine>> {
    let county = read.county().0;
    Ok(sqlx::query_as!(
        GuardianLine,
        "select g.id as \"id: StatementId\", g.name, g.relation, g.phone_masked as phone, s.title as source
         from guardian g join source s on s.county_id = g.county_id and s.id = g.source_id
         where g.county_id = $1 and g.child_id = $2 and g.until_on is null order by g.name",
        county,
        id.0
    )
    .fetch_all(read.conn())
    .await?)
}

/// A key-population flag.
#[derive(Debug, Clone)]
pub struct FlagLine {
    /// Which.
    pub flag: KeyPopulation,
    /// Whose word.
    pub kind: SourceKind,
    /// From when.
    pub from_on: NaiveDate,
    /// Anything else.
    pub note: String,
}

/// The flags that the reader may see.
pub async fn flag_lines(read: &mut Read, id: ChildId) -> Result<Vec<FlagLine>> {
    let county = read.county().0;
    Ok(sqlx::query_as!(
        FlagLine,
        "select k.flag as \"flag: KeyPopulation\", s.kind as \"kind: SourceKind\", k.from_on, k.note
         from key_population k join source s on s.county_id = k.county_id and s.id = k.source_id
         where k.county_id = $1 and k.child_id = $2 and k.until_on is null order by k.from_on, k.flag",
        county,
        id.0
    )
    .fetch_all(read.conn())
    .await?)
}

/// A child's sealed number and its guardians' sealed phones.
#[derive(Debug, Clone)]
pub struct SealedNumbers {
    /// `child.idno`
    pub idno: Option<Vec<u8>>,
    /// `guardian.phone`, by guardian and name.
    pub phones: Vec<(StatementId, String, Vec<u8>)>,
}

/// What a reveal opens; `NotFound` behind the walls.
pub async fn sealed_numbers(db: &mut impl Door, id: ChildId) -> Result<SealedNumbers> {
    let county = db.county().0;
    let idno = sqlx::query_scalar!("select idno_sealed from child where county_id = $1 and id = $2", county, id.0)
        .fetch_one(db.conn())
        .await?;
    let phones = sqlx::query!(
        "select id as \"id: StatementId\", name, phone_sealed as \"sealed!\" from guardian
         where county_id = $1 and child_id = $2 and until_on is null and phone_sealed is not null",
        county,
        id.0
    )
    .fetch_all(db.conn())
    .await?;
    Ok(SealedNumbers { idno, phones: phones.into_iter().map(|p| (p.id, p.name, p.sealed)).collect() })
}
