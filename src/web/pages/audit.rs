//! 审计: what was done and looked at, by person, kind and day; the chain and its check.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{Days, NaiveDate};
use serde::Deserialize;
use serde_json::json;

use super::audit_rows::{Row, Teller};
use crate::app::audit as uses;
use crate::db::audit::{ChainReport, Look};
use crate::db::trail::{self, Counts, TrailFilter};
use crate::db::users::{self, UserFilter};
use crate::db::{Door as _, Read};
use crate::domain::access::Action;
use crate::domain::event::{EventKind, LookKind};
use crate::domain::ids::UserId;
use crate::domain::moment::{Moment, day_of, full_day_time, start_of_day};
use crate::domain::role::Role;
use crate::web::extract::{Form, Query};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::shell::{Shell, page};
use crate::web::sought::Sought;
use crate::web::state::State;

/// Entries a page.
const ROWS: usize = 50;

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// `looks` for looks; else acts.
    what: String,
    user: String,
    kind: String,
    day: String,
    before: Option<i64>,
}

impl Asked {
    fn looks(&self) -> bool {
        self.what == "looks"
    }

    fn filter(&self) -> TrailFilter {
        let day: Option<NaiveDate> = self.day.parse().ok();
        TrailFilter {
            user: self.user.parse().ok(),
            kind: Some(self.kind.clone()).filter(|kind| !kind.is_empty()),
            from: day.map(start_of_day),
            until: day.and_then(|day| day.checked_add_days(Days::new(1))).map(start_of_day),
            before: self.before,
        }
    }

    /// The kinds to choose from.
    fn kinds(&self) -> Vec<(&'static str, &'static str)> {
        if self.looks() {
            LookKind::ALL.iter().map(|kind| (kind.code(), kind.label())).collect()
        } else {
            EventKind::ALL.iter().map(|kind| (kind.code(), kind.label())).collect()
        }
    }

    /// The same question from the entry after the last that was shown.
    fn next(&self, path: &str, rows: &[Row]) -> Option<String> {
        let last = rows.last().filter(|_| rows.len() == ROWS)?;
        let address = self.address(path, &self.user);
        Some(format!("{address}{}before={}", if address.contains('?') { "&" } else { "?" }, last.number))
    }

