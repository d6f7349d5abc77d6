//! Grades 1 to 9 and classes as people write them, and the school year that a birth date's grade hangs on.

use serde::{Deserialize, Serialize};

use super::spelling;
use crate::vocabulary;

mod school_year;

pub use school_year::{SchoolYear, Standing};

vocabulary! {
    /// The two stages of compulsory schooling.
    pub enum Stage { Primary = "primary" => "小学", Junior = "junior" => "初中" }
}

/// A grade of the nine, 1 to 9.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Grade(u8);

/// A number that is no grade of compulsory schooling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no grade from 1 to 9")]
pub struct NoGrade(pub u8);

impl Grade {
    /// The grade of a number, 1 to 9.
    pub const fn new(number: u8) -> Option<Self> {
        if matches!(number, 1..=9) { Some(Self(number)) } else { None }
    }

    /// Its number, 1 to 9.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// `八年级`
    pub const fn label(self) -> &'static str {
        match self.0 {
            1 => "一年级",
            2 => "二年级",
            3 => "三年级",
            4 => "四年级",
            5 => "五年级",
            6 => "六年级",
            7 => "七年级",
            8 => "八年级",
            _ => "九年级",
        }
    }

    /// Grades 1 to 6 are primary, 7 to 9 junior.
    pub const fn stage(self) -> Stage {
        if self.0 <= 6 { Stage::Primary } else { Stage::Junior }
    }

    /// Reads `8`, `8年级`, `八年级`, `初二`, `小学三年级`, `九年级上`; anything else is none.
    pub fn read(raw: &str) -> Option<Self> {
        let text = spelling::tight(raw);
        let text = text.trim_end_matches(['上', '下', '册']);
        let (base, text) = stage_prefix(text);
        let number = text
            .strip_suffix("年级")
            .or_else(|| text.strip_suffix('年'))
            .or_else(|| text.strip_suffix('级'))
            .unwrap_or(text);
        let number = spelling::small_number(number)?;
        let grade = match (base, number) {
            (Some(Stage::Junior), 1..=3) => number + 6,
            (Some(Stage::Junior), 7..=9) | (Some(Stage::Primary), 1..=6) | (None, 1..=9) => number,
            _ => return None,
        };
        Self::new(u8::try_from(grade).ok()?)
    }
}

impl TryFrom<u8> for Grade {
    type Error = NoGrade;
    fn try_from(number: u8) -> Result<Self, NoGrade> {
        Self::new(number).ok_or(NoGrade(number))
    }
}

impl From<Grade> for u8 {
    fn from(grade: Grade) -> Self {
        grade.0
    }
}

fn stage_prefix(text: &str) -> (Option<Stage>, &str) {
    for (prefix, stage) in [
        ("初中", Stage::Junior),
        ("中学", Stage::Junior),
        ("初", Stage::Junior),
        ("小学", Stage::Primary),
        ("小", Stage::Primary),
    ] {
        if let Some(rest) = text.strip_prefix(prefix) {
            return (Some(stage), rest);
        }
    }
    (None, text)
}

/// Grade and class in one cell: `2年级1班`, `八(1)班`, `初一3班`; whichever cannot be read is none.
pub fn read_with_class(raw: &str) -> (Option<Grade>, Option<String>) {
    let text = spelling::tight(raw);
    for mark in ["年级", "级", "("] {
        if let Some(at) = text.find(mark) {
            let cut = if mark == "(" { at } else { at + mark.len() };
            if let Some(grade) = Grade::read(&text[..cut]) {
                return (Some(grade), class_label(&text[cut..]));
            }
        }
    }
    if text.starts_with(['初', '小'])
        && let Some((cut, _)) = text.char_indices().nth(2)
        && let Some(grade) = Grade::read(&text[..cut])
    {
        return (Some(grade), class_label(&text[cut..]));
    }
    match Grade::read(&text) {
        Some(grade) => (Some(grade), None),
        None => (None, class_label(&text)),
    }
}

