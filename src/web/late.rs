//! Forms that come after sign-out: kept, sealed, a day for the same person.

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::failure::Failure;
use super::state::State;
use super::upload;
use crate::app::sign_in::token_hash;
use crate::db::kept::{self, KeptForm};
use crate::db::sessions;

/// The longest a form's texts may be together.
const TEXTS: usize = 64 * 1024;

/// Nobody is signed in: to the sign-in page, and a form that came too late is kept for its writer.
pub(super) async fn signed_out(state: &State, token: Option<&str>, request: Request) -> Response {
    let form = request.method() == Method::POST && worth_keeping(request.uri().path());
    match (form, token) {
        (true, Some(token)) => match keep(state, token, request).await {
            Ok(true) => Redirect::to("/sign-in?why=kept").into_response(),
            Ok(false) => Redirect::to("/sign-in?why=late").into_response(),
            Err(failure) => failure.into_response(),
        },
        (_, Some(_)) => Redirect::to("/sign-in?why=late").into_response(),
        _ => Redirect::to("/sign-in").into_response(),
    }
}

/// What was typed into these is not to be kept, or means nothing later. (`//host` would be another site's address.)
fn worth_keeping(path: &str) -> bool {
    !["/sign-in", "/sign-out", "/appointments", "/password", "/search"].contains(&path) && !path.starts_with("//")
}

async fn keep(state: &State, token: &str, request: Request) -> Result<bool, Failure> {
    let mut gate = state.services.db.gate().await?;
    let dead = sessions::dead(&mut gate, &token_hash(token)).await?;
    gate.commit().await?;
    let Some(dead) = dead else { return Ok(false) };
    let path = request.uri().path().to_owned();
    let body = if upload::is_multipart(request.headers()) {
        upload::texts_only(request, state).await?
    } else if is_plain(request.headers()) {
        to_bytes(request.into_body(), TEXTS).await.map_err(|_| Failure::TooLarge)?.to_vec()
    } else {
        return Ok(false);
    };
    let key = state.services.key(dead.county).await?;
    let id = kept::new_id();
    let body_sealed = key.seal("kept_form.body", id, &body)?;
    let mut gate = state.services.db.gate().await?;
    gate.enter_county(dead.county, Some(dead.user)).await?;
    let form = KeptForm { id, path, body_sealed, kept_at: gate.now() };
    kept::keep(&mut gate, dead.county, dead.user, &form).await?;
    gate.commit().await?;
    Ok(true)
}

fn is_plain(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"application/x-www-form-urlencoded"))
}
