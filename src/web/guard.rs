//! In front of every route: cross-site requests refused, the session resolved, safe headers set, failures given their page.

use std::any::Any;
use std::net::{IpAddr, SocketAddr};

use askama::Template;
use axum::body::Body;
use axum::extract::{ConnectInfo, FromRequestParts, Request, State as AxumState};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use chrono::Utc;

use super::failure::{Failure, FailureWords};
use super::headers::with_headers;
use super::late;
use super::shell::Shell;
use super::state::State;
use crate::app::{AppError, sign_in};
use crate::db::sessions::LiveSession;
use crate::domain::access::{Action, permit};
use crate::domain::actor::{Actor, Person};
use crate::domain::moment::Moment;

/// A signed-in person acting under an appointment; the guard has put it there.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    /// The session itself.
    pub live: LiveSession,
    /// The person as the doors know them.
    pub actor: Actor,
    /// The frame of this page.
    pub shell: Shell,
}

impl Session {
    /// The person.
    pub(crate) fn person(&self) -> Result<&Person, Failure> {
        self.actor.person().ok_or(Failure::NotFound)
    }

    /// Goes on only where the matrix lets the role do this at all.
    pub(crate) fn require(&self, action: Action) -> Result<(), Failure> {
        let role = self.person()?.role;
        if permit(role, action).allows() {
            return Ok(());
        }
        Err(Failure::Forbidden(format!("“{action}”不在{role}的权限内。")))
    }

    /// Whether the matrix lets the role do this at all.
    pub(crate) fn may(&self, action: Action) -> bool {
        self.actor.role().is_some_and(|role| permit(role, action).allows())
    }

    /// The frame, saying what was just done.
    pub(crate) fn shell_with(&self, notice: Option<String>) -> Shell {
        Shell { notice, ..self.shell.clone() }
    }
}

impl FromRequestParts<State> for Session {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _: &State) -> Result<Self, Failure> {
        parts.extensions.get::<Session>().cloned().ok_or(Failure::NotFound)
    }
}

/// A session before an appointment is chosen or the first password changed.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    /// The session, if there is one.
    pub live: Option<LiveSession>,
    /// The frame of this page.
    pub shell: Shell,
    /// From where the request came.
    pub address: String,
}

impl FromRequestParts<State> for Visitor {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _: &State) -> Result<Self, Failure> {
        parts.extensions.get::<Visitor>().cloned().ok_or(Failure::NotFound)
    }
}

/// Pages that anybody may ask for.
const OPEN: &[&str] = &["/sign-in", "/healthz", "/favicon.ico", "/help"];
/// Pages that a session may ask for before it has an appointment or its own password.
const HALFWAY: &[&str] = &["/appointments", "/password", "/sign-out"];

/// The guard.
pub(crate) async fn guard(AxumState(state): AxumState<State>, request: Request, next: Next) -> Response {
    let (response, shell) = answer(&state, request, next).await;
    with_headers(dressed(response, &shell), state.site.secure)
}

/// The answer, and the frame its page would have.
async fn answer(state: &State, mut request: Request, next: Next) -> (Response, Shell) {
    let path = request.uri().path().to_owned();
    if path.starts_with("/static/") {
        return (next.run(request).await, Shell::default());
    }
    if !same_site(request.method(), request.headers(), state.site.origin.as_deref()) {
        return (Failure::CrossSite.into_response(), Shell::default());
    }
    let now = state.services.db.clock().now().with_timezone(&Utc);
    let token = CookieJar::from_headers(request.headers()).get(state.cookie_name()).map(|c| c.value().to_owned());
    let live = match live_session(state, token.as_deref()).await {
        Ok(live) => live,
        Err(failure) => return (failure.into_response(), Shell::default()),
    };
    let shell = live.as_ref().map(|live| Shell::new(live, &path, now)).unwrap_or_default();
    let address = address(state, &request);
    let actor = live.as_ref().and_then(|live| live.actor.clone());
    let open = OPEN.contains(&path.as_str()) || HALFWAY.contains(&path.as_str()) && live.is_some();
    match (&live, actor) {
        (Some(live), Some(actor)) if !live.must_change => {
            request.extensions_mut().insert(Session { live: live.clone(), actor, shell: shell.clone() });
        }
        _ if open => {}
        (Some(live), _) => {
            let first = if live.must_change { "/password" } else { "/appointments" };
            return (Redirect::to(first).into_response(), shell);
        }
        (None, _) => return (late::signed_out(state, token.as_deref(), request).await, shell),
    }
    request.extensions_mut().insert(Visitor { live, shell: shell.clone(), address });
    (next.run(request).await, shell)
}

async fn live_session(state: &State, token: Option<&str>) -> Result<Option<LiveSession>, Failure> {
    match token {
        Some(token) => Ok(sign_in::session(&state.services, token).await?),
        None => Ok(None),
    }
}

/// Same-origin by Sec-Fetch-Site, else by Origin; with neither, a change is refused. Reading is always free.
fn same_site(method: &Method, headers: &HeaderMap, origin: Option<&str>) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => site == "same-origin",
        (None, Some(from)) => match origin {
            Some(ours) => from == ours,
            None => from.split_once("://").is_some_and(|(_, host)| Some(host) == text("host")),
        },
        (None, None) => false,
    }
}

/// The sender's address: the connection's, or what a believed proxy says.
fn address(state: &State, request: &Request) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(a)| a.ip());
    let forwarded = request.headers().get("x-forwarded-for").and_then(|v| v.to_str().ok());
    let last = forwarded.and_then(|list| list.rsplit(',').next()).and_then(|ip| ip.trim().parse::<IpAddr>().ok());
    match (peer, last) {
        (Some(peer), Some(last)) if state.site.proxies.contains(&peer) => last.to_string(),
        (Some(peer), _) => peer.to_string(),
        (None, _) => String::new(),
    }
}

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage<'a> {
    shell: &'a Shell,
    words: &'a FailureWords,
}

/// Gives a failure its page in the frame of whoever asked.
fn dressed(response: Response, shell: &Shell) -> Response {
    let Some(words) = response.extensions().get::<FailureWords>().cloned() else { return response };
    let (mut parts, _) = response.into_parts();
    let body = FailurePage { shell, words: &words }.render().unwrap_or_else(|_| words.text.clone());
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    Response::from_parts(parts, Body::from(body))
}

/// The page of a handler that panicked: a fault of ours like any other.
#[expect(clippy::needless_pass_by_value, reason = "what the layer that catches it calls")]
pub(crate) fn panicked(why: Box<dyn Any + Send>) -> Response {
    let text = why.downcast_ref::<String>().map(String::as_str).or_else(|| why.downcast_ref::<&str>().copied());
    let fault = AppError::Fault(format!("panic: {}", text.unwrap_or("of another kind")));
    dressed(Failure::Internal(fault).into_response(), &Shell::default())
}

/// The moment of a request, for pages that show days.
pub(crate) fn now(state: &State) -> Moment {
    state.services.db.clock().now().with_timezone(&Utc)
}
