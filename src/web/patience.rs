//! How long a request may take: a minute, or ten where photographs come over a village's network; and that it is seen
//! through though nobody waits for it any more.

use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument as _;

use super::failure::Failure;
use super::upload;

/// Any page.
const PAGE: Duration = Duration::from_mins(1);
/// A form with files: thirty megabytes at half a megabit a second take eight minutes.
const UPLOAD: Duration = Duration::from_mins(10);
/// Beyond both: what hangs before a page is reached at all.
pub(crate) const LAST: Duration = Duration::from_mins(11);

/// Tells whoever waits longer that it takes too long; what was begun is still seen through.
pub(crate) async fn patience(request: Request, next: Next) -> Response {
    let limit = if upload::is_multipart(request.headers()) { UPLOAD } else { PAGE };
    match tokio::time::timeout(limit, seen_through(next.run(request))).await {
        Ok(response) => response,
        Err(_) => Failure::TooSlow.into_response(),
    }
}

/// Sees a request through though its browser hangs up: cut off at a chance place, a connection to the database would be
/// left waiting inside a transaction, and an act would be neither done nor refused.
pub(crate) async fn to_the_end(request: Request, next: Next) -> Response {
    seen_through(next.run(request)).await
}

/// Runs on to its end, whoever still waits for it.
async fn seen_through(work: impl Future<Output = Response> + Send + 'static) -> Response {
    match tokio::spawn(work.in_current_span()).await {
        Ok(response) => response,
        Err(broken) if broken.is_panic() => std::panic::resume_unwind(broken.into_panic()),
        Err(_) => Failure::TooSlow.into_response(),
    }
}
