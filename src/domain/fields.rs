//! Reads the fields of a form as people fill them, noting each fault at its field in a sentence that says what to do.

use std::str::FromStr;

use chrono::{Datelike, NaiveDate, NaiveTime, TimeZone as _, Utc};

use super::daytext;
use super::faults::Faults;
use super::moment::{Moment, full_day, local};
use super::spelling;

/// Reads fields one after another; what is wrong is gathered.
#[derive(Debug)]
pub struct Fields {
    now: Moment,
    faults: Faults,
}

impl Fields {
    /// Reads on a moment's day: a day without a year is the one nearest to it.
    pub fn on(now: Moment) -> Self {
        Self { now, faults: Faults::default() }
    }

    /// The day.
    pub fn today(&self) -> NaiveDate {
        local(self.now).date_naive()
    }

    /// A text that may be empty, of at most `max` characters.
    pub fn text(&mut self, field: &'static str, label: &str, raw: &str, max: usize) -> String {
        let text = raw.replace("\r\n", "\n").trim().to_owned();
        let length = text.chars().count();
        if length > max {
            self.faults.add(field, format!("“{label}”最多{max}字，现在有{length}字，请删短一些"));
        }
        text
    }

    /// A text that must be there.
    pub fn need_text(&mut self, field: &'static str, label: &str, raw: &str, max: usize) -> String {
        let text = self.text(field, label, raw, max);
        if text.is_empty() {
            self.faults.add(field, format!("请填写“{label}”"));
        }
        text
    }

    /// One of a closed list, or none.
    pub fn choice<T: FromStr>(&mut self, field: &'static str, label: &str, raw: &str) -> Option<T> {
        let raw = raw.trim();
        if raw.is_empty() {
            return None;
        }
        let chosen = raw.parse().ok();
        if chosen.is_none() {
            self.faults.add(field, format!("“{label}”的选项无法识别，请重新选择"));
        }
        chosen
    }

    /// One of a closed list.
    pub fn need_choice<T: FromStr>(&mut self, field: &'static str, label: &str, raw: &str) -> Option<T> {
        if raw.trim().is_empty() {
            self.faults.add(field, format!("请选择“{label}”"));
        }
        self.choice(field, label, raw)
    }

    /// A day that may be left out; 10月19日 is the nearest one.
    pub fn day(&mut self, field: &'static str, label: &str, raw: &str) -> Option<NaiveDate> {
        if raw.trim().is_empty() {
            return None;
        }
        let day = daytext::read_text(raw).ok().map(|read| read.day).or_else(|| nearest(raw, self.today()));
        if day.is_none() {
            self.faults.add(field, format!("“{label}”读不出来，请写成 2026年10月19日 或 2026-10-19"));
        }
        day
    }

    /// A day that has come.
    pub fn past_day(&mut self, field: &'static str, label: &str, raw: &str) -> Option<NaiveDate> {
        if raw.trim().is_empty() {
            self.faults.add(field, format!("请填写“{label}”"));
            return None;
        }
        let (day, today) = (self.day(field, label, raw)?, self.today());
        if day > today {
            self.faults.add(field, format!("“{label}”不能晚于今天（{}），只能记已经发生的事", full_day(today)));
            return None;
        }
        Some(day)
    }

    /// A moment that has come, a minute being as exact as anybody types it: 2026年10月14日 14:32.
    pub fn past_moment(&mut self, field: &'static str, label: &str, raw: &str) -> Option<Moment> {
        if raw.trim().is_empty() {
            self.faults.add(field, format!("请填写“{label}”"));
            return None;
        }
        let day = self.day(field, label, raw)?;
        let Some(time) = time_of(raw) else {
            self.faults.add(field, format!("“{label}”要写到几点几分，例如 {} 14:32", full_day(day)));
            return None;
        };
        let at = local(self.now).timezone().from_local_datetime(&day.and_time(time)).single()?.with_timezone(&Utc);
        if at > self.now {
            self.faults.add(field, format!("“{label}”不能晚于现在，只能记已经发生的事"));
            return None;
        }
        Some(at)
    }

