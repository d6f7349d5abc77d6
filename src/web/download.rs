//! Files that a page hands out: never shown in place, never kept by the browser.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// A workbook under a Chinese name (RFC 5987).
pub(crate) fn workbook(name: &str, bytes: Vec<u8>) -> Response {
    attachment(name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes)
}

/// A file under a Chinese name, to be saved.
pub(crate) fn attachment(name: &str, media: &'static str, bytes: Vec<u8>) -> Response {
    let encoded: String = name.bytes().map(encode).collect();
    let disposition = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{encoded}"));
    let disposition = disposition.unwrap_or(HeaderValue::from_static("attachment"));
    ([(header::CONTENT_TYPE, HeaderValue::from_static(media)), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response()
}

fn encode(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}
