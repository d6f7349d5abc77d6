//! Days as people and spreadsheets write them: `2012.10.23`, `20121013`, `2014年9月2日`, a serial number.

use chrono::{Datelike, Days, NaiveDate};

use super::{cells::Cell, spelling};

/// A day read, and whether its form was so odd that the reading should be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub day: NaiveDate,
    /// A serial number or Chinese numerals: certain, but worth a note.
    pub odd: bool,
}

/// Why a text is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoDay {
    /// Nothing there.
    #[error("没有填日期")]
    Missing,
    /// Year and month, or the year alone.
    #[error("日期不完整：请写全年、月、日，例如 2014-09-02")]
    Incomplete,
    /// A month that is none.
    #[error("没有这一天：月份是{0}")]
    Month(u32),
    /// A day that the month does not have.
    #[error("没有这一天：{0}月没有{1}日")]
    DayOfMonth(u32, u32),
    /// A form that could be read in two ways, or in none.
    #[error("看不出是哪一天：请写成 2014-09-02 的样子，年份写四位")]
    Unclear,
}

/// Reads a cell. Forms that begin with a four-digit year, eight digits, and spreadsheet dates are certain;
/// `10/23/2012` and two-digit years are refused.
pub fn read(cell: &Cell) -> Result<Day, NoDay> {
    match cell {
        Cell::Empty | Cell::Bool(_) => Err(NoDay::Missing),
        Cell::Date(day) => within(*day).map(plainly),
        Cell::Number(n) => from_number(*n),
        Cell::Text(text) => read_text(text),
    }
}

/// Reads a text; see [`read`].
pub fn read_text(raw: &str) -> Result<Day, NoDay> {
    let text = spelling::plain(raw);
    let text = text.trim_matches(['\'', '‘', '’']);
    if spelling::says_none(&spelling::tight(text)) {
        return Err(NoDay::Missing);
    }
    if text.chars().all(|c| c.is_ascii_digit()) {
        return from_digits(text);
    }
    if text.chars().any(|c| spelling::chinese_digit(c).is_some()) {
        return from_chinese(&spelling::tight(text));
    }
    from_parts(text)
}

/// Chinese notation for a page: `2012年10月23日`.
pub fn chinese(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

fn plainly(day: NaiveDate) -> Day {
    Day { day, odd: false }
}

fn from_number(n: f64) -> Result<Day, NoDay> {
    if n.fract() != 0.0 || !(0.0..1e9).contains(&n) {
        return Err(NoDay::Unclear);
    }
    from_digits(&format!("{n:.0}"))
}

fn from_digits(digits: &str) -> Result<Day, NoDay> {
    let number = digits.parse::<u32>().map_err(|_| NoDay::Unclear)?;
    match digits.len() {
        8 => day_of(number / 10_000, number / 100 % 100, number % 100).map(plainly),
        5 => from_serial(number),
        4 | 6 if (1900..=2100).contains(&(number / if digits.len() == 6 { 100 } else { 1 })) => Err(NoDay::Incomplete),
        _ => Err(NoDay::Unclear),
    }
}

/// Days since 1899-12-30, as spreadsheets count; 1950 to 2100 only, so that no other number passes for one.
fn from_serial(serial: u32) -> Result<Day, NoDay> {
    if !(18_264..=73_415).contains(&serial) {
        return Err(NoDay::Unclear);
    }
    NaiveDate::from_ymd_opt(1899, 12, 30)
        .and_then(|zero| zero.checked_add_days(Days::new(u64::from(serial))))
        .map(|day| Day { day, odd: true })
        .ok_or(NoDay::Unclear)
}

/// `2012-10-23`, `2012/10/4`, `2014年9月2日`, with a time of day behind or not.
fn from_parts(text: &str) -> Result<Day, NoDay> {
    let date = text.split(['T', 't']).next().unwrap_or(text);
    let date = date.find(':').map_or(date, |colon| date[..colon].trim_end_matches(|c: char| c.is_ascii_digit()));
    let mut parts = Vec::with_capacity(3);
    for part in date.split(|c: char| {
        c.is_whitespace() || matches!(c, '.' | '-' | '/' | '年' | '月' | '日' | '号' | '、' | ',' | '。' | '—' | '–')
    }) {
        if part.is_empty() {
            continue;
        }
        if part.len() > 4 || !part.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NoDay::Unclear);
        }
        parts.push(part);
    }
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => day_of(number(year), number(month), number(day)).map(plainly),
        [year] | [year, _] if year.len() == 4 => Err(NoDay::Incomplete),
        _ => Err(NoDay::Unclear),
    }
}

