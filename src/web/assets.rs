//! Stylesheets and scripts, compiled in, addressed by their content so that a browser may keep them for ever.

use std::sync::LazyLock;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::extract::Path;

struct Asset {
    name: &'static str,
    media: &'static str,
    body: &'static str,
}

const ASSETS: &[Asset] = &[
    Asset { name: "app.css", media: "text/css; charset=utf-8", body: include_str!("../../static/app.css") },
    Asset { name: "more.css", media: "text/css; charset=utf-8", body: include_str!("../../static/more.css") },
    Asset { name: "print.css", media: "text/css; charset=utf-8", body: include_str!("../../static/print.css") },
    Asset { name: "plain.css", media: "text/css; charset=utf-8", body: include_str!("../../static/plain.css") },
    Asset { name: "app.js", media: "text/javascript; charset=utf-8", body: include_str!("../../static/app.js") },
    Asset { name: "job.js", media: "text/javascript; charset=utf-8", body: include_str!("../../static/job.js") },
    Asset { name: "mark.svg", media: "image/svg+xml", body: include_str!("../../static/mark.svg") },
];

/// Changes whenever any of them does.
static EDITION: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    for asset in ASSETS {
        hash.update(asset.body);
    }
    hex::encode(&hash.finalize()[..6])
});

/// The address of an asset.
pub(crate) fn href(name: &str) -> String {
    format!("/static/{}/{name}", *EDITION)
}

/// Serves one.
pub(crate) async fn serve(Path((_edition, name)): Path<(String, String)>) -> Response {
    match ASSETS.iter().find(|asset| asset.name == name) {
        Some(asset) => (
            [(header::CONTENT_TYPE, asset.media), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")],
            asset.body,
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
