//! `quanxue check`: are the settings right, does the database answer, are its walls up; `check policies`: are the
//! profiles sound, and do they quote their documents rightly.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::config::{Config, Purpose};
use crate::domain::policy::{self, Library};

use super::{error::CliError, ground::Ground, profiles, say, service};

/// What `check` may be told.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// 检查演示而不是正式数据
    #[arg(long)]
    demo: bool,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// 检查实施方案：写法、程序有没有绕圈、引的原文对不对
    Policies {
        /// 另外的方案文件夹；不写就检查随程序带的方案
        #[arg(long, value_name = "文件夹")]
        policies: Option<PathBuf>,
        /// 政策文件原文的文件夹（000.txt、001.txt …）；给了就逐句核对引文
        #[arg(long, value_name = "文件夹")]
        seeds: Option<PathBuf>,
    },
}

/// Says what was found; an error is the first thing that is wrong.
pub(super) fn run(args: &Args) -> Result<(), CliError> {
    if let Some(What::Policies { policies, seeds }) = &args.what {
        return check_policies(policies.as_deref(), seeds.as_deref());
    }
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

fn check_policies(folder: Option<&Path>, seeds: Option<&Path>) -> Result<(), CliError> {
    let files = profiles::files(folder)?;
    let mut problems = policy::check(&files);
    let (library, _) = Library::parse(&files);
    if let Some(seeds) = seeds {
        problems.extend(policy::misquoted(&library, &documents(seeds)?));
    }
    if !problems.is_empty() {
        return Err(CliError::Refused(profiles::told(&problems)));
    }
    let checked = if seeds.is_some() {
        "引文已逐句核对。"
    } else {
        "没有给原文（--seeds），引文没有核对。"
    };
    say(&format!("{}个方案没有问题。{checked}", library.ids().count()))
}

/// The documents of a folder, by the number in their name.
fn documents(folder: &Path) -> Result<BTreeMap<String, String>, CliError> {
    let files = profiles::read_folder(folder, "txt")?;
    if files.is_empty() {
        return Err(CliError::Usage(format!("{} 里没有 .txt 文件。", folder.display())));
    }
    Ok(files.into_iter().map(|(name, text)| (name.trim_end_matches(".txt").to_owned(), text)).collect())
}
