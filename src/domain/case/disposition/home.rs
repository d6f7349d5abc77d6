//! Teaching at home against its quota: sessions a week or month, lessons a year, what is laid together for a month.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::Serialize;

use super::lacking::Lacking;
use crate::domain::case::HomeTeachingFact;
use crate::domain::case::may::Asked;
use crate::domain::case::months::last_of;
use crate::domain::case::round::Round;
use crate::domain::case::unmet::Unmet;
use crate::domain::policy::{HomeTeachingRule, Per, Rate, YearKind};
use crate::domain::words::PackPart;

/// How a quota stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quota {
    /// What is counted: 2026年学时, 每周1次, 2026年9月资料.
    pub what: String,
    /// How much there is.
    pub have: u16,
    /// How much is asked.
    pub need: u16,
    /// The time for it is over.
    pub over: bool,
    /// What is missing, where it is a pack.
    pub lacks: Vec<PackPart>,
}

impl Quota {
    /// Over, and not enough.
    pub fn is_short(&self) -> bool {
        self.over && (self.have < self.need || !self.lacks.is_empty())
    }

    /// 2026年学时 78/80，差2
    pub fn sentence(&self) -> String {
        let Self { what, have, need, .. } = self;
        if !self.lacks.is_empty() {
            let parts: Vec<&str> = self.lacks.iter().map(|part| part.label()).collect();
            return format!("{what}未备好：缺{}", parts.join("、"));
        }
        match need.saturating_sub(*have) {
            0 => format!("{what} {have}/{need}"),
            short => format!("{what} {have}/{need}，差{short}"),
        }
    }
}

/// A week or a month: its first and its last day.
type Span = (NaiveDate, NaiveDate);

impl Round<'_> {
    /// Since when the child is taught at home under a decision that holds.
    pub(super) fn taught_since(&self) -> Option<NaiveDate> {
        let taught = |rule: &crate::domain::policy::DispositionRule| {
            rule.follow_up.as_ref().is_some_and(|follow_up| follow_up.home_teaching)
        };
        let holding = self.holding().filter(|ending| self.policy.disposition(ending.kind).is_some_and(taught));
        holding.map(|ending| ending.agreed_on).min()
    }

    /// The quotas since the teaching began: the years, the weeks or months that are over, the packs of months over.
    pub(in crate::domain::case) fn quotas(&self) -> Vec<Quota> {
        let (Some(since), Some(rule)) = (self.taught_since(), &self.policy.home_teaching) else { return Vec::new() };
        let mut quotas = self.years(rule, since);
        quotas.extend(rule.sessions.as_ref().and_then(|rate| self.spans_kept(rate.value, since)));
        if let Some(parts) = &rule.monthly_pack {
            quotas.extend(self.packs(&parts.value, since));
        }
        quotas
    }

    fn years(&self, rule: &HomeTeachingRule, since: NaiveDate) -> Vec<Quota> {
        let (Some(lessons), Some(year)) = (&rule.lessons_year, rule.year) else { return Vec::new() };
        let of = |day: NaiveDate| match year {
            YearKind::Calendar => day.year(),
            YearKind::School => self.policy.age.school_year(day),
        };
        let quota = |number: i32| {
            let given = self.sessions(since, self.today).filter(|one| of(one.on) == number);
            let label = match year {
                YearKind::Calendar => format!("{number}年学时"),
                YearKind::School => format!("{number}—{}学年学时", number + 1),
            };
            let have = given.map(|one| one.lessons).fold(0, u16::saturating_add);
            // The quota may be judged on the last day of the year itself.
            let over = self.today.succ_opt().is_none_or(|next| of(next) > number);
            Quota { what: label, have, need: lessons.value, over, lacks: Vec::new() }
        };
        // The year in which the teaching began is no whole one.
        (of(since) + 1..=of(self.today)).map(quota).collect()
    }

    fn spans_kept(&self, rate: Rate, since: NaiveDate) -> Option<Quota> {
        let spans = self.spans(rate.per, since);
        let over: Vec<&Span> = spans.iter().filter(|(_, last)| *last < self.today).collect();
        let kept = over.iter().filter(|span| self.made_in(***span) >= usize::from(rate.times)).count();
        let count = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let (have, need) = (count(kept), count(over.len()));
        (need > 0).then(|| Quota {
            what: format!("{}的{}数", rate.label(), rate.per),
            have,
            need,
            over: true,
            lacks: Vec::new(),
        })
    }

    fn packs(&self, parts: &[PackPart], since: NaiveDate) -> Vec<Quota> {
        let spans = self.spans(Per::Month, since).into_iter().filter(|(_, last)| *last <= self.today);
        spans.map(|(first, last)| self.pack(parts, first, last)).collect()
    }

    fn pack(&self, parts: &[PackPart], first: NaiveDate, last: NaiveDate) -> Quota {
        let sessions: Vec<_> = self.sessions(first, last).collect();
        let whole = |part: &PackPart| !sessions.is_empty() && sessions.iter().all(|one| one.parts.contains(part));
        let lacks: Vec<PackPart> = parts.iter().copied().filter(|part| !whole(part)).collect();
        let count = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let what = format!("{}年{}月资料", first.year(), first.month());
        Quota { what, have: count(parts.len() - lacks.len()), need: count(parts.len()), over: true, lacks }
    }

    /// The weeks or months since a day in which there is school (AMB-22), the one that runs last.
    pub(super) fn spans(&self, per: Per, since: NaiveDate) -> Vec<Span> {
        let until = self.returned.map_or(self.today, |back| back.on.min(self.today));
        let span = |day: NaiveDate| match per {
            Per::Week => {
                let week = day.week(Weekday::Mon);
                (week.first_day(), week.last_day())
            }
            Per::Month => {
                let first = day.with_day(1).unwrap_or(day);
                (first, last_of(first))
            }
        };
        let school = |(first, last): &Span| {
            first.max(&since).iter_days().take_while(|day| day <= last).any(|day| self.calendar.is_school_day(day))
        };
        let days = since.iter_days().skip(1);
        let spans: BTreeSet<Span> = days.take_while(|day| *day <= until).map(span).collect();
        spans.into_iter().filter(school).collect()
    }

    pub(super) fn made_in(&self, (first, last): Span) -> usize {
        self.sessions(first, last).count()
    }

    fn sessions(&self, first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = &HomeTeachingFact> {
        let within = move |one: &&HomeTeachingFact| first <= one.on && one.on <= last && one.on <= self.today;
        self.facts.home_teaching.iter().filter(within)
    }
}

impl Asked<'_> {
    pub(in crate::domain::case) fn teach_at_home(&self, on: NaiveDate, lessons: u16, teachers: u16) -> Vec<Unmet> {
        let Some(rule) = &self.round.policy.home_teaching else {
            return vec![Unmet::Ending(Lacking::NotTaughtAtHome)];
        };
        let mut unmet = self.is_one_of(&rule.by);
        unmet.extend(self.not_ahead(on));
        if self.round.taught_since().is_none_or(|since| on < since) {
            unmet.push(Unmet::Ending(Lacking::NotTaughtAtHome));
        }
        let short = |asked: Option<u16>, have: u16| asked.filter(|need| have < *need);
        let need = short(rule.teachers.as_ref().map(|n| n.value), teachers);
        unmet.extend(need.map(|need| Unmet::Ending(Lacking::Teachers { have: teachers, need })));
        let need = short(rule.lessons.as_ref().map(|n| n.value), lessons);
        unmet.extend(need.map(|need| Unmet::Ending(Lacking::Lessons { have: lessons, need })));
        unmet
    }
}
