//! 儿童档案: every value with its sources, rolls and attendance, who looked; and the reveal of a number with its reason.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;

use crate::app::register::{self, ChildView, Revealed};
use crate::db::audit::Look;
use crate::db::trail::{self, Looked};
use crate::domain::access::Action;
use crate::domain::event::LookKind;
use crate::domain::ids::ChildId;
use crate::domain::moment::{age, day_of};
use crate::domain::pace::Paced;
use crate::domain::units::Units;
use crate::web::extract::{Form, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;

#[derive(Template)]
#[template(path = "pages/child.html")]
#[expect(clippy::struct_excessive_bools, reason = "what the reader may do, each asked by the template")]
struct ChildPage {
    shell: Shell,
    view: ChildView,
    age: i32,
    home: String,
    school: String,
    seen: Vec<Looked>,
    may_reveal: bool,
    may_open: bool,
    may_edit: bool,
    may_flag: bool,
    revealed: Option<Revealed>,
    reason: String,
    fault: Option<&'static str>,
    units: std::sync::Arc<Units>,
}

impl ChildPage {
    fn unit(&self, id: &crate::domain::ids::UnitId) -> &str {
        self.units.name(*id)
    }
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Done {
    done: String,
}

impl Done {
    fn notice(&self) -> Option<String> {
        let says = match self.done.as_str() {
            "registered" => "已登记。资料来自人工登记，导入户籍或学籍后会自动对上。",
            "merged" => "已合并成一份档案，两份的来源记录都在。可以在“合并档案”里撤销。",
            "unmerged" => "已撤销合并，来源记录各回各的档案。",
            "corrected" => "已更正。原来的来源记录都保留。",
            _ => return None,
        };
        Some(says.to_owned())
    }
}

pub(crate) async fn show(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<ChildId>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    session.require(Action::SeeChildren)?;
    let mut shown = load(&state, &session, id).await?;
    shown.shell = session.shell_with(done.notice());
    match shown.view.child.merged_into {
        Some(into) => Ok(Redirect::to(&format!("/children/{into}")).into_response()),
        None => page(&shown),
    }
}

async fn load(state: &State, session: &Session, id: ChildId) -> Result<ChildPage, Failure> {
    let units = state.services.units(session.actor.county).await?;
    let mut read = state.services.db.read(&session.actor).await?;
    let view = register::view(&state.services, &mut read, id).await?;
    let seen = trail::looks_at_child(&mut read, id, 8).await?;
    drop(read);
    let look = Look { kind: LookKind::Child, child: Some(id), case: None, detail: json!({}) };
    state.services.db.look(&session.actor, look).await?;
    let child = &view.child;
    let village = units.name(child.domicile_village);
    let home = if village.is_empty() {
        child.domicile_text.clone().unwrap_or_default()
    } else {
        format!("{}{village}", units.name(child.domicile_township))
    };
    let school = format!("{} {}", units.name(child.school), units.name(child.class)).trim().to_owned();
    Ok(ChildPage {
        shell: session.shell.clone(),
        age: age(child.birth, day_of(now(state))),
        home,
        school,
        seen,
        may_reveal: session.may(Action::RevealNumber),
        may_open: session.may(Action::OpenCase),
        may_edit: session.may(Action::EditChild),
        may_flag: session.may(Action::SetFlag),
        revealed: None,
        reason: String::new(),
        fault: None,
        view,
        units,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Reason {
    reason: String,
}

/// Shows number and phone once, for a reason that is recorded.
pub(crate) async fn reveal(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<ChildId>,
    form: Form<Reason>,
) -> Result<Response, Failure> {
    session.require(Action::RevealNumber)?;
    let reason = form.value.reason.trim().to_owned();
    let mut shown = load(&state, &session, id).await?;
    if reason.chars().count() < 2 {
        shown.fault = Some("请写明查看全号的理由，如“开限期复学通知书”。");
        return again(&shown);
    }
    let revealed = register::reveal(&state.services, &session.actor, id, &reason).await?;
    shown.revealed = Some(revealed.ok_or(Failure::TooMany(Paced::Reveal.sentence()))?);
    shown.reason = reason;
    page(&shown)
}
