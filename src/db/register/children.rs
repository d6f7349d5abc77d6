//! Children as rows: made once, their columns rewritten by the projector.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::db::door::{Door, Write};
use crate::db::error::{DbError, Result};
use crate::domain::ids::{ChildId, UnitId};
use crate::domain::words::Sex;

/// A child already in the register.
#[derive(Debug, Clone)]
pub struct KnownChild {
    /// Its key.
    pub id: ChildId,
    /// The index of its number.
    pub index: Vec<u8>,
    /// Its name.
    pub name: String,
}

/// The unmerged children that have one of these numbers.
pub async fn by_number(db: &mut impl Door, indexes: &[Vec<u8>]) -> Result<Vec<KnownChild>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        KnownChild,
        "select id as \"id: ChildId\", idno_index as \"index!\", name
         from child where county_id = $1 and idno_index = any($2) and merged_into is null",
        county,
        indexes
    )
    .fetch_all(db.conn())
    .await?)
}

/// Holds children until the transaction ends, so that nobody merges them or opens a case of them meanwhile; false where
/// one of them was merged into another.
pub async fn hold(write: &mut Write, children: &[ChildId]) -> Result<bool> {
    let county = write.county().0;
    let children: Vec<Uuid> = children.iter().map(|c| c.0).collect();
    let merged = sqlx::query_scalar!(
        "select merged_into is not null as \"merged!\" from child
         where county_id = $1 and id = any($2) order by id for no key update",
        county,
        &children
    )
    .fetch_all(write.conn())
    .await?;
    Ok(!merged.contains(&true))
}

/// A child that is not yet there; the projector fills in the rest.
#[derive(Debug, Clone)]
pub struct NewChild {
    /// Its key.
    pub id: ChildId,
    /// 姓名
    pub name: String,
    /// 性别
    pub sex: Sex,
    /// 出生日期
    pub birth: NaiveDate,
    /// The index of its number.
    pub index: Option<Vec<u8>>,
}

