//! Rolls (学籍) and attendance-at (实际就读校): two dated records, often not the same school.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::db::door::{Door, Write};
use crate::db::error::Result;
use crate::domain::ids::{ChildId, SourceId, StatementId, UnitId};
use crate::domain::words::RollStatus;

/// A roll that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenRoll {
    /// Of which child.
    pub child: ChildId,
    /// On which school's.
    pub school: UnitId,
    /// In which class.
    pub class: Option<UnitId>,
    /// 1 to 9.
    pub grade: i16,
    /// Its status.
    pub status: RollStatus,
}

/// The open rolls of some children.
pub async fn open_rolls(db: &mut impl Door, children: &[ChildId]) -> Result<Vec<OpenRoll>> {
    let county = db.county().0;
    let children: Vec<Uuid> = children.iter().map(|c| c.0).collect();
    Ok(sqlx::query_as!(
        OpenRoll,
        "select child_id as \"child: ChildId\", school_id as \"school: UnitId\", class_id as \"class: UnitId\", grade,
            status as \"status: RollStatus\"
         from roll where county_id = $1 and child_id = any($2) and until_on is null",
        county,
        &children
    )
    .fetch_all(db.conn())
    .await?)
}

/// Closes the open rolls of children on a day.
pub async fn close_rolls(write: &mut Write, children: &[ChildId], on: NaiveDate) -> Result<()> {
    let county = write.county().0;
    let children: Vec<Uuid> = children.iter().map(|c| c.0).collect();
    sqlx::query!(
        "update roll set until_on = greatest($3, from_on) where county_id = $1 and child_id = any($2) and until_on is null",
        county,
        &children,
        on
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// A roll to be opened.
#[derive(Debug, Clone)]
pub struct NewRoll {
    /// The roll.
    pub roll: OpenRoll,
    /// As the school names the class.
    pub class_label: String,
    /// 全国学籍号: masked, sealed (`roll.number`, child), indexed.
    pub number: Option<(String, Vec<u8>, Vec<u8>)>,
    /// 住校, 走读 …
    pub boarding: Option<String>,
    /// From when.
    pub from_on: NaiveDate,
    /// Whose word.
    pub source: SourceId,
}

/// Opens rolls.
pub async fn insert_rolls(write: &mut Write, new: &[NewRoll]) -> Result<()> {
    let county = write.county().0;
    let uuids = |f: fn(&NewRoll) -> Uuid| -> Vec<Uuid> { new.iter().map(f).collect() };
    let classes: Vec<Option<Uuid>> = new.iter().map(|r| r.roll.class.map(|c| c.0)).collect();
    let grades: Vec<i16> = new.iter().map(|r| r.roll.grade).collect();
    let labels: Vec<String> = new.iter().map(|r| r.class_label.clone()).collect();
    let masked: Vec<Option<String>> = new.iter().map(|r| r.number.as_ref().map(|n| n.0.clone())).collect();
    let sealed: Vec<Option<Vec<u8>>> = new.iter().map(|r| r.number.as_ref().map(|n| n.1.clone())).collect();
    let indexes: Vec<Option<Vec<u8>>> = new.iter().map(|r| r.number.as_ref().map(|n| n.2.clone())).collect();
    let boarding: Vec<Option<String>> = new.iter().map(|r| r.boarding.clone()).collect();
    let statuses: Vec<String> = new.iter().map(|r| r.roll.status.code().to_owned()).collect();
    let from: Vec<NaiveDate> = new.iter().map(|r| r.from_on).collect();
    sqlx::query!(
        "insert into roll (county_id, id, child_id, school_id, class_id, grade, class_label, roll_number_masked,
            roll_number_sealed, roll_number_index, boarding, status, from_on, source_id)
         select $1, n.* from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::smallint[], $7::text[], $8::text[],
            $9::bytea[], $10::bytea[], $11::text[], $12::text[], $13::date[], $14::uuid[]) as n",
        county,
        &uuids(|_| StatementId::new().0),
        &uuids(|r| r.roll.child.0),
        &uuids(|r| r.roll.school.0),
        &classes as &[Option<Uuid>],
        &grades,
        &labels,
        &masked as &[Option<String>],
        &sealed as &[Option<Vec<u8>>],
        &indexes as &[Option<Vec<u8>>],
        &boarding as &[Option<String>],
        &statuses,
        &from,
        &uuids(|r| r.source.0),
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// Says where children really sit, for those of whom nothing else is known: at the school of their roll.
pub async fn insert_attendance(write: &mut Write, new: &[NewRoll]) -> Result<()> {
    let county = write.county().0;
    let uuids = |f: fn(&NewRoll) -> Uuid| -> Vec<Uuid> { new.iter().map(f).collect() };
    let from: Vec<NaiveDate> = new.iter().map(|r| r.from_on).collect();
    sqlx::query!(
        "insert into attendance_at (county_id, id, child_id, school_id, proved, from_on, source_id)
         select $1, n.id, n.child, n.school, true, n.from_on, n.source
         from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::date[], $6::uuid[]) as n (id, child, school, from_on, source)
         where not exists (
            select from attendance_at a where a.county_id = $1 and a.child_id = n.child and a.until_on is null)",
        county,
        &uuids(|_| StatementId::new().0),
        &uuids(|r| r.roll.child.0),
        &uuids(|r| r.roll.school.0),
        &from,
        &uuids(|r| r.source.0),
    )
    .execute(write.conn())
    .await?;
    Ok(())
}
