//! A scenario played through: what stands on its days, what its acts are answered, and where that is not as expected.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use serde::Serialize;

use super::ask::Asked;
use super::penalty::Law;
use super::{Ask, DayTold, Days, Look, Scenario};
use crate::domain::calendar::{Calendar, SpecialDay, Term};
use crate::domain::case::may;
use crate::domain::enforcement::Periods;
use crate::domain::policy::{Adopted, Library, PROVISIONS, Policies, Problem};

/// All that a scenario is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Played {
    /// Its title.
    pub title: String,
    /// The profile it began with.
    pub profile: String,
    /// Its days.
    pub days: Vec<DayTold>,
    /// Its acts.
    pub asked: Vec<Answer>,
    /// What was expected otherwise.
    pub differences: Vec<Difference>,
}

/// An act and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The day.
    pub on: NaiveDate,
    /// The code of the role.
    pub by: &'static str,
    /// The code of the act.
    pub act: String,
    /// It is allowed.
    pub allowed: bool,
    /// Why not.
    pub refusal: Option<String>,
}

/// Something that is not as the scenario expects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// `look.第2项.next`
    pub at: String,
    /// As it should be.
    pub expected: String,
    /// As it is.
    pub found: String,
}

impl Scenario {
    /// Plays it with the profiles at hand, over the national holidays.
    pub fn play(&self, library: &Library, national: &Calendar) -> Result<Played, Vec<Problem>> {
        self.play_under(library, &self.policies(library)?, &self.calendar.over(national))
    }

    /// Plays it under a county's own policies and calendar; the terms and days that it gives stand over the county's.
    pub fn play_in(&self, library: &Library, policies: &Policies, county: &Calendar) -> Result<Played, Vec<Problem>> {
        let terms = self.calendar.terms.is_empty().then(|| county.terms().to_vec());
        let calendar = self.calendar.over(county);
        let calendar = match terms {
            Some(terms) => calendar.with_terms(terms),
            None => calendar,
        };
        self.play_under(library, policies, &calendar)
    }

    /// How many days and acts it asks for.
    pub const fn asks_for(&self) -> usize {
        self.look.len() + self.ask.len()
    }

    /// Its days to look at and to ask on.
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        self.look.iter().map(|look| look.on).chain(self.ask.iter().map(|ask| ask.on))
    }

    fn play_under(&self, library: &Library, policies: &Policies, calendar: &Calendar) -> Result<Played, Vec<Problem>> {
        let periods =
            Periods::beside(library).map_err(|fault| vec![Problem::at(PROVISIONS, "period", fault.to_string())])?;
        let law = Law { policies, periods: &periods, calendar };
        let told = |look: &Look| DayTold::of(self, &law, look);
        let days: Vec<DayTold> = self.look.iter().map(told).collect();
        let answer = |ask: &Ask| self.answer_of_proceeding(ask, &law).or_else(|| self.answer(ask, &law));
        let asked: Vec<Answer> = self.ask.iter().filter_map(answer).collect();
        let mut differences = Vec::new();
        for (at, (look, told)) in self.look.iter().zip(&days).enumerate() {
            differences.extend(look.differences(told, &format!("look.第{}项", at + 1)));
        }
        for (at, (ask, answer)) in self.ask.iter().zip(&asked).enumerate() {
            differences.extend(ask.differences(answer, &format!("ask.第{}项", at + 1)));
        }
        Ok(Played { title: self.title.clone(), profile: self.profile.clone(), days, asked, differences })
    }

    /// Whether it expects anything at all.
    pub fn expects(&self) -> bool {
        let asks = self.ask.iter().any(|ask| ask.allowed.is_some() || ask.refused.is_some());
        asks || self.look.iter().any(|look| !look.expected().is_empty())
    }

    /// The policies in force over its days.
    pub fn policies(&self, library: &Library) -> Result<Policies, Vec<Problem>> {
        let mut profile = &self.profile;
        let first = library.resolve_with(profile, "own", &self.own)?;
        let mut later = Vec::new();
        for change in &self.change {
            profile = change.profile.as_ref().unwrap_or(profile);
            let policy = library.resolve_with(profile, "change.own", &change.own)?;
            later.push(Adopted { from: change.from, policy });
        }
        Ok(Policies::then(first, later))
    }

    /// The acts were read when the file was: none is passed over.
    fn answer(&self, ask: &Ask, law: &Law<'_>) -> Option<Answer> {
        let refusal = match ask.act().ok()? {
            Asked::Case(act) => {
                let answer = may(act, &ask.actor(), self.facts.as_ref()?, law.policies, law.calendar, ask.on);
                answer.err().map(|refusal| refusal.sentence())
            }
            Asked::Leave { days } => law.policies.on(ask.on).detection.leave.may_grant(days, ask.by, &ask.signed).err(),
        };
        Some(Answer { on: ask.on, by: ask.by.code(), act: ask.act.clone(), allowed: refusal.is_none(), refusal })
    }
}