/// `二〇一二年十月二十三日`
fn from_chinese(text: &str) -> Result<Day, NoDay> {
    let (year, rest) = text.split_once('年').ok_or(NoDay::Unclear)?;
    let (month, rest) = rest.split_once('月').ok_or(NoDay::Incomplete)?;
    let day = rest.strip_suffix(['日', '号']).ok_or(NoDay::Incomplete)?;
    let year = year.chars().try_fold(0u32, |sum, c| {
        let digit = c.to_digit(10).or_else(|| spelling::chinese_digit(c))?;
        sum.checked_mul(10)?.checked_add(digit)
    });
    let year = year.ok_or(NoDay::Unclear)?;
    let month = spelling::small_number(month).ok_or(NoDay::Unclear)?;
    let day = spelling::small_number(day).ok_or(NoDay::Unclear)?;
    day_of(year, month, day).map(|day| Day { day, odd: true })
}

fn number(digits: &str) -> u32 {
    digits.parse().unwrap_or(0)
}

fn day_of(year: u32, month: u32, day: u32) -> Result<NaiveDate, NoDay> {
    if !(1900..=2100).contains(&year) {
        return Err(NoDay::Unclear);
    }
    if !(1..=12).contains(&month) {
        return Err(NoDay::Month(month));
    }
    let year = i32::try_from(year).map_err(|_| NoDay::Unclear)?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or(NoDay::DayOfMonth(month, day))
}

fn within(day: NaiveDate) -> Result<NaiveDate, NoDay> {
    if (1900..=2100).contains(&day.year()) { Ok(day) } else { Err(NoDay::Unclear) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn every_spelling_of_the_rosters_is_one_day() {
        for text in [
            "20121023",
            "2012.10.23",
            "2012-10-23",
            "2012/10/23",
            "2012年10月23日",
            " 2012 年 10 月 23 日 ",
            "２０１２．１０．２３",
            "2012年10月23号",
            "2012-10-23 00:00:00",
            "2012-10-23T08:30:00",
            "2012/10/23 8:30",
            "'2012-10-23",
            "2012、10、23",
        ] {
            assert_eq!(read_text(text), Ok(plainly(day(2012, 10, 23))), "{text}");
        }
        assert_eq!(read_text("2012/1/3").map(|d| d.day), Ok(day(2012, 1, 3)));
        assert_eq!(read_text("二〇一二年十月二十三日"), Ok(Day { day: day(2012, 10, 23), odd: true }));
        assert_eq!(read_text("40742"), Ok(Day { day: day(2011, 7, 18), odd: true }));
        assert_eq!(read(&Cell::Number(40742.0)).map(|d| d.day), Ok(day(2011, 7, 18)));
        assert_eq!(read(&Cell::Number(20_121_013.0)), Ok(plainly(day(2012, 10, 13))));
        assert_eq!(read(&Cell::Date(day(2012, 10, 13))), Ok(plainly(day(2012, 10, 13))));
    }

    #[test]
    fn what_could_be_two_days_is_none() {
        for (text, fault) in [
            ("", NoDay::Missing),
            ("不详", NoDay::Missing),
            ("2015-13-06", NoDay::Month(13)),
            ("2015.2.29", NoDay::DayOfMonth(2, 29)),
            ("20150431", NoDay::DayOfMonth(4, 31)),
            ("2014年9月", NoDay::Incomplete),
            ("2014.9", NoDay::Incomplete),
            ("201409", NoDay::Incomplete),
            ("2014", NoDay::Incomplete),
            ("10/23/2012", NoDay::Unclear),
            ("12.10.23", NoDay::Unclear),
            ("农历2012年", NoDay::Unclear),
            ("12345678901", NoDay::Unclear),
        ] {
            assert_eq!(read_text(text), Err(fault), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_day_survives_every_form(days in 0u64..60_000) {
            let d = day(1930, 1, 1) + Days::new(days);
            for form in ["%Y%m%d", "%Y-%m-%d", "%Y.%-m.%-d", "%Y/%-m/%-d", "%Y年%-m月%-d日", "%Y-%m-%d %H:%M:%S"] {
                let text = d.and_hms_opt(0, 0, 0).unwrap().format(form).to_string();
                prop_assert_eq!(read_text(&text).map(|r| r.day), Ok(d), "{}", text);
            }
            prop_assert_eq!(read_text(&chinese(d)).map(|r| r.day), Ok(d));
        }

        #[test]
        fn nothing_makes_it_panic(text in ".{0,30}", n in any::<f64>()) {
            let _ = read_text(&text);
            let _ = read(&Cell::Number(n));
        }
    }
}
