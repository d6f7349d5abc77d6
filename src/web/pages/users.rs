//! 用户: the list with its filters, and finding one by name.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::Response;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::app::Services;
use crate::db::users::{self, Post, User, UserFilter};
use crate::db::{Door as _, Read};
use crate::domain::access::Action;
use crate::domain::ids::{UnitId, UserId};
use crate::domain::moment::{day_of, full_day};
use crate::domain::role::{Role, UnitKind};
use crate::domain::units::Units;
use crate::web::extract::{Form, Query};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::pager::{Pager, ROWS};
use crate::web::shell::{Shell, page};
use crate::web::sought::Sought;
use crate::web::state::State;

/// What the list is narrowed by.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filters {
    role: String,
    unit: String,
    state: String,
    page: Option<i64>,
    done: String,
}

/// A user with their posts, as a row shows them.
#[derive(Debug)]
pub(crate) struct Row {
    pub user: User,
    pub posts: Vec<Line>,
}

/// A post in words.
#[derive(Debug)]
pub(crate) struct Line {
    pub post: Post,
    pub words: String,
    pub term: String,
    pub in_force: bool,
    pub ended: bool,
}

impl Line {
    pub(crate) fn of(post: Post, units: &Units, today: NaiveDate) -> Self {
        let title = if post.title.is_empty() { String::new() } else { format!("（{}）", post.title) };
        let unit = units.full_name(post.unit);
        let unit = if unit.is_empty() { "已撤并的单位" } else { &unit };
        Self {
            words: format!("{unit} · {}{title}", post.role),
            term: match post.until_on {
                Some(until) => format!("{} 至 {}", full_day(post.from_on), full_day(until)),
                None => format!("{} 起", full_day(post.from_on)),
            },
            in_force: post.in_force(today),
            ended: post.ended(today),
            post,
        }
    }
}

#[derive(Template)]
#[template(path = "pages/users/list.html")]
struct ListPage {
    shell: Shell,
    filters: Filters,
    found: Option<String>,
    rows: Vec<Row>,
    pager: Pager,
    roles: Vec<(&'static str, &'static str)>,
    units: Vec<(String, String)>,
    states: [(&'static str, &'static str); 2],
}

/// The list, unfiltered first.
pub(crate) async fn list(
    AxumState(state): AxumState<State>,
    session: Session,
    Query(filters): Query<Filters>,
) -> Result<Response, Failure> {
    session.require(Action::ManageUsers)?;
    let units = state.services.units(session.actor.county).await?;
    let filter = UserFilter {
        text: None,
        units: filters.unit.parse().ok().map(|unit| below(&units, unit)),
        role: Role::from_code(&filters.role),
        active: match filters.state.as_str() {
            "active" => Some(true),
            "out" => Some(false),
            _ => None,
        },
    };
    let at = filters.page.unwrap_or(1).clamp(1, 10_000);
    let mut read = state.services.db.read(&session.actor).await?;
    let (rows, total) = rows(&mut read, &units, &filter, Pager::offset(at)).await?;
    let narrowed = [("role", filters.role.as_str()), ("unit", &filters.unit), ("state", &filters.state)];
    let pager = Pager::new(at, total, "/users", &narrowed);
    let shell = session.shell_with(notice(&filters.done));
    page(&ListPage::new(shell, filters, None, rows, pager, &units))
}

/// Finds users by a part of their name or login; by POST, because a name is nobody's address.
pub(crate) async fn find(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Form<Sought>,
) -> Result<Response, Failure> {
    session.require(Action::ManageUsers)?;
    let units = state.services.units(session.actor.county).await?;
    let text = form.value.said();
    let filter = UserFilter { text: Some(text.clone()).filter(|t| !t.is_empty()), ..UserFilter::default() };
    let mut read = state.services.db.read(&session.actor).await?;
    let (rows, total) = rows(&mut read, &units, &filter, 0).await?;
    let pager = Pager::new(1, total.min(ROWS), "/users", &[]);
    page(&ListPage::new(session.shell, Filters::default(), Some(text), rows, pager, &units))
}

impl ListPage {
    fn new(shell: Shell, filters: Filters, found: Option<String>, rows: Vec<Row>, pager: Pager, units: &Units) -> Self {
        Self {
            shell,
            filters,
            found,
            rows,
            pager,
            roles: Role::ALL.iter().map(|role| (role.code(), role.label())).collect(),
            units: offices(units),
            states: [("active", "在任"), ("out", "已停用或不在任")],
        }
    }
}

async fn rows(read: &mut Read, units: &Units, filter: &UserFilter, offset: i64) -> Result<(Vec<Row>, i64), Failure> {
    let today = day_of(read.now());
    let (found, total) = users::list(read, filter, today, (ROWS, offset)).await?;
    let ids: Vec<UserId> = found.iter().map(|user| user.id).collect();
    let mut posts = users::posts(read, &ids).await?;
    let rows = found.into_iter().map(|user| {
        let own: Vec<Post> = posts.extract_if(.., |post| post.user == user.id).collect();
        let lines = own.into_iter().map(|post| Line::of(post, units, today));
        Row { user, posts: lines.filter(|line| !line.ended).collect() }
    });
    Ok((rows.collect(), total))
}

/// The unit and all below it on either line.
fn below(units: &Units, top: UnitId) -> Vec<UnitId> {
    let county = units.county().is_some_and(|county| county.id == top);
    let within = |unit: UnitId| unit == top || !county && (units.within(unit, top) || on_ground(units, unit, top));
    units.all().map(|unit| unit.id).filter(|unit| within(*unit)).collect()
}

/// Stands on a township's ground: its schools with their classes.
fn on_ground(units: &Units, unit: UnitId, township: UnitId) -> bool {
    units.get(unit).is_some_and(|u| u.township == Some(township))
}

/// The county, its townships and schools: what people are asked for by.
fn offices(units: &Units) -> Vec<(String, String)> {
    const KINDS: [UnitKind; 5] =
        [UnitKind::County, UnitKind::Township, UnitKind::ZoneCommittee, UnitKind::CentreSchool, UnitKind::School];
    let named = |kind| units.of_kind(kind).map(|u| (u.id.to_string(), u.name.clone()));
    KINDS.into_iter().flat_map(named).collect()
}

fn notice(done: &str) -> Option<String> {
    (done == "sheet").then(|| "这张表已经提交过，用户都已新增。初始密码只显示一次；没有记下的，请逐个重置。".to_owned())
}

/// The county's today.
pub(crate) fn today(services: &Services) -> NaiveDate {
    services.db.clock().today()
}