impl Days {
    /// The national calendar with this one's terms and days.
    fn over(&self, national: &Calendar) -> Calendar {
        let mut days: Vec<(NaiveDate, SpecialDay, String)> =
            national.special_days().map(|(day, kind, name)| (day, kind, name.to_owned())).collect();
        days.extend(self.holidays.iter().map(|day| (*day, SpecialDay::Holiday, "放假".to_owned())));
        days.extend(self.workdays.iter().map(|day| (*day, SpecialDay::Workday, "上班".to_owned())));
        let terms = if self.terms.is_empty() {
            crate::domain::term::usual().into_iter().map(|(id, opens, closes)| id.of_days(opens, closes)).collect()
        } else {
            let term = |term: &super::given::TermGiven| Term {
                name: term.name.clone(),
                opens: term.opens,
                closes: term.closes,
            };
            self.terms.iter().map(term).collect()
        };
        Calendar::of_days(days).with_terms(terms)
    }
}

impl Look {
    /// The moment of the county's clock.
    pub(super) fn moment(&self) -> NaiveDateTime {
        self.on.and_time(self.at.unwrap_or(NaiveTime::MIN + TimeDelta::minutes(24 * 60 - 1)))
    }

    /// What is expected, by its key.
    fn expected(&self) -> Vec<(&'static str, String)> {
        let lines = |lines: &Option<Vec<String>>| lines.as_ref().map(|lines| lines.join("\n"));
        let expected = [
            ("phase", self.phase.clone()),
            ("now", self.now.clone()),
            ("counted", self.counted.map(|count| count.to_string())),
            ("next", self.next.clone()),
            ("due", self.due.clone()),
            ("overdue_since", self.overdue_since.clone()),
            ("unmet", lines(&self.unmet)),
            ("visits", lines(&self.visits)),
            ("ladder", lines(&self.ladder)),
            ("evidence", lines(&self.evidence)),
            ("duties", lines(&self.duties)),
            ("after_care", lines(&self.after_care)),
            ("ending", self.ending.clone()),
            ("quotas", lines(&self.quotas)),
            ("placement", self.placement.clone()),
            ("next_change_on", self.next_change_on.clone()),
            ("reports", lines(&self.reports)),
            ("alerts", lines(&self.alerts)),
            ("tasks", lines(&self.tasks)),
            ("mark", self.mark.clone()),
            ("leaves", lines(&self.leaves)),
            ("children", lines(&self.children)),
            ("enforcement", lines(&self.enforcement)),
        ];
        expected.into_iter().filter_map(|(key, wanted)| Some((key, wanted?))).collect()
    }

    fn differences(&self, told: &DayTold, at: &str) -> Vec<Difference> {
        let found = |key: &str| told.text(key);
        let differs =
            |(key, expected): (&str, String)| Difference::between(format!("{at}.{key}"), expected, found(key));
        self.expected().into_iter().filter_map(differs).collect()
    }
}

impl Ask {
    fn differences(&self, answer: &Answer, at: &str) -> Vec<Difference> {
        let yes = |allowed: bool| if allowed { "可以办" } else { "不能办" }.to_owned();
        let refusal = answer.refusal.clone().unwrap_or_else(|| yes(true));
        let allowed = self.allowed.map(|wanted| (format!("{at}.allowed"), yes(wanted), yes(answer.allowed)));
        let refused = self.refused.clone().map(|wanted| (format!("{at}.refused"), wanted, refusal));
        let both = [allowed, refused].into_iter().flatten();
        both.filter_map(|(at, expected, found)| Difference::between(at, expected, found)).collect()
    }
}

impl Difference {
    fn between(at: String, expected: String, found: String) -> Option<Self> {
        (expected != found).then_some(Self { at, expected, found })
    }
}
