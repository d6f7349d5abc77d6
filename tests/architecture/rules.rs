//! The rules of the house, each a function from the files to what breaks it.

use super::source::{File, UsedPath, lex, paths, without_tests};

/// What breaks a rule, with its place.
pub type Faults = Vec<String>;

/// One direction: web → app → domain, web → db → domain, app → db. What stands beside the layers serves them and
/// reaches for neither the pages nor the command line.
pub fn layers(files: &[File]) -> Faults {
    over_paths(files, |file, path| {
        let [root, target, ..] = path.segments.as_slice() else { return None };
        let banned: &[&str] = match layer(&file.path) {
            "domain" => &[
                "app",
                "cli",
                "clock",
                "config",
                "db",
                "files",
                "jobs",
                "papers",
                "postgres",
                "sheets",
                "telemetry",
                "web",
            ],
            "db" => &["app", "cli", "papers", "postgres", "sheets", "files", "web"],
            "web" => &["cli"],
            "cli" | "main" | "lib" => &[],
            _ => &["cli", "web"],
        };
        (root == "crate" && banned.contains(&target.as_str()))
            .then(|| format!("{} must not use {target}", layer(&file.path)))
    })
}

/// No IO, no clock, no database in the domain.
pub fn pure_domain(files: &[File]) -> Faults {
    const OUTSIDE: &[&str] = &[
        "askama",
        "axum",
        "axum_extra",
        "futures",
        "object_store",
        "rand",
        "rustix",
        "sqlx",
        "tokio",
        "tower",
        "tower_http",
        "tracing",
    ];
    const STD: &[&str] = &["env", "fs", "io", "net", "os", "process", "thread"];
    over_paths(files, |file, path| {
        let name = |i: usize| path.segments.get(i).map(String::as_str).unwrap_or_default();
        let reaches_out = OUTSIDE.contains(&name(0))
            || (name(0) == "std" && STD.contains(&name(1)))
            || path.segments.iter().any(|s| s == "SystemTime" || s == "Instant")
            || path.segments.ends_with(&["Utc".to_owned(), "now".to_owned()]);
        (layer(&file.path) == "domain" && reaches_out).then(|| "the domain is pure".to_owned())
    })
}

/// Each outside thing has one home.
pub fn homes(files: &[File]) -> Faults {
    const HOMES: &[(&str, &str)] = &[
        ("sqlx", "db"),
        ("axum", "web"),
        ("axum_extra", "web"),
        ("askama", "web"),
        ("tower_http", "web"),
        ("clap", "cli"),
        ("object_store", "files"),
    ];
    over_paths(files, |file, path| {
        let (krate, home) = HOMES.iter().find(|(krate, _)| path.segments.first().is_some_and(|s| s == krate))?;
        (layer(&file.path) != *home).then(|| format!("only {home} uses {krate}"))
    })
}

/// Queries are checked against the migrations by the compiler.
pub fn checked_queries(files: &[File]) -> Faults {
    const UNCHECKED: &[&str] = &[
        "query",
        "query_as",
        "query_scalar",
        "query_with",
        "query_as_with",
        "raw_sql",
        "AssertSqlSafe",
        "QueryBuilder",
    ];
    over_paths(files, |_, path| {
        let [krate, name] = path.segments.as_slice() else { return None };
        (krate == "sqlx" && !path.is_macro && UNCHECKED.contains(&name.as_str()))
            .then(|| format!("sqlx::{name} is not checked: use the macros"))
    })
}

/// Only the configuration reads the environment.
pub fn environment(files: &[File]) -> Faults {
    over_paths(files, |file, path| {
        let reads = path.segments.windows(2).any(|w| w[0] == "env" && w[1].starts_with("var"));
        (reads && layer(&file.path) != "config").then(|| "only config reads the environment".to_owned())
    })
}

