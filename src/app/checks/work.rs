//! The tasks that checks set: the township sends or reviews them, the village goes there.

use chrono::NaiveDate;

use crate::app::register::refresh_whereabouts;
use crate::app::{AppError, Services};
use crate::db::Write;
use crate::db::checks::{self as stored, CheckLine};
use crate::db::work::{self, WorkItem};
use crate::domain::case::Verb;
use crate::domain::ids::{ChildId, UnitId};
use crate::domain::moment::day_of;
use crate::domain::units::Units;

/// Rewrites the whereabouts and the work items of children whose checks changed.
pub(crate) async fn project(services: &Services, write: &mut Write, children: &[ChildId]) -> Result<(), AppError> {
    if children.is_empty() {
        return Ok(());
    }
    refresh_whereabouts(services, write, children).await?;
    write.widen().await?;
    let units = services.units(write.actor().county).await?;
    let checks = stored::of_children(write, children).await?;
    let lines = stored::some(write, &checks).await?;
    let rows: Vec<WorkItem> = lines.iter().filter(|l| l.closed_at.is_none()).flat_map(|l| items(l, &units)).collect();
    work::replace_for_checks(write, &checks, &rows).await?;
    write.narrow().await?;
    Ok(())
}

fn items(line: &CheckLine, units: &Units) -> Vec<WorkItem> {
    let county = units.county().map(|u| u.id);
    let township = line.township.or(county);
    let task =
        |unit: Option<UnitId>, verb, why: String, since| unit.map(|unit| item(line, units, (unit, verb), why, since));
    let asked = format!("本县学籍里没有找到（{}）", line.cause);
    let pair = match (line.sent_at, line.finding) {
        (_, Some(finding)) => {
            (task(township, Verb::ReviewCheck, format!("核查结果：{finding}；核对后认定去向"), None), None)
        }
        (None, None) => (task(township, Verb::SendCheck, format!("{asked}；先核对资料，再派村上门"), None), None),
        (Some(sent), None) => (
            task(line.village, Verb::Confirm, format!("{asked}；上门核实在不在、在哪里上学"), None),
            task(
                township,
                Verb::AwaitVillage,
                format!("等{}回复现场核查结果", units.name(line.village)),
                Some(day_of(sent)),
            ),
        ),
    };
    [pair.0, pair.1].into_iter().flatten().collect()
}

fn item(
    line: &CheckLine,
    units: &Units,
    (unit, verb): (UnitId, Verb),
    why: String,
    since: Option<NaiveDate>,
) -> WorkItem {
    let village = units.name(line.village);
    let place = if village.is_empty() { units.name(line.township) } else { village };
    WorkItem {
        unit,
        key: format!("check:{}:{}", line.id, verb.code()),
        verb,
        role: None,
        child: Some(line.child),
        case: None,
        check: Some(line.id),
        paper: None,
        visit: None,
        target: String::new(),
        user: None,
        who: line.name.clone(),
        place: format!("{place} · 无学籍"),
        why,
        due_on: line.due_on,
        waiting: since.is_some(),
        waiting_since: since,
    }
}
