//! 今日待办: what this unit has to do, by the day it is due.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};

use crate::app::cases::view::{TodayGroup, TodayRow, today_view};
use crate::app::exports::release;
use crate::db::checks::{self, CheckFilter};
use crate::db::export_limit::{self, Waiting};
use crate::db::work::Group;
use crate::db::{Door as _, Read, kept, register};
use crate::domain::access::Action;
use crate::domain::moment::{day_of, full_day, month_day, short_weekday, weekday};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::navigation;
use crate::web::shell::{Shell, page};
use crate::web::state::State;

#[derive(Template)]
#[template(path = "pages/today.html")]
struct TodayPage {
    shell: Shell,
    kept: usize,
    /// Rows that use another child's number, for those who may decide.
    claims: i64,
    /// Lists beyond the day's limit that wait for the reader.
    exports: Waiting,
    /// Checks that nobody has sent to a village, for the county.
    unsent: i64,
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
    let mut read = state.services.db.read(&session.actor).await?;
    let kept = kept::kept(&mut read).await?.len();
    let claims = if session.may(Action::EditChild) { register::count_claims(&mut read).await? } else { 0 };
    let exports = waiting_exports(&mut read, &session).await?;
    let unsent = unsent(&mut read, &session).await?;
    drop(read);
    let view = today_view(&state.services, &session.actor).await?;
    let rows = |group: &TodayGroup| group.rows.iter().map(|row| row.item.clone()).collect::<Vec<_>>();
    let later = view.groups.iter().filter(|group| group.group != Group::Waiting).flat_map(rows);
    let next = later.min_by_key(|item| item.due_on);
    let next = next.map(|item| format!("{}{}{}", month_day(item.due_on), item.who, item.verb));
    page(&TodayPage {
        shell: session.shell,
        kept,
        claims,
        exports,
        unsent,
        day: format!("{} {}", full_day(view.today), weekday(view.today)),
        own: view.own,
        free: view.groups.iter().take(2).all(|group| group.total == 0),
        groups: view.groups.into_iter().map(Shown::of).collect(),
        next,
    })
}

/// Requests that wait for this approver, and those granted to the reader that are not fetched yet.
async fn waiting_exports(read: &mut Read, session: &Session) -> Result<Waiting, Failure> {
    let Some(user) = session.actor.user().filter(|_| session.may(Action::ExportList)) else {
        return Ok(Waiting::default());
    };
    let day = day_of(read.now());
    let all = export_limit::waiting(read, user, day).await?;
    Ok(if release::decides(&session.actor) { all } else { Waiting { to_decide: 0, ..all } })
}

/// A check is its township's to send; where a township has nobody yet, only the county can see that it lies there.
async fn unsent(read: &mut Read, session: &Session) -> Result<i64, Failure> {
    if !(session.may(Action::SendCheck) && session.actor.is_county_wide()) {
        return Ok(0);
    }
    let filter = CheckFilter { sent: Some(false), answered: Some(false), ..CheckFilter::default() };
    Ok(checks::progress(read, filter).await?.open)
}

impl Shown {
    fn of(group: TodayGroup) -> Self {
        let class = match group.group {
            Group::Late if group.total > 0 => "bad",
            Group::Today if group.total > 0 => "soon",
            _ => "",
        };
        Self {
            id: group.anchor,
            heading: group.label,
            class,
            waiting: group.group == Group::Waiting,
            total: group.total,
            rows: group.rows.into_iter().map(|row| Row::of(group.group, row)).collect(),
        }
    }
}

impl Row {
    fn of(group: Group, row: TodayRow) -> Self {
        let item = row.item;
        let (due, tag) = match (group, item.waiting_since) {
            (Group::Waiting, Some(since)) if row.waited_days == 0 => (format!("{}起", month_day(since)), None),
            (Group::Waiting, Some(since)) => (format!("{}起 · 已等 {} 天", month_day(since), row.waited_days), None),
            (Group::Late, _) => (month_day(item.due_on), Some(("tag--late", format!("逾期 {} 天", row.late_days)))),
            (Group::Today, _) => (String::new(), Some(("tag--soon", "今天到期".to_owned()))),
            _ => (format!("{} {}", short_weekday(item.due_on), month_day(item.due_on)), None),
        };
        Self {
            verb: item.verb.label(),
            href: row.path.unwrap_or_else(|| "/cases".to_owned()),
            who: item.who,
            place: item.place,
            why: item.why,
            due,
            tag,
        }
    }
}
