//! Who reports what to whom, since when and by when, while a child is away.

use chrono::{NaiveDate, NaiveDateTime};

use super::facts::AbsenceFacts;
use super::row::Row;
use crate::domain::calendar::Calendar;
use crate::domain::policy::{AttendanceRule, Policy, RollMark};
use crate::vocabulary;

vocabulary! {
    /// How a duty stands.
    pub enum AlertState {
        Waiting = "waiting" => "待办",
        Late = "late" => "未办",
        Done = "done" => "已办",
    }
}

/// One duty that an absence has set in motion and that holds as long as it goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert<'a> {
    /// The rule: who, what, to whom.
    pub rule: &'a AttendanceRule,
    /// When it came up.
    pub since: NaiveDateTime,
    /// The last day for it.
    pub due: NaiveDate,
    /// The first day on which it was late, if it is.
    pub overdue_since: Option<NaiveDate>,
    /// How it stands.
    pub state: AlertState,
}

/// The duties of a moment, in the policy's order.
pub fn alerts<'a>(facts: &AbsenceFacts, policy: &'a Policy, calendar: &Calendar, now: NaiveDateTime) -> Vec<Alert<'a>> {
    let row = Row::at(facts, calendar, now);
    let stands = |rule: &'a AttendanceRule| {
        let absent = row.as_ref().and_then(|row| came_up(rule, row, calendar));
        let unknown = rule.or_unknown.then(|| facts.unknown_since(now)).flatten();
        let back = rule.on_return.then(|| back_with_mark(facts, now)).flatten();
        let since = [absent, unknown, back].into_iter().flatten().filter(|at| *at <= now).min()?;
        Some(alert(rule, since, facts, calendar, now.date()))
    };
    policy.detection.attendance.iter().filter_map(stands).collect()
}

fn came_up(rule: &AttendanceRule, row: &Row, calendar: &Calendar) -> Option<NaiveDateTime> {
    match (rule.after, rule.after_opening) {
        (Some(after), _) => row.met(after, calendar),
        (None, Some(period)) => {
            let term = calendar.terms().iter().rev().find(|term| term.opens <= row.today())?;
            let taught = term.opens.iter_days().take_while(|day| *day <= term.closes);
            let first = taught.into_iter().find(|day| calendar.is_school_day(*day))?;
            (row.first() <= first).then(|| row.called(period.due(term.opens, calendar).due.max(first)))
        }
        (None, None) => None,
    }
}

/// Back in class since when, while the roll still says otherwise (DET-08).
fn back_with_mark(facts: &AbsenceFacts, now: NaiveDateTime) -> Option<NaiveDateTime> {
    let mark = facts.marked(now.date()).filter(|mark| mark.mark != RollMark::Returned)?;
    facts.back_between(mark.on, now.date()).map(|day| day.and_time(chrono::NaiveTime::MIN))
}

fn alert<'a>(
    rule: &'a AttendanceRule,
    since: NaiveDateTime,
    facts: &AbsenceFacts,
    calendar: &Calendar,
    today: NaiveDate,
) -> Alert<'a> {
    let due = rule.within.map_or_else(|| since.date(), |period| period.due(since.date(), calendar).due);
    let told = |on: NaiveDate| since.date() <= on && on <= today;
    let done = facts.told.iter().any(|one| one.id == rule.id && told(one.on))
        || rule.mark.is_some() && facts.marked(today).is_some_and(|mark| mark.mark != RollMark::Returned);
    let state = match (done, today > due) {
        (true, _) => AlertState::Done,
        (false, true) => AlertState::Late,
        (false, false) => AlertState::Waiting,
    };
    let overdue_since = (state == AlertState::Late).then(|| due.succ_opt()).flatten();
    Alert { rule, since, due, overdue_since, state }
}
