//! What the audit tells: acts and looks, by person, kind and day; and who looked at a child.

use serde_json::Value;

use super::door::{Door as _, Read};
use super::error::Result;
use crate::domain::event::{EventKind, LookKind};
use crate::domain::ids::{CaseId, ChildId, UserId};
use crate::domain::moment::Moment;
use crate::domain::role::Role;

/// What is asked for; whatever is none narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct TrailFilter {
    /// By whom.
    pub user: Option<UserId>,
    /// An act's or a look's kind, by its code.
    pub kind: Option<String>,
    /// From this moment on.
    pub from: Option<Moment>,
    /// Before this moment.
    pub until: Option<Moment>,
    /// Only what stands before this number: the next page.
    pub before: Option<i64>,
}

/// One act or look.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its number: of the chain, or of the looks.
    pub number: i64,
    /// When.
    pub at: Moment,
    /// By which account; none for the system.
    pub user: Option<UserId>,
    /// By name.
    pub name: Option<String>,
    /// In what capacity: a role's code, or `system`.
    pub role: String,
    /// For which unit.
    pub unit: Option<String>,
    /// What, by its code.
    pub kind: String,
    /// To which child.
    pub child: Option<ChildId>,
    /// The child's name, for whoever may see the child.
    pub child_name: Option<String>,
    /// In which case.
    pub case: Option<CaseId>,
    /// To which account, by name.
    pub subject: Option<String>,
    /// Codes, days, counts.
    pub detail: Value,
}

impl Entry {
    /// In what capacity, in words; none for the system, and for who has chosen no post yet.
    pub fn role_label(&self) -> Option<&'static str> {
        Role::from_code(&self.role).map(Role::label)
    }

    /// What, in words.
    pub fn kind_label(&self) -> &'static str {
        let act = EventKind::from_code(&self.kind).map(EventKind::label);
        act.or_else(|| LookKind::from_code(&self.kind).map(LookKind::label)).unwrap_or("其他")
    }
}

/// One page of acts, the latest first.
pub async fn acts(read: &mut Read, filter: &TrailFilter, limit: i64) -> Result<Vec<Entry>> {
    let county = read.county().0;
    Ok(sqlx::query_as!(
        Entry,
        "select e.seq as number, e.at, e.user_id as \"user: UserId\", a.name as \"name?\", e.role, u.name as \"unit?\", e.kind,
            e.child_id as \"child: ChildId\", c.name as \"child_name?\", e.case_id as \"case: CaseId\", s.name as \"subject?\", e.detail
         from event e
         left join account s on s.county_id = e.county_id and s.id::text = e.detail->>'user'
         left join account a on a.county_id = e.county_id and a.id = e.user_id
         left join unit u on u.county_id = e.county_id and u.id = e.unit_id
         left join child c on c.county_id = e.county_id and c.id = e.child_id
         where e.county_id = $1 and ($2::uuid is null or e.user_id = $2) and ($3::text is null or e.kind = $3)
            and ($4::timestamptz is null or e.at >= $4) and ($5::timestamptz is null or e.at < $5) and ($6::bigint is null or e.seq < $6)
         order by e.seq desc limit $7",
        county,
        filter.user.map(|u| u.0),
        filter.kind,
        filter.from,
        filter.until,
        filter.before,
        limit
    )
    .fetch_all(read.conn())
    .await?)
}

/// One page of looks, the latest first.
pub async fn looks(read: &mut Read, filter: &TrailFilter, limit: i64) -> Result<Vec<Entry>> {
    let county = read.county().0;
    Ok(sqlx::query_as!(
        Entry,
        "select l.id as number, l.at, l.user_id as \"user: UserId\", a.name as \"name?\", l.role, u.name as \"unit?\", l.kind,
            l.child_id as \"child: ChildId\", c.name as \"child_name?\", l.case_id as \"case: CaseId\", null as subject, l.detail
         from look l
         left join account a on a.county_id = l.county_id and a.id = l.user_id
         left join appointment p on p.county_id = l.county_id and p.id = l.appointment_id
         left join unit u on u.county_id = l.county_id and u.id = p.unit_id
         left join child c on c.county_id = l.county_id and c.id = l.child_id
         where l.county_id = $1 and ($2::uuid is null or l.user_id = $2) and ($3::text is null or l.kind = $3)
            and ($4::timestamptz is null or l.at >= $4) and ($5::timestamptz is null or l.at < $5) and ($6::bigint is null or l.id < $6)
         order by l.id desc limit $7",
        county,
        filter.user.map(|u| u.0),
        filter.kind,
        filter.from,
        filter.until,
        filter.before,
        limit
    )
    .fetch_all(read.conn())
    .await?)
}

/// How much was looked at, revealed and taken out since a moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Acts of every kind.
    pub acts: i64,
    /// Looks of every kind.
    pub looks: i64,
    /// Numbers shown in full.
    pub reveals: i64,
    /// Lists exported or printed, papers printed.
    pub taken_out: i64,
}

/// Counts for whoever may read the audit.
pub async fn counts(read: &mut Read, since: Moment) -> Result<Counts> {
    let county = read.county().0;
    Ok(sqlx::query_as!(
        Counts,
        "select count(*) as \"acts!\", count(*) filter (where kind = 'number_revealed') as \"reveals!\",
            count(*) filter (where kind in ('list_exported', 'list_printed', 'paper_printed')) as \"taken_out!\",
            (select count(*) from look where county_id = $1 and at >= $2) as \"looks!\"
         from event where county_id = $1 and at >= $2",
        county,
        since
    )
    .fetch_one(read.conn())
    .await?)
}

/// Somebody who looked at a child, or saw or took out what stands of it.
#[derive(Debug, Clone)]
pub struct Looked {
    /// By name.
    pub name: String,
    /// For which unit.
    pub unit: Option<String>,
    /// An act's or a look's kind, by its code.
    pub kind: String,
    /// When.
    pub at: Moment,
    /// Why, where a reason was asked for.
    pub reason: Option<String>,
}

impl Looked {
    /// What was done, in words.
    pub fn what(&self) -> &'static str {
        let look = LookKind::from_code(&self.kind).map(LookKind::label);
        look.or_else(|| EventKind::from_code(&self.kind).map(EventKind::label)).unwrap_or("查看")
    }
}

/// Who looked at a child last, the latest first: pages opened, numbers shown in full, papers printed.
pub async fn looks_at_child(read: &mut Read, child: ChildId, limit: i64) -> Result<Vec<Looked>> {
    let county = read.county().0;
    Ok(sqlx::query_as!(
        Looked,
        "select a.name as \"name!\", u.name as unit, seen.kind as \"kind!\", seen.at as \"at!\", seen.reason
         from (
            select l.user_id, p.unit_id, l.kind, l.at, null as reason from look l
            left join appointment p on p.county_id = l.county_id and p.id = l.appointment_id
            where l.county_id = $1 and l.child_id = $2
            union all
            select e.user_id, e.unit_id, e.kind, e.at, e.detail->>'reason' from event e
            where e.county_id = $1 and e.child_id = $2 and e.kind in ('number_revealed', 'paper_printed', 'list_exported')) seen
         join account a on a.county_id = $1 and a.id = seen.user_id
         left join unit u on u.county_id = $1 and u.id = seen.unit_id
         order by seen.at desc limit $3",
        county,
        child.0,
        limit
    )
    .fetch_all(read.conn())
    .await?)
}
