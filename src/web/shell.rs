//! The frame around every page: who is here, where they can go, what was just done.

use axum::response::{Html, IntoResponse, Response};

use super::failure::Failure;
use super::navigation::{self, Entry};
use crate::db::sessions::LiveSession;
use crate::domain::actor::{Actor, Person};
use crate::domain::moment::{Moment, full_day_time};

/// What the frame shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shell {
    /// 长辈版
    pub large_print: bool,
    /// 左岚乡人民政府 · 经办, and the name; nobody before sign-in.
    pub who: Option<(String, String)>,
    /// The entries, and which one is current.
    pub nav: Vec<(Entry, bool)>,
    /// Whether the search box is shown.
    pub find: bool,
    /// What was just done.
    pub notice: Option<String>,
    /// 数据截至 …
    pub as_of: String,
}

impl Shell {
    /// The frame of a session on a page below `path`.
    pub(crate) fn new(session: &LiveSession, path: &str, now: Moment) -> Self {
        let person = session.actor.as_ref().and_then(Actor::person);
        Self {
            large_print: session.large_print,
            who: Some(person.map_or_else(|| (String::new(), session.name.clone()), who_line)),
            nav: person.map(|p| nav_of(p, path)).unwrap_or_default(),
            find: person.is_some_and(|p| !p.role.is_keeper()),
            notice: None,
            as_of: full_day_time(now),
        }
    }
}

fn who_line(person: &Person) -> (String, String) {
    let post = if person.title.is_empty() { person.role.label() } else { &person.title };
    (format!("{} · {post}", person.unit_name), person.name.clone())
}

fn nav_of(person: &Person, path: &str) -> Vec<(Entry, bool)> {
    let here = |entry: &Entry| match entry.path {
        "/" => path == "/",
        other => path == other || path.strip_prefix(other).is_some_and(|rest| rest.starts_with('/')),
    };
    navigation::entries(person.role).iter().map(|entry| (*entry, here(entry))).collect()
}

/// Renders a page.
pub(crate) fn page(template: &impl askama::Template) -> Result<Response, Failure> {
    Ok(Html(template.render()?).into_response())
}

/// Renders a page of a form that was not taken (422).
pub(crate) fn again(template: &impl askama::Template) -> Result<Response, Failure> {
    Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, Html(template.render()?)).into_response())
}
