//! Reads each variable, noting what is wrong and going on with a stand-in so that all problems are found at once.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use chrono::DateTime;

use super::{Config, Database, Purpose, Secret, Stage};
use crate::clock::Clock;
use crate::papers::TypesetterSettings;
use crate::postgres::PostgresSettings;

/// The day the demo begins on unless `QUANXUE_NOW` says otherwise: a Thursday of the autumn term.
const DEMO_STARTS_AT: &str = "2026-10-15T08:30:00+08:00";

/// The variables; a map, so that tests need not touch the process's own.
#[derive(Debug, Clone, Default)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// The process's own. What is no UTF-8 is left out.
    pub fn of_the_process() -> Self {
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        Self(std::env::vars_os().filter_map(text).collect())
    }

    /// A variable that is set to something.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for Environment {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Environment {
    fn from(pairs: [(&str, &str); N]) -> Self {
        pairs.into_iter().collect()
    }
}

pub(super) fn config(env: &Environment, purpose: Purpose, problems: &mut Vec<String>) -> Config {
    let data = data(env, purpose, problems);
    Config {
        stage: stage(env, problems),
        clock: clock(env, purpose, problems),
        listen: listen(env, problems),
        origin: origin(env, problems),
        proxies: proxies(env, problems),
        key_file: env.get("QUANXUE_KEY_FILE").map_or_else(|| data.join("key"), PathBuf::from),
        database: database(env, &data, problems),
        typesetter: typesetter(env, &data),
        log: env.get("QUANXUE_LOG").unwrap_or("info,sqlx=warn").to_owned(),
        data,
    }
}

fn stage(env: &Environment, problems: &mut Vec<String>) -> Stage {
    match env.get("QUANXUE_ENV") {
        None | Some("development") => Stage::Development,
        Some("production") => Stage::Production,
        Some(other) => {
            problems.push(format!("QUANXUE_ENV={other}：只能是 development 或 production。"));
            // Whoever meant production gets the strict reading.
            Stage::Production
        }
    }
}

fn clock(env: &Environment, purpose: Purpose, problems: &mut Vec<String>) -> Clock {
    let start = env.get("QUANXUE_NOW").or((purpose == Purpose::Demo).then_some(DEMO_STARTS_AT));
    let Some(start) = start else { return Clock::system() };
    if let Ok(start) = DateTime::parse_from_rfc3339(start) {
        return Clock::starting_at(start);
    }
    problems.push(format!("QUANXUE_NOW={start}：请写成 2026-09-14T08:00:00+08:00 的样子。"));
    Clock::system()
}

fn listen(env: &Environment, problems: &mut Vec<String>) -> SocketAddr {
    let host = env.get("QUANXUE_HOST").unwrap_or("127.0.0.1");
    let port = env.get("QUANXUE_PORT").unwrap_or("8080");
    let host = host.parse::<IpAddr>().unwrap_or_else(|_| {
        problems.push(format!("QUANXUE_HOST={host}：请写本机的一个 IP 地址，例如 127.0.0.1，或 0.0.0.0（所有网卡）。"));
        Ipv4Addr::LOCALHOST.into()
    });
    let port = port.parse::<u16>().unwrap_or_else(|_| {
        problems.push(format!("QUANXUE_PORT={port}：请写 0 到 65535 之间的端口号（0 表示任取一个空闲端口）。"));
        0
    });
    SocketAddr::new(host, port)
}

fn origin(env: &Environment, problems: &mut Vec<String>) -> Option<String> {
    let origin = env.get("QUANXUE_ORIGIN")?;
    let rest = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    if rest.is_none_or(|host| host.is_empty() || host.contains(['/', '?', '#', '@', ' '])) {
        problems.push(format!(
            "QUANXUE_ORIGIN={origin}：请写大家在浏览器里输入的地址，不带路径，例如 https://quanxue.example.gov.cn。"
        ));
    }
    Some(origin.to_owned())
}

fn proxies(env: &Environment, problems: &mut Vec<String>) -> Vec<IpAddr> {
    let Some(list) = env.get("QUANXUE_PROXIES") else { return Vec::new() };
    let mut proxies = Vec::new();
    for item in list.split(',').map(str::trim) {
        match item.parse() {
            Ok(address) => proxies.push(address),
            Err(_) => problems.push(format!("QUANXUE_PROXIES 中的 {item} 不是 IP 地址；多个地址用英文逗号隔开。")),
        }
    }
    proxies
}

/// Under root the folder must be one the database user can reach, so never root's home.
fn data(env: &Environment, purpose: Purpose, problems: &mut Vec<String>) -> PathBuf {
    if let Some(set) = env.get("QUANXUE_DATA") {
        if !Path::new(set).is_absolute() {
            problems.push(format!("QUANXUE_DATA={set}：请写从 / 开始的完整路径。"));
        }
        return set.into();
    }
    let name = match purpose {
        Purpose::Service => "quanxue",
        Purpose::Demo => "quanxue-demo",
    };
    if rustix::process::geteuid().is_root() {
        return Path::new("/var/lib").join(name);
    }
    let home = env
        .get("XDG_DATA_HOME")
        .map(PathBuf::from)
        .or_else(|| env.get("HOME").map(|home| Path::new(home).join(".local/share")));
    home.unwrap_or_else(|| {
        problems.push("不知道数据放在哪里：请把 QUANXUE_DATA 设为一个文件夹的完整路径。".to_owned());
        PathBuf::new()
    })
    .join(name)
}

fn typesetter(env: &Environment, data: &Path) -> TypesetterSettings {
    TypesetterSettings {
        program: env.get("QUANXUE_TYPESET").map(PathBuf::from),
        fonts: env.get("QUANXUE_FONTS").map(|folders| std::env::split_paths(folders).collect()).unwrap_or_default(),
        ..TypesetterSettings::in_data(data)
    }
}

fn database(env: &Environment, data: &Path, problems: &mut Vec<String>) -> Database {
    let Some(url) = env.get("DATABASE_URL") else {
        return Database::Private(PostgresSettings {
            data: data.to_owned(),
            binaries: env.get("QUANXUE_PG_BIN").map(PathBuf::from),
            search: env.get("PATH").map(|path| std::env::split_paths(path).collect()).unwrap_or_default(),
        });
    };
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        problems
            .push("DATABASE_URL 应以 postgres:// 开头，例如 postgres://quanxue_login@127.0.0.1/quanxue。".to_owned());
    }
    let password = env.get("QUANXUE_DATABASE_PASSWORD_FILE").and_then(|path| match std::fs::read_to_string(path) {
        Ok(text) => Some(Secret::new(text.trim_end_matches(['\r', '\n']).to_owned())),
        Err(error) => {
            problems.push(format!("QUANXUE_DATABASE_PASSWORD_FILE={path} 读不出来：{error}。"));
            None
        }
    });
    let owner_url = env.get("QUANXUE_OWNER_DATABASE_URL").map(|url| Secret::new(url.to_owned()));
    Database::Given { url: Secret::new(url.to_owned()), password, owner_url }
}
