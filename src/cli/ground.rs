//! What every command stands on: its settings, its log, and a database that answers.

use crate::{
    config::{Config, Database, Purpose},
    postgres::{PostgresSettings, PrivatePostgres},
    telemetry,
};

use super::error::CliError;

/// Settings read, log begun, the private Postgres up if there is to be one. Dropping it stops what it started.
#[derive(Debug)]
pub(super) struct Ground {
    pub(super) config: Config,
    postgres: Option<PrivatePostgres>,
}

impl Ground {
    /// For a command that works beside a running service.
    pub(super) fn beside(purpose: Purpose) -> Result<Self, CliError> {
        Self::lay(Config::from_environment(purpose)?, PrivatePostgres::start_or_join)
    }

    fn lay(
        config: Config,
        start: fn(&PostgresSettings) -> Result<PrivatePostgres, crate::postgres::PostgresError>,
    ) -> Result<Self, CliError> {
        telemetry::start(&config)?;
        let postgres = match &config.database {
            Database::Private(settings) => Some(start(settings)?),
            Database::Given { .. } => None,
        };
        Ok(Self { config, postgres })
    }

    /// Which database it is, in a sentence.
    pub(super) fn database(&self) -> String {
        match &self.postgres {
            Some(postgres) => {
                format!("数据库：自带的 PostgreSQL（{}）", postgres.superuser_options().socket_dir.display())
            }
            None => "数据库：由 DATABASE_URL 指定".to_owned(),
        }
    }
}
