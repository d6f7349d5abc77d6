//! The days on which what goes on after a disposition can read otherwise though nothing is added.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::domain::calendar::Calendar;
use crate::domain::case::facts::Facts;
use crate::domain::case::months::last_of;
use crate::domain::policy::{Policies, Policy};

/// Ends and their reminders, the weeks, months and years in which teaching at home is counted; none without dispositions.
pub(in crate::domain::case) fn days_ahead(
    facts: &Facts,
    policies: &Policies,
    calendar: &Calendar,
    today: NaiveDate,
) -> Vec<NaiveDate> {
    let mut days = Vec::new();
    let in_force: Vec<&Policy> = [today].into_iter().chain(policies.changes()).map(|day| policies.on(day)).collect();
    for policy in &in_force {
        days.extend(facts.dispositions.iter().filter_map(|one| Some((one.kind, one.until?))).flat_map(
            |(kind, until)| {
                let follow_up = policy.disposition(kind).and_then(|rule| rule.follow_up.as_ref());
                let expires = follow_up.and_then(|follow_up| follow_up.expires.as_ref());
                let remind =
                    expires.and_then(|expires| until.checked_sub_days(Days::new(expires.remind_days.value.into())));
                [remind, until.succ_opt()].into_iter().flatten()
            },
        ));
        for leave in facts.excuses.iter().filter_map(|leave| Some((leave.kind, leave.until?))) {
            let follow_up = policy.disposition(leave.0).and_then(|rule| rule.follow_up.as_ref());
            let expires = follow_up.and_then(|follow_up| follow_up.expires.as_ref());
            days.extend(expires.and_then(|one| leave.1.checked_sub_days(Days::new(one.remind_days.value.into()))));
        }
    }
    if !facts.dispositions.is_empty() {
        let school = in_force.first().map(|policy| policy.age.by.value);
        days.extend(teaching_days(calendar, today, school.map(|by| (by.month, by.day))));
    }
    days
}

fn teaching_days(calendar: &Calendar, today: NaiveDate, turn: Option<(u32, u32)>) -> Vec<NaiveDate> {
    let monday = |day: NaiveDate| day.week(Weekday::Mon).first_day();
    let week_later = |day: NaiveDate| day.checked_add_days(Days::new(7));
    let mut days: Vec<NaiveDate> = week_later(monday(today)).into_iter().collect();
    let month = |day: NaiveDate| day.with_day(1).map(last_of);
    days.extend(month(today));
    for opens in calendar.terms().iter().map(|term| term.opens).filter(|opens| *opens > today) {
        days.extend(
            [Some(opens), Some(monday(opens)), week_later(monday(opens)), opens.with_day(1), month(opens)]
                .into_iter()
                .flatten(),
        );
    }
    let year = today.year();
    let ends = [(12, 31)].into_iter().chain(turn);
    for (month, day) in ends {
        let ends = [year, year + 1].into_iter().filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
        days.extend(ends.flat_map(|end| [Some(end), end.succ_opt()]).flatten());
    }
    days
}
