//! 核验码: the eight characters on a printed sheet by which it is found again; they say nothing of the child.

use uuid::Uuid;

use super::idno::normalise;

/// `7F3K-92QD`-like: the first eight hexadecimal digits of what the sheet is of.
pub fn check_code(id: Uuid) -> String {
    let digits = id.simple().to_string().to_uppercase();
    format!("{}-{}", &digits[..4], &digits[4..8])
}

/// The first and the last id that a typed code may stand for; none where it is no code. Eight letters without the
/// dash are read as pinyin, not as a code.
pub fn range(typed: &str) -> Option<(Uuid, Uuid)> {
    let code = normalise(typed);
    let dashed = typed.chars().any(|c| matches!(c, '-' | '–' | '—' | '－'));
    let is_code = code.len() == 8 && code.bytes().all(|b| b.is_ascii_hexdigit());
    if !is_code || !(dashed || code.bytes().any(|b| b.is_ascii_digit())) {
        return None;
    }
    let first = u128::from(u32::from_str_radix(&code, 16).ok()?) << 96;
    Some((Uuid::from_u128(first), Uuid::from_u128(first | (u128::MAX >> 32))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_leads_to_the_ids_that_begin_so() {
        let id = Uuid::from_u128(0x7f3c_92ad_0000_4000_8000_0000_0000_0001);
        let (first, last) = range(&check_code(id)).expect("a code");
        assert!(first <= id && id <= last);
        for typed in ["7f3c92ad", " 7F3C－92AD ", "７Ｆ３Ｃ—９２ＡＤ", "7F3C 92AD"] {
            assert_eq!(range(typed), Some((first, last)), "{typed}");
        }
        assert!(range("7F3C-92AE").is_some_and(|(first, _)| first > id));
    }

    #[test]
    fn what_is_no_code_is_left_to_names_and_numbers() {
        for typed in ["", "欧阳倩", "cafebabe", "7F3C-92A", "7F3C-92AG", "500229201109288451"] {
            assert_eq!(range(typed), None, "{typed}");
        }
        assert!(range("cafe-babe").is_some());
    }
}
