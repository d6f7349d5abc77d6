//! Absence in a row against a day-by-day reckoning, and what must hold of detection whatever the facts are.

use chrono::{Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use proptest::prelude::*;
use quanxue::domain::calendar::Calendar;
use quanxue::domain::detection::{
    AbsenceFact, AbsenceFacts, LeaveFact, MarkFact, UnknownFact, alerts, mark, open_leaves, sweep,
};
use quanxue::domain::period::Unit;
use quanxue::domain::policy::{Library, Policies, Policy, RollMark, shipped};
use quanxue::domain::tasks::tasks;

use crate::policy::ground::{day, nine_years, zuolan_with};

const BY: &str = r#"[{ organ = "school", roles = ["registrar"] }]"#;

/// Every unit, reached and over, with and without days outside teaching; `id` says which.
fn kinds() -> Vec<(Unit, bool, bool)> {
    let mut kinds = Vec::new();
    for unit in Unit::ALL {
        for over in [false, true] {
            kinds.push((*unit, over, false));
            if matches!(unit, Unit::Hour | Unit::WorkingDay) {
                kinds.push((*unit, over, true));
            }
        }
    }
    kinds
}

fn name((unit, over, all): (Unit, bool, bool)) -> String {
    format!("{}-{over}-{all}", unit.code())
}

/// A policy with a rule of every kind for the same number, and the one that time makes where asked.
fn policy(n: u16, auto: bool) -> Policy {
    let rules = kinds().into_iter().map(|kind| {
        let (unit, over, all) = kind;
        let all = if all { ", count_nonschool = true" } else { "" };
        let cmp = if over { "over" } else { "reached" };
        format!(
            "[[attendance]]\nid = \"{}\"\nafter = {{ n = {n}, unit = \"{}\", cmp = \"{cmp}\"{all} }}\nwhat = \"报告\"\nby = {BY}\nbasis = {{ text = \"试\" }}\n",
            name(kind), unit.code()
        )
    });
    let more = format!(
        "[[attendance]]\nid = \"lost\"\nor_unknown = true\nwhat = \"查找\"\nby = {BY}\nbasis = {{ text = \"试\" }}\n[[attendance]]\nid = \"opening\"\nafter_opening = {{ n = {n}, unit = \"school_day\" }}\nwhat = \"家访\"\nby = {BY}\nbasis = {{ text = \"试\" }}\n"
    );
    let auto =
        if auto { "[marking]\nauto_dropout = { value = { n = 1, unit = \"month\", cmp = \"over\" } }\n" } else { "" };
    zuolan_with(&format!("{}{more}{auto}", rules.collect::<String>())).unwrap()
}

fn ids(facts: &AbsenceFacts, policy: &Policy, calendar: &Calendar, now: NaiveDateTime) -> Vec<String> {
    alerts(facts, policy, calendar, now).iter().map(|alert| alert.rule.id.clone()).collect()
}

/// Of one unexcused absence, counted forward a day at a time: taught days, working days among them, all working days,
/// all days, hours of taught days and of all.
#[derive(Default)]
struct Count {
    first: Option<NaiveDate>,
    school: i64,
    working: i64,
    all_working: i64,
    days: i64,
    minutes: i64,
    all_minutes: i64,
}

impl Count {
    fn up_to(facts: &AbsenceFacts, calendar: &Calendar, today: NaiveDate) -> Self {
        let mut count = Self::default();
        let Some(begin) = facts.absences.iter().map(|one| one.from).min() else { return count };
        for date in begin.iter_days().take_while(|date| *date <= today) {
            let away = facts.absences.iter().any(|one| one.from <= date && one.returned_on.is_none_or(|on| date < on));
            let leave = facts.leaves.iter().any(|leave| (leave.from..=leave.until).contains(&date));
            let taught = calendar.is_school_day(date);
            if taught && (!away || leave) {
                count = Self::default();
            } else if taught || count.first.is_some() {
                count.add(date, taught, calendar.is_workday(date), date == today);
            }
        }
        count
    }

    fn add(&mut self, date: NaiveDate, taught: bool, worked: bool, today: bool) {
        let first = self.first.is_none();
        self.first = self.first.or(Some(date));
        // The roll is called at eight; one looks at a minute to midnight.
        let minutes = 24 * 60 - if first { 8 * 60 } else { 0 } - i64::from(today);
        self.days += 1;
        self.all_minutes += minutes;
        self.all_working += i64::from(worked);
        if taught {
            self.school += 1;
            self.working += i64::from(worked);
            self.minutes += minutes;
        }
    }

    fn says(&self, (unit, over, all): (Unit, bool, bool), n: u16, today: NaiveDate) -> bool {
        let Some(first) = self.first else { return false };
        let so_many = |count: i64| if over { count > n.into() } else { count >= n.into() };
        match unit {
            Unit::SchoolDay => so_many(self.school),
            Unit::WorkingDay => so_many(if all { self.all_working } else { self.working }),
            Unit::CalendarDay => so_many(self.days),
            Unit::Hour => {
                let (minutes, n) = (if all { self.all_minutes } else { self.minutes }, i64::from(n) * 60);
                if over { minutes > n } else { minutes >= n }
            }
            Unit::Month => {
                let same = first + Months::new(n.into());
                if over { today > same } else { today >= same }
            }
        }
    }
}

fn evening(date: NaiveDate) -> NaiveDateTime {
    date.and_time(NaiveTime::MIN) + TimeDelta::minutes(24 * 60 - 1)
}

fn eight() -> NaiveTime {
    NaiveTime::MIN + TimeDelta::hours(8)
}

fn stretch(from: NaiveDate, days: u64) -> AbsenceFact {
    AbsenceFact { from, at: eight(), returned_on: Some(from + Days::new(days)) }
}

prop_compose! {
    /// Some stretches of absence and of leave around a day of the nine years.
    fn facts()(
        begin in (0_u64..3200).prop_map(|n| day("2018-01-01") + Days::new(n)),
        away in prop::collection::vec((0_u64..70, 1_u64..40), 0..4),
        leave in prop::collection::vec((0_u64..70, 0_u64..6), 0..2),
        open in prop::option::of(0_u64..70), lost in prop::option::weighted(0.2, 0_u64..70),
    ) -> (NaiveDate, AbsenceFacts) {
        let on = |n: u64| begin + Days::new(n);
        let mut absences: Vec<AbsenceFact> = away.into_iter().map(|(from, days)| stretch(on(from), days)).collect();
        absences.extend(open.map(|from| AbsenceFact { returned_on: None, ..stretch(on(from), 1) }));
        let leaves = leave.into_iter().map(|(from, days)| LeaveFact { from: on(from), until: on(from + days), cancelled_on: None });
        let unknown = lost.map(|since| UnknownFact { since: on(since), at: eight(), found_on: None }).into_iter().collect();
        (begin, AbsenceFacts { absences, leaves: leaves.collect(), unknown, ..AbsenceFacts::default() })
    }
}

proptest! {
    /// Whatever the unit and the comparison, an alert is there exactly when counting day by day says so.
    #[test]
    fn a_row_agrees_with_counting_it_a_day_at_a_time((begin, facts) in facts(), n in 1_u16..60, after in 0_u64..90) {
        let (policy, calendar, today) = (policy(n, false), nine_years(), begin + Days::new(after));
        let (told, count) = (ids(&facts, &policy, &calendar, evening(today)), Count::up_to(&facts, &calendar, today));
        for kind in kinds() {
            prop_assert_eq!(told.contains(&name(kind)), count.says(kind, n, today), "{} {} on {}: {:?}", n, name(kind), today, facts);
        }
    }

    /// One more day of absence never takes an alert away, at any hour.
    #[test]
    fn one_more_day_of_absence_takes_no_alert_away(
        (begin, facts) in facts(), n in 1_u16..12, more in 0_u64..90, hour in 0_i64..24, at in 0_i64..24, after in 0_u64..90,
    ) {
        let (policy, calendar) = (policy(n, false), nine_years());
        let now = (begin + Days::new(after)).and_time(NaiveTime::MIN) + TimeDelta::hours(hour);
        let before = ids(&facts, &policy, &calendar, now);
        let mut longer = facts.clone();
        let at = NaiveTime::MIN + TimeDelta::hours(at);
        longer.absences.push(AbsenceFact { at, ..stretch(begin + Days::new(more), 1) });
        let now_told = ids(&longer, &policy, &calendar, now);
        prop_assert!(before.iter().all(|id| now_told.contains(id)), "{:?} became {:?}", before, now_told);
    }

    /// Time changes a mark only where the policy has the rule, only from 疑似 to 辍学, and only after its time.
    #[test]
    fn time_changes_a_mark_by_the_rule_alone(
        (begin, mut facts) in facts(), given in prop::collection::vec((0_u64..70, prop::sample::select(RollMark::ALL)), 0..3), after in 0_u64..120,
    ) {
        facts.marks = given.into_iter().map(|(on, mark)| MarkFact { mark, on: begin + Days::new(on) }).collect();
        let (calendar, today) = (nine_years(), begin + Days::new(after));
        let by_hand = facts.marks.iter().filter(|mark| mark.on <= today).max_by_key(|mark| mark.on).cloned();
        let without = Policies::only(policy(5, false));
        prop_assert_eq!(mark(&facts, &without, &calendar, evening(today)).mark, by_hand.clone());
        let with = Policies::only(policy(5, true));
        let seen = mark(&facts, &with, &calendar, evening(today));
        let expected = match sweep(&facts, with.on(today), &calendar, today) {
            None => by_hand,
            Some(change) => {
                prop_assert_eq!(by_hand.unwrap(), MarkFact { mark: RollMark::Suspected, on: change.marked_on });
                prop_assert!(change.on > change.marked_on + Months::new(1) && change.on <= today);
                Some(MarkFact { mark: RollMark::Dropped, on: change.on })
            }
        };
        prop_assert_eq!(seen.mark, expected);
        prop_assert!(seen.must_since.is_none_or(|must| seen.may_since.is_some_and(|may| may <= must)));
    }
}

/// The mark of the demo's rules: 5 and over 5, so that may comes before must; and leave that nobody asks back is silent.
#[test]
fn what_is_not_asked_for_is_not_told() {
    let (plain, calendar) = (zuolan_with("").unwrap(), nine_years());
    let leave = LeaveFact { from: day("2024-09-09"), until: day("2024-09-10"), cancelled_on: None };
    let absent = AbsenceFact { returned_on: None, ..stretch(day("2024-09-12"), 1) };
    let facts = AbsenceFacts { absences: vec![absent], leaves: vec![leave], ..AbsenceFacts::default() };
    let now = evening(day("2024-12-20"));
    assert_eq!(alerts(&facts, &plain, &calendar, now), []);
    assert_eq!(open_leaves(&facts, &plain, &calendar, now), []);
    assert_eq!(tasks(&plain, &calendar, &[], day("2024-09-02")), []);
    assert_eq!(sweep(&facts, &plain, &calendar, day("2024-12-20")), None);
}

/// AC-21 over real layers: each profile adds its task, and one that names another's id replaces only what it says.
#[test]
fn ac_21_a_layer_adds_tasks_and_keeps_those_below() {
    let task = |id: &str, n: u16| {
        format!(
            "[[task]]\nid = \"{id}\"\ngroup = \"opening\"\nwhat = \"排查\"\nby = {BY}\nwhen = {{ every = \"term\", within = {{ n = {n}, unit = \"calendar_day\" }} }}\nbasis = {{ text = \"试\" }}\n"
        )
    };
    let mut files = shipped();
    let profile = |id: &str, below: &str, tasks: &str| {
        (format!("{id}.toml"), format!("id = \"{id}\"\nname = \"{id}\"\nextends = \"{below}\"\n{tasks}"))
    };
    files.push(profile("province", "zuolan-2024", &task("DET-18", 14)));
    files.push(profile("county", "province", &task("DET-14", 7)));
    files.push(profile(
        "town",
        "county",
        "[[task]]\nid = \"DET-18\"\ntimes = 2\nwhen = { every = \"year\", on = [\"09-22\"] }\n",
    ));
    let (library, problems) = Library::parse(&files);
    assert_eq!(problems, []);
    let due = |id: &str| {
        let policy = library.resolve(id).unwrap();
        let due = tasks(&policy, &nine_years(), &[], day("2024-09-02"));
        due.iter().map(|due| format!("{} {} {}", due.due, due.rule.id, due.rule.times)).collect::<Vec<_>>()
    };
    assert_eq!(due("county"), ["2024-09-15 DET-18 1", "2024-09-08 DET-14 1"]);
    assert_eq!(due("town"), ["2024-09-22 DET-18 2", "2024-09-08 DET-14 1"]);
}
