//! 导出申请: lists beyond the day's limit, released by another person of the county and fetched once.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse as _, Redirect, Response};
use chrono::NaiveDate;
use serde::Deserialize;

use super::exports::{asked, conflict};
use crate::app::AppError;
use crate::app::exports::release;
use crate::app::sending::NotDone;
use crate::db::DbError;
use crate::db::export_limit::{self, Release};
use crate::domain::access::Action;
use crate::domain::ids::ExportReleaseId;
use crate::domain::moment::day_of;
use crate::web::download::workbook;
use crate::web::extract::{Errors, Form, Path};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;

/// Requests shown at most.
const SHOWN: i64 = 100;

#[derive(Template)]
#[template(path = "pages/export_requests.html")]
struct RequestsPage {
    shell: Shell,
    requests: Vec<Release>,
    decides: bool,
    today: NaiveDate,
}

#[derive(Template)]
#[template(path = "pages/export_request.html")]
struct RequestPage {
    shell: Shell,
    request: Release,
    mine: bool,
    may_decide: bool,
    today: NaiveDate,
    note: String,
    errors: Errors,
}

/// Where a request stands, in a few words.
fn stands(request: &Release, today: NaiveDate) -> &'static str {
    match request.granted {
        None => "待审批",
        Some(false) => "不同意",
        Some(true) if request.taken_at.is_some() => "已下载",
        Some(true) if request.until_on.is_some_and(|until| until < today) => "已过期",
        Some(true) => "已同意，可下载",
    }
}

impl RequestsPage {
    fn stands(&self, request: &Release) -> &'static str {
        stands(request, self.today)
    }
}

impl RequestPage {
    fn stands(&self) -> &'static str {
        stands(&self.request, self.today)
    }

    /// The reader can fetch it now.
    fn may_take(&self) -> bool {
        self.mine
            && self.request.granted == Some(true)
            && self.request.taken_at.is_none()
            && self.request.until_on.is_some_and(|until| until >= self.today)
    }
}

/// Those that the reader asked for; for an approver those of the county.
pub(crate) async fn list(AxumState(state): AxumState<State>, session: Session) -> Result<Response, Failure> {
    session.require(Action::ExportList)?;
    let requests = export_limit::latest(&mut state.services.db.read(&session.actor).await?, SHOWN).await?;
    let (decides, today) = (release::decides(&session.actor), day_of(now(&state)));
    page(&RequestsPage { shell: session.shell, requests, decides, today })
}

async fn load(state: &State, session: &Session, id: ExportReleaseId) -> Result<RequestPage, Failure> {
    session.require(Action::ExportList)?;
    let request = export_limit::one(&mut state.services.db.read(&session.actor).await?, id).await?;
    Ok(RequestPage {
        shell: session.shell.clone(),
        mine: session.actor.user() == Some(request.asked_by),
        may_decide: release::may_decide(&session.actor, &request),
        today: day_of(now(state)),
        note: String::new(),
        errors: Errors::default(),
        request,
    })
}

/// One of them.
pub(crate) async fn show(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<ExportReleaseId>,
) -> Result<Response, Failure> {
    page(&load(&state, &session, id).await?)
}

/// What an approver says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Decision {
    decision: String,
    note: String,
}

/// Releases a list once, or refuses it.
pub(crate) async fn decide(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<ExportReleaseId>,
    form: Form<Decision>,
) -> Result<Response, Failure> {
    session.require(Action::ReleaseExport)?;
    let shown = load(&state, &session, id).await?;
    if shown.mine {
        return Err(Failure::Forbidden("自己的申请要由本县另一位审批人员决定。".to_owned()));
    }
    let back = format!("/exports/requests/{id}");
    let (sent, note) = (form.sending(), form.value.note.chars().take(200).collect::<String>());
    let granted = match form.value.decision.as_str() {
        "grant" => true,
        "refuse" => false,
        _ => return Err(Failure::bad("请选择同意或不同意。")),
    };
    match release::decide(&state.services, &session.actor, &sent, id, (granted, &note)).await {
        Ok(Ok(()) | Err(NotDone::Before(crate::app::sending::Before::Same(_)))) => {
            Ok(Redirect::to(&back).into_response())
        }
        Ok(Err(NotDone::Faults(faults))) => again(&RequestPage { errors: faults.into(), note, ..shown }),
        Ok(Err(NotDone::Before(_))) => Err(conflict(form.typed, &back)),
        Err(AppError::Db(DbError::Conflict)) => {
            Err(Failure::Conflict { why: "这份申请已经有人决定了。".to_owned(), typed: form.typed, back })
        }
        Err(error) => Err(error.into()),
    }
}

/// Hands a released list out, once.
pub(crate) async fn take(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<ExportReleaseId>,
) -> Result<Response, Failure> {
    let shown = load(&state, &session, id).await?;
    if !shown.mine {
        return Err(Failure::Forbidden("只有申请人本人可以下载。".to_owned()));
    }
    if session.actor.unit() != Some(shown.request.asked_unit) {
        let unit = &shown.request.unit_name;
        return Err(Failure::Forbidden(format!("这份名单是以“{unit}”的任职申请的。请切换到那个任职再下载。")));
    }
    let pairs = release::filters(&shown.request);
    let asked = asked(&state, &session, shown.request.kind.code(), &pairs).await?;
    let request = asked.request(&shown.request.reason);
    match release::take(&state.services, &session.actor, id, request).await {
        Ok(made) => Ok(workbook(&made.name, made.bytes)),
        Err(AppError::Db(DbError::Conflict)) => Err(Failure::Conflict {
            why: "这份申请还没有同意、已经下载过、已过期或名单已经超过可放行的行数，不能下载。".to_owned(),
            typed: Vec::new(),
            back: format!("/exports/requests/{id}"),
        }),
        Err(error) => Err(error.into()),
    }
}
