//! 政策试算: a scenario is pasted, chosen as a file or begun from an example, and played; nothing is kept.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::Response;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::app::policy::trial::{self as uses, EXAMPLES, LONGEST, Under};
use crate::domain::access::Action;
use crate::domain::moment::full_day;
use crate::domain::policy::Problem;
use crate::domain::trial::{Answer, Difference, Played};
use crate::web::extract::{Errors, Query};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::multipart::Limits;
use crate::web::policy_words::told::{self, Told};
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;
use crate::web::upload::{Takes, Upload};

/// One text file.
#[derive(Debug)]
pub(crate) struct ScenarioFile;
impl Takes for ScenarioFile {
    const LIMITS: Limits = Limits { each: LONGEST, files: 1 };
}

/// What stands on one day.
#[derive(Debug)]
struct Day {
    on: String,
    told: Vec<Told>,
}

/// What came of it.
#[derive(Debug)]
struct Shown {
    title: String,
    under: String,
    days: Vec<Day>,
    asked: Vec<Answer>,
    differences: Vec<Difference>,
}

#[derive(Template)]
#[template(path = "pages/policy/trial.html")]
struct TrialPage {
    shell: Shell,
    text: String,
    county: bool,
    played: Option<Shown>,
    errors: Errors,
}

/// Which example to begin with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    example: Option<usize>,
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    text: String,
    under: String,
}

/// The empty page, or an example in it.
pub(crate) async fn show(session: Session, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    session.require(Action::WeighPolicy)?;
    let example = asked.example.and_then(|n| EXAMPLES.get(n.checked_sub(1)?));
    let text = example.map(|(_, text)| (*text).to_owned()).unwrap_or_default();
    page(&TrialPage { shell: session.shell, text, county: false, played: None, errors: Errors::default() })
}

/// Plays it.
pub(crate) async fn play(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Upload<Typed, ScenarioFile>,
) -> Result<Response, Failure> {
    session.require(Action::WeighPolicy)?;
    let county = form.value.under == "county";
    let shown =
        |text: String, errors: Errors| TrialPage { shell: session.shell.clone(), text, county, played: None, errors };
    let text = match form.files.as_ref().map(|files| files.first()) {
        Ok(None) => form.value.text,
        Ok(Some(file)) => match std::str::from_utf8(&file.bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
            Err(_) => {
                return again(&shown(form.value.text, fault("file", "文件不是文本文件，请用记事本另存为 UTF-8 编码")));
            }
        },
        Err(_) => {
            let why = format!("文件太大，请控制在 {} KB 以内，一次一个", LONGEST / 1024);
            return again(&shown(form.value.text, fault("file", why)));
        }
    };
    let under = if county { Under::County } else { Under::Profile };
    match uses::play(&state.services, &session.actor, &text, under).await? {
        Ok(played) => {
            let played = Some(in_words(played, county));
            page(&TrialPage { played, ..shown(text, Errors::default()) })
        }
        Err(problems) => {
            let mut errors = Errors::default();
            for problem in problems {
                errors.add("text", said(&problem));
            }
            again(&shown(text, errors))
        }
    }
}

fn fault(field: &'static str, why: impl Into<String>) -> Errors {
    let mut errors = Errors::default();
    errors.add(field, why);
    errors
}

/// A fault and its place.
fn said(problem: &Problem) -> String {
    let Problem { file, key, sentence } = problem;
    match (file.as_str(), key.as_str()) {
        ("情景", "") => sentence.clone(),
        ("情景", key) => format!("{key}：{sentence}"),
        ("own", key) => format!("own 里的 {key}：{sentence}"),
        (file, "") => format!("{file}：{sentence}"),
        (file, key) => format!("{file} 的 {key}：{sentence}"),
    }
}

fn in_words(played: Played, county: bool) -> Shown {
    let day = |on: NaiveDate, told: Vec<Told>| Day { on: full_day(on), told };
    let under = if county {
        "本县采用的各版方案和本县日历".to_owned()
    } else {
        format!("方案 {}", played.profile)
    };
    Shown {
        days: played.days.iter().map(|told| day(told.on, told::day(told))).collect(),
        title: played.title,
        under,
        asked: played.asked,
        differences: played.differences,
    }
}