/// A class that may carry its grade: `3` and `(3)班` are a class alone, `八(1)班` is both.
pub fn read_class(raw: &str) -> (Option<Grade>, Option<String>) {
    match class_label(raw) {
        Some(label) if label.trim_end_matches('班').bytes().all(|b| b.is_ascii_digit()) => (None, Some(label)),
        _ => read_with_class(raw),
    }
}

/// `3班` for `3`, `(3)班`, `03班`, `三班`; a class with a name keeps it.
pub fn class_label(raw: &str) -> Option<String> {
    let text = spelling::tight(raw);
    if spelling::says_none(&text) {
        return None;
    }
    let bare: String = text.chars().filter(|c| !matches!(c, '(' | ')' | '[' | ']')).collect();
    let bare = bare.strip_suffix('班').unwrap_or(&bare);
    let number = spelling::small_number(bare).filter(|n| *n > 0);
    Some(number.map_or(text, |n| format!("{n}班")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn grade(n: u8) -> Option<Grade> {
        Grade::new(n)
    }

    #[test]
    fn the_spellings_of_grades() {
        for (text, n) in [
            ("8", 8),
            ("8年级", 8),
            ("８年级", 8),
            ("八年级", 8),
            ("初二", 8),
            ("初2", 8),
            ("初中二年级", 8),
            ("初中八年级", 8),
            ("六年级", 6),
            ("小学六年级", 6),
            ("小三", 3),
            (" 一 年级", 1),
            ("九年级上", 9),
            ("三年", 3),
        ] {
            assert_eq!(Grade::read(text), grade(n), "{text}");
        }
        for text in ["", "高一", "初四", "10", "0", "学前班", "小七", "2023级", "毕业班", "大班"] {
            assert_eq!(Grade::read(text), None, "{text}");
        }
    }

    #[test]
    fn grade_and_class_in_one_cell() {
        let both = |g, c: &str| (grade(g), Some(c.to_owned()));
        for (text, expected) in [
            ("2年级1班", both(2, "1班")),
            ("八(1)班", both(8, "1班")),
            ("8（1）班", both(8, "1班")),
            ("初一3班", both(7, "3班")),
            ("初三（2）班", both(9, "2班")),
            ("六年级阳光班", both(6, "阳光班")),
            ("九年级", (grade(9), None)),
            ("初二", (grade(8), None)),
            ("3班", (None, Some("3班".to_owned()))),
        ] {
            assert_eq!(read_with_class(text), expected, "{text}");
        }
    }

    #[test]
    fn a_number_in_the_class_column_is_a_class() {
        assert_eq!(read_class("3"), (None, Some("3班".to_owned())));
        assert_eq!(read_class("(3)班"), (None, Some("3班".to_owned())));
        assert_eq!(read_class("八(1)班"), (grade(8), Some("1班".to_owned())));
    }

    #[test]
    fn class_labels() {
        for (text, label) in [
            ("1", "1班"),
            ("(3)班", "3班"),
            ("（3）班", "3班"),
            ("03班", "3班"),
            ("三班", "3班"),
            ("十一班", "11班"),
            ("阳光班", "阳光班"),
        ] {
            assert_eq!(class_label(text).as_deref(), Some(label), "{text}");
        }
        assert_eq!(class_label(" 无 "), None);
    }

    proptest! {
        #[test]
        fn a_label_is_read_back(n in 1u8..=9) {
            let g = Grade::new(n).unwrap();
            prop_assert_eq!(Grade::read(g.label()), Some(g));
            prop_assert_eq!(Grade::read(&n.to_string()), Some(g));
        }

        #[test]
        fn nothing_makes_it_panic(text in ".{0,20}") {
            let _ = Grade::read(&text);
            let _ = read_with_class(&text);
            let _ = class_label(&text);
        }
    }
}
