//! Files that a page hands out: never kept by the browser, and shown in place only if we wrote every byte of them.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// Whatever a browser makes of it, it runs nothing and reaches nothing.
const SANDBOX: &str = "default-src 'none'; sandbox";

/// A workbook under a Chinese name (RFC 5987).
pub(crate) fn workbook(name: &str, bytes: Vec<u8>) -> Response {
    attachment(name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes)
}

/// A file under a Chinese name, to be saved.
pub(crate) fn attachment(name: &str, media: &str, bytes: Vec<u8>) -> Response {
    let encoded: String = name.bytes().map(encode).collect();
    let disposition = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{encoded}"));
    let media = HeaderValue::from_str(media);
    let headers = [
        (header::CONTENT_TYPE, media.unwrap_or(HeaderValue::from_static("application/octet-stream"))),
        (header::CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("attachment"))),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX)),
    ];
    (headers, bytes).into_response()
}

/// A photograph that was made anew here: the only file that is shown in place.
pub(crate) fn picture(jpeg: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("inline")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX)),
    ];
    (headers, jpeg).into_response()
}

/// A PDF to be looked at and printed.
pub(crate) fn inline_pdf(name: &str, bytes: Vec<u8>) -> Response {
    let encoded: String = name.bytes().map(encode).collect();
    let disposition = HeaderValue::from_str(&format!("inline; filename*=UTF-8''{encoded}"));
    let disposition = disposition.unwrap_or(HeaderValue::from_static("inline"));
    let media = HeaderValue::from_static("application/pdf");
    ([(header::CONTENT_TYPE, media), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response()
}

fn encode(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}
