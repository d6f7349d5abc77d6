//! The mark of a roll: what it is, whether it may or must be 疑似辍学, and the one change that time makes (DET-05, DET-07).

use chrono::{NaiveDate, NaiveDateTime};

use super::facts::{AbsenceFacts, MarkFact};
use super::row::Row;
use crate::domain::calendar::Calendar;
use crate::domain::period::{Period, Roll};
use crate::domain::policy::{Cmp, Policies, Policy, RollMark, Sourced, Threshold};

/// How the roll stands at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkStanding<'a> {
    /// The mark and its day, by hand or by time.
    pub mark: Option<MarkFact>,
    /// Time made it so.
    pub auto: Option<AutoChange<'a>>,
    /// The day from which a person may mark it 疑似辍学, where it is not marked.
    pub may_since: Option<NaiveDate>,
    /// The day from which it must be marked.
    pub must_since: Option<NaiveDate>,
}

/// A change that the daily sweep makes in the system's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AutoChange<'a> {
    /// The day on which it is made.
    pub on: NaiveDate,
    /// The day of the mark that it replaces.
    pub marked_on: NaiveDate,
    /// What it becomes.
    pub to: RollMark,
    /// By which rule.
    pub rule: &'a Sourced<Threshold>,
}

impl AutoChange<'_> {
    /// What the audit is told: the rule and its words.
    pub fn sentence(&self) -> String {
        let (from, after) = (RollMark::Suspected, self.rule.value.label());
        let quote = self.rule.quote.as_ref().map_or_else(String::new, |quote| format!("「{quote}」"));
        let source = self.rule.source.as_ref().map_or_else(String::new, |source| format!("（{source}{quote}）"));
        format!("“{from}”{after}仍未复学，系统自动改为“{}”{source}", self.to)
    }
}

/// Whether the sweep of a day changes the mark: the last is 疑似辍学, the policy has the rule, its time is over and the
/// child has not come back meanwhile. Without a rule nothing ever changes by itself (AC-13).
pub fn sweep<'a>(
    facts: &AbsenceFacts,
    policy: &'a Policy,
    calendar: &Calendar,
    day: NaiveDate,
) -> Option<AutoChange<'a>> {
    let rule = policy.detection.marking.auto_dropout.as_ref()?;
    let mark = facts.marked(day).filter(|mark| mark.mark == RollMark::Suspected)?;
    let Threshold { n, unit, cmp, .. } = rule.value;
    let last = Period { n, unit, roll: Roll::None }.due(mark.on, calendar).due;
    let on = if cmp == Cmp::Over { last.succ_opt()? } else { last };
    let back = facts.back_between(mark.on, on.pred_opt()?);
    (on <= day && back.is_none()).then_some(AutoChange { on, marked_on: mark.on, to: RollMark::Dropped, rule })
}

/// How the roll stands at a moment, under the policy of its day.
pub fn mark<'a>(
    facts: &AbsenceFacts,
    policies: &'a Policies,
    calendar: &Calendar,
    now: NaiveDateTime,
) -> MarkStanding<'a> {
    let (today, policy) = (now.date(), policies.on(now.date()));
    let auto = sweep(facts, policy, calendar, today);
    let by_hand = || facts.marked(today).cloned();
    let mark = auto.as_ref().map(|auto| MarkFact { mark: auto.to, on: auto.on }).or_else(by_hand);
    let is_marked = mark.as_ref().is_some_and(|mark| mark.mark != RollMark::Returned);
    let row = if is_marked { None } else { Row::at(facts, calendar, now) };
    let since = |cmp: fn(Cmp) -> Cmp| {
        let row = row.as_ref()?;
        let rules = policy.detection.attendance.iter().filter(|rule| rule.mark.is_some());
        let after = rules.filter_map(|rule| rule.after).map(|after| Threshold { cmp: cmp(after.cmp), ..after });
        after.filter_map(|after| row.met(after, calendar)).filter(|at| *at <= now).min().map(|at| at.date())
    };
    // 超过五个工作日应当标注: on the fifth it is permitted (AMB-05).
    MarkStanding { auto, mark, may_since: since(|_| Cmp::Reached), must_since: since(|cmp| cmp) }
}