/// Time comes in as an argument: SQL does not ask for it.
pub fn no_time_in_sql(files: &[File]) -> Faults {
    const ASKS: &[&str] = &[
        "now()",
        "current_timestamp",
        "current_date",
        "current_time",
        "localtimestamp",
        "clock_timestamp",
        "statement_timestamp",
        "timeofday",
    ];
    let lines = files.iter().filter(|f| is_source(f) || f.path.starts_with("migrations/")).flat_map(|file| {
        let sql = if is_source(file) { lex(&file.text).strings } else { without_sql_comments(&file.text) };
        numbered(&sql).map(|(n, line)| (file, n, line.to_lowercase())).collect::<Vec<_>>()
    });
    lines
        .filter(|(_, _, line)| ASKS.iter().any(|ask| line.contains(ask)))
        .map(|(file, n, _)| fault(file, n, "SQL asks the time"))
        .collect()
}

/// A file holds one idea, and says in its first line which.
pub fn one_idea_a_file(files: &[File]) -> Faults {
    let rust = files.iter().filter(|f| has_ending(f, &["rs"]));
    let long = rust
        .clone()
        .filter(|f| f.text.lines().count() > 300)
        .map(|f| fault(f, f.text.lines().count(), "more than 300 lines"));
    let mute = rust.filter(|f| !f.text.starts_with("//!")).map(|f| fault(f, 1, "does not open with //!"));
    long.chain(mute).collect()
}

/// Nothing is left for later, and no shortcut panics outside tests.
pub fn nothing_left_for_later(files: &[File]) -> Faults {
    const LATER: &[&str] = &["TO DO", "FIX ME"];
    const SHORTCUTS: &[&str] = &[
        ".unwrap()",
        ".expect(",
        "todo!(",
        "unimplemented!(",
        "unreachable!(",
        "panic!(",
        "dbg!(",
        "#[allow(",
        "#![allow(",
    ];
    let mut found = Vec::new();
    for file in files.iter().filter(|f| has_ending(f, &["rs", "sql", "html", "css", "js", "mjs", "sh", "typ"])) {
        let later = |line: &str| LATER.iter().any(|word| line.contains(&word.replace(' ', "")));
        found.extend(
            numbered(&file.text).filter(|(_, line)| later(line)).map(|(n, _)| fault(file, n, "left for later")),
        );
        if is_source(file) && !is_test(file) {
            let code = lex(&file.text).code;
            let hit = |line: &str| SHORTCUTS.iter().any(|word| line.contains(word));
            found.extend(
                numbered(without_tests(&code))
                    .filter(|(_, line)| hit(line))
                    .map(|(n, _)| fault(file, n, "a shortcut that panics, or #[allow]")),
            );
        }
    }
    found
}

/// The repository stands alone: it names no path of the place it was written in.
pub fn no_workplace(files: &[File]) -> Faults {
    let words = [["/wo", "rk/"].concat(), [".lib", "rary/"].concat(), ["/ro", "ot/"].concat()];
    let lines = files.iter().flat_map(|file| numbered(&file.text).map(move |(n, line)| (file, n, line)));
    lines
        .filter(|(_, _, line)| words.iter().any(|word| line.contains(word)))
        .map(|(file, n, _)| fault(file, n, "names a workplace"))
        .collect()
}

fn over_paths(files: &[File], rule: impl Fn(&File, &UsedPath) -> Option<String>) -> Faults {
    let used = files
        .iter()
        .filter(|f| is_source(f) && !is_test(f))
        .flat_map(|file| paths(file).into_iter().map(move |path| (file, path)));
    used.filter_map(|(file, path)| {
        rule(file, &path).map(|what| format!("{}:{}: {what} ({})", file.path, path.line, path.segments.join("::")))
    })
    .collect()
}

/// The module under `src` a file belongs to.
fn layer(path: &str) -> &str {
    path.strip_prefix("src/").unwrap_or(path).split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

/// A module of tests in a file of its own.
fn is_test(file: &File) -> bool {
    file.path.ends_with("/tests.rs") || file.path.contains("/tests/")
}

pub fn is_source(file: &File) -> bool {
    file.path.starts_with("src/") && has_ending(file, &["rs"])
}

pub fn has_ending(file: &File, endings: &[&str]) -> bool {
    file.path.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending))
}

pub fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(n, line)| (n + 1, line))
}

pub fn fault(file: &File, line: usize, what: &str) -> String {
    format!("{}:{line}: {what}", file.path)
}

fn without_sql_comments(sql: &str) -> String {
    sql.lines().map(|line| line.split("--").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}