    /// The same question about another person, or about everybody; kind and day stay as they were chosen.
    fn address(&self, path: &str, user: &str) -> String {
        let parts = [("what", self.what.as_str()), ("user", user), ("kind", &self.kind), ("day", &self.day)];
        let parts: Vec<_> = parts.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let query = serde_html_form::to_string(&parts).unwrap_or_default();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

/// Whose acts are wanted, and what else was chosen already.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Person {
    #[serde(flatten)]
    sought: Sought,
    #[serde(flatten)]
    asked: Asked,
}

#[derive(Template)]
#[template(path = "pages/audit/trail.html")]
struct TrailPage {
    shell: Shell,
    path: &'static str,
    looks: bool,
    asked: Asked,
    who: Option<String>,
    kinds: Vec<(&'static str, &'static str)>,
    rows: Vec<Row>,
    next: Option<String>,
    /// Of today; for the whole audit only.
    counts: Option<Counts>,
    report: Option<ChainReport>,
    verified_at: String,
    people: Vec<(UserId, String)>,
}

/// The county's audit.
pub(crate) async fn show(
    AxumState(state): AxumState<State>,
    session: Session,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    session.require(Action::ReadAudit)?;
    page(&whole(&state, &session, asked, None).await?)
}

/// Recomputes the chain and shows what came of it above the list.
pub(crate) async fn verify(AxumState(state): AxumState<State>, session: Session) -> Result<Response, Failure> {
    session.require(Action::ReadAudit)?;
    let report = uses::verify(&state.services, session.actor.county).await?;
    page(&whole(&state, &session, Asked::default(), Some(report)).await?)
}

async fn whole(
    state: &State,
    session: &Session,
    asked: Asked,
    report: Option<ChainReport>,
) -> Result<TrailPage, Failure> {
    let mut read = state.services.db.read(&session.actor).await?;
    let mut filter = asked.filter();
    filter.from = filter.from.max(engagement(&mut read, session).await?);
    let shown = trail_page(state, session, read, "/audit", (asked, filter)).await?;
    let mut read = state.services.db.read(&session.actor).await?;
    let today = start_of_day(day_of(read.now()));
    let counts = trail::counts(&mut read, today).await?;
    let now = read.now();
    drop(read);
    let detail = json!({ "rows": shown.rows.len() });
    let look = Look { kind: LookKind::Audit, child: None, case: None, detail };
    state.services.db.look(&session.actor, look).await?;
    Ok(TrailPage { counts: Some(counts), report, verified_at: full_day_time(now), ..shown })
}

/// An inspector reads what happened since the engagement began; others all of it.
async fn engagement(read: &mut Read, session: &Session) -> Result<Option<Moment>, Failure> {
    let person = session.person()?;
    if person.role != Role::Inspector {
        return Ok(None);
    }
    let posts = users::posts(read, &[person.user]).await?;
    let own = posts.iter().find(|post| post.id == person.appointment);
    Ok(own.map(|post| start_of_day(post.from_on)))
}

/// One's own acts and looks.
pub(crate) async fn mine(
    AxumState(state): AxumState<State>,
    session: Session,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let read = state.services.db.read(&session.actor).await?;
    let filter = TrailFilter { user: session.actor.user(), ..asked.filter() };
    page(&trail_page(&state, &session, read, "/audit/mine", (asked, filter)).await?)
}

async fn trail_page(
    state: &State,
    session: &Session,
    mut read: Read,
    path: &'static str,
    (asked, filter): (Asked, TrailFilter),
) -> Result<TrailPage, Failure> {
    let teller = Teller::new(state, session).await?;
    let limit = i64::try_from(ROWS).unwrap_or(i64::MAX);
    let entries = if asked.looks() {
        trail::looks(&mut read, &filter, limit).await?
    } else {
        trail::acts(&mut read, &filter, limit).await?
    };
    let who = match asked.user.parse() {
        Ok(user) => Some(users::user(&mut read, user).await?.name),
        Err(_) => None,
    };
    let rows: Vec<Row> = entries.into_iter().map(|entry| teller.row(entry)).collect();
    Ok(TrailPage {
        shell: session.shell.clone(),
        path,
        looks: asked.looks(),
        who,
        kinds: asked.kinds(),
        next: asked.next(path, &rows),
        rows,
        counts: None,
        report: None,
        verified_at: String::new(),
        people: Vec::new(),
        asked,
    })
}

/// Finds the person whose acts are wanted: by POST, because a name is nobody's address.
pub(crate) async fn find(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Form<Person>,
) -> Result<Response, Failure> {
    session.require(Action::ReadAudit)?;
    let Person { sought, asked } = form.value;
    let text = sought.said();
    if text.is_empty() {
        return Ok(Redirect::to(&asked.address("/audit", "")).into_response());
    }
    let mut read = state.services.db.read(&session.actor).await?;
    let filter = UserFilter { text: Some(text), ..UserFilter::default() };
    let today = day_of(read.now());
    let (found, _) = users::list(&mut read, &filter, today, (20, 0)).await?;
    if let [one] = found.as_slice() {
        return Ok(Redirect::to(&asked.address("/audit", &one.id.to_string())).into_response());
    }
    drop(read);
    let shown = whole(&state, &session, asked, None).await?;
    let notice = if found.is_empty() { "没有找到这个人。" } else { "有几个人符合，请选一个。" };
    let people = found.into_iter().map(|user| (user.id, format!("{}（{}）", user.name, user.login))).collect();
    page(&TrailPage { shell: session.shell_with(Some(notice.to_owned())), people, ..shown })
}
