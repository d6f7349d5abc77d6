//! 发文字号: how an organ numbers each kind of paper this year.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use crate::app::cases::NotDone;
use crate::app::cases::papers::{self, SeriesForm, issuing};
use crate::db::cases::series::{self, Series};
use crate::domain::access::Action;
use crate::domain::words::PaperKind;
use crate::web::extract::{Errors, Form, Query};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::pages::case_act::failure;
use crate::web::shell::{Shell, again as shown_again, page};
use crate::web::state::State;

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    done: String,
}

#[derive(Template)]
#[template(path = "pages/papers/series.html")]
struct SeriesPage {
    shell: Shell,
    series: Vec<Series>,
    kinds: Vec<(&'static str, &'static str)>,
    errors: Errors,
    typed: SeriesForm,
}

pub(crate) async fn show(
    AxumState(state): AxumState<State>,
    session: Session,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let notice = (asked.done == "set").then(|| "发文字号格式已保存，下一份签发时使用。".to_owned());
    page(&SeriesPage { shell: session.shell_with(notice), ..load(&state, &session).await? })
}

async fn load(state: &State, session: &Session) -> Result<SeriesPage, Failure> {
    if !session.may(Action::IssueSchoolNotice) {
        session.require(Action::IssueOrder)?;
    }
    let mut read = state.services.db.read(&session.actor).await?;
    let series = series::of_unit(&mut read, session.person()?.unit).await?;
    let kinds = PaperKind::ALL.iter().filter(|kind| papers::is_statutory(**kind) || **kind == PaperKind::ReturnNotice);
    let kinds = kinds.filter(|kind| session.may(issuing(**kind)));
    Ok(SeriesPage {
        shell: session.shell.clone(),
        series,
        kinds: kinds.map(|kind| (kind.code(), kind.label())).collect(),
        errors: Errors::default(),
        typed: SeriesForm::default(),
    })
}

pub(crate) async fn submit(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Form<SeriesForm>,
) -> Result<Response, Failure> {
    let shown = load(&state, &session).await?;
    let sent = form.sending();
    let series = match form.value.read(now(&state)) {
        Ok(series) => series,
        Err(faults) => return shown_again(&SeriesPage { errors: faults.into(), typed: form.value, ..shown }),
    };
    let outcome = papers::set_series(&state.services, &session.actor, &sent, &series).await;
    match outcome {
        Ok(done) => Ok(Redirect::to(&done.location).into_response()),
        Err(NotDone::Faulty(faults)) => shown_again(&SeriesPage { errors: faults.into(), typed: form.value, ..shown }),
        Err(other) => Err(failure(other, form.typed, "/papers/series")),
    }
}
