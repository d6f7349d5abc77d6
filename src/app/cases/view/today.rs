//! 今日待办: what the reader's unit has to do, by the day it is due, and what it waits for.

use chrono::NaiveDate;

use crate::app::cases::paths;
use crate::app::{AppError, Services};
use crate::db::Door as _;
use crate::db::work::{self, Asks, Group, WorkItem};
use crate::domain::actor::Actor;
use crate::domain::moment::day_of;

/// How many of a group the page lists; the rest is found by the lists' filters.
const EACH: i64 = 50;

/// The page.
#[derive(Debug)]
pub struct TodayView {
    /// The day.
    pub today: NaiveDate,
    /// What is one's own: everything but 等待他人.
    pub own: i64,
    /// All five, in order, empty ones too.
    pub groups: Vec<TodayGroup>,
}

/// One group.
#[derive(Debug)]
pub struct TodayGroup {
    /// Which.
    pub group: Group,
    /// 已逾期, 今天, 本周, 以后, 等待他人
    pub label: &'static str,
    /// Its anchor on the page.
    pub anchor: &'static str,
    /// How many there are.
    pub total: i64,
    /// The first of them.
    pub rows: Vec<TodayRow>,
}

/// One task.
#[derive(Debug)]
pub struct TodayRow {
    /// The task.
    pub item: WorkItem,
    /// The page where it is done.
    pub path: Option<String>,
    /// By how many days it is late; 0 for none.
    pub late_days: i64,
    /// For how many days it has been waited for; 0 for none.
    pub waited_days: i64,
}

/// Reads the tasks of the reader's unit that are for their role, or for them by name.
pub async fn today_view(services: &Services, actor: &Actor) -> Result<TodayView, AppError> {
    let mut read = services.db.read(actor).await?;
    let today = day_of(read.now());
    let listed = match actor.person() {
        Some(person) => {
            let asks = Asks { user: person.user, unit: person.unit, role: person.role, today };
            work::of_unit(&mut read, asks, EACH).await?
        }
        None => Vec::new(),
    };
    let mut groups: Vec<TodayGroup> = GROUPS
        .into_iter()
        .map(|(group, label, anchor)| TodayGroup { group, label, anchor, total: 0, rows: Vec::new() })
        .collect();
    for one in listed {
        let Some(group) = groups.iter_mut().find(|group| group.group == one.group) else { continue };
        group.total = one.in_group;
        group.rows.push(row(one.item, today));
    }
    let own = groups.iter().filter(|group| group.group != Group::Waiting).map(|group| group.total).sum();
    Ok(TodayView { today, own, groups })
}

const GROUPS: [(Group, &str, &str); 5] = [
    (Group::Late, "已逾期", "late"),
    (Group::Today, "今天", "now"),
    (Group::Week, "本周", "week"),
    (Group::Later, "以后", "later"),
    (Group::Waiting, "等待他人", "wait"),
];

fn row(item: WorkItem, today: NaiveDate) -> TodayRow {
    let days = |from: NaiveDate| (today - from).num_days().max(0);
    TodayRow {
        path: paths::of_item(&item),
        late_days: if item.waiting { 0 } else { days(item.due_on) },
        waited_days: item.waiting_since.filter(|_| item.waiting).map_or(0, days),
        item,
    }
}
