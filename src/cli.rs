//! The command line: `quanxue COMMAND …`, one module a command.
//!
//! Commands run on the main thread until the private Postgres is up, and only then start a runtime; see
//! [`crate::postgres`] for why.

mod audit;
mod check;
mod county;
mod demo;
mod error;
mod ground;
mod import;
mod migrate;
mod policy;
mod profiles;
mod serve;
mod service;
mod sweep;
mod user;
mod words;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, error::ErrorKind};

use error::CliError;

/// 劝学：控辍保学工作软件
#[derive(Debug, Parser)]
#[command(name = "quanxue", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 提供服务，直到按 Ctrl-C
    Serve(serve::Args),
    /// 把数据库升级到本版本的结构
    Migrate(migrate::Args),
    /// 启动演示：自带数据库和虚构的数据，直到按 Ctrl-C
    Demo(demo::Args),
    /// 夜间清查：让今天生效，更新待办
    Sweep(sweep::Args),
    /// 建立区县
    County(county::Args),
    /// 新增用户
    User(user::Args),
    /// 导入名册，或只检查名册
    Import(import::Args),
    /// 验算审计记录
    Audit(audit::Args),
    /// 实施方案：拿一个情景试算
    Policy(policy::Args),
    /// 检查设置、数据文件夹和数据库
    Check(check::Args),
    /// 读一个工作簿（由本程序自己调用）
    #[command(hide = true)]
    ReadSheet,
}

/// Runs the command that was typed and says in Chinese what went wrong.
pub fn run() -> ExitCode {
    let parsed = words::chinese(Cli::command()).try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches));
    let outcome = match parsed {
        Ok(cli) => dispatch(cli.command),
        Err(help) if help.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Err(CliError::Usage(words::help(&help)))
        }
        Err(error) if error.use_stderr() => Err(CliError::Usage(words::sentence(&error))),
        Err(help) => say(&words::help(&help)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to tell when standard error is closed.
            let _told = writeln!(io::stderr(), "{error}");
            error.exit_code()
        }
    }
}

fn dispatch(command: Command) -> Result<(), CliError> {
    match command {
        Command::Serve(args) => serve::run(&args),
        Command::Migrate(args) => migrate::run(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Sweep(args) => sweep::run(&args),
        Command::County(args) => county::run(&args),
        Command::User(args) => user::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Audit(args) => audit::run(&args),
        Command::Policy(args) => policy::run(&args),
        Command::Check(args) => check::run(&args),
        // The process limits itself for good: nothing else may have been started in it.
        Command::ReadSheet => {
            crate::sheets::child_main(io::stdin().lock(), io::stdout().lock()).map_err(CliError::Output)
        }
    }
}

/// Prints a line for the person at the terminal.
fn say(line: &str) -> Result<(), CliError> {
    writeln!(io::stdout(), "{line}").map_err(CliError::Output)
}
