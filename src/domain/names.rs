//! Personal names as rosters spell them: blanks, the dot of ethnic names, rare characters.

use super::spelling;

/// A name put right, and what was done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name in its one spelling.
    pub text: String,
    /// Blanks, width or dots were changed.
    pub repaired: bool,
    /// It holds a character of a private area, which other machines show as a box.
    pub private_character: bool,
}

/// Why a text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// Nothing there.
    #[error("没有填姓名：请照户口簿补填")]
    Missing,
    /// A question mark or box where a rare character was lost.
    #[error("姓名里有没显示出来的字（问号或方框）：请照户口簿补上这个字")]
    Lost,
    /// Digits, brackets, stars or the like.
    #[error("姓名里有汉字、字母和“·”以外的字符：请只填姓名，说明写到备注里")]
    Characters,
    /// More than fifty characters.
    #[error("姓名太长：请只填姓名，说明写到备注里")]
    Long,
}

/// Reads a name: blanks inside Chinese names go, every dot becomes `·`, Latin letters keep one blank between words.
pub fn read(raw: &str) -> Result<Name, NameFault> {
    let line = spelling::plain(raw);
    let bare = line.trim_matches(['\'', '‘', '’', '"']).trim();
    if spelling::says_none(&spelling::tight(bare)) {
        return Err(NameFault::Missing);
    }
    let dotted: String = bare.chars().map(|c| if is_dot(c) { '·' } else { c }).collect();
    let text = if dotted.chars().any(is_han) { without_blanks(&dotted) } else { single_blanks(&dotted) };
    check(&text)?;
    let private_character = text.chars().any(is_private);
    Ok(Name { repaired: text != raw, text, private_character })
}

fn check(text: &str) -> Result<(), NameFault> {
    if text.chars().any(|c| matches!(c, '?' | '？' | '□' | '\u{fffd}' | '〓' | '■')) {
        return Err(NameFault::Lost);
    }
    if text.chars().count() > 50 {
        return Err(NameFault::Long);
    }
    let whole = text.chars().all(|c| c.is_alphabetic() || is_private(c) || matches!(c, '·' | ' ' | '-' | '〇' | '々'));
    let ends = text.starts_with('·') || text.ends_with('·') || text.contains("··");
    if whole && !ends { Ok(()) } else { Err(NameFault::Characters) }
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn single_blanks(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The signs that stand for the dot between the parts of an ethnic name.
fn is_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '・' | '‧' | '∙' | '⋅' | '˙' | '･' | '。' | '.' | '．' | 'ᐧ' | '⸱' | '●')
}

/// A Chinese character of any plane.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
        || is_private(c)
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_name() {
        for raw in [
            "阿依古丽·吐尔逊",
            "阿依古丽.吐尔逊",
            "阿依古丽•吐尔逊",
            "阿依古丽 ・ 吐尔逊",
            " 阿依古丽．吐尔逊",
            "'阿依古丽·吐尔逊",
        ] {
            assert_eq!(read(raw).unwrap().text, "阿依古丽·吐尔逊", "{raw}");
        }
        assert_eq!(
            read("郑　诗军").unwrap(),
            Name { text: "郑诗军".to_owned(), repaired: true, private_character: false }
        );
        assert!(!read("郑诗军").unwrap().repaired);
        assert_eq!(read("Anna   Maria").unwrap().text, "Anna Maria");
        assert_eq!(read("𠮷㛃").unwrap().text, "𠮷㛃");
        assert!(read("王\u{e863}").unwrap().private_character);
    }

    #[test]
    fn what_is_no_name() {
        for (raw, fault) in [
            ("", NameFault::Missing),
            ("　", NameFault::Missing),
            ("无", NameFault::Missing),
            ("王?明", NameFault::Lost),
            ("王□", NameFault::Lost),
            ("王明1", NameFault::Characters),
            ("王明（大）", NameFault::Characters),
            ("张*", NameFault::Characters),
            ("1200", NameFault::Characters),
        ] {
            assert_eq!(read(raw), Err(fault), "{raw}");
        }
    }

    proptest! {
        #[test]
        fn a_name_read_is_read_again_as_it_is(raw in ".{0,30}") {
            if let Ok(name) = read(&raw) {
                let again = read(&name.text).unwrap();
                prop_assert_eq!(again.text, name.text);
                prop_assert!(!again.repaired);
            }
        }
    }
}
