//! In front of every route: cross-site requests refused, the session resolved, safe headers set, failures given their page.

use std::net::{IpAddr, SocketAddr};

use askama::Template;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, FromRequestParts, Request, State as AxumState};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use chrono::Utc;

use super::failure::{Failure, FailureWords};
use super::shell::Shell;
use super::state::State;
use super::upload;
use crate::app::sign_in::{self, token_hash};
use crate::db::kept;
use crate::db::sessions::{self, LiveSession};
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
pub(crate) async fn guard(AxumState(state): AxumState<State>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    if path.starts_with("/static/") {
        return with_headers(next.run(request).await, true);
    }
    if !same_site(request.method(), request.headers(), state.site.origin.as_deref()) {
        return dressed(Failure::CrossSite.into_response(), &Shell::default());
    }
    let now = state.services.db.clock().now().with_timezone(&Utc);
    let token = CookieJar::from_headers(request.headers()).get(state.cookie_name()).map(|c| c.value().to_owned());
    let live = match live_session(&state, token.as_deref()).await {
        Ok(live) => live,
        Err(failure) => return dressed(failure.into_response(), &Shell::default()),
    };
    let shell = live.as_ref().map(|live| Shell::new(live, &path, now)).unwrap_or_default();
    let address = address(&state, &request);
    let actor = live.as_ref().and_then(|live| live.actor.clone());
    let open = OPEN.contains(&path.as_str()) || HALFWAY.contains(&path.as_str()) && live.is_some();
    match (&live, actor) {
        (Some(live), Some(actor)) if !live.must_change => {
            request.extensions_mut().insert(Session { live: live.clone(), actor, shell: shell.clone() });
        }
        _ if open => {}
        (Some(live), _) => {
            return with_headers(
                Redirect::to(if live.must_change { "/password" } else { "/appointments" }).into_response(),
                false,
            );
        }
        (None, _) => return with_headers(signed_out(&state, token.as_deref(), request).await, false),
    }
    request.extensions_mut().insert(Visitor { live, shell: shell.clone(), address });
    dressed(next.run(request).await, &shell)
}

async fn live_session(state: &State, token: Option<&str>) -> Result<Option<LiveSession>, Failure> {
    match token {
        Some(token) => Ok(sign_in::session(&state.services, token).await?),
        None => Ok(None),
    }
}

/// Nobody is signed in: to the sign-in page, and a form that came too late is kept for its writer.
async fn signed_out(state: &State, token: Option<&str>, request: Request) -> Response {
    let plain = request
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|t| t.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    let form = request.method() == Method::POST && (plain || upload::is_multipart(request.headers()));
    match (form, token) {
        (true, Some(token)) => match keep(state, token, request).await {
            Ok(true) => Redirect::to("/sign-in?why=kept").into_response(),
            Ok(false) => Redirect::to("/sign-in?why=late").into_response(),
            Err(failure) => dressed(failure.into_response(), &Shell::default()),
        },
        (_, Some(_)) => Redirect::to("/sign-in?why=late").into_response(),
        _ => Redirect::to("/sign-in").into_response(),
    }
}

async fn keep(state: &State, token: &str, request: Request) -> Result<bool, Failure> {
    let path = request.uri().path().to_owned();
    let mut gate = state.services.db.gate().await?;
    let dead = sessions::dead(&mut gate, &token_hash(token)).await?;
    gate.commit().await?;
    let Some(dead) = dead else { return Ok(false) };
    let body = if upload::is_multipart(request.headers()) {
        upload::texts_only(request, state).await?
    } else {
        to_bytes(request.into_body(), 64 * 1024).await.map_err(|_| Failure::TooLarge)?.to_vec()
    };
    let key = state.services.key(dead.county).await?;
    let id = kept::new_id();
    let sealed = key.seal("kept_form.body", id, &body)?;
    let mut gate = state.services.db.gate().await?;
    gate.enter_county(dead.county, Some(dead.user)).await?;
    kept::keep(&mut gate, dead.county, dead.user, id, &path, &sealed).await?;
    gate.commit().await?;
    Ok(true)
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
    let Some(words) = response.extensions().get::<FailureWords>().cloned() else {
        return with_headers(response, false);
    };
    let (mut parts, _) = response.into_parts();
    let body = FailurePage { shell, words: &words }.render().unwrap_or_else(|_| words.text.clone());
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    with_headers(Response::from_parts(parts, Body::from(body)), false)
}

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; \
    font-src 'self'; form-action 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'";

fn with_headers(mut response: Response, cacheable: bool) -> Response {
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, CSP);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "geolocation=(self), camera=(self)");
    if !cacheable {
        set(header::CACHE_CONTROL, "no-store");
    }
    response
}

/// The moment of a request, for pages that show days.
pub(crate) fn now(state: &State) -> Moment {
    state.services.db.clock().now().with_timezone(&Utc)
}
