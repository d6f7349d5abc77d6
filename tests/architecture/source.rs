//! Reads a Rust file as far as the rules need: its code without comments and strings, its strings, its paths.

/// A file of the tree.
pub struct File {
    /// Its path from the repository's top, with `/`.
    pub path: String,
    /// All of it.
    pub text: String,
}

/// A path such as `crate::architecture::db::Read`, as used in one place.
#[derive(Debug, PartialEq)]
pub struct UsedPath {
    /// Its segments; `self` and `super` resolved for the file.
    pub segments: Vec<String>,
    /// A macro is called by it.
    pub is_macro: bool,
    /// Where, counted from one.
    pub line: usize,
}

/// Code and strings apart; both keep their place, the rest is blank.
pub struct Lexed {
    /// The code.
    pub code: String,
    /// What stands inside string literals.
    pub strings: String,
}

/// Tells code from strings and comments.
pub fn lex(text: &str) -> Lexed {
    let chars: Vec<char> = text.chars().collect();
    let (mut code, mut strings) = (String::new(), String::new());
    let mut at = 0;
    while at < chars.len() {
        let (end, is_string) = piece(&chars, at);
        for &c in &chars[at..end] {
            let blank = if c == '\n' { '\n' } else { ' ' };
            let is_code = end == at + 1 && is_string.is_none();
            code.push(if is_code { c } else { blank });
            strings.push(if is_string == Some(true) { c } else { blank });
        }
        at = end;
    }
    Lexed { code, strings }
}

/// Where the piece that begins here ends; `Some(true)` for a string, `Some(false)` for a comment or character.
fn piece(chars: &[char], at: usize) -> (usize, Option<bool>) {
    let starts = |word: &str| chars[at..].iter().zip(word.chars()).filter(|(a, b)| **a == *b).count() == word.len();
    let find =
        |from: usize, test: &dyn Fn(usize) -> bool| (from..chars.len()).find(|&i| test(i)).unwrap_or(chars.len());
    match chars[at] {
        '/' if starts("//") => (find(at, &|i| chars[i] == '\n'), Some(false)),
        '/' if starts("/*") => {
            ((find(at + 2, &|i| chars[i] == '*' && chars.get(i + 1) == Some(&'/')) + 2).min(chars.len()), Some(false))
        }
        '"' => (closing_quote(chars, at + 1), Some(true)),
        'r' if starts("r\"") || starts("r#") => raw_string(chars, at),
        '\'' if chars.get(at + 1) == Some(&'\\') => {
            ((find(at + 3, &|i| chars[i] == '\'') + 1).min(chars.len()), Some(false))
        }
        '\'' if chars.get(at + 2) == Some(&'\'') => (at + 3, Some(false)),
        _ => (at + 1, None),
    }
}

fn closing_quote(chars: &[char], mut at: usize) -> usize {
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

fn raw_string(chars: &[char], at: usize) -> (usize, Option<bool>) {
    let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
    let open = at + 1 + hashes;
    if chars.get(open) != Some(&'"') || (at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_')) {
        return (at + 1, None); // r#type, or a word that ends in r
    }
    let closes = |i: &usize| chars[*i] == '"' && chars[i + 1..].iter().take_while(|c| **c == '#').count() >= hashes;
    ((open + 1..chars.len()).find(closes).map_or(chars.len(), |i| i + 1 + hashes), Some(true))
}

/// The code before the file's own tests: a `mod` with a body under `#[cfg(test)]`.
pub fn without_tests(code: &str) -> &str {
    let begins = code.match_indices("#[cfg(test)]").map(|(at, _)| at).find(|at| {
        let after = code[at + "#[cfg(test)]".len()..].trim_start();
        let body = after.find(['{', ';']).is_some_and(|end| after[end..].starts_with('{'));
        after.starts_with("mod ") && body
    });
    &code[..begins.unwrap_or(code.len())]
}

/// Every path of the code with at least two segments, and every imported name; `use` trees are spread out, the file's own
/// tests are left out.
pub fn paths(file: &File) -> Vec<UsedPath> {
    let code = lex(&file.text).code;
    let tokens = tokens(without_tests(&code));
    let mut found = Vec::new();
    let mut prefixes: Vec<Vec<String>> = Vec::new();
    let (mut current, mut in_use): (Vec<String>, bool) = (Vec::new(), false);
    for (i, (token, line)) in tokens.iter().enumerate() {
        let after = |n: usize| tokens.get(i + n).map(|(t, _)| t.as_str()).unwrap_or_default();
        match token.as_str() {
            "use" if after(1) != "<" => (in_use, current) = (true, Vec::new()),
            "::" => (),
            "{" if in_use => prefixes.push(std::mem::take(&mut current)),
            "}" if in_use => drop(prefixes.pop()),
            ";" => (in_use, current) = (false, Vec::new()),
            word if word.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '*') => {
                current.push(word.to_owned());
                if after(1) == "::" && after(2) != "<" {
                    continue;
                }
                let mut segments: Vec<String> = prefixes.iter().flatten().cloned().collect();
                segments.append(&mut current);
                if in_use || segments.len() > 1 {
                    let is_macro = after(1) == "!";
                    found.push(UsedPath { segments: resolve(&file.path, segments), is_macro, line: *line });
                }
            }
            _ => current.clear(),
        }
    }
    found
}

/// Words, `::` and single marks, with their lines.
fn tokens(code: &str) -> Vec<(String, usize)> {
    let mut found: Vec<(String, usize)> = Vec::new();
    let mut inside = false;
    let (mut line, mut previous) = (1, ' ');
    for c in code.chars() {
        let wordy = c.is_alphanumeric() || c == '_';
        match found.last_mut() {
            Some((word, _)) if wordy && inside => word.push(c),
            Some((colon, _)) if c == ':' && previous == ':' && colon == ":" => "::".clone_into(colon),
            _ if !c.is_whitespace() => found.push((c.to_string(), line)),
            _ => (),
        }
        (inside, previous) = (wordy, c);
        line += usize::from(c == '\n');
    }
    found
}

/// `self` and `super` at the start of a path, by the module the file is.
fn resolve(path: &str, segments: Vec<String>) -> Vec<String> {
    let mut module: Vec<String> = vec!["crate".to_owned()];
    let name = path.strip_prefix("src/").unwrap_or(path).trim_end_matches(".rs").trim_end_matches("/mod");
    module.extend(name.split('/').filter(|part| !["lib", "main"].contains(part)).map(str::to_owned));
    let first = segments.iter().take_while(|s| *s == "super" || *s == "self").count();
    if first == 0 {
        return segments;
    }
    let up = segments.iter().take(first).filter(|s| *s == "super").count();
    module.truncate(module.len().saturating_sub(up).max(1));
    module.extend(segments.into_iter().skip(first));
    module
}
