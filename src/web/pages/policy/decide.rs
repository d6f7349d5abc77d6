//! A draft: what it changes, whom it hits, and what the second person says of it.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::show::stands;
use super::{in_force, policy_of, read};
use crate::app::AppError;
use crate::app::policy::drafts;
use crate::app::policy::weigh::{Change, Impact};
use crate::app::sending::NotDone;
use crate::db::DbError;
use crate::db::policies;
use crate::db::policy_drafts::{self, Draft};
use crate::domain::access::Action;
use crate::domain::ids::PolicyDraftId;
use crate::web::extract::{Errors, Form, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::pages::users::today;
use crate::web::policy_words::{Compared, compare};
use crate::web::sent::already;
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;

#[expect(clippy::struct_excessive_bools, reason = "what a page shows or not")]
#[derive(Template)]
#[template(path = "pages/policy/decide.html")]
struct DecidePage {
    shell: Shell,
    draft: Draft,
    stands: &'static str,
    /// The policy that it would follow, by name; none for a county's first.
    before: Option<String>,
    compared: Vec<Compared>,
    impact: Option<Impact>,
    /// The first day is today.
    from_today: bool,
    mine: bool,
    may_decide: bool,
    may_draft: bool,
    note: String,
    errors: Errors,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    done: String,
}

/// What is sent with a decision.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Decision {
    decision: String,
    note: String,
}

/// The page.
pub(crate) async fn show(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<PolicyDraftId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let notice = match asked.done.as_str() {
        "drafted" => Some("草案已提交，等本县另一位审批人员批准。"),
        "approved" => Some("方案已采用；各劝返对象的进展正在后台重新计算。"),
        "sent_back" => Some("草案已退回起草人。"),
        "withdrawn" => Some("草案已撤回。"),
        "weigh" => Some("正在重新测算影响。"),
        _ => None,
    };
    let shell = session.shell_with(notice.map(ToOwned::to_owned));
    page(&DecidePage { shell, ..load(&state, &session, id).await? })
}

async fn load(state: &State, session: &Session, id: PolicyDraftId) -> Result<DecidePage, Failure> {
    session.require(Action::WeighPolicy)?;
    let mut db = state.services.db.read(&session.actor).await?;
    let draft = policy_drafts::one(&mut db, id).await?;
    let adopted = policies::adopted(&mut db).await?;
    // What it followed, or would follow: never itself.
    let earlier: Vec<_> = adopted.into_iter().filter(|row| draft.version.is_none_or(|own| row.version < own)).collect();
    let before = in_force(&earlier, draft.from_on).or(earlier.last());
    let compared = match before {
        Some(row) => compare(&policy_of(row)?, &read(&draft.body)?),
        None => Vec::new(),
    };
    let impact = draft.impact.clone().map(serde_json::from_value::<Impact>).transpose();
    let now = today(&state.services);
    Ok(DecidePage {
        shell: session.shell.clone(),
        stands: stands(&draft),
        before: before.map(|row| format!("本县第 {} 版", row.version)),
        compared,
        impact: impact.map_err(|error| AppError::Fault(format!("impact of {id}: {error}")))?,
        from_today: draft.from_on == now,
        mine: session.actor.user() == Some(draft.drafted_by),
        may_decide: drafts::may_decide(&session.actor, &draft),
        may_draft: session.may(Action::DraftPolicy),
        note: String::new(),
        errors: Errors::default(),
        draft,
    })
}

impl DecidePage {
    /// What may change, how it is said, and for how many; those of whom there is none are left out.
    fn lines(&self, impact: &Impact) -> Vec<(Change, String)> {
        let day = if self.from_today { "今日" } else { "施行当日" };
        let said = |change: &Change, n: usize| match change {
            Change::Overdue => format!("会使 {n} 名劝返对象{day}逾期"),
            Change::Relieved => format!("会使 {n} 名劝返对象不再逾期"),
            Change::Next => format!("{n} 名劝返对象的下一步不同"),
            Change::Lost => format!("{n} 名劝返对象的有效劝返次数减少"),
            Change::Gained => format!("{n} 名劝返对象的有效劝返次数增加"),
            Change::Orphaned => format!("{n} 名劝返对象正在办理的步骤，新方案里没有"),
        };
        let counted = Change::ALL.iter().map(|change| (change, impact.count(*change)));
        counted.filter(|(_, n)| *n > 0).map(|(change, n)| (*change, said(change, n))).collect()
    }
}

/// Approves a draft or sends it back.
pub(crate) async fn decide(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<PolicyDraftId>,
    form: Form<Decision>,
) -> Result<Response, Failure> {
    session.require(Action::AdoptPolicy)?;
    let (services, actor, sent) = (&state.services, &session.actor, form.sending());
    let note: String = form.value.note.chars().take(200).collect();
    let (outcome, done) = match form.value.decision.as_str() {
        "approve" => (drafts::approve(services, actor, &sent, id, &note).await, "approved"),
        "send_back" => (drafts::send_back(services, actor, &sent, id, &note).await, "sent_back"),
        _ => {
            policy_drafts::one(&mut services.db.read(actor).await?, id).await?;
            return Err(Failure::bad("请选择批准或退回。"));
        }
    };
    answer(&state, &session, id, form, outcome, done).await
}

/// Takes one's own draft back.
pub(crate) async fn withdraw(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<PolicyDraftId>,
    form: Form<Decision>,
) -> Result<Response, Failure> {
    session.require(Action::DraftPolicy)?;
    let outcome = drafts::withdraw(&state.services, &session.actor, &form.sending(), id).await;
    answer(&state, &session, id, form, outcome, "withdrawn").await
}

/// Has the impact counted again.
pub(crate) async fn weigh(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<PolicyDraftId>,
    form: Form<Decision>,
) -> Result<Response, Failure> {
    session.require(Action::DraftPolicy)?;
    let outcome = drafts::weigh_again(&state.services, &session.actor, &form.sending(), id).await;
    answer(&state, &session, id, form, outcome, "weigh").await
}

async fn answer(
    state: &State,
    session: &Session,
    id: PolicyDraftId,
    form: Form<Decision>,
    outcome: Result<Result<(), NotDone>, AppError>,
    done: &str,
) -> Result<Response, Failure> {
    let back = format!("/policy/drafts/{id}");
    match outcome {
        Ok(Ok(())) => Ok(Redirect::to(&format!("{back}?done={done}")).into_response()),
        Ok(Err(NotDone::Before(before))) => already(before, form.typed, &back),
        Ok(Err(NotDone::Faults(faults))) => {
            let note = form.value.note;
            again(&DecidePage { errors: faults.into(), note, ..load(state, session, id).await? })
        }
        Err(AppError::Db(DbError::Conflict)) => {
            Err(Failure::Conflict {
                why: "这份草案已经有人决定了，或者已经撤回。".to_owned(), typed: form.typed, back
            })
        }
        Err(error) => Err(error.into()),
    }
}
