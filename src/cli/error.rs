//! Why a command did not do its work, for the person at the terminal.

use std::process::ExitCode;

use crate::{config::ConfigError, postgres::PostgresError};

/// What a command may end with.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    /// The command line was not understood.
    #[error("{0}")]
    Usage(String),
    /// The environment is not as it must be.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The private Postgres cannot be had.
    #[error(transparent)]
    Postgres(#[from] PostgresError),
    /// Standard output is closed.
    #[error("写不出结果：{0}。")]
    Output(std::io::Error),
}

impl CliError {
    /// 2 for what was typed or set, as everywhere; 1 for the rest.
    pub(super) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) | Self::Config(_) => ExitCode::from(2),
            _ => ExitCode::FAILURE,
        }
    }
}
