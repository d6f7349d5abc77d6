//! 政策试算: a scenario that somebody wrote down, played under the profile it names or under what the county decided.
//! Nothing is kept.

use std::sync::Arc;
use std::time::Duration;

use chrono::{Datelike as _, NaiveDate};

use super::{LIBRARY, Rules, rules};
use crate::app::county_setup::WORKDAYS;
use crate::app::services::{AppError, Services};
use crate::domain::actor::Actor;
use crate::domain::calendar::Calendar;
use crate::domain::policy::Problem;
use crate::domain::trial::{Played, Scenario};

/// The longest text of a scenario, in bytes.
pub const LONGEST: usize = 64 * 1024;
/// Days and acts of one scenario.
const MOST: usize = 100;
/// Years in which a day may lie.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;
/// How long it may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Under what it is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Under {
    /// The profile that it names, over the national holidays and the usual terms.
    #[default]
    Profile,
    /// The policies that the county adopted and its calendar.
    County,
}

/// Scenarios to begin with, each by its name and its text.
pub const EXAMPLES: [(&str, &str); 3] = [
    ("两次联合劝返以后还不能发通知书", include_str!("../../../docs/examples/visits.toml")),
    ("限期已满未复学，移交县级核处", include_str!("../../../docs/examples/referral.toml")),
    ("复学、销号与回访", include_str!("../../../docs/examples/return.toml")),
];

/// Plays a text; what is wrong with it, else, with its place.
pub async fn play(
    services: &Services,
    actor: &Actor,
    text: &str,
    under: Under,
) -> Result<Result<Played, Vec<Problem>>, AppError> {
    let scenario = match read(text) {
        Ok(scenario) => scenario,
        Err(problem) => return Ok(Err(vec![problem])),
    };
    let county = match under {
        Under::County => match rules(services, &mut services.db.read(actor).await?).await {
            Err(AppError::NoPolicy) => {
                let why = "本县还没有采用实施方案，请选按“情景里写的方案”试算";
                return Ok(Err(vec![Problem::at(FILE, "", why)]));
            }
            rules => Some(rules?),
        },
        Under::Profile => None,
    };
    let playing = tokio::task::spawn_blocking(move || play_now(&scenario, county));
    match tokio::time::timeout(PATIENCE, playing).await {
        Ok(played) => played.map_err(|_| AppError::Fault("a scenario broke the engine".to_owned())),
        Err(_) => Ok(Err(vec![Problem::at(FILE, "", "算的时间太长，请少写几天，或者分成几个情景")])),
    }
}

/// What a pasted text is called.
const FILE: &str = "情景";

fn read(text: &str) -> Result<Scenario, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::at(FILE, "", "请粘贴情景，或者选择文件；也可以先打开一个例子"));
    }
    if text.len() > LONGEST {
        return Err(Problem::at(FILE, "", format!("情景太长，请控制在 {} KB 以内", LONGEST / 1024)));
    }
    let scenario = Scenario::parse(FILE, text)?;
    if scenario.asks_for() > MOST {
        return Err(Problem::at(FILE, "look", format!("一次最多看 {MOST} 天、问 {MOST} 件事，请分成几个情景")));
    }
    let far = |day: &NaiveDate| !YEARS.contains(&day.year());
    if let Some(day) = scenario.days().find(far) {
        return Err(Problem::at(
            FILE,
            "look",
            format!("{day} 太远，只能看 {} 年到 {} 年之间的日子", YEARS.start(), YEARS.end()),
        ));
    }
    Ok(scenario)
}

fn play_now(scenario: &Scenario, county: Option<Arc<Rules>>) -> Result<Played, Vec<Problem>> {
    if let Some(rules) = county {
        return scenario.play_in(&LIBRARY, &rules.policies, &rules.calendar);
    }
    let national = Calendar::parse_workdays(WORKDAYS);
    let national = national.map_err(|fault| vec![Problem::at("workdays.csv", "", fault.to_string())])?;
    scenario.play(&LIBRARY, &national)
}
