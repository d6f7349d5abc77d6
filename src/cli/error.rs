//! Why a command did not do its work, for the person at the terminal.

use std::{io, net::SocketAddr, path::PathBuf, process::ExitCode};

use crate::{
    app::{AppError, password::HashError},
    config::ConfigError,
    db::DbError,
    postgres::PostgresError,
};

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
    /// The data folder cannot be made or emptied.
    #[error("数据文件夹 {} 不能用：{}。请检查它的权限，或用 QUANXUE_DATA 指定另一个文件夹。", .0.display(), .1)]
    Data(PathBuf, io::Error),
    /// Somebody listens there already.
    #[error("端口 {0} 已被别的程序占用。请换一个端口再试，例如加上 --port {next}，或设置 QUANXUE_PORT。", next = .0.wrapping_add(1).max(1024))]
    PortInUse(u16),
    /// The address cannot be listened on for another reason.
    #[error("不能在 {0} 上提供网页：{1}。请检查 QUANXUE_HOST 和 QUANXUE_PORT；1024 以下的端口只有 root 能用。")]
    Port(SocketAddr, io::Error),
    /// The database cannot be reached or does not let us in.
    #[error("连不上数据库：{}。请检查 DATABASE_URL 和口令，以及数据库是否在运行。", told(.0))]
    Unreachable(DbError),
    /// The database does not protect what it holds.
    #[error("数据库的防护不完整，不能启动：\n{}\n请先执行 quanxue migrate；如仍有问题，请检查数据库账号。", .0.join("\n"))]
    Walls(Vec<String>),
    /// `demo --fresh` with a database of somebody else's.
    #[error("已设置 DATABASE_URL，--fresh 不清空别处的数据库。请自行清空，或去掉 DATABASE_URL。")]
    FreshElsewhere,
    /// The folder holds something, and that is not the demo.
    #[error("文件夹 {} 里已有别的数据，不能用作演示。请用 QUANXUE_DATA 指定另一个文件夹。", .0.display())]
    NotTheDemos(PathBuf),
    /// The demo's story broke off.
    #[error("演示数据没有填好：{}。请用 bin/demo --fresh 重新填；再不行，请把这句话告诉开发者。", cause(.0))]
    Demo(AppError),
    /// A use case said no.
    #[error("{0}")]
    Refused(String),
    /// The database failed us.
    #[error("数据库出错：{}", told(.0))]
    Db(#[from] DbError),
    /// A use case failed.
    #[error("{0}")]
    App(#[from] AppError),
    /// The system gives us no threads or no signals.
    #[error("系统出错：{0}")]
    Runtime(io::Error),
    /// Standard output is closed.
    #[error("写不出结果：{0}")]
    Output(io::Error),
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

impl From<HashError> for CliError {
    fn from(error: HashError) -> Self {
        Self::App(AppError::Fault(error.to_string()))
    }
}

/// The innermost cause: it names what the outer words only call "the database".
fn told(error: &DbError) -> String {
    cause(error)
}

fn cause(error: &(dyn std::error::Error + 'static)) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
