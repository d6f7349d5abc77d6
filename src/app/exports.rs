//! Lists taken out as workbooks: a write with its reason, told to the audit and written under the list itself.

pub mod release;
mod rows;

use serde_json::json;

use super::balance::{self, Balanced};
use super::imports::mark;
use super::services::{AppError, Services};
use crate::db::cases::list::{self as cases, CaseFilter, CaseSort};
use crate::db::checks::{self, CheckFilter, Part};
use crate::db::children::{self, ChildFilter, ChildOrder};
use crate::db::{DbError, Door, Write, export_limit};
use crate::domain::access::{Action, permit};
use crate::domain::actor::Actor;
use crate::domain::event::{Event, EventKind};
use crate::domain::faults::Faults;
use crate::domain::list::{ListKind, MOST_EXPORTS, MOST_ROWS, TakenToday, reason};
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

/// How many rows the list has, for who is about to take it out; counted, not gathered.
pub async fn count(services: &Services, actor: &Actor, list: &List) -> Result<usize, AppError> {
    let mut read = services.db.read(actor).await?;
    let total = match list {
        List::Balance => return Ok(gather(services, &mut read, actor, list).await?.rows.len()),
        List::Children(filter, order) => children::list(&mut read, filter, *order, 1, 0).await?.total,
        List::Checks(filter) => checks::progress(&mut read, *filter).await?.open,
        List::Cases(filter, sort) => {
            let today = day_of(read.now());
            cases::page(&mut read, filter, *sort, today, (0, 1)).await?.first().map_or(0, |line| line.total)
        }
    };
    Ok(usize::try_from(total).unwrap_or_default())
}

/// What the actor has taken out today.
pub async fn taken_today(services: &Services, actor: &Actor) -> Result<TakenToday, AppError> {
    let Some(user) = actor.user() else { return Ok(TakenToday::default()) };
    let mut read = services.db.read(actor).await?;
    let today = day_of(read.now());
    Ok(export_limit::on_day(&mut read, user, today).await?)
}

/// Takes a list out. More than may leave in a day is refused, and so is nothing.
pub async fn export(services: &Services, actor: &Actor, asked: Request) -> Result<Result<Exported, Faults>, AppError> {
    if !may(actor, asked.list.kind()) {
        return Err(DbError::NotFound.into());
    }
    let reason = match reason(&asked.reason) {
        Ok(reason) => reason,
        Err(faults) => return Ok(Err(faults)),
    };
    let mut write = services.db.write(actor).await?;
    let (made, event) = made(services, &mut write, actor, asked, reason).await?;
    let today = day_of(write.now());
    let before = export_limit::count(&mut write, today, made.rows).await?;
    if let Some(why) = refused(before, &made) {
        write.abandon().await?;
        return Ok(Err(Faults::one("reason", why)));
    }
    write.commit(event).await?;
    Ok(Ok(made.file))
}

fn refused(before: TakenToday, made: &Made) -> Option<String> {
    if made.is_empty {
        return Some("这个范围里没有人，不用导出。".to_owned());
    }
    before
        .is_over_with(made.rows)
        .then(|| format!("超过每人每天 {MOST_ROWS} 行、{MOST_EXPORTS} 次的限额，没有导出。请缩小范围，或申请放行。"))
}

/// A workbook that has not left yet.
struct Made {
    file: Exported,
    /// Rows with a child in them.
    rows: usize,
    is_empty: bool,
}

/// Makes the workbook, and the event that tells of it.
async fn made(
    services: &Services,
    write: &mut Write,
    actor: &Actor,
    asked: Request,
    reason: String,
) -> Result<(Made, Event), AppError> {
    let kind = asked.list.kind();
    let mut table = gather(services, write, actor, &asked.list).await?;
    let rows = table.rows.len();
    let now = write.now();
    table.note = Some(format!("{} · 截至{} · 共 {rows} 行 · 号码已遮蔽", asked.told, full_day_time(now)));
    let mark = Mark { why: Some(reason.clone()), ..mark(services, actor) };
    let bytes = tables(&[table], &mark).map_err(|e| AppError::Fault(e.to_string()))?;
    let filters: serde_json::Map<String, serde_json::Value> =
        asked.filters.into_iter().map(|(name, value)| (name, json!(value))).collect();
    let event = Event::new(EventKind::ListExported).with("list", kind).with("rows", rows);
    let file = Exported { name: format!("{kind}（{}）.xlsx", full_day(day_of(now))), bytes };
    let people = if kind == ListKind::Balance { 0 } else { rows };
    Ok((Made { file, rows: people, is_empty: rows == 0 }, event.with("filters", filters).with("reason", reason)))
}

/// One more than may ever leave at once, so that too many are noticed.
const LIMIT: i64 = 20_001;

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
