//! The citizen identity number (GB 11643-1999): read as people type it, checked, masked, grouped.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{spelling, words::Sex};

/// A number that passed its checks: 18 places, a birth date that exists, the right check digit.
///
/// `Debug` shows it masked and there is no `Display`: whoever needs it in full asks with [`IdNumber::as_str`].
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IdNumber(String);

/// Why a text is no identity number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdFault {
    /// Nothing there, or a word for nothing.
    #[error("没有填身份证号码：请照户口簿补填")]
    Missing,
    /// A spreadsheet turned it into a number and lost its last digits.
    #[error("身份证号码成了数字，后几位已丢失：请先把这一列设为文本格式，再照户口簿重新填写")]
    AsNumber,
    /// So many places instead of 18.
    #[error("{}", length_words(*.0))]
    Length(usize),
    /// Something other than digits, or than a last X.
    #[error("身份证号码里有数字以外的字符（只有末位可以是X）：请照户口簿改正")]
    Characters,
    /// Places 7 to 14 are no day between 1900 and today.
    #[error("身份证号码第7至14位不是一个真实的出生日期：请照户口簿改正")]
    BirthDate,
    /// The last place does not fit the others.
    #[error("身份证号码校验不通过，至少有一位写错：请照户口簿逐位核对，不要只改末位")]
    CheckDigit,
}

fn length_words(places: usize) -> String {
    match places {
        15 => "身份证号码是15位的旧号码，应为18位：请照户口簿填现在的号码".to_owned(),
        0..=17 => format!("身份证号码只有{places}位，应为18位，少了{}位：请照户口簿补齐", 18 - places),
        _ => format!("身份证号码有{places}位，应为18位，多了{}位：请照户口簿改正", places - 18),
    }
}

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

impl IdNumber {
    /// Reads a number as typed: full-width digits, blanks, hyphens, apostrophes and a small x are put right.
    pub fn read(raw: &str) -> Result<Self, IdFault> {
        Self::exact(&normalise(raw))
    }

    /// Takes only the plain form; the same as [`IdNumber::read`] for a text that [`normalise`] leaves as it is.
    pub fn exact(text: &str) -> Result<Self, IdFault> {
        if spelling::says_none(text) {
            return Err(IdFault::Missing);
        }
        if looks_numeric(text) {
            return Err(IdFault::AsNumber);
        }
        let places = text.chars().count();
        if places != 18 {
            let digits = text.bytes().enumerate().all(|(i, b)| b.is_ascii_digit() || (b == b'X' && i + 1 == places));
            return Err(if digits { IdFault::Length(places) } else { IdFault::Characters });
        }
        let (body, last) = text.split_at_checked(17).ok_or(IdFault::Characters)?;
        if !body.bytes().all(|b| b.is_ascii_digit()) || !matches!(last.as_bytes(), [b'0'..=b'9' | b'X']) {
            return Err(IdFault::Characters);
        }
        let born = born_of(body).ok_or(IdFault::BirthDate)?;
        if born.year() < 1900 {
            return Err(IdFault::BirthDate);
        }
        if check_digit(body) != last.chars().next() {
            return Err(IdFault::CheckDigit);
        }
        Ok(Self(text.to_owned()))
    }

    /// The number in full. Showing it is an act with a reason (design.md §4.11).
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The day of birth in places 7 to 14.
    pub fn born(&self) -> NaiveDate {
        born_of(&self.0).unwrap_or_default()
    }

    /// The sex in place 17: odd is male.
    pub fn sex(&self) -> Sex {
        match self.0.as_bytes().get(16) {
            Some(digit) if digit % 2 == 1 => Sex::Male,
            _ => Sex::Female,
        }
    }

    /// Places 1 to 6: where the number was first issued, which says nothing of where one lives now.
    pub fn region(&self) -> &str {
        self.0.get(..6).unwrap_or_default()
    }

    /// `500229********2417`
    pub fn masked(&self) -> String {
        mask(&self.0)
    }

    /// `500229 20120408 852X`, for reading aloud and copying by hand.
    pub fn grouped(&self) -> String {
        group(&self.0)
    }
}

/// A number of eighteen places in groups as people read it: `500229 20140602 2417`; another as it is.
pub fn group(number: &str) -> String {
    match (number.get(0..6), number.get(6..14), number.get(14..18)) {
        (Some(region), Some(birth), Some(rest)) => format!("{region} {birth} {rest}"),
        _ => number.to_owned(),
    }
}

impl std::fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.masked())
    }
}

impl TryFrom<String> for IdNumber {
    type Error = IdFault;
    fn try_from(text: String) -> Result<Self, IdFault> {
        Self::exact(&text)
    }
}

impl From<IdNumber> for String {
    fn from(number: IdNumber) -> Self {
        number.0
    }
}

