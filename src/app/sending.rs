//! One sending of a form: done once however often it comes, or not done, with the reasons at their fields.

use uuid::Uuid;

use super::services::AppError;
use crate::db::Write;
use crate::db::idempotency::{self, Taken};
use crate::domain::actor::Actor;
use crate::domain::faults::Faults;

/// What marks one sending of a form.
#[derive(Debug, Clone, Default)]
pub struct Sending {
    /// The form's key.
    pub key: Uuid,
    /// SHA-256 of its body.
    pub body_hash: Vec<u8>,
}

/// The form came before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Before {
    /// With the same body: where it led.
    Same(String),
    /// With another body.
    Different,
}

/// Why a form was not carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotDone {
    /// Something typed is wrong, or a rule speaks against it.
    Faults(Faults),
    /// It was carried out before.
    Before(Before),
}

impl From<Faults> for NotDone {
    fn from(faults: Faults) -> Self {
        Self::Faults(faults)
    }
}

impl NotDone {
    /// One fault.
    pub fn fault(field: &'static str, message: impl Into<String>) -> Self {
        Self::Faults(Faults::one(field, message))
    }

    /// Why, for a person at a terminal.
    pub fn sentence(&self) -> String {
        match self {
            Self::Faults(faults) => faults.sentence(),
            Self::Before(_) => "已经办过".to_owned(),
        }
    }
}

/// A use case's answer: done, or not done, or broken.
pub type Outcome<T> = Result<Result<T, NotDone>, AppError>;

impl Sending {
    /// Takes the form's key for work that will lead to `location`. The system's own work has no form and takes nothing.
    pub async fn take(&self, write: &mut Write, location: &str) -> Outcome<()> {
        if write.actor().user().is_none() {
            return Ok(Ok(()));
        }
        Ok(match idempotency::take(write, self.key, &self.body_hash, location).await? {
            Taken::Fresh => Ok(()),
            Taken::Replay(location) => Err(NotDone::Before(Before::Same(location))),
            Taken::Differs => Err(NotDone::Before(Before::Different)),
        })
    }

    /// Where this very form led when it came before; for work that is costly to begin.
    pub async fn before(&self, services: &super::Services, actor: &Actor) -> Result<Option<Before>, AppError> {
        let mut write = services.db.write(actor).await?;
        let taken = self.take(&mut write, "").await?;
        write.abandon().await?;
        Ok(match taken {
            Err(NotDone::Before(before)) => Some(before),
            _ => None,
        })
    }
}
