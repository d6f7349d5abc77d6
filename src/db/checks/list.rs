//! Lists of checks, and the steps a check takes.

use chrono::NaiveDate;
use serde_json::Value;
use uuid::Uuid;

use crate::db::door::{Door, Write};
use crate::db::error::{DbError, Result};
use crate::domain::ids::{CheckId, ChildId, StatementId, UnitId};
use crate::domain::moment::Moment;
use crate::domain::words::{CheckCause, CheckFinding, Sex};

/// Which checks; what is none does not filter.
#[derive(Debug, Clone, Copy, Default)]
pub struct CheckFilter {
    /// Domicile township.
    pub township: Option<UnitId>,
    /// Domicile or residence village.
    pub village: Option<UnitId>,
    /// The likely cause.
    pub cause: Option<CheckCause>,
    /// Sent to the village, or not.
    pub sent: Option<bool>,
    /// Answered, or not.
    pub answered: Option<bool>,
}

/// A check with what a list and its page show of the child.
#[derive(Debug, Clone)]
pub struct CheckLine {
    /// Its key.
    pub id: CheckId,
    /// The child.
    pub child: ChildId,
    /// 姓名
    pub name: String,
    /// 性别
    pub sex: Sex,
    /// 出生日期
    pub birth: NaiveDate,
    /// 500229********2417
    pub idno_masked: Option<String>,
    /// 户主
    pub head_name: Option<String>,
    /// 监护人
    pub guardian_name: Option<String>,
    /// 138****5678
    pub phone_masked: Option<String>,
    /// 户籍地 township.
    pub township: Option<UnitId>,
    /// 户籍地 village.
    pub village: Option<UnitId>,
    /// 户籍地 as written.
    pub domicile_text: Option<String>,
    /// The likely cause.
    pub cause: CheckCause,
    /// `Clue` of `app::compare`.
    pub clue: Value,
    /// When it was opened.
    pub opened_on: NaiveDate,
    /// By when it should be answered.
    pub due_on: NaiveDate,
    /// When it was sent to the village.
    pub sent_at: Option<Moment>,
    /// When it was settled.
    pub closed_at: Option<Moment>,
    /// How.
    pub closing_note: String,
    /// The latest answer's finding.
    pub finding: Option<CheckFinding>,
    /// The latest answer.
    pub answer: Option<StatementId>,
}

/// Which part of a list, and what comes first in it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Part {
    /// So many at most.
    pub limit: i64,
    /// After so many.
    pub offset: i64,
    /// Those without an answer before those that have one; else the other way round.
    pub unanswered_first: bool,
}

impl Part {
    /// The first so many, the answered before the others.
    pub const fn first(limit: i64) -> Self {
        Self { limit, offset: 0, unanswered_first: false }
    }
}

/// The open checks of a filter, by cause, village and name.
pub async fn list(db: &mut impl Door, filter: CheckFilter, part: Part) -> Result<Vec<CheckLine>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        CheckLine,
        "select q.id as \"id: CheckId\", q.child_id as \"child: ChildId\", c.name, c.sex as \"sex: Sex\", c.birth, c.idno_masked,
            c.head_name, c.guardian_name, c.phone_masked, c.domicile_township as \"township: UnitId\", c.domicile_village as \"village: UnitId\",
            c.domicile_text, q.cause as \"cause: CheckCause\", q.clue, q.opened_on, q.due_on, q.sent_at, q.closed_at, q.closing_note,
            w.finding as \"finding?: CheckFinding\", w.id as \"answer?: StatementId\"
         from whereabouts_check q join child c on c.county_id = q.county_id and c.id = q.child_id
         left join unit v on v.county_id = c.county_id and v.id = c.domicile_village
         left join lateral (select id, finding from check_answer a where a.county_id = q.county_id and a.check_id = q.id
            order by a.answered_at desc limit 1) w on true
         where q.county_id = $1 and q.closed_at is null
           and ($2::uuid is null or c.domicile_township = $2)
           and ($3::uuid is null or c.domicile_village = $3 or c.residence_village = $3)
           and ($4::text is null or q.cause = $4)
           and ($5::bool is null or (q.sent_at is not null) = $5)
           and ($6::bool is null or (w.id is not null) = $6)
         order by (w.id is null) <> $9, q.cause = 'none', q.cause, v.code nulls last, c.pinyin, q.id limit $7 offset $8",
        county,
        filter.township.map(|u| u.0),
        filter.village.map(|u| u.0),
        filter.cause.map(CheckCause::code),
        filter.sent,
        filter.answered,
        part.limit,
        part.offset,
        part.unanswered_first
    )
    .fetch_all(db.conn())
    .await?)
}

/// How far the checks of a filter have come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Open, in the list.
    pub open: i64,
    /// Answered, open or settled since.
    pub answered: i64,
    /// To be answered in all: the open, and those settled after an answer.
    pub asked: i64,
}

