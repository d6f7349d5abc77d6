//! The reveal of a child's number and phones: a write with its reason, the values shown once.

use crate::app::{AppError, Services};
use crate::db::{pace, register as stored};
use crate::domain::actor::Actor;
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::ChildId;
use crate::domain::pace::Paced;

/// What was revealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revealed {
    /// The identity number, in groups; empty where there is none.
    pub number: String,
    /// Whose phone, and the phone.
    pub phones: Vec<(String, String)>,
}

/// Opens the number and phones of a child and says so in the same transaction; none where the person has revealed as
/// many in this hour as one may.
pub async fn reveal(
    services: &Services,
    actor: &Actor,
    child: ChildId,
    reason: &str,
) -> Result<Option<Revealed>, AppError> {
    let key = services.key(actor.county).await?;
    let mut write = services.db.write(actor).await?;
    if !pace::count(&mut write, Paced::Reveal).await? {
        return Ok(None);
    }
    let sealed = stored::sealed_numbers(&mut write, child).await?;
    let number = match &sealed.idno {
        Some(bytes) => crate::domain::idno::group(&key.open_text("child.idno", child.0, bytes)?),
        None => String::new(),
    };
    let mut phones = Vec::new();
    for (id, name, bytes) in &sealed.phones {
        phones.push((name.clone(), key.open_text("guardian.phone", id.0, bytes)?));
    }
    write.commit(Event::new(EventKind::NumberRevealed).child(child).with("reason", reason)).await?;
    Ok(Some(Revealed { number, phones }))
}
