//! The words a profile quotes, and whether they stand at the line that it names.

use std::collections::BTreeMap;

use super::cursor::Problem;
use super::library::Library;
use super::node::{Node, Value};

/// Where a quotation was taken from: the lines of a document, `002:L48` or `000:L45-64`. Sources of another form (an
/// article of law, a reading of an ambiguity) name no line and are not looked up.
struct Place<'a> {
    document: &'a str,
    first: usize,
    last: usize,
}

impl<'a> Place<'a> {
    fn read(source: &'a str) -> Option<Self> {
        let (document, lines) = source.split_once(":L")?;
        let (first, last) = lines.split_once('-').unwrap_or((lines, lines));
        // 001-12 is the twelfth plan of document 001, 003d the fourth of 003.
        let document = document.get(..3).filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()))?;
        Some(Self { document, first: first.parse().ok()?, last: last.parse().ok()? })
    }

    fn text(&self, documents: &BTreeMap<String, String>) -> Option<String> {
        let lines = documents.get(self.document)?.lines();
        let taken = self.last.checked_sub(self.first)? + 1;
        Some(lines.skip(self.first.checked_sub(1)?).take(taken).collect::<Vec<_>>().join("\n"))
    }
}

/// Every quotation of the profiles that does not stand at its line, and every line named without its words. `documents`
/// are the texts by their number: 000, 001 … An ellipsis leaves words out; spaces do not count.
pub fn misquoted(library: &Library, documents: &BTreeMap<String, String>) -> Vec<Problem> {
    let mut told = Vec::new();
    for node in library.nodes() {
        look(node, "", documents, &mut told);
    }
    told
}

fn look(node: &Node, key: &str, documents: &BTreeMap<String, String>, told: &mut Vec<Problem>) {
    if let Some(why) = node.text("source").and_then(|source| fault(source, node.text("quote"), documents)) {
        told.push(Problem::at(&*node.file, key, why));
    }
    let below = |name: &str| if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") };
    match &node.value {
        Value::Table(table) => table.iter().for_each(|(name, node)| look(node, &below(name), documents, told)),
        Value::List(nodes) => {
            for (at, node) in nodes.iter().enumerate() {
                let name = node.text("id").map_or_else(|| format!("第{}项", at + 1), str::to_owned);
                look(node, &below(&name), documents, told);
            }
        }
        Value::Scalar(_) => {}
    }
}

fn fault(source: &str, quote: Option<&str>, documents: &BTreeMap<String, String>) -> Option<String> {
    let place = Place::read(source)?;
    let Some(quote) = quote else { return Some(format!("写了出处 {source}，还要写原文（quote）")) };
    let Some(text) = place.text(documents) else { return Some(format!("没有 {source} 这份文件或这一行")) };
    (!stands(quote, &text)).then(|| format!("{source} 没有“{quote}”这句话"))
}

/// The parts between ellipses stand in the text, in order.
fn stands(quote: &str, text: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let text = bare(text);
    let mut rest = text.as_str();
    quote.split('…').map(bare).filter(|part| !part.is_empty()).all(|part| match rest.split_once(part.as_str()) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}
