//! Papers: the list, one paper with its issue, service and printing, drafts, and how an organ numbers them.

pub(crate) mod along;
pub(crate) mod batch;
pub(crate) mod draft;
pub(crate) mod issue;
pub(crate) mod list;
mod method;
pub(crate) mod one;
pub(crate) mod series;
pub(crate) mod service;

use axum::response::{IntoResponse, Redirect, Response};

use super::case_act::failure;
use crate::app::cases::{At, Done, NotDone};
use crate::app::sending::Sending;
use crate::domain::ids::CaseId;
use crate::web::extract::Errors;
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::mend::RefusalView;

/// What a page shows again when an act was not done.
#[derive(Debug, Default)]
pub(super) struct Again {
    /// What is wrong with what was typed.
    pub errors: Errors,
    /// Everything that stands against the act, each with the link to where it is mended.
    pub refusal: Option<RefusalView>,
}

/// The case a form is about, and who sent it.
type About<'a> = (&'a Session, CaseId);

type Typed = Vec<(String, String)>;

/// Which case a form is about, and how many facts its page showed.
fn at(case: CaseId, sent: Sending, typed: &Typed) -> At {
    let seen = typed.iter().find(|(name, _)| name == "seen").and_then(|(_, seen)| seen.parse().ok());
    At { case, seen, sent }
}

/// On to where the act leads, or what its page shows again.
fn answer(
    about: About<'_>,
    outcome: Result<Done, NotDone>,
    typed: Typed,
    back: &str,
) -> Result<Result<Response, Again>, Failure> {
    match outcome {
        Ok(done) => Ok(Ok(Redirect::to(&done.location).into_response())),
        Err(why) => Ok(Err(again(about, why, typed, back)?)),
    }
}

fn again((session, case): About<'_>, why: NotDone, typed: Typed, back: &str) -> Result<Again, Failure> {
    match why {
        NotDone::Refused(why) => Ok(Again { refusal: Some(RefusalView::of(session, case, &why)), ..Again::default() }),
        NotDone::Faulty(faults) => Ok(Again { errors: faults.into(), ..Again::default() }),
        other => Err(failure(other, typed, back)),
    }
}