/// Counts the checks of a filter.
pub async fn progress(db: &mut impl Door, filter: CheckFilter) -> Result<Progress> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        Progress,
        "select count(*) filter (where q.closed_at is null) as \"open!\", count(*) filter (where w.answered) as \"answered!\",
            count(*) filter (where q.closed_at is null or w.answered) as \"asked!\"
         from whereabouts_check q join child c on c.county_id = q.county_id and c.id = q.child_id
         cross join lateral (select exists (select from check_answer a where a.county_id = q.county_id and a.check_id = q.id) as answered) w
         where q.county_id = $1
           and ($2::uuid is null or c.domicile_township = $2)
           and ($3::uuid is null or c.domicile_village = $3 or c.residence_village = $3)
           and ($4::text is null or q.cause = $4)
           and ($5::bool is null or (q.sent_at is not null) = $5)
           and ($6::bool is null or w.answered = $6)",
        county,
        filter.township.map(|u| u.0),
        filter.village.map(|u| u.0),
        filter.cause.map(CheckCause::code),
        filter.sent,
        filter.answered
    )
    .fetch_one(db.conn())
    .await?)
}

/// One check, open or settled.
pub async fn by_id(db: &mut impl Door, id: CheckId) -> Result<CheckLine> {
    some(db, &[id]).await?.pop().ok_or(DbError::NotFound)
}

/// Sends open checks to the children's villages; answers how many were not sent before.
pub async fn send(write: &mut Write, checks: &[CheckId], due_on: NaiveDate) -> Result<u64> {
    let (county, now, by) = (write.county().0, write.now(), write.actor().user());
    let ids: Vec<Uuid> = checks.iter().map(|c| c.0).collect();
    let done = sqlx::query!(
        "update whereabouts_check set sent_at = $3, sent_by = $4, due_on = $5
         where county_id = $1 and id = any($2) and closed_at is null and sent_at is null",
        county,
        &ids,
        now,
        by.map(|u| u.0),
        due_on
    )
    .execute(write.conn())
    .await?;
    Ok(done.rows_affected())
}

/// Settles an open check on an answer or on the match itself; false when it was settled meanwhile.
pub async fn close(write: &mut Write, check: CheckId, answer: Option<StatementId>, note: &str) -> Result<bool> {
    let (county, now, by) = (write.county().0, write.now(), write.actor().user());
    let done = sqlx::query!(
        "update whereabouts_check set closed_at = $3, closed_by = $4, closing_answer = $5, closing_note = $6
         where county_id = $1 and id = $2 and closed_at is null",
        county,
        check.0,
        now,
        by.map(|u| u.0),
        answer.map(|a| a.0),
        note
    )
    .execute(write.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a settlement back; false when it was not settled, or the child waits for another check by now.
pub async fn reopen(write: &mut Write, check: CheckId) -> Result<bool> {
    let county = write.county().0;
    let done = sqlx::query!(
        "update whereabouts_check q set closed_at = null, closed_by = null, closing_answer = null, closing_note = ''
         where q.county_id = $1 and q.id = $2 and q.closed_at is not null and not exists (select from whereabouts_check o
            where o.county_id = $1 and o.child_id = q.child_id and o.closed_at is null)",
        county,
        check.0
    )
    .execute(write.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The open checks of some children.
pub async fn of_children(db: &mut impl Door, children: &[ChildId]) -> Result<Vec<CheckId>> {
    let county = db.county().0;
    let ids: Vec<Uuid> = children.iter().map(|c| c.0).collect();
    Ok(sqlx::query_scalar!(
        "select id as \"id: CheckId\" from whereabouts_check where county_id = $1 and child_id = any($2)",
        county,
        &ids
    )
    .fetch_all(db.conn())
    .await?)
}

/// Some checks, open or settled.
pub async fn some(db: &mut impl Door, checks: &[CheckId]) -> Result<Vec<CheckLine>> {
    let county = db.county().0;
    let ids: Vec<Uuid> = checks.iter().map(|c| c.0).collect();
    Ok(sqlx::query_as!(
        CheckLine,
        "select q.id as \"id: CheckId\", q.child_id as \"child: ChildId\", c.name, c.sex as \"sex: Sex\", c.birth, c.idno_masked,
            c.head_name, c.guardian_name, c.phone_masked, c.domicile_township as \"township: UnitId\", c.domicile_village as \"village: UnitId\",
            c.domicile_text, q.cause as \"cause: CheckCause\", q.clue, q.opened_on, q.due_on, q.sent_at, q.closed_at, q.closing_note,
            w.finding as \"finding?: CheckFinding\", w.id as \"answer?: StatementId\"
         from whereabouts_check q join child c on c.county_id = q.county_id and c.id = q.child_id
         left join lateral (select id, finding from check_answer a where a.county_id = q.county_id and a.check_id = q.id
            order by a.answered_at desc limit 1) w on true
         where q.county_id = $1 and q.id = any($2)",
        county,
        &ids
    )
    .fetch_all(db.conn())
    .await?)
}
