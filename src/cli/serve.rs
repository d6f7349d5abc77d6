//! `quanxue serve`: the service of a county.

use crate::config::{Config, Purpose};

use super::{error::CliError, ground::Ground, say, service};

/// What `serve` may be told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// 网页的端口，0 表示任取一个空闲的；默认用 QUANXUE_PORT，再默认 8080
    #[arg(long, value_name = "端口")]
    port: Option<u16>,
}

/// Serves until told to stop. The private Postgres is brought up to date by itself; a database of somebody else's only
/// by `quanxue migrate`.
pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let mut config = Config::from_environment(Purpose::Service)?;
    config.listen.set_port(args.port.unwrap_or(config.listen.port()));
    let listener = service::listen(&config)?;
    let ground = Ground::alone(config)?;
    service::runtime()?.block_on(async {
        let services = ground.services().await?;
        let ready = service::Ready { listener, services, demo: false };
        service::serve(&ground.config, ready, |origin| say(&format!("劝学已启动：{origin}"))).await
    })
}
