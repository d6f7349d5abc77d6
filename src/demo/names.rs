//! Invented people: names, birth dates and numbers from a seeded sequence, so that every demo has the same children.

use chrono::{Datelike, Days, NaiveDate};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::domain::words::Sex;

const SURNAMES: [&str; 40] = [
    "冉", "陈", "李", "王", "张", "刘", "杨", "谭", "向", "何", "周", "吴", "罗", "邓", "汪", "秦", "龚", "贺", "彭",
    "袁", "唐", "余", "蒲", "朱", "程", "曾", "任", "熊", "江", "廖", "欧阳", "马", "沈", "田", "覃", "梁", "符", "柏",
    "詹", "晏",
];
const GIVEN_FIRST: [&str; 24] = [
    "浩", "子", "梓", "思", "欣", "雨", "俊", "佳", "诗", "宇", "一", "嘉", "静", "文", "晨", "明", "博", "雅", "玥",
    "祎", "若", "心", "皓", "昊",
];
const GIVEN_SECOND: [&str; 26] = [
    "宇", "涵", "轩", "彤", "怡", "熙", "琪", "瑶", "源", "妍", "然", "萱", "航", "墨", "豪", "洋", "雪", "喆", "琳",
    "鑫", "阳", "婷", "杰", "蕊", "堃", "翔",
];

/// The sequence that everything invented comes from.
#[derive(Debug)]
pub(super) struct Dice(StdRng);

impl Dice {
    /// The same sequence every time.
    pub(super) fn new() -> Self {
        Self(StdRng::seed_from_u64(500_229))
    }

    /// A number below `n`.
    pub(super) fn below(&mut self, n: usize) -> usize {
        self.0.random_range(0..n.max(1))
    }

    /// Whether this happens, so many times in a hundred.
    pub(super) fn percent(&mut self, of_a_hundred: usize) -> bool {
        self.below(100) < of_a_hundred
    }

    /// One of a list.
    pub(super) fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// A family name.
    pub(super) fn surname(&mut self) -> &'static str {
        self.one(&SURNAMES)
    }

    /// A full name of a family.
    pub(super) fn name(&mut self, surname: &str) -> String {
        let second = if self.percent(88) { self.one(&GIVEN_SECOND) } else { "" };
        format!("{surname}{}{second}", self.one(&GIVEN_FIRST))
    }

    /// A day of birth within a range, both days included.
    pub(super) fn birth(&mut self, first: NaiveDate, last: NaiveDate) -> NaiveDate {
        let days = usize::try_from((last - first).num_days()).unwrap_or(0);
        first + Days::new(self.below(days + 1) as u64)
    }

    /// A mobile number of a range that no operator has given out.
    pub(super) fn phone(&mut self) -> String {
        format!("170000{:05}", self.below(100_000))
    }
}

/// GB 11643-1999.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// An identity number with a right check digit: region, birth, and a count that makes each its own.
pub(super) fn idno(region: &str, birth: NaiveDate, count: usize, sex: Sex) -> String {
    let odd = usize::from(sex == Sex::Male);
    let order = (count % 499) * 2 + odd;
    checked(&format!("{region}{:04}{:02}{:02}{order:03}", birth.year(), birth.month(), birth.day()))
}

/// Seventeen digits with their check digit.
pub(super) fn checked(body: &str) -> String {
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let check = b"10X98765432"[(sum % 11) as usize];
    format!("{body}{}", char::from(check))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::idno::IdNumber;

    #[test]
    fn invented_numbers_are_valid_and_say_birth_and_sex() {
        let birth = NaiveDate::from_ymd_opt(2014, 11, 3).unwrap();
        for count in 0..600 {
            let sex = if count % 2 == 0 { Sex::Male } else { Sex::Female };
            let number = IdNumber::exact(&idno("500229", birth, count, sex)).unwrap();
            assert_eq!((number.born(), number.sex()), (birth, sex));
        }
    }
}
