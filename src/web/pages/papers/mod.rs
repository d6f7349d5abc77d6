//! Papers: the list, one paper with its issue, service and printing, drafts, and how an organ numbers them.

pub(crate) mod draft;
pub(crate) mod issue;
pub(crate) mod list;
pub(crate) mod one;
pub(crate) mod series;
pub(crate) mod service;

use axum::response::{IntoResponse, Redirect, Response};

use crate::app::cases::{At, Done, NotDone};
use crate::app::sending::Sending;
use crate::domain::ids::CaseId;
use crate::domain::refusal::Refusal;
use crate::web::extract::Errors;
use crate::web::failure::Failure;

/// What a page shows again when an act was not done.
#[derive(Debug, Default)]
pub(super) struct Again {
    /// What is wrong with what was typed.
    pub errors: Errors,
    /// Everything that stands against the act.
    pub refusal: Option<Refusal>,
}

type Typed = Vec<(String, String)>;

/// Which case a form is about, and how many facts its page showed.
fn at(case: CaseId, sent: Sending, typed: &Typed) -> At {
    let seen = typed.iter().find(|(name, _)| name == "seen").and_then(|(_, seen)| seen.parse().ok());
    At { case, seen, sent }
}

/// On to where the act leads, or what its page shows again.
fn answer(outcome: Result<Done, NotDone>, typed: Typed, back: &str) -> Result<Result<Response, Again>, Failure> {
    match outcome {
        Ok(done) => Ok(Ok(Redirect::to(&done.location).into_response())),
        Err(why) => Ok(Err(again(why, typed, back)?)),
    }
}

fn again(why: NotDone, typed: Typed, back: &str) -> Result<Again, Failure> {
    match why {
        NotDone::NotAllowed(action) => Err(Failure::Forbidden(format!("“{action}”不在您的权限内。"))),
        NotDone::Refused(refusal) => Ok(Again { refusal: Some(refusal), ..Again::default() }),
        NotDone::Faulty(faults) => Ok(Again { errors: faults.into(), ..Again::default() }),
        NotDone::Conflict(why) => Err(Failure::Conflict { why, typed, back: back.to_owned() }),
        NotDone::Failed(error) => Err(error.into()),
    }
}
