//! The templates: those of `templates/papers` as compiled in, or the same files of another folder.

use std::io;
use std::path::Path;

macro_rules! compiled_in {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_str!(concat!("../../templates/papers/", $name, ".typ")))),+]
    };
}

/// What all templates share, then one file a paper.
const COMPILED_IN: [(&str, &str); 12] = compiled_in![
    "common",
    "form",
    "visit-record",
    "persuasion-notice",
    "deadline-notice",
    "service-receipt",
    "commitment",
    "return-receipt",
    "county-referral",
    "check-roster",
    "absence-roster",
    "dossier",
];

/// Name (without its ending) and text of every template, from `folder` where one is given.
///
/// # Errors
/// A folder that lacks a template or cannot be read.
pub fn all(folder: Option<&Path>) -> io::Result<Vec<(&'static str, String)>> {
    let text = |name: &str, compiled: &str| match folder {
        None => Ok(compiled.to_owned()),
        Some(folder) => std::fs::read_to_string(folder.join(name).with_extension("typ")),
    };
    COMPILED_IN.iter().map(|&(name, compiled)| Ok((name, text(name, compiled)?))).collect()
}
