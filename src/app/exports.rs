//! Lists taken out as workbooks: a write with its reason, told to the audit and written under the list itself.

mod rows;

use serde_json::json;

use super::balance::{self, Balanced};
use super::imports::mark;
use super::services::{AppError, Services};
use crate::db::cases::list::{self as cases, CaseFilter, CaseSort};
use crate::db::checks::{self, CheckFilter, Part};
use crate::db::children::{self, ChildFilter, ChildOrder};
use crate::db::{DbError, Door};
use crate::domain::access::{Action, permit};
use crate::domain::actor::Actor;
use crate::domain::event::{Event, EventKind};
use crate::domain::faults::Faults;
use crate::domain::list::{ListKind, MOST_ROWS, reason};
use crate::domain::moment::{day_of, full_day, full_day_time};
use crate::sheets::{Mark, Table, tables};

/// A list with the filters set on its page.
#[derive(Debug, Clone)]
pub enum List {
    /// 去向平衡表 of the actor's own scope.
    Balance,
    /// 名册
    Children(ChildFilter, ChildOrder),
    /// 待核查
    Checks(CheckFilter),
    /// 一人一案
    Cases(CaseFilter, CaseSort),
}

impl List {
    /// Which it is.
    pub const fn kind(&self) -> ListKind {
        match self {
            Self::Balance => ListKind::Balance,
            Self::Children(..) => ListKind::Children,
            Self::Checks(_) => ListKind::Checks,
            Self::Cases(..) => ListKind::Cases,
        }
    }
}

/// What is to be taken out, and what is said of it.
#[derive(Debug, Clone)]
pub struct Request {
    /// The list.
    pub list: List,
    /// Its filters as the address has them: ids and codes.
    pub filters: Vec<(String, String)>,
    /// The same in words.
    pub told: String,
    /// What for, as typed.
    pub reason: String,
}

/// A workbook to be sent.
#[derive(Debug)]
pub struct Exported {
    /// Its name.
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Whether an actor may take this list out at all.
pub fn may(actor: &Actor, kind: ListKind) -> bool {
    let allows = |action| actor.role().is_some_and(|role| permit(role, action).allows());
    allows(Action::ExportList) && (kind != ListKind::Balance || allows(Action::SeeBalance))
}

/// How many rows the list has, for who is about to take it out.
pub async fn count(services: &Services, actor: &Actor, list: &List) -> Result<usize, AppError> {
    let mut read = services.db.read(actor).await?;
    Ok(gather(services, &mut read, actor, list).await?.rows.len())
}

/// Takes a list out. More rows than may leave at once are refused, and so is none.
pub async fn export(services: &Services, actor: &Actor, asked: Request) -> Result<Result<Exported, Faults>, AppError> {
    let kind = asked.list.kind();
    if !may(actor, kind) {
        return Err(DbError::NotFound.into());
    }
    let reason = match reason(&asked.reason) {
        Ok(reason) => reason,
        Err(faults) => return Ok(Err(faults)),
    };
    let mut write = services.db.write(actor).await?;
    let mut table = gather(services, &mut write, actor, &asked.list).await?;
    let rows = table.rows.len();
    if let Some(why) = refused(rows) {
        write.abandon().await?;
        return Ok(Err(Faults::one("reason", why)));
    }
    let now = write.now();
    table.note = Some(format!("{} · 截至{} · 共 {rows} 行 · 号码已遮蔽", asked.told, full_day_time(now)));
    let mark = Mark { why: Some(reason.clone()), ..mark(services, actor) };
    let bytes = tables(&[table], &mark).map_err(|e| AppError::Fault(e.to_string()))?;
    let filters: serde_json::Map<String, serde_json::Value> =
        asked.filters.into_iter().map(|(name, value)| (name, json!(value))).collect();
    let event = Event::new(EventKind::ListExported).with("list", kind).with("rows", rows);
    write.commit(event.with("filters", filters).with("reason", reason)).await?;
    Ok(Ok(Exported { name: format!("{kind}（{}）.xlsx", full_day(day_of(now))), bytes }))
}

fn refused(rows: usize) -> Option<String> {
    match rows {
        0 => Some("这个范围里没有人，不用导出。".to_owned()),
        n if n > MOST_ROWS => {
            Some(format!("超过 {MOST_ROWS} 人，一次不能导出。请先在名单页按乡镇、村筛选，再分次导出。"))
        }
        _ => None,
    }
}

/// One more than may leave, so that too many are noticed.
const LIMIT: i64 = 2001;

async fn gather(services: &Services, db: &mut impl Door, actor: &Actor, list: &List) -> Result<Table, AppError> {
    let units = services.units(actor.county).await?;
    let today = day_of(db.now());
    let rows = match list {
        List::Balance => {
            let balanced = balance::load(services, db, actor).await?;
            return Ok(rows::balance(&balanced, &units));
        }
        List::Children(filter, order) => {
            let found = children::list(db, filter, *order, LIMIT, 0).await?;
            found.lines.iter().map(|line| rows::child(line, &units)).collect()
        }
        List::Checks(filter) => {
            let found = checks::list(db, *filter, Part::first(LIMIT)).await?;
            found.iter().map(|line| rows::check(line, &units)).collect()
        }
        List::Cases(filter, sort) => {
            let found = cases::page(db, filter, *sort, today, (0, LIMIT)).await?;
            found.iter().map(rows::case).collect()
        }
    };
    Ok(rows::numbered(list.kind(), &units, rows))
}
