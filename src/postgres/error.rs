//! Why the private Postgres cannot be had, each in a sentence that says what to do.

use std::path::PathBuf;

/// What stands in the way of the private Postgres. Shown to whoever starts the program.
#[derive(Debug, thiserror::Error)]
pub enum PostgresError {
    /// No folder holds both `postgres` and `initdb`.
    #[error(
        "没有找到 PostgreSQL 的程序。请用 root 执行 apt-get install postgresql；如已装在别处，请把 QUANXUE_PG_BIN 设为程序所在的文件夹；如要使用已有的数据库，请设置 DATABASE_URL。"
    )]
    NoBinaries,
    /// `QUANXUE_PG_BIN` names a folder without them.
    #[error("QUANXUE_PG_BIN 所指的 {} 里没有 postgres 和 initdb。请改正它，或去掉这项设置。", .0.display())]
    NotBinaries(PathBuf),
    /// The data was written by another major version than the one installed.
    #[error("数据文件夹 {} 是 PostgreSQL {found} 写的，本机没有这个版本。请安装 postgresql-{found}，或用 pg_upgrade 升级数据。", folder.display())]
    OtherVersion {
        /// The folder of the data.
        folder: PathBuf,
        /// The major version that wrote it.
        found: String,
    },
    /// Run as root on a machine with neither user.
    #[error("不能用 root 运行数据库，而本机没有用户 postgres 或 nobody。请先执行 adduser --system --group postgres。")]
    NoUser,
    /// `setpriv` (util-linux) is not installed.
    #[error("没有找到 setpriv。请安装软件包 util-linux（Debian 自带）。")]
    NoSetpriv,
    /// The database user cannot enter the folder.
    #[error("数据文件夹 {} 在 {} 之下，用户 {user} 进不去。请把 QUANXUE_DATA 设到别处，例如 /var/lib/quanxue。", folder.display(), barred.display())]
    Unreachable {
        /// Where the data should be.
        folder: PathBuf,
        /// The ancestor that is closed.
        barred: PathBuf,
        /// Who has to get in.
        user: String,
    },
    /// The folder belongs to somebody else.
    #[error("数据文件夹 {} 属于另一个用户（uid {owner}），现在的用户（uid {wanted}）不能使用。请换成原来的用户运行，或用 QUANXUE_DATA 指定另一个文件夹。", folder.display())]
    NotOurs {
        /// The folder.
        folder: PathBuf,
        /// The user it belongs to.
        owner: u32,
        /// The user it should belong to.
        wanted: u32,
    },
    /// A Unix socket's path is limited to 107 bytes.
    #[error("数据文件夹的路径太长：{}。请用 QUANXUE_DATA 指定一个不超过 80 个字节的路径。", .0.display())]
    PathTooLong(PathBuf),
    /// Another program of ours, or another Postgres, uses it.
    #[error("数据文件夹 {} 正由另一个劝学程序或数据库使用（{by}）。请先停掉它，或用 QUANXUE_DATA 指定另一个文件夹。", folder.display())]
    InUse {
        /// The folder.
        folder: PathBuf,
        /// Who, as far as can be told.
        by: String,
    },
    /// The data cannot be read as a cluster.
    #[error("数据文件夹 {} 已损坏或不完整：{reason}。请从备份恢复；如果只是演示数据，请执行 bin/demo --fresh 重新开始。", folder.display())]
    Broken {
        /// The folder.
        folder: PathBuf,
        /// The server's own last word.
        reason: String,
    },
    /// It did not come up in time.
    #[error("数据库 60 秒内没有启动。请查看 {}。", .0.display())]
    NotReady(PathBuf),
    /// `initdb` failed.
    #[error("数据库初始化没有成功：{0}")]
    Initdb(String),
    /// The system refused something.
    #[error("{doing} {} 没有成功：{source}", path.display())]
    Io {
        /// What was tried.
        doing: &'static str,
        /// On what.
        path: PathBuf,
        /// The system's answer.
        source: std::io::Error,
    },
}

/// Says what was tried on which path when the system refuses.
pub(super) fn io(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> PostgresError {
    let path = path.into();
    move |source| PostgresError::Io { doing, path, source }
}
