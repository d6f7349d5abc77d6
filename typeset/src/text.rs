//! Facts as they can be printed: no control characters, and an empty box for what no font has.

use std::collections::BTreeSet;

use serde_json::Value;

/// Printed for a character that no font has: an empty box in which a clerk writes it by hand.
pub const BOX: char = '□';

/// A value with all its text made printable.
///
/// Control characters, invisible marks and marks of direction are left out: they print nothing, or reorder what is
/// printed. A character for which `has` is false becomes a box and is put into `missing`.
pub fn printable(value: &Value, has: &impl Fn(char) -> bool, missing: &mut BTreeSet<char>) -> Value {
    match value {
        Value::String(text) => Value::String(printable_text(text, has, missing)),
        Value::Array(items) => items.iter().map(|item| printable(item, has, missing)).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(name, field)| (name.clone(), printable(field, has, missing))).collect()
        }
        other => other.clone(),
    }
}

fn printable_text(text: &str, has: &impl Fn(char) -> bool, missing: &mut BTreeSet<char>) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|character| if character == '\r' { '\n' } else { character })
        .filter(|&character| character == '\n' || !(character.is_control() || is_invisible(character)))
        .map(|character| {
            if character.is_whitespace() || has(character) {
                character
            } else {
                missing.insert(character);
                BOX
            }
        })
        .collect()
}

fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_cannot_be_printed_becomes_a_box_or_nothing() {
        let mut missing = BTreeSet::new();
        let facts = json!({"name": "龙\u{202e}骉\u{e123}", "visits": ["a\r\nb\u{7}", 3]});
        let clean = printable(&facts, &|c| c != '\u{e123}', &mut missing);
        assert_eq!(clean, json!({"name": "龙骉□", "visits": ["a\nb", 3]}));
        assert_eq!(missing, BTreeSet::from(['\u{e123}']));
    }
}
