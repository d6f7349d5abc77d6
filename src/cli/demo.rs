//! `quanxue demo`: the demonstration, on a data folder that is nothing else.

use std::{fs, path::Path};

use serde::Serialize;

use crate::{
    clock::Clock,
    config::{Config, Database, Purpose},
    demo::{self, DemoAccount},
    postgres::PrivatePostgres,
};

use super::{error::CliError, ground::Ground, say, service};

/// Marks a folder as the demo's: only such a one is filled, and only such a one is emptied.
const MARK: &str = "demo";
/// Stands there while the demo is being filled.
const FILLING: &str = "filling";

/// What `demo` may be told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// 清空演示数据，从头开始
    #[arg(long)]
    fresh: bool,
    /// 网页的端口，0 表示任取一个空闲的；默认用 QUANXUE_PORT，再默认 8080
    #[arg(long, value_name = "端口")]
    port: Option<u16>,
    /// 启动后怎样说明地址和账号：供人看（text）或供程序读（json，一行）
    #[arg(long, value_name = "格式", default_value = "text", value_parser = ["text", "json"])]
    format: String,
}

/// What is said once the demo serves.
#[derive(Debug, Serialize)]
struct Said {
    origin: String,
    accounts: Vec<DemoAccount>,
}

/// Brings the demo up and serves until Ctrl-C.
pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let mut config = Config::from_environment(Purpose::Demo)?;
    config.listen.set_port(args.port.unwrap_or(config.listen.port()));
    let listener = service::listen(&config)?;
    if args.fresh || is_half_filled(&config.data) {
        start_over(&config)?;
    }
    claim(&config.data)?;
    let ground = Ground::alone(config)?;
    service::runtime()?.block_on(async {
        if matches!(ground.config.database, Database::Given { .. }) {
            ground.migrate().await?;
        }
        let mut services = ground.services().await?;
        if !demo::is_filled(&services).await? {
            fill(&ground).await?;
        }
        // What was done in an earlier run lies in the past of this one.
        if let Some(last) = demo::goes_on_at(&services).await? {
            services.db.close().await;
            services = ground.services_at(Clock::starting_at(last)).await?;
        }
        let accounts = demo::accounts();
        let ready = service::Ready { listener, services, demo: true };
        service::serve(&ground.config, ready, |origin| {
            announce(&Said { origin: origin.to_owned(), accounts }, &args.format)
        })
        .await
    })
}

/// A start that was broken off while it filled the demo: begun, and not ended.
fn is_half_filled(data: &Path) -> bool {
    data.join(MARK).exists() && data.join(FILLING).exists()
}

/// Plays the demo's weeks, on a clock of their own, up to the demo's day.
async fn fill(ground: &Ground) -> Result<(), CliError> {
    let filling = ground.config.data.join(FILLING);
    let fault = |error| CliError::Data(ground.config.data.clone(), error);
    fs::write(&filling, "").map_err(fault)?;
    let (clock, hand) = Clock::held_at(demo::begins());
    let past = ground.services_at(clock).await?;
    let say_how_far = |line: &str| {
        // The filling goes on when nobody reads along.
        let _told = say(&format!("  {line} …"));
    };
    demo::fill(&past, &hand, ground.config.clock.today(), &say_how_far).await.map_err(CliError::Demo)?;
    past.db.close().await;
    fs::remove_file(&filling).map_err(fault)
}

/// Empties the demo's own folder, and no other.
fn start_over(config: &Config) -> Result<(), CliError> {
    let Database::Private(settings) = &config.database else { return Err(CliError::FreshElsewhere) };
    if !config.data.exists() {
        return Ok(());
    }
    claim(&config.data)?;
    PrivatePostgres::erase(settings)?;
    fs::remove_dir_all(&config.data).map_err(|error| CliError::Data(config.data.clone(), error))
}

/// Makes an empty folder the demo's; refuses one that holds something else, which may be a county's.
fn claim(data: &Path) -> Result<(), CliError> {
    let fault = |error| CliError::Data(data.to_owned(), error);
    if data.join(MARK).exists() {
        return Ok(());
    }
    // Passable, since the database's user has its own folder inside.
    fs::create_dir_all(data).map_err(fault)?;
    if fs::read_dir(data).map_err(fault)?.next().is_some() {
        return Err(CliError::NotTheDemos(data.to_owned()));
    }
    fs::write(data.join(MARK), "劝学演示数据：可随时用 bin/demo --fresh 清空。\n").map_err(fault)
}

fn announce(said: &Said, format: &str) -> Result<(), CliError> {
    if format == "json" {
        let line = serde_json::to_string(said).map_err(std::io::Error::from).map_err(CliError::Output)?;
        return say(&line);
    }
    let accounts: Vec<String> = said
        .accounts
        .iter()
        .map(|account| format!("{}  账号 {}  密码 {}\n", account.title, account.login, account.password))
        .collect();
    say(&format!("\n劝学演示已启动，请用浏览器打开：{}\n\n{}\n按 Ctrl-C 停止。", said.origin, accounts.concat()))
}