/// Half-width digits, no blanks, hyphens or apostrophes, a capital X.
pub fn normalise(raw: &str) -> String {
    let tight = spelling::tight(raw);
    let bare = tight.trim_matches(['\'', '‘', '’', '`', '"', '“', '”', '′']);
    bare.chars()
        .filter(|c| !matches!(c, '-' | '–' | '—' | '－' | '_'))
        .map(|c| if matches!(c, 'x' | '×' | 'Χ' | 'х' | 'Х') { 'X' } else { c })
        .collect()
}

/// First six and last four places; of anything too short to be masked so, nothing.
pub fn mask(text: &str) -> String {
    let places = text.chars().count();
    let hide = |i: usize, c: char| if places > 10 && (i < 6 || i + 4 >= places) { c } else { '*' };
    text.chars().enumerate().map(|(i, c)| hide(i, c)).collect()
}

/// The check digit that 17 digits demand (ISO 7064, MOD 11-2).
fn check_digit(body: &str) -> Option<char> {
    let sum: u32 = body.chars().zip(WEIGHTS).map(|(c, w)| c.to_digit(10).unwrap_or(0) * w).sum();
    "10X98765432".chars().nth((sum % 11) as usize)
}

fn born_of(text: &str) -> Option<NaiveDate> {
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
    NaiveDate::from_ymd_opt(text.get(6..10)?.parse().ok()?, part(10..12)?, part(12..14)?)
}

/// `5.00229E+17`, `500229201704056600.0`: what a spreadsheet leaves when it took the number for a quantity.
fn looks_numeric(text: &str) -> bool {
    (text.contains('.') || text.contains(['E', 'e'])) && text.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GOOD: &str = "500229201204298039";

    #[test]
    fn the_many_spellings_are_one_number() {
        let number = IdNumber::read("50022920180911142X").unwrap();
        for raw in [
            " 50022920180911142x ",
            "'50022920180911142X",
            "500229 20180911 142X",
            "５００２２９２０１８０９１１１４２Ｘ",
            "500229-20180911-142x",
            "50022920180911142×",
        ] {
            assert_eq!(IdNumber::read(raw), Ok(number.clone()), "{raw}");
        }
        assert_eq!(number.born(), NaiveDate::from_ymd_opt(2018, 9, 11).unwrap());
        assert_eq!(number.sex(), Sex::Female);
        assert_eq!(number.region(), "500229");
        assert_eq!(number.masked(), "500229********142X");
        assert_eq!(number.grouped(), "500229 20180911 142X");
        assert_eq!(format!("{number:?}"), "500229********142X");
    }

    #[test]
    fn each_fault_has_its_name() {
        for (raw, fault) in [
            ("", IdFault::Missing),
            (" 无 ", IdFault::Missing),
            ("5.00229E+17", IdFault::AsNumber),
            ("50022920191028277", IdFault::Length(17)),
            ("500229111028277", IdFault::Length(15)),
            ("5002292019102827760", IdFault::Length(19)),
            ("5002292X1910282776", IdFault::Characters),
            ("见户口簿", IdFault::Characters),
            ("500229201313455878", IdFault::BirthDate),
            ("500229189902011234", IdFault::BirthDate),
            ("500229201406114928", IdFault::CheckDigit),
        ] {
            assert_eq!(IdNumber::read(raw), Err(fault), "{raw}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(raw in ".{0,40}") {
            if let Ok(number) = IdNumber::read(&raw) {
                prop_assert_eq!(IdNumber::exact(number.as_str()), Ok(number.clone()));
                prop_assert_eq!(number.masked().chars().filter(|c| *c == '*').count(), 8);
            }
            let _ = mask(&raw);
        }

        #[test]
        fn a_number_made_by_the_rule_is_read_and_any_one_wrong_digit_is_found(
            days in 0i32..60_000, region in 110_000u32..660_000, order in 0u32..1000, place in 0usize..17, off in 1u8..10,
        ) {
            let born = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::Days::new(days.try_into().unwrap());
            let body = format!("{region}{}{order:03}", born.format("%Y%m%d"));
            let whole = format!("{body}{}", check_digit(&body).unwrap());
            let number = IdNumber::read(&whole).unwrap();
            prop_assert_eq!(number.born(), born);
            prop_assert_eq!(number.sex() == Sex::Male, order % 2 == 1);

            let mut wrong = whole.into_bytes();
            wrong[place] = b'0' + (wrong[place] - b'0' + off) % 10;
            prop_assert!(IdNumber::read(&String::from_utf8(wrong).unwrap()).is_err());
        }
    }

    #[test]
    fn json_carries_only_numbers_that_pass() {
        let number: IdNumber = serde_json::from_str("\"50022920180911142X\"").unwrap();
        assert_eq!(serde_json::to_string(&number).unwrap(), "\"50022920180911142X\"");
        assert!(serde_json::from_str::<IdNumber>(&format!("\"{}1\"", &GOOD[..17])).is_err());
    }
}
