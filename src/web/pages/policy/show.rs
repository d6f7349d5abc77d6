//! The policy in force, each value in plain Chinese with the line it comes from; and those adopted before, by whom and why.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::Response;
use serde::Deserialize;

use super::{in_force, policy_of};
use crate::db::policies::{self, AdoptedRow, HistoryRow};
use crate::db::policy_drafts::{self, Draft};
use crate::domain::access::Action;
use crate::domain::moment::full_day;
use crate::domain::policy::Document;
use crate::web::extract::Query;
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::pages::users::today;
use crate::web::policy_words::{self, Section};
use crate::web::shell::{Shell, page};
use crate::web::state::State;

/// Drafts looked through for those that were sent back or taken back.
const DRAFTS: i64 = 20;

/// A version that was adopted.
#[derive(Debug)]
struct Version {
    number: i32,
    title: String,
    from: String,
    shown: bool,
    in_force: bool,
    /// 由甲起草，乙批准
    who: String,
    reason: String,
}

/// What the page says of one policy.
#[derive(Debug)]
struct Shown {
    name: String,
    number: i32,
    from: String,
    hash: String,
    in_force: bool,
    document: Option<Document>,
    sections: Vec<Section>,
}

#[derive(Template)]
#[template(path = "pages/policy/show.html")]
struct PolicyPage {
    shell: Shell,
    versions: Vec<Version>,
    policy: Option<Shown>,
    /// Drafts, the waiting one first; empty for who may not see them.
    drafts: Vec<Draft>,
    may_draft: bool,
    may_weigh: bool,
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
    let governing = in_force(&adopted, today(&state.services));
    let asked = match asked.version {
        Some(version) => Some(adopted.iter().find(|row| row.version == version).ok_or(Failure::NotFound)?),
        None => governing.or(adopted.last()),
    };
    let governing = governing.map(|row| row.version);
    let may_weigh = session.may(Action::WeighPolicy);
    let drafts = if may_weigh { policy_drafts::latest(&mut read, DRAFTS).await? } else { Vec::new() };
    let history = policies::history(&mut read).await?;
    let shown = asked.map(|row| row.version);
    let version = |row: HistoryRow| Version {
        shown: Some(row.version) == shown,
        in_force: Some(row.version) == governing,
        number: row.version,
        from: full_day(row.from_on),
        who: who(&row),
        title: row.title,
        reason: row.reason,
    };
    page(&PolicyPage {
        versions: history.into_iter().map(version).collect(),
        policy: asked.map(|row| in_words(row, governing == Some(row.version))).transpose()?,
        drafts: drafts.into_iter().filter(|draft| draft.version.is_none()).collect(),
        may_draft: session.may(Action::DraftPolicy),
        may_weigh,
        shell: session.shell,
    })
}

fn who(row: &HistoryRow) -> String {
    match (&row.drafted_name, &row.adopted_name) {
        (Some(drafted), Some(adopted)) => format!("{drafted}起草，{adopted}批准"),
        (None, Some(adopted)) => format!("{adopted}采用"),
        (_, None) => "建立区县时采用".to_owned(),
    }
}

fn in_words(row: &AdoptedRow, in_force: bool) -> Result<Shown, Failure> {
    let policy = policy_of(row)?;
    Ok(Shown {
        name: row.title.clone(),
        number: row.version,
        from: full_day(row.from_on),
        hash: hex::encode(&row.sha256[..8.min(row.sha256.len())]),
        in_force,
        sections: policy_words::sections(&policy),
        document: policy.document,
    })
}

impl PolicyPage {
    /// How a draft stands, in a few words.
    #[expect(clippy::unused_self, reason = "called from the template")]
    fn stands(&self, draft: &Draft) -> &'static str {
        stands(draft)
    }
}

/// How a draft stands, in a few words.
pub(super) fn stands(draft: &Draft) -> &'static str {
    match (draft.granted, draft.withdrawn_at) {
        (Some(true), _) => "已批准",
        (Some(false), _) => "已退回",
        (None, Some(_)) => "已撤回",
        (None, None) => "待批准",
    }
}
