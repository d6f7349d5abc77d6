//! What a page answers when a form was not carried out.

use axum::response::{IntoResponse, Redirect, Response};

use super::extract::{Errors, Form};
use super::failure::Failure;
use crate::app::sending::{Before, Sending};
use crate::domain::faults::Faults;
use crate::domain::ids::FormKey;

impl<T> Form<T> {
    /// The mark of this sending, for the use case.
    pub(crate) fn sending(&self) -> Sending {
        Sending { key: self.key, body_hash: self.body_hash.clone() }
    }
}

impl From<Faults> for Errors {
    fn from(faults: Faults) -> Self {
        let mut errors = Self::default();
        for (field, message) in faults.0 {
            errors.add(field, message);
        }
        errors
    }
}

/// A key for a form that is about to be shown.
pub(crate) fn fresh_key() -> FormKey {
    FormKey::new()
}

/// The form came before: to where it led, or a conflict that shows what was typed this time.
pub(crate) fn already(before: Before, typed: Vec<(String, String)>, back: &str) -> Result<Response, Failure> {
    match before {
        Before::Same(location) => Ok(Redirect::to(&location).into_response()),
        Before::Different => Err(Failure::Conflict {
            why: "同一张表已经提交过，这次的内容与上次不同，没有保存。请查看现在的情况，需要时重新填写。".to_owned(),
            typed,
            back: back.to_owned(),
        }),
    }
}
