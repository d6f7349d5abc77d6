//! How a case ends, pauses and comes back: dispositions, the school's word, strike-offs, reopenings, after-care.

use chrono::NaiveDate;
use serde_json::Value;

use crate::db::door::{Door, Write};
use crate::db::error::Result;
use crate::db::register::insert_source;
use crate::domain::ids::{CaseId, ChildId, DispositionId, EntryId, UnitId};
use crate::domain::words::{DispositionKind, SourceKind};

/// Case and child, which every fact names.
pub type Of = (CaseId, ChildId);

/// A disposition that is proposed.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// Which.
    pub kind: DispositionKind,
    /// What its kind asks for beside the evidence, by name.
    pub facts: Value,
    /// What the proposer says to it.
    pub note: String,
    /// For which unit it is proposed.
    pub unit: UnitId,
    /// The day.
    pub on: NaiveDate,
}

/// Writes a proposal down.
pub async fn propose(write: &mut Write, (case, child): Of, proposal: &Proposal) -> Result<DispositionId> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    let id = DispositionId::new();
    sqlx::query!(
        "insert into disposition (county_id, id, case_id, child_id, kind, facts, note, proposed_by, proposed_unit, proposed_on, proposed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        county,
        id.0,
        case.0,
        child.0,
        proposal.kind.code(),
        proposal.facts,
        proposal.note,
        user,
        proposal.unit.0,
        proposal.on,
        now,
    )
    .execute(write.conn())
    .await?;
    Ok(id)
}

/// Who proposed a disposition, and what they said to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// Their name.
    pub name: String,
    /// The unit for which they did.
    pub unit: UnitId,
    /// What they said; may be empty.
    pub note: String,
}

/// Who proposed it; none that the reader does not see.
pub async fn proposed(db: &mut impl Door, id: DispositionId) -> Result<Option<Proposed>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        Proposed,
        "select coalesce(a.name, '') as \"name!\", d.proposed_unit as \"unit: UnitId\", d.note from disposition d
         left join account a on a.county_id = d.county_id and a.id = d.proposed_by
         where d.county_id = $1 and d.id = $2",
        county,
        id.0
    )
    .fetch_optional(db.conn())
    .await?)
}

/// Writes down what another person decided; a second decision is a `Duplicate`.
pub async fn decide(
    write: &mut Write,
    (case, child): Of,
    disposition: DispositionId,
    (approved, on, reason): (bool, NaiveDate, &str),
) -> Result<()> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    sqlx::query!(
        "insert into disposition_decision (county_id, disposition_id, case_id, child_id, approved, decided_on, reason, decided_by, decided_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        county,
        disposition.0,
        case.0,
        child.0,
        approved,
        on,
        reason,
        user,
        now,
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// The school's word that the child is back.
#[derive(Debug, Clone)]
pub struct SchoolReturn {
    /// Which school.
    pub school: UnitId,
    /// The first day back in class.
    pub on: NaiveDate,
    /// Grade 1 to 9.
    pub grade: Option<i16>,
    /// The class as the school calls it.
    pub class_label: String,
    /// 帮扶教师
    pub helper: String,
    /// What else there is to say.
    pub note: String,
}

/// Writes the school's word down.
pub async fn confirm_return(write: &mut Write, (case, child): Of, back: &SchoolReturn) -> Result<()> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    sqlx::query!(
        "insert into school_return (county_id, id, case_id, child_id, school_id, returned_on, grade, class_label, helper, note,
            confirmed_by, confirmed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        county,
        EntryId::new().0,
        case.0,
        child.0,
        back.school.0,
        back.on,
        back.grade,
        back.class_label,
        back.helper,
        back.note,
        user,
        now,
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// 销号, with its conclusion; a disposition stands behind it where the conclusion is one that was agreed to.
pub async fn strike_off(
    write: &mut Write,
    (case, child): Of,
    (conclusion, disposition): (DispositionKind, Option<DispositionId>),
    on: NaiveDate,
) -> Result<()> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    sqlx::query!(
        "insert into strike_off (county_id, id, case_id, child_id, conclusion, disposition_id, struck_on, struck_by, struck_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        county,
        EntryId::new().0,
        case.0,
        child.0,
        conclusion.code(),
        disposition.map(|d| d.0),
        on,
        user,
        now,
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// Brings a case back.
pub async fn reopen(write: &mut Write, (case, child): Of, on: NaiveDate, reason: &str) -> Result<()> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    sqlx::query!(
        "insert into reopening (county_id, id, case_id, child_id, reopened_on, reason, reopened_by, reopened_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        county,
        EntryId::new().0,
        case.0,
        child.0,
        on,
        reason,
        user,
        now,
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// A contact after the return.
#[derive(Debug, Clone)]
pub struct Contact {
    /// Which of the policy's days it answers, counted from the return: 30, 60, 90.
    pub after_days: i16,
    /// The day of the contact.
    pub on: NaiveDate,
    /// The child was in class.
    pub at_school: bool,
    /// What was seen.
    pub note: String,
}

/// Writes a contact after the return down.
pub async fn insert_contact(write: &mut Write, (case, child): Of, contact: &Contact) -> Result<()> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    sqlx::query!(
        "insert into aftercare (county_id, id, case_id, child_id, after_days, contacted_on, at_school, note, recorded_by, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        county,
        EntryId::new().0,
        case.0,
        child.0,
        contact.after_days,
        contact.on,
        contact.at_school,
        contact.note,
        user,
        now,
    )
    .execute(write.conn())
    .await?;
    Ok(())
}

/// 实际就读校: the child sits at this school from a day on, by the school's own word.
pub async fn sits_at(write: &mut Write, child: ChildId, school: UnitId, from: NaiveDate) -> Result<()> {
    let source = insert_source(write, SourceKind::School, "学校确认复学", from, None).await?;
    let county = write.county().0;
    sqlx::query!(
        "update attendance_at set until_on = greatest($3::date - 1, from_on)
         where county_id = $1 and child_id = $2 and until_on is null",
        county,
        child.0,
        from
    )
    .execute(write.conn())
    .await?;
    sqlx::query!(
        "insert into attendance_at (county_id, id, child_id, school_id, proved, from_on, source_id) values ($1, $2, $3, $4, true, $5, $6)",
        county,
        EntryId::new().0,
        child.0,
        school.0,
        from,
        source.0,
    )
    .execute(write.conn())
    .await?;
    Ok(())
}
