//! Finds the Postgres server of this machine.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::error::PostgresError;

/// The folder that holds `postgres` and `initdb`: the one that was set, else the newest of Debian's, else what the
/// search path has. Data that exists must be opened by the major version that wrote it.
pub(super) fn find(
    set: Option<&Path>,
    search: &[PathBuf],
    written_by: Option<&str>,
    data: &Path,
) -> Result<PathBuf, PostgresError> {
    if let Some(dir) = set {
        return if complete(dir) { Ok(dir.to_owned()) } else { Err(PostgresError::NotBinaries(dir.to_owned())) };
    }
    let mut candidates = debian();
    candidates.extend(search.iter().cloned());
    candidates.retain(|dir| complete(dir));
    let Some(first) = candidates.first() else { return Err(PostgresError::NoBinaries) };
    let Some(wanted) = written_by else { return Ok(first.clone()) };
    candidates
        .iter()
        .find(|dir| major(dir).as_deref() == Some(wanted))
        .cloned()
        .ok_or_else(|| PostgresError::OtherVersion { folder: data.to_owned(), found: wanted.to_owned() })
}

fn complete(dir: &Path) -> bool {
    dir.join("postgres").is_file() && dir.join("initdb").is_file()
}

/// Debian keeps a folder a major version, newest first here.
fn debian() -> Vec<PathBuf> {
    let entries = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> = entries
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort_unstable_by(|a, b| b.cmp(a));
    versions.into_iter().map(|(_, dir)| dir).collect()
}

/// The major version, from `postgres (PostgreSQL) 15.20 (Debian …)`.
fn major(dir: &Path) -> Option<String> {
    let output = Command::new(dir.join("postgres")).arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let version = text.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    Some(version.split('.').next()?.to_owned())
}
