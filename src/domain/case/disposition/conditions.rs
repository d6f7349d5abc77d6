//! Whether the conditions of a disposition are met on a day, and why not.

use chrono::{Datelike, Months, NaiveDate};

use super::lacking::Lacking;
use crate::domain::case::facts::VisitFact;
use crate::domain::case::round::Round;
use crate::domain::case::unmet::Unmet;
use crate::domain::policy::{Condition, DispositionRule, Half, Test};
use crate::domain::words::{CaseOrigin, Finding, Outcome, Signatory, VisitMode};

impl Round<'_> {
    /// Every condition of a disposition that is not met; visits are told as everywhere.
    pub(in crate::domain::case) fn conditions_unmet(&self, rule: &DispositionRule) -> Vec<Unmet> {
        rule.conditions.iter().filter_map(|condition| self.condition_unmet(condition)).collect()
    }

    fn condition_unmet(&self, condition: &Condition) -> Option<Unmet> {
        if let Test::Visits(gate) = &condition.test {
            return self.visits_short(*gate);
        }
        let why = self.why_not(&condition.test)?;
        Some(Unmet::Ending(Lacking::Condition { says: condition.label(), why }))
    }

    /// Why a test fails, empty where there is no more to say; none where it holds.
    fn why_not(&self, test: &Test) -> Option<String> {
        let child = &self.facts.child;
        let unless = |met: bool, why: String| (!met).then_some(why);
        let empty = String::new;
        match test {
            Test::All(parts) => {
                let failing: Vec<String> = parts.iter().filter(|part| self.fails(part)).map(Condition::label).collect();
                unless(failing.is_empty(), format!("还差{}", failing.join("、")))
            }
            Test::Any(parts) => unless(parts.iter().any(|part| !self.fails(part)), "哪一种都没有达到".to_owned()),
            Test::AgeAtLeast(years) => self.age_unless(|age| age >= u32::from(*years)),
            Test::AgeBelow(years) => self.age_unless(|age| age < u32::from(*years)),
            Test::SchoolAge => self.school_age_is(true),
            Test::OverSchoolAge => self.school_age_is(false),
            Test::Grade(grades, half) => self.grade_unless(grades, *half),
            Test::Sex(sex) => unless(child.sex == Some(*sex), empty()),
            Test::Flag(flags) => {
                let has = child.flags.iter().any(|one| flags.contains(&one.flag) && one.holds(self.today));
                unless(has, empty())
            }
            Test::Disability(degree) => match child.disability {
                None => Some("没有登记残疾等级".to_owned()),
                Some(has) => unless(has <= *degree, format!("登记为{has}级")),
            },
            Test::Visits(gate) => self.visits_short(*gate).map(|short| short.sentence()),
            Test::Visited(times, modes) => {
                let made = self.visited(modes);
                unless(made >= usize::from(*times), format!("现有{made}次"))
            }
            Test::LastOutcome(outcomes) => match self.last_counted() {
                None => Some("还没有计入的劝返".to_owned()),
                Some(visit) => unless(outcomes.contains(&visit.outcome), format!("最后一次是{}", visit.outcome)),
            },
            Test::LastNotInExamMonth => self.exam_month(),
            Test::OutFor(months) => unless(self.out_for(*months), empty()),
            Test::CaseKind(kinds) => unless(kinds.contains(&self.facts.case.kind), empty()),
            Test::Relapsed => unless(self.relapsed(), empty()),
            Test::Consents(of) => {
                let missing: Vec<&str> =
                    of.iter().filter(|one| !self.consented(**one)).map(|one| one.label()).collect();
                unless(missing.is_empty(), format!("缺{}的同意", missing.join("、")))
            }
            Test::Found(what) => unless(self.found(*what), "还没有认定".to_owned()),
            Test::Household(places) => unless(child.household.is_some_and(|place| places.contains(&place)), empty()),
            Test::Back => unless(self.returned.is_some(), empty()),
        }
    }

    fn fails(&self, condition: &Condition) -> bool {
        self.why_not(&condition.test).is_some()
    }

    fn age_unless(&self, met: impl Fn(u32) -> bool) -> Option<String> {
        match self.facts.child.birth.and_then(|birth| self.today.years_since(birth)) {
            None => Some("没有登记出生日期".to_owned()),
            Some(age) => (!met(age)).then(|| format!("现在{age}周岁")),
        }
    }

    /// No birth date on record meets neither side.
    fn school_age_is(&self, wanted: bool) -> Option<String> {
        let Some(birth) = self.facts.child.birth else { return Some("没有登记出生日期".to_owned()) };
        let age = self.today.years_since(birth).unwrap_or_default();
        let covered = self.policy.age.covers(birth, self.today);
        let over = birth <= self.today && !covered && self.policy.age.grade_by_age(birth, self.today) >= 1;
        let met = if wanted { covered } else { over };
        (!met).then(|| format!("现在{age}周岁，{}适龄阶段", if covered { "仍在" } else { "不在" }))
    }

    fn grade_unless(&self, grades: &[u16], half: Option<Half>) -> Option<String> {
        let by_age = |birth: NaiveDate| u16::try_from(self.policy.age.grade_by_age(birth, self.start)).ok();
        let child = &self.facts.child;
        let Some(grade) = child.grade.map(u16::from).or_else(|| child.birth.and_then(by_age)) else {
            return Some("没有登记年级".to_owned());
        };
        if !grades.contains(&grade) {
            return Some(format!("列入时在{grade}年级"));
        }
        let began = self.half_of(self.start);
        half.filter(|half| *half != began).map(|_| format!("列入时是{began}"))
    }

    /// A term that opens in the first half of a calendar year is the second of its school year.
    fn half_of(&self, day: NaiveDate) -> Half {
        let month = self.calendar.term_of(day).map_or(day.month(), |term| term.opens.month());
        if (2..8).contains(&month) { Half::Second } else { Half::First }
    }

    fn visited(&self, modes: &[VisitMode]) -> usize {
        let here = |visit: &&VisitFact| self.start <= visit.day && modes.contains(&visit.mode);
        self.visits.iter().map(|one| one.visit).filter(here).count()
    }

    /// The last visit that counts.
    pub(in crate::domain::case) fn last_counted(&self) -> Option<&VisitFact> {
        self.counting().next_back()
    }

    fn exam_month(&self) -> Option<String> {
        let Some(exam) = self.facts.exam_on else { return Some("没有登记考试日期".to_owned()) };
        let Some(last) = self.last_counted() else { return Some("还没有计入的劝返".to_owned()) };
        let same = (last.day.year(), last.day.month()) == (exam.year(), exam.month());
        same.then(|| format!("最后一次劝返和考试都在{}月", exam.month()))
    }

    /// The day since when the child has been out of school.
    pub(in crate::domain::case) fn out_since(&self) -> NaiveDate {
        self.facts.child.out_since.filter(|since| *since <= self.start).unwrap_or(self.start)
    }

    fn out_for(&self, months: u16) -> bool {
        self.out_since().checked_add_months(Months::new(months.into())).is_some_and(|day| day <= self.today)
    }

    fn relapsed(&self) -> bool {
        let reopened = self.facts.reopenings.iter().any(|one| one.on <= self.today);
        reopened || self.facts.case.origin == CaseOrigin::Relapse
    }

    fn consented(&self, of: Signatory) -> bool {
        self.facts.consents.iter().any(|one| one.of == of && self.start <= one.on && one.on <= self.today)
    }

    /// A refusal is also what the last visit came to.
    fn found(&self, what: Finding) -> bool {
        let said = match what {
            Finding::ChildRefuses => Some(Outcome::Refused),
            Finding::GuardianRefuses => Some(Outcome::GuardianRefused),
            _ => None,
        };
        let last = self.last_counted().map(|visit| visit.outcome);
        let established = self.facts.findings.iter().any(|one| one.what == what && one.on <= self.today);
        established || (said.is_some() && said == last)
    }
}
