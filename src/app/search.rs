//! Finding a child by what was typed: a name, pinyin, initials, the tail of a number, a roll number.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;

use super::services::{AppError, Services};
use crate::db::cases::codes::{self, Coded};
use crate::db::children::Search;
use crate::db::{Door, pace};
use crate::domain::actor::Actor;
use crate::domain::pace::Paced;
use crate::domain::{check_code, idno, name_keys};
use crate::vault::{CountyKey, Index};

/// The longest query, in characters.
pub const LONGEST: usize = 40;

/// Seals a query so that it can stand in an address without being read there; it opens for the same person only.
pub async fn seal(services: &Services, actor: &Actor, query: &str) -> Result<String, AppError> {
    let key = services.key(actor.county).await?;
    Ok(BASE64.encode(key.seal("search.query", owner(actor), query.as_bytes())?))
}

/// Opens a sealed query; none where it is not this person's.
pub async fn open(services: &Services, actor: &Actor, sealed: &str) -> Result<Option<String>, AppError> {
    let key = services.key(actor.county).await?;
    let opened = BASE64.decode(sealed).ok().and_then(|bytes| key.open_text("search.query", owner(actor), &bytes).ok());
    Ok(opened)
}

fn owner(actor: &Actor) -> uuid::Uuid {
    actor.user().map(|u| u.0).unwrap_or_default()
}

/// Whether the person may search once more in this minute; counts it.
pub async fn may(services: &Services, actor: &Actor) -> Result<bool, AppError> {
    let write = services.db.write(actor).await?;
    Ok(pace::count_alone(write, Paced::Search).await?)
}

/// The sheets that a 核验码 stands for, as far as the reader sees them; none where the query is no code.
pub async fn by_code(db: &mut impl Door, query: &str) -> Result<Vec<Coded>, AppError> {
    match check_code::range(query) {
        Some(range) => Ok(codes::between(db, range, 10).await?),
        None => Ok(Vec::new()),
    }
}

/// How to go about a query; none where there is nothing to go by.
pub async fn plan(services: &Services, actor: &Actor, query: &str) -> Result<Option<Search>, AppError> {
    let key = services.key(actor.county).await?;
    Ok(understand(&key, query))
}

fn understand(key: &CountyKey, query: &str) -> Option<Search> {
    let tight: String = query.chars().filter(|c| !c.is_whitespace()).collect();
    let number = idno::normalise(&tight);
    let digits = number.trim_end_matches('X');
    let is_number =
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && number.len() - digits.len() <= 1;
    let is_roll = number.len() == 19 && number.starts_with(['G', 'L', 'J']);
    if is_number || is_roll {
        let index = match number.len() {
            4 => Index::Tail4,
            6 => Index::Tail6,
            18 => Index::IdentityNumber,
            19 => Index::RollNumber,
            _ => return None,
        };
        return Some(Search::Hashes(vec![key.index(index, &number)]));
    }
    if tight.bytes().all(|b| b.is_ascii_alphabetic() || b == b'\'') {
        let letters: String = tight.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect();
        return (letters.len() >= 2).then(|| Search::Prefixes(vec![format!("p:{letters}"), format!("i:{letters}")]));
    }
    let pieces = name_keys::query_pieces(&tight);
    (!pieces.is_empty()).then_some(Search::Pieces(pieces))
}
