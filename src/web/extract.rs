//! The only places where axum's own extractors are used: bad input gets our page, and nothing typed is lost.
#![expect(clippy::disallowed_types, reason = "these are the wrappers that others use instead of axum's own")]

use std::borrow::Cow;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::failure::Failure;
use super::state::State;

/// Parts of the address. One that does not parse is a page that does not exist.
pub(crate) struct Path<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<State> for Path<T> {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Failure> {
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(value)| Self(value)).map_err(|_| Failure::NotFound)
    }
}

/// What follows the question mark: filters, sorts, pages; never a person's data.
pub(crate) struct Query<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<State> for Query<T> {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Failure> {
        let query = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        query
            .map(|axum::extract::Query(value)| Self(value))
            .map_err(|_| Failure::bad("地址里的筛选条件无法识别，请从页面上重新筛选。"))
    }
}

/// A form as it was sent: its fields as a struct, and as they were typed.
#[derive(Debug)]
pub(crate) struct Form<T> {
    /// The fields.
    pub value: T,
    /// The key against sending twice.
    pub key: Uuid,
    /// SHA-256 of the body.
    pub body_hash: Vec<u8>,
    /// Every field as typed, for showing it again.
    pub typed: Vec<(String, String)>,
}

impl<T: DeserializeOwned> FromRequest<State> for Form<T> {
    type Rejection = Failure;
    async fn from_request(request: Request, state: &State) -> Result<Self, Failure> {
        let body = Bytes::from_request(request, state).await.map_err(|_| Failure::TooLarge)?;
        Self::parse(&body)
    }
}

impl<T: DeserializeOwned> Form<T> {
    /// Reads a form's body.
    pub(crate) fn parse(body: &[u8]) -> Result<Self, Failure> {
        let unreadable = || Failure::bad("表单无法识别，请返回原页面刷新后再提交。");
        let value = serde_html_form::from_bytes(body).map_err(|_| unreadable())?;
        let typed: Vec<(String, String)> = serde_html_form::from_bytes(body).map_err(|_| unreadable())?;
        // No keyboard types it, and no text column takes it.
        if typed.iter().any(|(name, value)| name.contains('\0') || value.contains('\0')) {
            return Err(unreadable());
        }
        let key = typed.iter().find(|(name, _)| name == "key").and_then(|(_, key)| key.parse().ok());
        Ok(Self { value, key: key.unwrap_or_default(), body_hash: Sha256::digest(body).to_vec(), typed })
    }
}

/// Faults of a form, field by field, in the order in which they are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Errors(Vec<(Cow<'static, str>, String)>);

impl Errors {
    /// Adds a fault.
    pub(crate) fn add(&mut self, field: impl Into<Cow<'static, str>>, message: impl Into<String>) {
        self.0.push((field.into(), message.into()));
    }

    /// The fault of a field.
    pub(crate) fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, message)| message.as_str())
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, for the summary.
    pub(crate) fn all(&self) -> &[(Cow<'static, str>, String)] {
        &self.0
    }
}
