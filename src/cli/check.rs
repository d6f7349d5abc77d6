//! `quanxue check`: are the settings right, does the database answer, are its walls up.

use crate::config::{Config, Purpose};

use super::{error::CliError, ground::Ground, say, service};

/// What `check` may be told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// 检查演示而不是正式数据
    #[arg(long)]
    demo: bool,
}

/// Says what was found; an error is the first thing that is wrong.
pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let purpose = if args.demo { Purpose::Demo } else { Purpose::Service };
    let ground = Ground::beside(Config::from_environment(purpose)?)?;
    say(&format!("时间：{}", ground.config.clock.now().format("%Y年%-m月%-d日 %H:%M")))?;
    say(&format!("数据文件夹：{}", ground.config.data.display()))?;
    say(&ground.database())?;
    service::runtime()?.block_on(async {
        let services = ground.services().await?;
        services.db.close().await;
        say("数据库的防护完整，密钥可用。")
    })
}
