//! Services of papers, and what was found once a deadline had passed.

use chrono::NaiveDate;
use serde_json::Value;

use crate::db::door::{Door, Write};
use crate::db::error::Result;
use crate::domain::ids::{CaseId, ChildId, PaperId, ServiceId};
use crate::domain::moment::Moment;
use crate::domain::words::ServiceMethod;

/// One attempt to serve a paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// The paper.
    pub paper: PaperId,
    /// How.
    pub method: ServiceMethod,
    /// The day it was handed over, left, sent or published.
    pub delivered_on: NaiveDate,
    /// The day from which periods run; none for a failed attempt.
    pub effective_on: Option<NaiveDate>,
    /// Who received it.
    pub recipient: String,
    /// Their relation to the addressee.
    pub relation: String,
    /// Where.
    pub place: String,
    /// 送达人
    pub servers: String,
    /// 见证人
    pub witness: String,
    /// What the method asks for beside these, by name.
    pub detail: Value,
    /// 备注
    pub note: String,
    /// The attempt failed.
    pub failed: bool,
}

/// A service with what a page shows beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceRow {
    /// Its key.
    pub id: ServiceId,
    /// As it was recorded.
    pub service: Service,
    /// By whom.
    pub recorded_name: String,
    /// When.
    pub recorded_at: Moment,
}

/// The services of a case's papers, the latest first.
pub async fn of_case(db: &mut impl Door, case: CaseId) -> Result<Vec<ServiceRow>> {
    let county = db.county().0;
    let rows = sqlx::query!(
        "select s.id as \"id: ServiceId\", s.paper_id as \"paper: PaperId\", s.method as \"method: ServiceMethod\", s.delivered_on,
            s.effective_on, s.recipient, s.relation, s.place, s.servers, s.witness, s.detail, s.note, s.failed,
            coalesce(a.name, '') as \"recorded_name!\", s.recorded_at
         from service s left join account a on a.county_id = s.county_id and a.id = s.recorded_by
         where s.county_id = $1 and s.case_id = $2 order by s.recorded_at desc, s.id",
        county,
        case.0
    )
    .fetch_all(db.conn())
    .await?;
    let row = rows.into_iter().map(|r| ServiceRow {
        id: r.id,
        service: Service {
            paper: r.paper,
            method: r.method,
            delivered_on: r.delivered_on,
            effective_on: r.effective_on,
            recipient: r.recipient,
            relation: r.relation,
            place: r.place,
            servers: r.servers,
            witness: r.witness,
            detail: r.detail,
            note: r.note,
            failed: r.failed,
        },
        recorded_name: r.recorded_name,
        recorded_at: r.recorded_at,
    });
    Ok(row.collect())
}

/// Records an attempt.
pub async fn insert(write: &mut Write, (case, child): (CaseId, ChildId), service: &Service) -> Result<ServiceId> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    let id = ServiceId::new();
    sqlx::query!(
        "insert into service (county_id, id, paper_id, case_id, child_id, method, delivered_on, effective_on, recipient, relation,
            place, servers, witness, detail, note, failed, recorded_by, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        county,
        id.0,
        service.paper.0,
        case.0,
        child.0,
        service.method.code(),
        service.delivered_on,
        service.effective_on,
        service.recipient,
        service.relation,
        service.place,
        service.servers,
        service.witness,
        service.detail,
        service.note,
        service.failed,
        user,
        now,
    )
    .execute(write.conn())
    .await?;
    Ok(id)
}

/// What was found after a deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpiryRow {
    /// Whose deadline.
    pub paper: PaperId,
    /// The day of the check.
    pub checked_on: NaiveDate,
    /// The child was back.
    pub returned: bool,
    /// What was seen.
    pub note: String,
    /// By whom.
    pub recorded_name: String,
    /// When it was recorded.
    pub recorded_at: Moment,
}

/// The checks after deadlines of a case, the latest first.
pub async fn expiries_of_case(db: &mut impl Door, case: CaseId) -> Result<Vec<ExpiryRow>> {
    let county = db.county().0;
    Ok(sqlx::query_as!(
        ExpiryRow,
        "select e.paper_id as \"paper: PaperId\", e.checked_on, e.returned, e.note, coalesce(a.name, '') as \"recorded_name!\", e.recorded_at
         from expiry_check e left join account a on a.county_id = e.county_id and a.id = e.recorded_by
         where e.county_id = $1 and e.case_id = $2 order by e.recorded_at desc, e.id",
        county,
        case.0
    )
    .fetch_all(db.conn())
    .await?)
}

/// Records what was found after a deadline.
pub async fn insert_expiry(
    write: &mut Write,
    (case, child, paper): (CaseId, ChildId, PaperId),
    (on, returned, note): (NaiveDate, bool, &str),
) -> Result<()> {
    let (county, now, user) = (write.county().0, write.now(), write.actor().user().map(|u| u.0));
    sqlx::query!(
        "insert into expiry_check (county_id, id, paper_id, case_id, child_id, checked_on, returned, note, recorded_by, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        county,
        ServiceId::new().0,
        paper.0,
        case.0,
        child.0,
        on,
        returned,
        note,
        user,
        now,
    )
    .execute(write.conn())
    .await?;
    Ok(())
}
