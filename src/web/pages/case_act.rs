//! The small forms of a case's acts: one page for all, its fields told by the act; refusals with their links.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;

use crate::app::cases::view::{self, Opened};
use crate::app::cases::{At, Done, NotDone, Sending};
use crate::db::audit::Look;
use crate::db::cases::case::CaseHead;
use crate::domain::access::Action;
use crate::domain::case::{Act, Mend};
use crate::domain::event::LookKind;
use crate::domain::ids::CaseId;
use crate::domain::refusal::Refusal;
use crate::web::extract::Errors;
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::mend::RefusalView;
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;

/// How a field is asked.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    Day,
    Text,
    Long,
    /// One of a list.
    One(Vec<(String, String)>),
    /// One of a few, all in sight.
    Few(Vec<(String, String)>),
    /// Any of a list.
    Any(Vec<(String, String)>),
    /// A scan or photograph.
    File,
}

/// A field of the form of an act.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub name: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub kind: Kind,
    pub values: Vec<String>,
}

impl Field {
    pub(super) fn new(name: &'static str, label: &'static str, kind: Kind) -> Self {
        Self { name, label, hint: "", kind, values: vec![] }
    }

    pub(super) fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    pub(super) fn holds(self, value: impl std::fmt::Display) -> Self {
        Self { values: vec![value.to_string()], ..self }
    }

    fn value(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }

    fn has(&self, code: &str) -> bool {
        self.values.iter().any(|value| value == code)
    }
}

/// What the form of an act asks.
pub(super) struct Asked {
    pub title: String,
    pub says: String,
    pub button: &'static str,
    pub action: Action,
    /// What is to be done, for the rules to look at before.
    pub act: Option<Act>,
    pub fields: Vec<Field>,
    /// Whether a fact added by somebody else meanwhile is a conflict.
    pub counted: bool,
}

impl Asked {
    /// What stands against the act and is not brought by the form itself.
    fn beyond(&self, mut why: Refusal) -> Option<Refusal> {
        if self.takes_files() {
            why.unmet.retain(|unmet| !matches!(unmet.mend(), Some(Mend::Evidence { .. })));
        }
        (!why.unmet.is_empty()).then_some(why)
    }

    /// A refusal of the act; a file that the form itself takes is brought here, not on another page.
    fn refused(&self, session: &Session, case: CaseId, why: &Refusal) -> RefusalView {
        let mut shown = RefusalView::of(session, case, why);
        if let Some(file) = self.fields.iter().find(|field| matches!(field.kind, Kind::File)) {
            let lacks = why.unmet.iter().zip(&mut shown.lines);
            for (_, line) in lacks.filter(|(unmet, _)| matches!(unmet.mend(), Some(Mend::Evidence { .. }))) {
                line.link = Some(("选文件", format!("#{}", file.name)));
            }
        }
        shown
    }

    /// Decided on what the case holds, which is to be read before.
    fn judges(&self) -> bool {
        self.action == Action::ApproveDisposition
    }

    fn takes_files(&self) -> bool {
        self.fields.iter().any(|field| matches!(field.kind, Kind::File))
    }
}

#[derive(Template)]
#[template(path = "pages/cases/act.html")]
struct ActPage {
    shell: Shell,
    case: CaseId,
    name: String,
    path: String,
    seen: i32,
    asked: Asked,
    files: bool,
    errors: Errors,
    refusal: Option<RefusalView>,
}

/// Opens a case for one of its forms, and records the look.
pub(super) async fn opened(state: &State, session: &Session, case: CaseId) -> Result<Opened, Failure> {
    session.require(Action::SeeChildren)?;
    let view = view::opened(&state.services, &session.actor, case).await?;
    looked(state, session, &view.head).await?;
    Ok(view)
}

/// Records that the reader looked at a case.
pub(super) async fn looked(state: &State, session: &Session, head: &CaseHead) -> Result<(), Failure> {
    let look = Look { kind: LookKind::Case, child: Some(head.child), case: Some(head.id), detail: json!({}) };
    Ok(state.services.db.look(&session.actor, look).await?)
}

fn sheet(session: &Session, view: &Opened, asked: Asked, path: String) -> Result<ActPage, Failure> {
    session.require(asked.action)?;
    Ok(ActPage {
        shell: session.shell.clone(),
        case: view.head.id,
        name: view.head.name.clone(),
        path,
        seen: view.head.version,
        files: asked.takes_files(),
        asked,
        errors: Errors::default(),
        refusal: None,
    })
}

/// The form with nothing typed yet; where the rules stand against the act today, it says so before anything is typed.
pub(super) fn blank(session: &Session, view: &Opened, asked: Asked, path: String) -> Result<Response, Failure> {
    let barred = asked.act.and_then(|act| view.may(act).err()).and_then(|why| asked.beyond(why));
    let refusal = barred.map(|why| RefusalView::of(session, view.head.id, &why));
    page(&ActPage { refusal, ..sheet(session, view, asked, path)? })
}

/// Which case, which count of facts its page showed, and which sending.
pub(super) fn at(case: CaseId, sent: Sending, typed: &[(String, String)]) -> At {
    let seen = typed.iter().find(|(name, _)| name == "seen").and_then(|(_, seen)| seen.parse().ok());
    At { case, seen, sent }
}

/// Goes on, or shows the form again with everything typed and why it was not done.
pub(super) fn answer(
    session: &Session,
    view: &Opened,
    mut asked: Asked,
    path: String,
    typed: Vec<(String, String)>,
    outcome: Result<Done, NotDone>,
) -> Result<Response, Failure> {
    let case = view.head.id;
    let (mut errors, mut refusal) = (Errors::default(), None);
    match outcome {
        Ok(done) => return Ok(Redirect::to(&done.location).into_response()),
        Err(NotDone::Faulty(faults)) => errors = faults.into(),
        Err(NotDone::Refused(why)) => refusal = Some(asked.refused(session, case, &why)),
        Err(other) => {
            let label = |name: &str| asked.fields.iter().find(|field| field.name == name).map(|field| field.label);
            let typed = typed.into_iter().filter_map(|(name, value)| Some((label(&name)?.to_owned(), value)));
            return Err(failure(other, typed.collect(), &format!("/cases/{case}")));
        }
    }
    for field in &mut asked.fields {
        field.values = typed.iter().filter(|(name, _)| name == field.name).map(|(_, value)| value.clone()).collect();
    }
    let shown = sheet(session, view, asked, path)?;
    again(&ActPage { errors, refusal, ..shown })
}

/// Why an act was not done, where its form cannot say it.
pub(super) fn failure(why: NotDone, typed: Vec<(String, String)>, back: &str) -> Failure {
    match why {
        NotDone::NotAllowed(action) => Failure::Forbidden(format!("“{action}”不在您的权限内。")),
        NotDone::Refused(refusal) => Failure::Forbidden(refusal.sentence()),
        NotDone::Faulty(faults) => Failure::Bad(faults.sentence()),
        NotDone::Conflict(why) => {
            let own = |(name, _): &(String, String)| !matches!(name.as_str(), "key" | "seen" | "id");
            Failure::Conflict { why, typed: typed.into_iter().filter(own).collect(), back: back.to_owned() }
        }
        NotDone::Failed(error) => error.into(),
    }
}
