//! `quanxue migrate`: roles and tables as this version of the program wants them.

use crate::config::{Config, Purpose};

use super::{error::CliError, ground::Ground, say, service};

/// What `migrate` may be told: nothing.
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

/// Brings the database up to date, as its owner.
pub(super) fn run(_args: &Args) -> Result<(), CliError> {
    let ground = Ground::beside(Config::from_environment(Purpose::Service)?)?;
    service::runtime()?.block_on(ground.migrate())?;
    say("数据库已是本版本的结构。")
}
