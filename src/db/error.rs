//! What can go wrong in the database, as far as a caller can do something about it.

/// A result of the database.
pub type Result<T> = std::result::Result<T, DbError>;

/// A failure of the database.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// Not there, or not for this actor to see: the two are never told apart.
    #[error("no such row for this actor")]
    NotFound,
    /// A unique index refused a second row; the index says which.
    #[error("already there: {0}")]
    Duplicate(String),
    /// Somebody else changed the same thing first.
    #[error("changed by somebody else meanwhile")]
    Conflict,
    /// The walls refused a write.
    #[error("the walls refused it")]
    Walled,
    /// The server is away, busy or out of time: worth another try.
    #[error("the database is not answering")]
    Unavailable(#[source] sqlx::Error),
    /// Anything else; a fault of ours.
    #[error(transparent)]
    Other(sqlx::Error),
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::Database(db) => match db.code().as_deref() {
                Some("23505") => Self::Duplicate(db.constraint().unwrap_or_default().to_owned()),
                Some("40001" | "40P01") => Self::Conflict,
                Some("42501") => Self::Walled,
                Some("57014" | "55P03" | "57P01" | "57P03" | "53300") => Self::Unavailable(error),
                _ => Self::Other(error),
            },
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => Self::Unavailable(error),
            _ => Self::Other(error),
        }
    }
}

impl DbError {
    /// The unique index that refused, if one did.
    pub fn duplicate(&self) -> Option<&str> {
        match self {
            Self::Duplicate(index) => Some(index),
            _ => None,
        }
    }
}
