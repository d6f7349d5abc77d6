//! The rules for what browsers get: nothing the content policy blocks, nothing newer than Chrome 80.

use super::{
    rules::{Faults, fault, has_ending, numbered},
    source::File,
};

/// The strict content policy blocks script and style that stand in the page.
pub fn nothing_inline(files: &[File]) -> Faults {
    let pages = files.iter().filter(|f| f.path.starts_with("templates/") && has_ending(f, &["html", "svg", "xml"]));
    let mut found = Vec::new();
    for file in pages {
        for (n, line) in numbered(&file.text) {
            let lower = line.to_lowercase();
            let script = lower.contains("<script") && !lower.contains(" src=");
            let style = lower.contains("<style") || has_attribute(&lower, "style");
            let handler = lower.split_whitespace().any(|word| {
                word.strip_prefix("on")
                    .and_then(|rest| rest.split_once('='))
                    .is_some_and(|(name, _)| !name.is_empty() && name.chars().all(char::is_alphabetic))
            });
            if script || style || handler || lower.contains("javascript:") {
                found.push(fault(file, n, "inline script or style"));
            }
        }
    }
    found
}

fn has_attribute(line: &str, name: &str) -> bool {
    line.match_indices(&format!("{name}="))
        .any(|(at, _)| line[..at].ends_with(|c: char| c.is_whitespace() || c == '"' || c == '\''))
}

/// Villages have old telephones, and offices 360 browsers: script keeps to Chrome 80.
pub fn old_script(files: &[File]) -> Faults {
    const NEWER: &[&str] = &[
        "??=",
        "||=",
        "&&=",
        ".at(",
        ".replaceAll(",
        ".findLast(",
        ".hasOwn(",
        ".toSorted(",
        ".toReversed(",
        ".groupBy(",
        "Promise.any(",
        "structuredClone(",
        "AbortSignal.timeout(",
        "crypto.randomUUID(",
        "WeakRef(",
        "static {",
        "import.meta.resolve",
    ];
    banned(files, &["js", "mjs"], NEWER, "newer than Chrome 80")
}

/// Style keeps to Chrome 80 as well.
pub fn old_style(files: &[File]) -> Faults {
    const NEWER: &[&str] = &[
        ":has(",
        ":is(",
        ":where(",
        "aspect-ratio:",
        "inset:",
        "inset-inline",
        "inset-block",
        "dvh",
        "svh",
        "lvh",
        "accent-color:",
        "@layer",
        "@container",
        "@scope",
        "color-mix(",
        "oklch(",
        "text-wrap:",
        "scrollbar-gutter:",
    ];
    let mut found = banned(files, &["css"], NEWER, "newer than Chrome 80");
    for file in served(files, &["css"]) {
        let css = without_comments(&file.text);
        let mut depth = Vec::new();
        for (at, mark) in css.match_indices(['{', '}']) {
            let line = css[..at].lines().count();
            if mark == "{" {
                let head = css[..at].rsplit(['{', '}', ';']).next().unwrap_or_default().trim().to_owned();
                if depth.last().is_some_and(|outer: &(String, usize)| !outer.0.starts_with('@')) {
                    found.push(fault(file, line, "nested rules"));
                }
                depth.push((head, at));
            } else if let Some((_, from)) = depth.pop() {
                let body: String = css[from..at].split_whitespace().collect();
                if (body.contains("display:flex") || body.contains("display:inline-flex")) && has_gap(&body) {
                    found.push(fault(file, line, "gap in a flex box"));
                }
            }
        }
    }
    found
}

fn has_gap(body: &str) -> bool {
    ["{gap:", ";gap:", "{column-gap:", ";column-gap:", "{row-gap:", ";row-gap:"].iter().any(|gap| body.contains(gap))
}

fn banned(files: &[File], endings: &[&str], words: &[&str], what: &str) -> Faults {
    let mut found = Vec::new();
    for file in served(files, endings) {
        let text = without_comments(&file.text);
        let hits = numbered(&text)
            .filter_map(|(n, line)| words.iter().find(|word| line.contains(*word)).map(|word| (n, word)));
        found.extend(hits.map(|(n, word)| fault(file, n, &format!("{word} is {what}"))));
    }
    found
}

fn served<'a>(files: &'a [File], endings: &'a [&str]) -> impl Iterator<Item = &'a File> {
    files.iter().filter(move |f| f.path.starts_with("static/") && has_ending(f, endings))
}

/// Blanks `/* … */` and keeps the lines.
fn without_comments(text: &str) -> String {
    let mut parts = text.split("/*");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (comment, rest) = part.split_once("*/").unwrap_or((part, ""));
        out.extend(comment.chars().filter(|c| *c == '\n'));
        out.push_str(rest);
    }
    out
}
