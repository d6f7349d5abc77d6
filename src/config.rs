//! What the program is told by its environment, read once and typed; unsafe production settings are refused here.
//!
//! README.md has the table of all variables. Secrets come from files only, as soon as it matters.

mod production;
mod read;
mod secret;

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use crate::clock::Clock;
use crate::papers::TypesetterSettings;
use crate::postgres::PostgresSettings;

pub use read::Environment;
pub use secret::Secret;

/// Where this program runs, which decides how strict it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Somebody's own machine: the demo, development, tests.
    Development,
    /// Real children.
    Production,
}

/// What the program is started for: the demo keeps away from real data and has its own day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A county's work.
    Service,
    /// The demonstration.
    Demo,
}

/// Where the database is.
#[derive(Debug, Clone)]
pub enum Database {
    /// The program runs its own.
    Private(PostgresSettings),
    /// Somebody else runs it (`DATABASE_URL`).
    Given {
        /// A `postgres://` address.
        url: Secret,
        /// From `QUANXUE_DATABASE_PASSWORD_FILE`.
        password: Option<Secret>,
        /// Whoever owns the tables, for `quanxue migrate` (`QUANXUE_OWNER_DATABASE_URL`).
        owner_url: Option<Secret>,
    },
}

/// Everything the environment says.
#[derive(Debug, Clone)]
pub struct Config {
    /// How strict to be (`QUANXUE_ENV`).
    pub stage: Stage,
    /// What time it is (`QUANXUE_NOW`).
    pub clock: Clock,
    /// Where to listen (`QUANXUE_HOST`, `QUANXUE_PORT`); port 0 takes any free one.
    pub listen: SocketAddr,
    /// The address people type, without a path (`QUANXUE_ORIGIN`).
    pub origin: Option<String>,
    /// Whose word on the sender of a request is taken (`QUANXUE_PROXIES`).
    pub proxies: Vec<IpAddr>,
    /// Database, files and keys live here (`QUANXUE_DATA`).
    pub data: PathBuf,
    /// The file of the county keys' key (`QUANXUE_KEY_FILE`).
    pub key_file: PathBuf,
    /// Where the database is.
    pub database: Database,
    /// What sets papers (`QUANXUE_TYPESET`, `QUANXUE_FONTS`).
    pub typesetter: TypesetterSettings,
    /// What to log (`QUANXUE_LOG`), in the words of `tracing_subscriber::EnvFilter`.
    pub log: String,
}

/// All that is wrong with the environment, a sentence each.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct ConfigError(pub Vec<String>);

impl Config {
    /// Reads the process's own environment.
    pub fn from_environment(purpose: Purpose) -> Result<Self, ConfigError> {
        Self::read(&Environment::of_the_process(), purpose)
    }

    /// Reads an environment and reports everything wrong with it at once.
    pub fn read(env: &Environment, purpose: Purpose) -> Result<Self, ConfigError> {
        let mut problems = Vec::new();
        let config = read::config(env, purpose, &mut problems);
        if config.stage == Stage::Production {
            production::check(env, purpose, &mut problems);
        }
        if problems.is_empty() { Ok(config) } else { Err(ConfigError(problems)) }
    }
}
