//! The rules of the house, held: each over the whole tree, and each shown to bite.
#![expect(clippy::unwrap_used, reason = "tests")]

mod front;
mod rules;
mod source;

use std::path::Path;

use rules::Faults;
use source::File;

type Rule = fn(&[File]) -> Faults;

/// Everything a person wrote: no builds, no downloads, no fixtures of bytes.
fn tree() -> Vec<File> {
    fn walk(top: &Path, dir: &Path, files: &mut Vec<File>) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if ["target", "node_modules", "var", ".git", ".sqlx", "data"].contains(&name) {
                continue;
            }
            if path.is_dir() {
                walk(top, &path, files);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                files.push(File { path: path.strip_prefix(top).unwrap().to_str().unwrap().replace('\\', "/"), text });
            }
        }
    }
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    walk(top, top, &mut files);
    files
}

fn holds(rule: Rule) {
    let faults = rule(&tree());
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// Each example must break the rule at its last line.
fn bites(rule: Rule, examples: &[(&str, &str)]) {
    for (path, text) in examples {
        let file = File { path: (*path).to_owned(), text: (*text).to_owned() };
        let faults = rule(&[file]);
        let last = format!("{path}:{}:", text.lines().count());
        assert!(
            faults.iter().any(|fault| fault.starts_with(&last)),
            "{path} should break the rule: {text}\n{faults:?}"
        );
    }
}

fn spares(rule: Rule, examples: &[(&str, &str)]) {
    for (path, text) in examples {
        let faults = rule(&[File { path: (*path).to_owned(), text: (*text).to_owned() }]);
        assert!(faults.is_empty(), "{path} should not break the rule: {text}\n{faults:?}");
    }
}

#[test]
fn the_layers_point_one_way() {
    holds(rules::layers);
    bites(
        rules::layers,
        &[
            ("src/domain/visit.rs", "//! x\nuse crate::db::Read;"),
            ("src/domain/case/mod.rs", "//! x\nuse crate::{clock::Clock, domain::ids};"),
            ("src/db/child.rs", "//! x\nfn f() { crate::app::import::run() }"),
            ("src/db/child.rs", "//! x\nuse super::super::web;"),
            ("src/app/visit.rs", "//! x\nuse crate::{\n    db,\n    web::Shell,\n};".trim_end_matches("\n};")),
            ("src/papers.rs", "//! x\nuse crate::web::Shell;"),
            ("src/web/today.rs", "//! x\nuse crate::cli;"),
        ],
    );
    spares(
        rules::layers,
        &[
            ("src/web/today.rs", "//! crate::cli\nuse crate::{app, db, domain};"),
            ("src/domain/a.rs", "//! x\n// crate::db\nuse super::web_of_kin;\nconst A: &str = \"crate::db\";"),
        ],
    );
}

#[test]
fn the_domain_is_pure() {
    holds(rules::pure_domain);
    bites(
        rules::pure_domain,
        &[
            ("src/domain/a.rs", "use std::{collections::BTreeMap, fs};"),
            ("src/domain/a.rs", "fn f() { tokio::spawn(g()) }"),
            ("src/domain/a/b.rs", "let t = chrono::Utc::now();"),
            ("src/domain/a.rs", "#[cfg(test)]\nmod tests;\nuse std::fs;"),
            ("src/domain/a.rs", "use std::time::{Duration, Instant};"),
        ],
    );
    spares(
        rules::pure_domain,
        &[
            ("src/domain/a.rs", "use std::collections::BTreeMap;\nuse chrono::NaiveDate;"),
            ("src/db/a.rs", "use std::fs;"),
            ("src/domain/a.rs", "#[cfg(test)]\nmod tests {\n    use std::fs;\n}"),
            ("src/domain/a/tests.rs", "use std::fs;"),
        ],
    );
}

#[test]
fn sqlx_axum_askama_and_clap_each_have_one_home() {
    holds(rules::homes);
    bites(
        rules::homes,
        &[
            ("src/app/a.rs", "use sqlx::PgPool;"),
            ("src/cli/serve.rs", "async fn f() { axum::serve(listener, router).await }"),
            ("src/papers/a.rs", "#[derive(askama::Template)]"),
            ("src/web/a.rs", "use {axum::Router, sqlx as q};"),
        ],
    );
    spares(rules::homes, &[("src/db/mod.rs", "use sqlx::PgPool;"), ("src/web.rs", "use axum::Router;")]);
}

#[test]
fn every_query_is_checked_by_the_compiler() {
    holds(rules::checked_queries);
    bites(
        rules::checked_queries,
        &[("src/db/a.rs", "sqlx::query(\"select 1\")"), ("src/db/a.rs", "sqlx::query_as::<_, Row>(\"select 1\")")],
    );
    spares(
        rules::checked_queries,
        &[("src/db/a.rs", "sqlx::query!(\"select 1\"); sqlx::query_as!(Row, \"select 1\")")],
    );
}

#[test]
fn only_the_configuration_reads_the_environment() {
    holds(rules::environment);
    bites(
        rules::environment,
        &[("src/papers.rs", "let fonts = std::env::var(\"FONTS\");"), ("src/db/a.rs", "use std::env::var_os;")],
    );
}

#[test]
fn sql_never_asks_the_time() {
    holds(rules::no_time_in_sql);
    bites(
        rules::no_time_in_sql,
        &[
            ("src/db/a.rs", "sqlx::query!(\"update t\n set at = NOW()\")"),
            ("src/db/a.rs", "sqlx::query!(r#\"select current_date\"#)"),
            ("migrations/0001_a.sql", "create table t (\n at timestamptz default now()"),
        ],
    );
    spares(
        rules::no_time_in_sql,
        &[("src/db/a.rs", "let now = self.now(); // now()"), ("migrations/0001_a.sql", "-- no now() here\nselect 1;")],
    );
}

#[test]
fn files_are_short_and_say_what_they_hold() {
    holds(rules::one_idea_a_file);
    bites(
        rules::one_idea_a_file,
        &[("src/a.rs", "use std::fs;"), ("tests/a.rs", &format!("//! x\n{}", "\n".repeat(300)))],
    );
}

#[test]
fn nothing_is_left_for_later() {
    holds(rules::nothing_left_for_later);
    let later = format!("// {}: more", ["TO", "DO"].concat());
    bites(
        rules::nothing_left_for_later,
        &[
            ("src/a.rs", "let x = y.unwrap();"),
            ("src/a.rs", "#[allow(dead_code)]"),
            ("templates/a.html", &format!("<p>\n{later}")),
            ("tests/a.rs", &later),
        ],
    );
    spares(
        rules::nothing_left_for_later,
        &[("src/a.rs", "// .unwrap()\n#[cfg(test)]\nmod tests { fn f() { x.unwrap() } }")],
    );
}

#[test]
fn the_repository_stands_alone() {
    holds(rules::no_workplace);
    bites(rules::no_workplace, &[("README.md", &format!("see {}shared", ["/wo", "rk/"].concat()))]);
}

#[test]
fn pages_hold_no_script_and_no_style() {
    holds(front::nothing_inline);
    bites(
        front::nothing_inline,
        &[
            ("templates/a.html", "<script>"),
            ("templates/a.html", "<p class=\"x\" style=\"color:red\">"),
            ("templates/a.html", "<style media=print>"),
            ("templates/a.html", "<a onclick=\"go()\">"),
            ("templates/a/b.html", "<a href=\"javascript:go()\">"),
        ],
    );
    spares(
        front::nothing_inline,
        &[(
            "templates/a.html",
            "<script type=\"module\" src=\"/static/a.js\"></script><link rel=stylesheet href=/app.css>",
        )],
    );
}

#[test]
fn script_and_style_run_on_chrome_80() {
    holds(front::old_script);
    holds(front::old_style);
    bites(
        front::old_script,
        &[
            ("static/a.js", "a ??= b"),
            ("static/a.js", "/* .at( */\nlist.at(-1)"),
            ("static/sw/b.js", "s.replaceAll('a', 'b')"),
        ],
    );
    bites(
        front::old_style,
        &[
            ("static/a.css", "p:has(a) { color: red }"),
            ("static/a.css", ".x { display: flex; gap: 4px }"),
            ("static/a.css", ".x { color: red;\n &:hover { color: blue } }"),
            ("static/a.css", ".x { inset: 0 }"),
        ],
    );
    spares(
        front::old_style,
        &[("static/a.css", "/* inset: 0 */ .x { display: grid; gap: 4px }\n@media print { .x { display: flex } }")],
    );
}

#[test]
fn paths_are_read_as_the_compiler_reads_them() {
    let text = "//! x\nuse crate::{a::{b, c as d}, e};\nlet s = \"f::g\"; // h::i\nlet c = '\"'; let l: &'static str = r#\"j::k\"#;\nsuper::m!(n::o::P)";
    let file = File { path: "src/web/today.rs".to_owned(), text: text.to_owned() };
    let found: Vec<String> = source::paths(&file).into_iter().map(|path| path.segments.join("::")).collect();
    for path in ["crate::a::b", "crate::a::c", "crate::e", "crate::web::m", "n::o::P"] {
        assert!(found.iter().any(|other| other == path), "{path} is not among {found:?}");
    }
    for path in ["f::g", "h::i", "j::k"] {
        assert!(!found.iter().any(|other| other == path), "{path} is a string or a comment: {found:?}");
    }
}
