//! 更改方案: another profile, or the county's own values over one, with a reason and a day, for a second person to approve.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::form::{Block, blocks};
use super::{in_force, policy_of, read};
use crate::app::policy::drafts::{self, NotDrafted, Wanted};
use crate::app::policy::offered;
use crate::db::policies;
use crate::db::policy_drafts;
use crate::domain::access::Action;
use crate::domain::ids::PolicyDraftId;
use crate::domain::policy::{Field, Policy, fields};
use crate::domain::user_form;
use crate::web::extract::{Errors, Form, Query};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::pages::users::today;
use crate::web::sent::already;
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;

#[derive(Template)]
#[template(path = "pages/policy/draft.html")]
struct DraftPage {
    shell: Shell,
    profiles: Vec<(String, String)>,
    profile: String,
    /// The values begin as this policy has them: 现行方案, 退回的草案; none for the profile's own.
    begun_from: Option<&'static str>,
    blocks: Vec<Block>,
    errors: Errors,
    from_on: String,
    reason: String,
}

/// What the form begins with: a profile as it is, or a draft that was sent back; without either what is in force.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    profile: Option<String>,
    from: Option<PolicyDraftId>,
}

/// What the form sends beside the values.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    profile: String,
    from_on: String,
    reason: String,
}

/// The form.
pub(crate) async fn form(
    AxumState(state): AxumState<State>,
    session: Session,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    session.require(Action::DraftPolicy)?;
    let mut db = state.services.db.read(&session.actor).await?;
    let mut typed = Typed::default();
    let (id, begun) = if let Some(id) = asked.from {
        let draft = policy_drafts::one(&mut db, id).await?;
        (typed.from_on, typed.reason) = (draft.from_on.to_string(), draft.reason);
        (draft.profile, Some((read(&draft.body)?, "上一份草案")))
    } else if let Some(id) = asked.profile {
        (id, None)
    } else {
        let adopted = policies::adopted(&mut db).await?;
        match in_force(&adopted, today(&state.services)).or(adopted.last()) {
            Some(row) => {
                let policy = policy_of(row)?;
                (leaned_on(&policy), Some((policy, "现行方案")))
            }
            None => (String::new(), None),
        }
    };
    let profile = offered().iter().find(|policy| policy.id == id).or(offered().first()).ok_or(Failure::NotFound)?;
    let begun = begun.filter(|(policy, _)| policy.stack.contains(&profile.id));
    let values = begun.as_ref().map_or_else(|| fields(profile), |(policy, _)| values_of(profile, policy));
    let begun_from = begun.map(|(_, from)| from);
    page(&shown(&session, profile, values, typed).begun(begun_from))
}

/// The profile that a policy is, or the nearest below it that a county is offered.
fn leaned_on(policy: &Policy) -> String {
    let known = |id: &&String| offered().iter().any(|profile| profile.id == **id);
    policy.stack.iter().rev().find(known).cloned().unwrap_or_default()
}

/// The profile's fields with the values of another policy of its kind; what that one does not have stays.
fn values_of(profile: &Policy, policy: &Policy) -> Vec<Field> {
    let theirs = fields(policy);
    let same = |field: Field| theirs.iter().find(|other| other.key == field.key).cloned().unwrap_or(field);
    fields(profile).into_iter().map(same).collect()
}

fn shown(session: &Session, profile: &Policy, values: Vec<Field>, typed: Typed) -> DraftPage {
    DraftPage {
        shell: session.shell.clone(),
        profiles: offered().iter().map(|policy| (policy.id.clone(), policy.name.clone())).collect(),
        profile: profile.id.clone(),
        begun_from: None,
        blocks: blocks(profile, values),
        errors: Errors::default(),
        from_on: typed.from_on,
        reason: typed.reason,
    }
}

impl DraftPage {
    fn begun(self, begun_from: Option<&'static str>) -> Self {
        Self { begun_from, ..self }
    }
}

/// Drafts it; what is wrong stands at its field.
pub(crate) async fn submit(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Form<Typed>,
) -> Result<Response, Failure> {
    session.require(Action::DraftPolicy)?;
    let wanted = Wanted {
        profile: form.value.profile.clone(),
        typed: form.typed.clone(),
        from_on: user_form::day(&form.value.from_on),
        reason: form.value.reason.clone(),
    };
    match drafts::draft(&state.services, &session.actor, &form.sending(), &wanted).await? {
        Ok(id) => Ok(Redirect::to(&format!("/policy/drafts/{id}?done=drafted")).into_response()),
        Err(NotDrafted::Before(before)) => already(before, form.typed, "/policy"),
        Err(NotDrafted::Faults(faults)) => {
            let known = offered().iter().find(|policy| policy.id == form.value.profile);
            let profile = known.or(offered().first()).ok_or(Failure::NotFound)?;
            let values = fields(profile).into_iter().map(|field| field.typed(&form.typed)).collect();
            let mut errors = Errors::default();
            for (field, why) in faults {
                errors.add(field, why);
            }
            again(&DraftPage { errors, ..shown(&session, profile, values, form.value) })
        }
    }
}
