//! 实施方案: the policy in force, each value in plain Chinese with the line it comes from; and those adopted before.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::Response;
use serde::Deserialize;

use super::users::today;
use crate::app::AppError;
use crate::db::policies::{self, AdoptedRow};
use crate::domain::moment::full_day;
use crate::domain::policy::{Document, Policy};
use crate::web::extract::Query;
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::policy_words::{self, Section};
use crate::web::shell::{Shell, page};
use crate::web::state::State;

/// A version that was adopted.
#[derive(Debug)]
struct Version {
    number: i32,
    title: String,
    from: String,
    shown: bool,
}

/// What the page says of one policy.
#[derive(Debug)]
struct Shown {
    name: String,
    from: String,
    hash: String,
    in_force: bool,
    document: Option<Document>,
    sections: Vec<Section>,
}

#[derive(Template)]
#[template(path = "pages/policy.html")]
struct PolicyPage {
    shell: Shell,
    versions: Vec<Version>,
    policy: Option<Shown>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    version: Option<i32>,
}

/// The policy in force today, or the version that is asked for; everybody may read what the county decided.
pub(crate) async fn show(
    AxumState(state): AxumState<State>,
    session: Session,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let mut read = state.services.db.read(&session.actor).await?;
    let adopted = policies::adopted(&mut read).await?;
    let now = today(&state.services);
    let in_force = adopted.iter().filter(|row| row.from_on <= now).max_by_key(|row| (row.from_on, row.version));
    let governing = in_force.map(|row| row.version);
    let asked = match asked.version {
        Some(version) => Some(adopted.iter().find(|row| row.version == version).ok_or(Failure::NotFound)?),
        None => in_force.or(adopted.last()),
    };
    let shown = asked.map(|row| row.version);
    let versions = adopted.iter().rev().map(|row| Version {
        number: row.version,
        title: row.title.clone(),
        from: full_day(row.from_on),
        shown: Some(row.version) == shown,
    });
    page(&PolicyPage {
        shell: session.shell,
        policy: asked.map(|row| in_words(row, governing == Some(row.version))).transpose()?,
        versions: versions.collect(),
    })
}

fn in_words(row: &AdoptedRow, in_force: bool) -> Result<Shown, Failure> {
    let frozen = Policy::from_canonical_json(&row.body);
    let policy = frozen.map_err(|error| AppError::Fault(format!("adopted policy {}: {error}", row.version)))?;
    Ok(Shown {
        name: row.title.clone(),
        from: full_day(row.from_on),
        hash: hex::encode(&row.sha256[..8.min(row.sha256.len())]),
        in_force,
        sections: policy_words::sections(&policy),
        document: policy.document,
    })
}