    /// Notes a fault.
    pub fn fault(&mut self, field: &'static str, sentence: impl Into<String>) {
        self.faults.add(field, sentence);
    }

    /// What was read, if nothing was wrong and nothing missing.
    pub fn finish<T>(self, read: Option<T>) -> Result<T, Faults> {
        match read {
            Some(read) if self.faults.is_empty() => Ok(read),
            _ if self.faults.is_empty() => Err(Faults::one("form", "表单没有填完整，请补齐后再提交")),
            _ => Err(self.faults),
        }
    }
}

/// A month and a day: of the three years around today the one nearest to it.
fn nearest(raw: &str, today: NaiveDate) -> Option<NaiveDate> {
    let text = spelling::plain(raw);
    let (month, rest) = text.trim().split_once('月')?;
    let day = rest.split(['日', '号']).next()?;
    let (month, day) = (month.trim().parse().ok()?, day.trim().parse().ok()?);
    let years = [today.year(), today.year() - 1, today.year() + 1];
    let days = years.into_iter().filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    days.min_by_key(|day| (*day - today).num_days().abs())
}

/// The hour and minute behind a day: 14:32, 14：32, 14时32分.
fn time_of(raw: &str) -> Option<NaiveTime> {
    let text = spelling::plain(raw).replace('时', ":").replace('分', "");
    let colon = text.find(':')?;
    let hour = text[..colon].rsplit(|c: char| !c.is_ascii_digit()).next()?.parse().ok()?;
    let minute = text[colon + 1..].split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()?;
    NaiveTime::from_hms_opt(hour, minute, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::Outcome;

    fn fields() -> Fields {
        Fields::on("2026-10-15T01:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_moment_is_read_as_people_write_it_and_as_browsers_send_it() {
        for raw in ["2026年10月14日 14:32", "2026-10-14T14:32", "2026/10/14 14：32", "10月14日14时32分"] {
            let mut fields = fields();
            let at = fields.past_moment("when", "劝返时间", raw);
            assert_eq!(at, Some("2026-10-14T06:32:00Z".parse().unwrap()), "{raw}: {:?}", fields.faults);
        }
    }

    #[test]
    fn a_visit_in_the_future_has_its_sentence() {
        let mut fields = fields();
        assert_eq!(fields.past_moment("when", "劝返时间", "2026-10-15 09:01"), None);
        assert_eq!(fields.past_moment("when", "劝返时间", "2026-10-15"), None);
        assert_eq!(fields.past_moment("when", "劝返时间", "昨天"), None);
        assert_eq!(fields.faults.0.len(), 3);
        assert!(fields.faults.0[0].1.contains("不能晚于现在"), "{:?}", fields.faults);
    }

    #[test]
    fn a_day_without_a_year_is_the_nearest() {
        let mut fields = fields();
        assert_eq!(fields.day("promised", "答应哪天返校", "1月4日"), NaiveDate::from_ymd_opt(2027, 1, 4));
        assert_eq!(fields.day("promised", "答应哪天返校", "10月 9 号"), NaiveDate::from_ymd_opt(2026, 10, 9));
        assert_eq!(fields.past_day("on", "日期", "10月16日"), None);
        assert_eq!(fields.day("on", "日期", "2月30日"), None);
    }

    #[test]
    fn a_closed_list_takes_its_codes_only_and_nothing_typed_too_long_passes() {
        let mut fields = fields();
        assert_eq!(fields.need_choice("outcome", "结果", "refused"), Some(Outcome::Refused));
        assert_eq!(fields.need_choice::<Outcome>("outcome", "结果", "拒绝"), None);
        assert_eq!(fields.need_choice::<Outcome>("outcome", "结果", ""), None);
        fields.text("said", "说了什么", &"话".repeat(11), 10);
        assert_eq!(fields.faults.0.len(), 3);
        assert_eq!(fields.finish(Some(())).unwrap_err().0.len(), 3);
    }
}
