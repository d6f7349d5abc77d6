//! The penalties and orders of a scenario: what is due on a day, and whether an act of theirs stands in order.

use chrono::NaiveDate;

use super::{Answer, Ask, Scenario};
use crate::domain::calendar::Calendar;
use crate::domain::enforcement::{Act, Deed, Ground, Line, Periods, addition, may, timetable};
use crate::domain::policy::Policies;

/// What penalties and orders are judged by.
pub(super) struct Law<'a> {
    pub(super) policies: &'a Policies,
    pub(super) periods: &'a Periods,
    pub(super) calendar: &'a Calendar,
}

impl Scenario {
    /// `罚 2026-09-01 提起行政诉讼 party open administrative-litigation-46`, each penalty and order by its name.
    pub(super) fn enforcement(&self, law: &Law<'_>, on: NaiveDate) -> Vec<String> {
        let mut told = Vec::new();
        for proceeding in &self.proceeding {
            let ground = Ground::of(proceeding, law.policies, law.periods, law.calendar, on);
            let lines = timetable(&ground).iter().map(Line::told).collect::<Vec<_>>();
            let grown = addition(&ground).map(|addition| addition.told());
            told.extend(lines.into_iter().chain(grown).map(|line| format!("{} {line}", proceeding.id)));
        }
        told
    }

    /// The answer to an act of a penalty or order; none where the ask is of the case.
    pub(super) fn answer_of_proceeding(&self, ask: &Ask, law: &Law<'_>) -> Option<Answer> {
        let (name, act) = (ask.proceeding.as_ref()?, ask.deed().ok()?);
        let proceeding = self.proceeding.iter().find(|one| one.id == *name)?;
        let ground = Ground::of(proceeding, law.policies, law.periods, law.calendar, act.on);
        let refusal = may(&act, ask.by, &ground).err().map(|refusal| refusal.sentence());
        let (by, act) = (ask.by.code(), ask.act.clone());
        Some(Answer { on: ask.on, by, act, allowed: refusal.is_none(), refusal })
    }

    /// What is wrong with the penalties and orders: the key and a sentence.
    pub(super) fn fault_of_proceedings(&self) -> Option<(String, String)> {
        for (at, one) in self.proceeding.iter().enumerate() {
            let place = format!("proceeding.第{}项", at + 1);
            if let Some((key, why)) = one.fault() {
                return Some((format!("{place}.{key}"), why));
            }
            if self.proceeding[..at].iter().any(|before| before.id == one.id) {
                return Some((format!("{place}.id"), format!("“{}”已经有了", one.id)));
            }
        }
        let known = |name: &String| self.proceeding.iter().any(|one| one.id == *name);
        let wrong = self.ask.iter().position(|ask| ask.proceeding.as_ref().is_some_and(|name| !known(name)))?;
        Some((format!("ask.第{}项.proceeding", wrong + 1), "没有这一名称的 [[proceeding]]".to_owned()))
    }
}

impl Ask {
    /// The act of a penalty or order; else the key that is missing or wrong, and a sentence.
    pub(super) fn deed(&self) -> Result<Act, (&'static str, String)> {
        let codes = || Deed::ALL.iter().map(|deed| deed.code()).collect::<Vec<_>>().join("、");
        let act =
            Deed::from_code(&self.act).ok_or_else(|| ("act", format!("不认识“{}”，可以写：{}", self.act, codes())))?;
        match (act.sets_a_day(), self.sets) {
            (true, None) => Err(("sets", format!("act = \"{}\" 还要写 sets", self.act))),
            (false, Some(_)) => Err(("sets", format!("act = \"{}\" 不写 sets", self.act))),
            (_, sets) => Ok(Act { act, on: self.day.unwrap_or(self.on), sets }),
        }
    }
}
