//! 登记儿童, 更正资料: one form, a preview of what it changes, then saved; nothing typed is lost on the way.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;

use crate::app::register::{self as uses, Known, Preview, Registered};
use crate::app::sending::{NotDone, Outcome};
use crate::db::audit::Look;
use crate::db::register::{self, ChildPage};
use crate::domain::access::Action;
use crate::domain::event::LookKind;
use crate::domain::ids::ChildId;
use crate::domain::register::ClerkForm;
use crate::domain::words::Sex;
use crate::web::extract::{Errors, Form, Path};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::sent::already;
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;

#[derive(Template)]
#[template(path = "pages/child_form.html")]
struct FormPage {
    shell: Shell,
    /// The child that is corrected; none where one is registered.
    child: Option<ChildPage>,
    typed: ClerkForm,
    errors: Errors,
    known: Option<Known>,
    preview: Option<Preview>,
    sexes: Vec<(String, String)>,
}

impl FormPage {
    fn of(session: &Session, child: Option<ChildPage>, typed: ClerkForm) -> Self {
        Self {
            shell: session.shell.clone(),
            child,
            typed,
            errors: Errors::default(),
            known: None,
            preview: None,
            sexes: Sex::ALL.iter().map(|s| (s.code().to_owned(), s.label().to_owned())).collect(),
        }
    }

    fn path(&self) -> String {
        self.child.as_ref().map_or_else(|| "/children/new".to_owned(), |c| format!("/children/{}/correct", c.id))
    }

    fn back(&self) -> String {
        self.child.as_ref().map_or_else(|| "/children".to_owned(), |c| format!("/children/{}", c.id))
    }

    fn idno_hint(&self) -> String {
        match self.child.as_ref() {
            Some(child) => format!("现在是 {}；不改就留空", child.idno_masked.as_deref().unwrap_or("没有号码")),
            None => "照户口簿填 18 位；还没有号码的留空".to_owned(),
        }
    }

    fn phone_hint(&self) -> &'static str {
        if self.child.is_some() { "监护人的电话；不改就留空" } else { "监护人的电话" }
    }

    /// Every field as typed, for the preview to carry on.
    fn carried(&self) -> [(&'static str, &str); 15] {
        let t = &self.typed;
        [
            ("name", &t.name),
            ("sex", &t.sex),
            ("birth", &t.birth),
            ("ethnicity", &t.ethnicity),
            ("idno", &t.idno),
            ("head", &t.head),
            ("head_relation", &t.head_relation),
            ("domicile", &t.domicile),
            ("residence", &t.residence),
            ("guardian", &t.guardian),
            ("guardian_relation", &t.guardian_relation),
            ("phone", &t.phone),
            ("no_idno", &t.no_idno),
            ("no_phone", &t.no_phone),
            ("reason", &t.reason),
        ]
    }

    fn faulty(mut self, why: NotDone, typed: Vec<(String, String)>) -> Result<Response, Failure> {
        match why {
            NotDone::Before(before) => {
                let secret = |name: &str| matches!(name, "key" | "step");
                already(before, typed.into_iter().filter(|(name, _)| !secret(name)).collect(), &self.back())
            }
            NotDone::Faults(faults) => {
                self.errors = faults.into();
                again(&self)
            }
        }
    }

    fn known(mut self, known: Known) -> Result<Response, Failure> {
        self.errors.add("idno", "本县已有这个身份证号的儿童，没有保存。请核对号码；确是同一人的，请在原档案上更正");
        self.known = Some(known);
        again(&self)
    }

    /// Shows what would change, or why it cannot be.
    fn previewed(
        mut self,
        outcome: Outcome<Registered<Preview>>,
        typed: Vec<(String, String)>,
    ) -> Result<Response, Failure> {
        match outcome? {
            Ok(Ok(preview)) => {
                self.preview = Some(preview);
                page(&self)
            }
            Ok(Err(known)) => self.known(known),
            Err(why) => self.faulty(why, typed),
        }
    }

    /// Whether a number counts that can be emptied.
    fn has_idno(&self) -> bool {
        self.child.as_ref().is_some_and(|child| child.idno_masked.is_some())
    }

    /// Goes on, or shows the form again.
    fn saved(self, outcome: Outcome<Registered<String>>, typed: Vec<(String, String)>) -> Result<Response, Failure> {
        match outcome? {
            Ok(Ok(location)) => Ok(Redirect::to(&location).into_response()),
            Ok(Err(known)) => self.known(known),
            Err(why) => self.faulty(why, typed),
        }
    }
}

pub(crate) async fn new(session: Session) -> Result<Response, Failure> {
    session.require(Action::EditChild)?;
    page(&FormPage::of(&session, None, ClerkForm::default()))
}

pub(crate) async fn register(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Form<ClerkForm>,
) -> Result<Response, Failure> {
    session.require(Action::EditChild)?;
    let sent = form.sending();
    let shown = FormPage::of(&session, None, form.value.clone());
    let (services, actor) = (&state.services, &session.actor);
    match form.value.step.as_str() {
        "edit" => page(&shown),
        "save" => match uses::register(services, actor, &sent, &form.value).await? {
            // Somebody alike is there: the preview with its question again.
            Err(NotDone::Faults(faults)) if faults.0.iter().any(|(field, _)| *field == "apart") => {
                let mut shown = shown;
                shown.errors = faults.into();
                shown.preview = uses::preview_new(services, actor, &form.value).await?.ok().and_then(Result::ok);
                again(&shown)
            }
            outcome => shown.saved(Ok(outcome), form.typed),
        },
        _ => shown.previewed(uses::preview_new(services, actor, &form.value).await, form.typed),
    }
}

async fn child(state: &State, session: &Session, id: ChildId) -> Result<ChildPage, Failure> {
    session.require(Action::SeeChildren)?;
    let mut read = state.services.db.read(&session.actor).await?;
    let child = register::child_page(&mut read, id).await?;
    drop(read);
    session.require(Action::EditChild)?;
    let look = Look { kind: LookKind::Child, child: Some(id), case: None, detail: json!({}) };
    state.services.db.look(&session.actor, look).await?;
    Ok(child)
}

pub(crate) async fn correction(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<ChildId>,
) -> Result<Response, Failure> {
    let child = child(&state, &session, id).await?;
    if let Some(into) = child.merged_into {
        return Ok(Redirect::to(&format!("/children/{into}/correct")).into_response());
    }
    let typed = uses::begin(&state.services, &session.actor, id).await?;
    page(&FormPage::of(&session, Some(child), typed))
}

pub(crate) async fn correct(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<ChildId>,
    form: Form<ClerkForm>,
) -> Result<Response, Failure> {
    let child = child(&state, &session, id).await?;
    let sent = form.sending();
    let shown = FormPage::of(&session, Some(child), form.value.clone());
    let (services, actor) = (&state.services, &session.actor);
    match form.value.step.as_str() {
        "edit" => page(&shown),
        "save" => shown.saved(uses::correct(services, actor, &sent, id, &form.value).await, form.typed),
        _ => shown.previewed(uses::preview_correction(services, actor, id, &form.value).await, form.typed),
    }
}
