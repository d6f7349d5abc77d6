//! The profiles that a command works with: those that come along, or a folder's.

use std::{fs, io, path::Path};

use crate::domain::policy::{Library, Problem, shipped};

use super::error::CliError;

/// The files of the profiles, with the provisions beside them, as (name, text).
pub(super) fn files(folder: Option<&Path>) -> Result<Vec<(String, String)>, CliError> {
    folder.map_or_else(|| Ok(shipped()), |folder| read_folder(folder, "toml"))
}

/// The profiles, all of which must parse.
pub(super) fn library(folder: Option<&Path>) -> Result<Library, CliError> {
    let (library, problems) = Library::parse(&files(folder)?);
    if problems.is_empty() { Ok(library) } else { Err(CliError::Usage(told(&problems))) }
}

/// The files of a folder with an ending, in order of their names.
pub(super) fn read_folder(folder: &Path, ending: &str) -> Result<Vec<(String, String)>, CliError> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| unread(folder, &error))? {
        let path = entry.map_err(|error| unread(folder, &error))?.path();
        if path.extension().is_some_and(|extension| extension == ending) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.push((name, fs::read_to_string(&path).map_err(|error| unread(&path, &error))?));
        }
    }
    files.sort();
    Ok(files)
}

/// What cannot be read, and why.
pub(super) fn unread(path: &Path, error: &io::Error) -> CliError {
    CliError::Usage(format!("读不出 {}：{error}。", path.display()))
}

/// Problems, each on a line.
pub(super) fn told(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
