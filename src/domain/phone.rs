//! Telephone numbers as they stand in rosters: one or two in a cell, with separators, or as a number.

use super::spelling;

/// Why a text is no telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("看不出电话号码：请填11位手机号，或带区号的座机号，两个号码之间用“/”分开")]
pub struct NoPhone;

/// The numbers in a text, in order, without separators; none if it says there is none.
///
/// Mobiles have 11 digits and begin with 13 to 19; landlines have 7 or 8, with an area code before or without.
pub fn read(raw: &str) -> Result<Vec<String>, NoPhone> {
    let text = spelling::plain(raw);
    if spelling::says_none(&spelling::tight(&text)) {
        return Ok(Vec::new());
    }
    let mut numbers = Vec::new();
    for piece in text.split(['/', '、', ',', ';', '或', '和', '\n', '\r', '|', '。']) {
        numbers.extend(piece_numbers(piece)?);
    }
    numbers.dedup();
    if numbers.is_empty() { Err(NoPhone) } else { Ok(numbers) }
}

/// `138****5678`; a landline keeps its last three.
pub fn mask(number: &str) -> String {
    let places = number.chars().count();
    let (head, tail) = if places == 11 { (3, 4) } else { (0, 3) };
    number.chars().enumerate().map(|(i, c)| if i < head || i + tail >= places { c } else { '*' }).collect()
}

/// One number, or two run together by blanks; words beside them (母亲, 电话：) are left out.
fn piece_numbers(piece: &str) -> Result<Vec<String>, NoPhone> {
    let digits: String = piece.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return if piece.chars().all(|c| c.is_whitespace() || c.is_alphabetic()) {
            Ok(Vec::new())
        } else {
            Err(NoPhone)
        };
    }
    if piece.chars().any(|c| c.is_ascii_alphabetic() || matches!(c, '*' | '?' | '.')) {
        return Err(NoPhone);
    }
    if let (22, Some((first, second))) = (digits.len(), digits.split_at_checked(11)) {
        return [first, second].into_iter().map(|n| one(n).ok_or(NoPhone)).collect();
    }
    one(&digits).map(|n| vec![n]).ok_or(NoPhone)
}

fn one(digits: &str) -> Option<String> {
    let bare = match digits.len() {
        13.. => digits.strip_prefix("86").or_else(|| digits.strip_prefix("0086"))?,
        _ => digits,
    };
    let mobile = bare.len() == 11 && bare.starts_with('1') && !matches!(bare.as_bytes()[1], b'0'..=b'2');
    let landline = matches!(bare.len(), 10..=12) && bare.starts_with('0') && !bare.starts_with("00");
    let local = matches!(bare.len(), 7 | 8) && matches!(bare.as_bytes()[0], b'2'..=b'8');
    (mobile || landline || local).then(|| bare.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_spellings_of_the_rosters_are_read() {
        for (raw, numbers) in [
            ("13166131860", vec!["13166131860"]),
            ("185-6321-2233", vec!["18563212233"]),
            ("17017404716/17017404710", vec!["17017404716", "17017404710"]),
            ("13869761150/13869761150", vec!["13869761150"]),
            ("138 1234 5678", vec!["13812345678"]),
            ("13812345678 13912345678", vec!["13812345678", "13912345678"]),
            ("１３８１２３４５６７８（母亲）", vec!["13812345678"]),
            ("+86 138-1234-5678", vec!["13812345678"]),
            ("父：13812345678、母：13912345678", vec!["13812345678", "13912345678"]),
            ("023-59221234", vec!["02359221234"]),
            ("无", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(read(raw), Ok(numbers.into_iter().map(str::to_owned).collect()), "{raw}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused_not_guessed() {
        for raw in ["1381234567", "138123456789", "12345678901", "138****5678", "1.38E+10", "见备注1", "13812345678/9"]
        {
            assert_eq!(read(raw), Err(NoPhone), "{raw}");
        }
    }

    #[test]
    fn masking_keeps_the_ends() {
        assert_eq!(mask("13812345678"), "138****5678");
        assert_eq!(mask("59221234"), "*****234");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(raw in ".{0,40}") {
            if let Ok(numbers) = read(&raw) {
                for number in numbers {
                    prop_assert_eq!(read(&number), Ok(vec![number.clone()]));
                    let _ = mask(&number);
                }
            }
        }
    }
}
