//! Instants and days as people in the county read them: Beijing time, 10月14日 星期三.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, Offset, TimeDelta, Utc, Weekday};

/// A point in time as it is stored.
pub type Moment = DateTime<Utc>;

/// Beijing time of an instant.
pub fn local(at: Moment) -> DateTime<FixedOffset> {
    at.with_timezone(&FixedOffset::east_opt(8 * 3600).unwrap_or_else(|| Utc.fix()))
}

/// The day in the county on which an instant falls.
pub fn day_of(at: Moment) -> NaiveDate {
    local(at).date_naive()
}

/// The instant at which a day begins in the county.
pub fn start_of_day(day: NaiveDate) -> Moment {
    (day.and_time(NaiveTime::MIN) - TimeDelta::hours(8)).and_utc()
}

/// 10月14日
pub fn month_day(day: NaiveDate) -> String {
    format!("{}月{}日", day.month(), day.day())
}

/// 2026年10月14日
pub fn full_day(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// 10月14日 within the year of `today`, with the year otherwise.
pub fn near_day(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() { month_day(day) } else { full_day(day) }
}

/// 星期三
pub fn weekday(day: NaiveDate) -> &'static str {
    match day.weekday() {
        Weekday::Mon => "星期一",
        Weekday::Tue => "星期二",
        Weekday::Wed => "星期三",
        Weekday::Thu => "星期四",
        Weekday::Fri => "星期五",
        Weekday::Sat => "星期六",
        Weekday::Sun => "星期日",
    }
}

/// 周三
pub fn short_weekday(day: NaiveDate) -> String {
    weekday(day).replacen("星期", "周", 1)
}

/// 10月14日 16:20
pub fn month_day_time(at: Moment) -> String {
    let at = local(at);
    format!("{} {}", month_day(at.date_naive()), at.format("%H:%M"))
}

/// 2026年10月14日 16:20
pub fn full_day_time(at: Moment) -> String {
    let at = local(at);
    format!("{} {}", full_day(at.date_naive()), at.format("%H:%M"))
}

/// Whole years at a day.
pub fn age(birth: NaiveDate, on: NaiveDate) -> i32 {
    let had_birthday = (on.month(), on.day()) >= (birth.month(), birth.day());
    on.year() - birth.year() - i32::from(!had_birthday)
}
