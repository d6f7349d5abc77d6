//! What an act is told and what it answers: the case and the form, done or not done and why.

use crate::app::AppError;
use crate::app::sending::Sending;
use crate::db::DbError;
use crate::domain::access::Action;
use crate::domain::faults::Faults;
use crate::domain::ids::CaseId;
use crate::domain::refusal::Refusal;
use crate::files::Ready;

/// What an act names beside its own fields.
#[derive(Debug, Clone)]
pub struct At {
    /// The case.
    pub case: CaseId,
    /// How many facts the page showed; a newer count is a conflict. None where an act is true whatever came between.
    pub seen: Option<i32>,
    /// The form.
    pub sent: Sending,
}

/// A file that came with a form and was looked at ([`crate::files`]).
#[derive(Debug, Clone)]
pub struct Upload {
    /// Its bytes and what they are.
    pub ready: Ready,
    /// The sender's name for it.
    pub name: String,
}

/// An act that was done, now or when the same form came before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Where to go next: a path that ends in `?done=code`.
    pub location: String,
}

/// An act that was not done; nothing was stored.
#[derive(Debug)]
pub enum NotDone {
    /// The matrix does not let the role do it at all.
    NotAllowed(Action),
    /// The rules stand against it; everything that is unmet.
    Refused(Refusal),
    /// Something typed is wrong, each at its field.
    Faulty(Faults),
    /// Somebody else was faster, or the same key came with another body; what happened, in a sentence.
    Conflict(String),
    /// The machinery failed, or the case is not the actor's to see.
    Failed(AppError),
}

impl NotDone {
    /// Why, for a person at a terminal.
    pub fn sentence(&self) -> String {
        match self {
            Self::NotAllowed(action) => format!("这个身份不能办“{action}”"),
            Self::Refused(refusal) => refusal.sentence(),
            Self::Faulty(faults) => faults.sentence(),
            Self::Conflict(why) => why.clone(),
            Self::Failed(error) => error.to_string(),
        }
    }
}

impl<E: Into<AppError>> From<E> for NotDone {
    fn from(error: E) -> Self {
        match error.into() {
            AppError::Db(DbError::Conflict) => Self::Conflict(CHANGED.to_owned()),
            other => Self::Failed(other),
        }
    }
}

impl From<Refusal> for NotDone {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Faults> for NotDone {
    fn from(faults: Faults) -> Self {
        Self::Faulty(faults)
    }
}

pub(super) const CHANGED: &str = "您打开这一页以后，有人办理了这一案，情况已经变化。请对照最新的情况，再决定是否办理。";
pub(super) const OTHER_BODY: &str = "同一份表单已经提交过，内容与这一次不同，没有再次保存。请核对已经保存的内容。";
