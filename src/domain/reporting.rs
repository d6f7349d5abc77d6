//! Which reports are due on a day, for which stretch of time, and whether they were handed in.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::policy::{Policy, ReportRule, When};
use crate::vocabulary;

/// How long before one of its fixed days of the year a report is asked for, in days.
const AHEAD: u64 = 30;

/// A report that was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handed {
    /// The rule: REP-05.
    pub id: String,
    /// What it is of, as the schedule names it: 2024年11月.
    pub of: String,
    /// The day it was handed in.
    pub on: NaiveDate,
    /// It said that there was nothing (零报告).
    #[serde(default)]
    pub zero: bool,
}

vocabulary! {
    /// How a report stands on a day.
    pub enum ReportState {
        Waiting = "waiting" => "待报",
        /// Its day went by: silence is not zero (AMB-42).
        Late = "late" => "未报",
        Handed = "handed" => "已报",
        Zero = "zero" => "已零报告",
    }
}

/// One report as it stands on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due<'a> {
    /// The rule.
    pub rule: &'a ReportRule,
    /// What it is of: 2024年11月, 2024年秋季学期.
    pub of: String,
    /// The last day for it.
    pub due: NaiveDate,
    /// How it stands.
    pub state: ReportState,
}

/// A stretch of time for which something is reported.
struct Stretch {
    of: String,
    opens: NaiveDate,
    due: NaiveDate,
    /// The last day on which it is still looked for.
    until: NaiveDate,
}

/// Every report whose time has come and has not given way to the next, in the policy's order.
pub fn reports<'a>(policy: &'a Policy, calendar: &Calendar, handed: &[Handed], today: NaiveDate) -> Vec<Due<'a>> {
    let stands = |rule: &'a ReportRule| {
        let mut stretch = stretch(rule, calendar, today)?;
        if !policy.reporting.before_is_inclusive.value && takes_a_day_off(&rule.when) {
            stretch.due = stretch.due.pred_opt()?;
        }
        let asked = stretch.opens <= today && today <= stretch.until;
        (asked && is_asked(rule, calendar, &stretch)).then(|| due(rule, stretch, handed, today))
    };
    policy.reports.iter().filter_map(stands).collect()
}

/// “周三前” and the like can be read as the day before; 以内 and the end of a stretch cannot.
const fn takes_a_day_off(when: &When) -> bool {
    matches!(when, When::Weekly(Some(_)) | When::Monthly { by: Some(_), .. } | When::Yearly(_))
}

fn is_asked(rule: &ReportRule, calendar: &Calendar, stretch: &Stretch) -> bool {
    let month = u16::try_from(stretch.due.month()).is_ok_and(|month| rule.months.contains(&month));
    let taught =
        || stretch.opens.iter_days().take_while(|day| *day <= stretch.due).any(|day| calendar.is_school_day(day));
    (rule.months.is_empty() || month) && (!rule.in_term || taught())
}

fn due<'a>(rule: &'a ReportRule, stretch: Stretch, handed: &[Handed], today: NaiveDate) -> Due<'a> {
    let ours = |one: &&Handed| one.id == rule.id && one.of == stretch.of && one.on <= today;
    let state = match handed.iter().find(ours) {
        Some(one) if one.zero => ReportState::Zero,
        Some(_) => ReportState::Handed,
        None if today > stretch.due => ReportState::Late,
        None => ReportState::Waiting,
    };
    Due { rule, of: stretch.of, due: stretch.due, state }
}

/// The stretch that runs on a day; none where the calendar has none, or where no calendar yields the report.
fn stretch(rule: &ReportRule, calendar: &Calendar, today: NaiveDate) -> Option<Stretch> {
    let month = today.with_day(1)?;
    match &rule.when {
        When::Daily => {
            let of = format!("{}年{}月{}日", today.year(), today.month(), today.day());
            Some(Stretch { of, opens: today, due: today, until: today })
        }
        When::Weekly(by) => {
            let week = today.week(Weekday::Mon);
            let by = by.unwrap_or(Weekday::Sun).num_days_from_monday();
            let opens = week.first_day();
            let of = format!("{}年第{}周", today.iso_week().year(), today.iso_week().week());
            Some(Stretch { of, opens, due: opens + Days::new(by.into()), until: week.last_day() })
        }
        When::Monthly { by, of_last } => {
            let last = month.checked_add_months(Months::new(1))?.pred_opt()?;
            let due = by.and_then(|day| month.with_day(day.into())).unwrap_or(last);
            let of = if *of_last { month.checked_sub_months(Months::new(1))? } else { month };
            Some(Stretch { of: format!("{}年{}月", of.year(), of.month()), opens: month, due, until: last })
        }
        When::Quarterly => {
            let quarter = (today.month() - 1) / 3;
            let opens = NaiveDate::from_ymd_opt(today.year(), quarter * 3 + 1, 1)?;
            let last = opens.checked_add_months(Months::new(3))?.pred_opt()?;
            Some(Stretch { of: format!("{}年第{}季度", today.year(), quarter + 1), opens, due: last, until: last })
        }
        When::AfterOpening(period) => {
            let term = calendar.term_of(today)?;
            let due = period.due(term.opens, calendar).due;
            Some(Stretch { of: term.name.clone(), opens: term.opens, due, until: term.closes })
        }
        When::TermEnd => {
            let term = calendar.term_of(today)?;
            Some(Stretch { of: term.name.clone(), opens: term.opens, due: term.closes, until: term.closes })
        }
        When::Yearly(days) => {
            let of_year =
                |year: i32| days.iter().filter_map(move |day| NaiveDate::from_ymd_opt(year, day.month, day.day));
            let all = of_year(today.year()).chain(of_year(today.year() + 1));
            let near = |due: &NaiveDate| *due - Days::new(AHEAD) <= today && today <= *due + Days::new(AHEAD);
            let due = all.filter(near).min_by_key(|due| (today > *due, *due))?;
            let of = format!("{}年{}月{}日", due.year(), due.month(), due.day());
            Some(Stretch { of, opens: due - Days::new(AHEAD), due, until: due + Days::new(AHEAD) })
        }
        When::Event => None,
    }
}