/// Makes children; a number that is taken meanwhile is a `Duplicate`.
pub async fn insert_children(write: &mut Write, new: &[NewChild]) -> Result<()> {
    let (county, now) = (write.county().0, write.now());
    let ids: Vec<Uuid> = new.iter().map(|c| c.id.0).collect();
    let names: Vec<String> = new.iter().map(|c| c.name.clone()).collect();
    let sexes: Vec<String> = new.iter().map(|c| c.sex.code().to_owned()).collect();
    let births: Vec<NaiveDate> = new.iter().map(|c| c.birth).collect();
    let indexes: Vec<Option<Vec<u8>>> = new.iter().map(|c| c.index.clone()).collect();
    sqlx::query!(
        "insert into child (county_id, id, name, sex, birth, idno_index, created_at)
         select $1, n.id, n.name, n.sex, n.birth, n.idno_index, $2
         from unnest($3::uuid[], $4::text[], $5::text[], $6::date[], $7::bytea[]) as n (id, name, sex, birth, idno_index)",
        county,
        now,
        &ids,
        &names,
        &sexes,
        &births,
        &indexes as &[Option<Vec<u8>>],
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// The columns of a child that the projection of its statements gives.
#[derive(Debug, Clone)]
pub struct Projection {
    /// The child.
    pub id: ChildId,
    /// 姓名
    pub name: String,
    /// 性别
    pub sex: Sex,
    /// 出生日期
    pub birth: NaiveDate,
    /// 民族
    pub ethnicity: Option<String>,
    /// Masked, sealed (`child.idno`), indexed: whole, last four, last six.
    pub number: Option<Number>,
    /// For sorting.
    pub pinyin: String,
    /// In the household register.
    pub registered: bool,
    /// Named by any statement that stands.
    pub listed: bool,
    /// The household.
    pub household: Option<Uuid>,
    /// 户主姓名
    pub head_name: Option<String>,
    /// 与户主关系
    pub head_relation: Option<String>,
    /// 户籍地: township, village, as written.
    pub domicile: (Option<UnitId>, Option<UnitId>, Option<String>),
    /// 居住地: township, village, as written.
    pub residence: (Option<UnitId>, Option<UnitId>, Option<String>),
    /// 监护人
    pub guardian_name: Option<String>,
    /// 138****5678
    pub phone_masked: Option<String>,
    /// The open roll: school, class, grade, status code.
    pub roll: Option<(UnitId, Option<UnitId>, i16, &'static str)>,
}

/// An identity number in its stored forms.
#[derive(Debug, Clone)]
pub struct Number {
    /// 500229********2417
    pub masked: String,
    /// Sealed.
    pub sealed: Vec<u8>,
    /// Of the whole.
    pub index: Vec<u8>,
    /// Of the last four.
    pub tail4: Vec<u8>,
    /// Of the last six.
    pub tail6: Vec<u8>,
}

/// Rewrites the columns of children.
/// `Conflict` where one of them was merged meanwhile: what is said of it would be seen by nobody.
pub async fn update_columns(write: &mut Write, projections: &[Projection]) -> Result<()> {
    let county = write.county().0;
    let all = |f: fn(&Projection) -> Option<Uuid>| -> Vec<Option<Uuid>> { projections.iter().map(f).collect() };
    let text = |f: fn(&Projection) -> Option<String>| -> Vec<Option<String>> { projections.iter().map(f).collect() };
    let bytes = |f: fn(&Number) -> Vec<u8>| -> Vec<Option<Vec<u8>>> {
        projections.iter().map(|p| p.number.as_ref().map(f)).collect()
    };
    let ids: Vec<Uuid> = projections.iter().map(|p| p.id.0).collect();
    let births: Vec<NaiveDate> = projections.iter().map(|p| p.birth).collect();
    let registered: Vec<bool> = projections.iter().map(|p| p.registered).collect();
    let listed: Vec<bool> = projections.iter().map(|p| p.listed).collect();
    let grades: Vec<Option<i16>> = projections.iter().map(|p| p.roll.map(|r| r.2)).collect();
    let done = sqlx::query!(
        "update child c set name = n.name, sex = n.sex, birth = n.birth, ethnicity = n.ethnicity, idno_masked = n.idno_masked,
            idno_sealed = n.idno_sealed, idno_index = n.idno_index, tail4_index = n.tail4, tail6_index = n.tail6, pinyin = n.pinyin,
            registered = n.registered, listed = n.listed, household_id = n.household, head_name = n.head_name,
            head_relation = n.head_relation, domicile_township = n.domicile_township, domicile_village = n.domicile_village,
            domicile_text = n.domicile_text, residence_township = n.residence_township, residence_village = n.residence_village,
            residence_text = n.residence_text, guardian_name = n.guardian_name, phone_masked = n.phone_masked,
            school_id = n.school, class_id = n.class, grade = n.grade, roll_status = n.roll_status, version = c.version + 1
         from unnest($2::uuid[], $3::text[], $4::text[], $5::date[], $6::text[], $7::text[], $8::bytea[], $9::bytea[], $10::bytea[],
            $11::bytea[], $12::text[], $13::bool[], $14::bool[], $15::uuid[], $16::text[], $17::text[], $18::uuid[], $19::uuid[],
            $20::text[], $21::uuid[], $22::uuid[], $23::text[], $24::text[], $25::text[], $26::uuid[], $27::uuid[], $28::smallint[],
            $29::text[])
            as n (id, name, sex, birth, ethnicity, idno_masked, idno_sealed, idno_index, tail4, tail6, pinyin, registered, listed,
                household, head_name, head_relation, domicile_township, domicile_village, domicile_text, residence_township,
                residence_village, residence_text, guardian_name, phone_masked, school, class, grade, roll_status)
         where c.county_id = $1 and c.id = n.id and c.merged_into is null",
        county,
        &ids,
        &text(|p| Some(p.name.clone())) as &[Option<String>],
        &text(|p| Some(p.sex.code().to_owned())) as &[Option<String>],
        &births,
        &text(|p| p.ethnicity.clone()) as &[Option<String>],
        &text(|p| p.number.as_ref().map(|n| n.masked.clone())) as &[Option<String>],
        &bytes(|n| n.sealed.clone()) as &[Option<Vec<u8>>],
        &bytes(|n| n.index.clone()) as &[Option<Vec<u8>>],
        &bytes(|n| n.tail4.clone()) as &[Option<Vec<u8>>],
        &bytes(|n| n.tail6.clone()) as &[Option<Vec<u8>>],
        &text(|p| Some(p.pinyin.clone())) as &[Option<String>],
        &registered,
        &listed,
        &all(|p| p.household) as &[Option<Uuid>],
        &text(|p| p.head_name.clone()) as &[Option<String>],
        &text(|p| p.head_relation.clone()) as &[Option<String>],
        &all(|p| p.domicile.0.map(|u| u.0)) as &[Option<Uuid>],
        &all(|p| p.domicile.1.map(|u| u.0)) as &[Option<Uuid>],
        &text(|p| p.domicile.2.clone()) as &[Option<String>],
        &all(|p| p.residence.0.map(|u| u.0)) as &[Option<Uuid>],
        &all(|p| p.residence.1.map(|u| u.0)) as &[Option<Uuid>],
        &text(|p| p.residence.2.clone()) as &[Option<String>],
        &text(|p| p.guardian_name.clone()) as &[Option<String>],
        &text(|p| p.phone_masked.clone()) as &[Option<String>],
        &all(|p| p.roll.map(|r| r.0.0)) as &[Option<Uuid>],
        &all(|p| p.roll.and_then(|r| r.1).map(|u| u.0)) as &[Option<Uuid>],
        &grades as &[Option<i16>],
        &text(|p| p.roll.map(|r| r.3.to_owned())) as &[Option<String>],
    )
    .execute(write.conn())
    .await?;
    let all_written = usize::try_from(done.rows_affected()) == Ok(projections.len());
    if all_written { Ok(()) } else { Err(DbError::Conflict) }
}

/// Marks children of whom no statement stands any more.
pub async fn unlist(write: &mut Write, children: &[ChildId]) -> Result<()> {
    let county = write.county().0;
    let children: Vec<Uuid> = children.iter().map(|c| c.0).collect();
    sqlx::query!(
        "update child set listed = false, registered = false, school_id = null, class_id = null, grade = null, roll_status = null
         where county_id = $1 and id = any($2)",
        county,
        &children
    )
    .execute(write.conn())
    .await?;
    Ok(())
}
