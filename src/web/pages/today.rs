//! 今日待办: what this unit has to do, by the day it is due.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;

use crate::db::kept;
use crate::db::work::{self, Asks, Group, ListedItem};
use crate::domain::moment::{day_of, full_day, month_day, short_weekday, weekday};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::mend;
use crate::web::navigation;
use crate::web::shell::{Shell, page};
use crate::web::state::State;

/// Rows of a group at most.
const EACH: i64 = 50;

#[derive(Template)]
#[template(path = "pages/today.html")]
struct TodayPage {
    shell: Shell,
    kept: usize,
    day: String,
    own: i64,
    groups: Vec<Shown>,
    next: Option<String>,
    free: bool,
}

/// A group of rows.
struct Shown {
    id: &'static str,
    heading: &'static str,
    class: &'static str,
    waiting: bool,
    total: i64,
    rows: Vec<Row>,
}

impl Shown {
    /// Not all rows of the group are listed.
    fn cut(&self) -> bool {
        i64::try_from(self.rows.len()).is_ok_and(|listed| listed < self.total)
    }
}

/// A row: one verb, and where it is done.
struct Row {
    verb: &'static str,
    href: String,
    who: String,
    place: String,
    why: String,
    due: String,
    tag: Option<(&'static str, String)>,
}

/// The home page of everybody who works with children; the others are sent to theirs.
pub(crate) async fn today(AxumState(state): AxumState<State>, session: Session) -> Result<Response, Failure> {
    let person = session.person()?;
    let home = navigation::home(person.role);
    if home != "/" {
        return Ok(Redirect::to(home).into_response());
    }
    let today = day_of(now(&state));
    let asks = Asks { user: person.user, unit: person.unit, role: person.role, today };
    let mut read = state.services.db.read(&session.actor).await?;
    let kept = kept::kept(&mut read).await?.len();
    let items = work::of_unit(&mut read, asks, EACH).await?;
    drop(read);
    let own_later = items.iter().filter(|one| one.group != Group::Waiting).min_by_key(|one| one.item.due_on);
    let next = own_later.map(|one| format!("{}{}{}", month_day(one.item.due_on), one.item.who, one.item.verb));
    let groups: Vec<Shown> = GROUPS.iter().map(|kind| shown(*kind, &items, today)).collect();
    page(&TodayPage {
        shell: session.shell,
        kept,
        day: format!("{} {}", full_day(today), weekday(today)),
        own: groups.iter().filter(|group| !group.waiting).map(|group| group.total).sum(),
        free: groups.iter().take(2).all(|group| group.total == 0),
        groups,
        next,
    })
}

const GROUPS: [(Group, &str, &str, &str); 5] = [
    (Group::Late, "late", "已逾期", "bad"),
    (Group::Today, "now", "今天", "soon"),
    (Group::Week, "week", "本周", ""),
    (Group::Later, "later", "以后", ""),
    (Group::Waiting, "wait", "等待他人", ""),
];

fn shown(
    (kind, id, heading, class): (Group, &'static str, &'static str, &'static str),
    items: &[ListedItem],
    today: NaiveDate,
) -> Shown {
    let mut of: Vec<&ListedItem> = items.iter().filter(|one| one.group == kind).collect();
    of.dedup_by(|a, b| a.item.key == b.item.key);
    Shown {
        id,
        heading,
        class: if of.is_empty() { "" } else { class },
        waiting: kind == Group::Waiting,
        total: of.first().map_or(0, |one| one.in_group),
        rows: of.into_iter().map(|one| row(one, today)).collect(),
    }
}

fn row(one: &ListedItem, today: NaiveDate) -> Row {
    let item = &one.item;
    let (due, tag) = match (one.group, item.waiting_since) {
        (Group::Waiting, Some(since)) => {
            let days = (today - since).num_days();
            (format!("{}起 · 已等 {} 天", month_day(since), days.max(0)), None)
        }
        (Group::Late, _) => {
            let days = (today - item.due_on).num_days();
            (month_day(item.due_on), Some(("tag--late", format!("逾期 {days} 天"))))
        }
        (Group::Today, _) => (String::new(), Some(("tag--soon", "今天到期".to_owned()))),
        _ => (format!("{} {}", short_weekday(item.due_on), month_day(item.due_on)), None),
    };
    Row {
        verb: item.verb.label(),
        href: mend::task(item),
        who: item.who.clone(),
        place: item.place.clone(),
        why: item.why.clone(),
        due,
        tag,
    }
}
