//! How people type: full-width signs, stray blanks, apostrophes and Chinese numerals made plain.

/// The half-width form of a full-width sign (U+FF01–U+FF5E and the ideographic space); any other as it is.
pub fn half(c: char) -> char {
    match c {
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Signs that take no room on the page and come along when text is copied out of chats and web pages.
pub fn invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
        || (c.is_control() && !c.is_whitespace())
}

/// Half-width, without invisible signs, trimmed.
pub fn plain(text: &str) -> String {
    let line: String = text.chars().filter(|c| !invisible(*c)).map(half).collect();
    line.trim().to_owned()
}

/// Half-width, without any blank at all: for numbers, headings and Chinese words.
pub fn tight(text: &str) -> String {
    text.chars().filter(|c| !invisible(*c)).map(half).filter(|c| !c.is_whitespace()).collect()
}

/// What stands in a cell for "there is none".
pub fn says_none(tight: &str) -> bool {
    matches!(
        tight,
        "" | "无"
            | "暂无"
            | "没有"
            | "未知"
            | "不详"
            | "空"
            | "/"
            | "\\"
            | "-"
            | "--"
            | "—"
            | "——"
            | "N/A"
            | "#N/A"
            | "NULL"
            | "null"
    )
}

/// The value of one Chinese digit, 〇 to 九, also in its formal shape.
pub fn chinese_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// A number below one hundred in Arabic or Chinese digits: `12`, `十二`, `二十`, `廿` is not read.
pub fn small_number(text: &str) -> Option<u32> {
    if !text.is_empty() && text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    match text.split_once('十') {
        Some((tens, ones)) => Some(10 * one_digit(tens, 1)? + one_digit(ones, 0)?),
        None => text.chars().next().and_then(|c| one_digit(text, 0).filter(|_| chinese_digit(c).is_some())),
    }
}

/// One Chinese digit, or what its absence means beside 十.
fn one_digit(text: &str, absent: u32) -> Option<u32> {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (None, _) => Some(absent),
        (Some(c), None) => chinese_digit(c),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_read_in_both_scripts() {
        for (text, n) in
            [("1", 1), ("12", 12), ("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("三十一", 31), ("九", 9)]
        {
            assert_eq!(small_number(text), Some(n), "{text}");
        }
        for text in ["", "一二", "百", "123", "十十", "1十", "a"] {
            assert_eq!(small_number(text), None, "{text}");
        }
    }

    #[test]
    fn blanks_and_width_go() {
        assert_eq!(tight(" ５００　2\u{200b}29 "), "500229");
        assert_eq!(plain("　张　三 "), "张 三");
    }
}
