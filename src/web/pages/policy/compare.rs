//! 方案比较: two policies side by side, only what differs.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::Response;
use serde::Deserialize;

use super::{in_force, policy_of};
use crate::app::policy::offered;
use crate::db::policies::{self, AdoptedRow};
use crate::domain::policy::Policy;
use crate::web::extract::Query;
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::pages::users::today;
use crate::web::policy_words::{Compared, compare};
use crate::web::shell::{Shell, page};
use crate::web::state::State;

#[derive(Template)]
#[template(path = "pages/policy/compare.html")]
struct ComparePage {
    shell: Shell,
    /// What may be put side by side: the county's versions, then the profiles.
    choices: Vec<(String, String)>,
    left: Side,
    right: Side,
    compared: Vec<Compared>,
}

/// One of the two.
#[derive(Debug, Default)]
pub(super) struct Side {
    /// `v3`, or the id of a profile.
    code: String,
    /// Its name.
    pub(super) name: String,
}

/// Which two; `v3` is a version of the county, anything else a profile.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    a: String,
    b: String,
}

/// The page. Without a choice the policy in force stands beside the first other profile.
pub(crate) async fn show(
    AxumState(state): AxumState<State>,
    session: Session,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let adopted = policies::adopted(&mut state.services.db.read(&session.actor).await?).await?;
    let governing = in_force(&adopted, today(&state.services)).or(adopted.last());
    let choices = choices(&adopted, governing);
    let usual = |at: usize| choices.get(at).map(|(code, _)| code.clone()).unwrap_or_default();
    let first = if asked.a.is_empty() { governing.map_or_else(|| usual(0), code) } else { asked.a };
    let other = |code: &str| {
        let profile = governing.map(|row| row.profile.as_str());
        code != first && Some(code) != profile
    };
    let second = if asked.b.is_empty() {
        let beside =
            choices.iter().map(|(code, _)| code).filter(|code| !code.starts_with('v')).find(|code| other(code));
        beside.cloned().unwrap_or_else(|| usual(choices.len().saturating_sub(1)))
    } else {
        asked.b
    };
    let (left, right) = (find(&adopted, &first)?, find(&adopted, &second)?);
    let side = |code: String| Side {
        name: choices.iter().find(|(known, _)| *known == code).map(|(_, name)| name.clone()).unwrap_or_default(),
        code,
    };
    page(&ComparePage {
        shell: session.shell.clone(),
        compared: compare(&left, &right),
        left: side(first),
        right: side(second),
        choices,
    })
}

fn code(row: &AdoptedRow) -> String {
    format!("v{}", row.version)
}

fn choices(adopted: &[AdoptedRow], governing: Option<&AdoptedRow>) -> Vec<(String, String)> {
    let version = |row: &AdoptedRow| {
        let now = if governing.is_some_and(|now| now.version == row.version) { "，现行" } else { "" };
        (code(row), format!("本县第 {} 版（{}{now}）", row.version, row.title))
    };
    let versions = adopted.iter().rev().map(version);
    versions.chain(offered().iter().map(|policy| (policy.id.clone(), policy.name.clone()))).collect()
}

fn find(adopted: &[AdoptedRow], code: &str) -> Result<Policy, Failure> {
    if let Some(version) = code.strip_prefix('v').and_then(|version| version.parse::<i32>().ok()) {
        let row = adopted.iter().find(|row| row.version == version).ok_or(Failure::NotFound)?;
        return Ok(policy_of(row)?);
    }
    offered().iter().find(|policy| policy.id == code).cloned().ok_or(Failure::NotFound)
}
