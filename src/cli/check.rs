//! `quanxue check`: are the settings right, does the database answer.

use crate::config::Purpose;

use super::{error::CliError, ground::Ground, say};

/// What `check` may be told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// 检查演示而不是正式数据
    #[arg(long)]
    demo: bool,
}

/// Says what was found; an error is the first thing that is wrong.
pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let ground = Ground::beside(if args.demo { Purpose::Demo } else { Purpose::Service })?;
    say(&format!("时间：{}", ground.config.clock.now().format("%Y年%-m月%-d日 %H:%M")))?;
    say(&format!("数据文件夹：{}", ground.config.data.display()))?;
    say(&ground.database())
}
