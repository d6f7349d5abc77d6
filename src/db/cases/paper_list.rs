//! The list of papers a reader sees, a page at a time, divided by how far they have come.

use chrono::NaiveDate;

use crate::db::door::Door;
use crate::db::error::Result;
use crate::domain::ids::{CaseId, PaperId};
use crate::domain::moment::Moment;
use crate::domain::stage::PaperStage;
use crate::domain::words::{PaperKind, ServiceMethod};

/// A paper as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperListed {
    /// Its key.
    pub id: PaperId,
    /// The case.
    pub case: CaseId,
    /// The child's name.
    pub name: String,
    /// Which paper.
    pub kind: PaperKind,
    /// The organ.
    pub unit_name: String,
    /// 发文字号
    pub document_number: Option<String>,
    /// Who drafted it.
    pub drafted_name: String,
    /// When.
    pub drafted_at: Moment,
    /// The day it bears, once issued.
    pub issued_on: Option<NaiveDate>,
    /// It was voided, or its draft given up.
    pub voided: bool,
    /// The day of its service.
    pub served_on: Option<NaiveDate>,
    /// How it was served.
    pub served_by: Option<ServiceMethod>,
    /// How often it was printed.
    pub printed_count: i32,
}

/// What narrows the list.
#[derive(Debug, Clone, Copy)]
pub struct PaperFilter<'a> {
    /// Which kind; none for every.
    pub kind: Option<PaperKind>,
    /// Kinds that are brought to somebody, by code.
    pub served_kinds: &'a [String],
}

/// How many papers there are at each stage, in the order of the stages. Who is back or struck off waits for no paper.
pub async fn counts(db: &mut impl Door, filter: PaperFilter<'_>) -> Result<[i64; 4]> {
    let county = db.county().0;
    let row = sqlx::query!(
        "select count(*) filter (where p.stage = 'to_issue') as \"to_issue!\", count(*) filter (where p.stage = 'to_serve') as \"to_serve!\",
            count(*) filter (where p.stage = 'served') as \"served!\", count(*) as \"every!\"
         from (select case
                when q.voided_at is not null then 'void'
                when exists (select from service s where s.county_id = q.county_id and s.paper_id = q.id and not s.failed) then 'served'
                when c.state in ('returned', 'struck_off') then 'rest'
                when q.issued_at is null then 'to_issue'
                when q.kind = any($3) then 'to_serve' else 'rest' end as stage
            from paper q join case_standing c on c.county_id = q.county_id and c.case_id = q.case_id
            where q.county_id = $1 and ($2::text is null or q.kind = $2)) p",
        county,
        filter.kind.map(PaperKind::code),
        filter.served_kinds
    )
    .fetch_one(db.conn())
    .await?;
    Ok([row.to_issue, row.to_serve, row.served, row.every])
}

/// A page of a stage, the latest first; `offset` rows lie before it.
pub async fn page(
    db: &mut impl Door,
    filter: PaperFilter<'_>,
    stage: PaperStage,
    (offset, size): (i64, i64),
) -> Result<Vec<PaperListed>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        PaperListed,
        "select p.id as \"id: PaperId\", p.case_id as \"case: CaseId\", ch.name, p.kind as \"kind: PaperKind\", u.name as unit_name,
            p.document_number, coalesce(d.name, '') as \"drafted_name!\", p.drafted_at, p.issued_on,
            p.voided_at is not null as \"voided!\", s.delivered_on as \"served_on?\", s.method as \"served_by?: ServiceMethod\",
            p.printed_count
         from paper p
         join child ch on ch.county_id = p.county_id and ch.id = p.child_id
         join unit u on u.county_id = p.county_id and u.id = p.unit_id
         join case_standing c on c.county_id = p.county_id and c.case_id = p.case_id
         left join account d on d.county_id = p.county_id and d.id = p.drafted_by
         left join lateral (select v.delivered_on, v.method from service v
            where v.county_id = p.county_id and v.paper_id = p.id and not v.failed
            order by v.recorded_at limit 1) s on true
         where p.county_id = $1 and ($2::text is null or p.kind = $2)
           and case $4
                when 'to_issue' then p.voided_at is null and s.method is null and p.issued_at is null
                    and c.state not in ('returned', 'struck_off')
                when 'to_serve' then p.voided_at is null and s.method is null and p.issued_at is not null and p.kind = any($3)
                    and c.state not in ('returned', 'struck_off')
                when 'served' then p.voided_at is null and s.method is not null
                else true end
         order by p.drafted_at desc, p.id limit $6 offset $5",
        county,
        filter.kind.map(PaperKind::code),
        filter.served_kinds,
        stage.code(),
        offset,
        size
    )
    .fetch_all(db.conn())
    .await?)
}
