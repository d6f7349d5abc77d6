//! 我的: password, sessions, print size, forms that were kept.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use uuid::Uuid;

use crate::app::sign_in;
use crate::db::kept::{self, KeptForm};
use crate::db::sessions::{self, ListedSession};
use crate::db::{Door as _, accounts};
use crate::domain::event::{Event, EventKind};
use crate::domain::moment::month_day_time;
use crate::web::extract::{Form, Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::shell::{Shell, page};
use crate::web::state::State;

#[derive(Template)]
#[template(path = "pages/mine.html")]
struct MinePage {
    shell: Shell,
    session: Session,
    sessions: Vec<ListedSession>,
    kept: Vec<KeptForm>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Done {
    done: String,
}

/// The page.
pub(crate) async fn mine(
    AxumState(state): AxumState<State>,
    session: Session,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let mut gate = state.services.db.gate().await?;
    let sessions = sessions::list(&mut gate, session.live.county, session.live.user, sign_in::IDLE).await?;
    gate.commit().await?;
    let mut read = state.services.db.read(&session.actor).await?;
    let kept = kept::kept(&mut read).await?;
    let notice = match done.done.as_str() {
        "password" => Some("密码已修改，其他设备上的登录已退出。".to_owned()),
        "ended" => Some("已让那台设备退出登录。".to_owned()),
        "print" => Some("显示大小已更改。".to_owned()),
        "forgotten" => Some("已放弃那份表单。".to_owned()),
        _ => None,
    };
    page(&MinePage { shell: session.shell_with(notice), session, sessions, kept })
}

/// Ends another device's session.
pub(crate) async fn end_session(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<Uuid>,
) -> Result<Response, Failure> {
    if !sign_in::end_session(&state.services, &session.live, id, EventKind::SessionEnded).await? {
        return Err(Failure::NotFound);
    }
    Ok(Redirect::to("/mine?done=ended").into_response())
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct PrintSize {
    large: String,
}

/// Turns 长辈版 on or off.
pub(crate) async fn print_size(
    AxumState(state): AxumState<State>,
    session: Session,
    form: Form<PrintSize>,
) -> Result<Response, Failure> {
    let mut gate = state.services.db.gate().await?;
    accounts::set_large_print(&mut gate, session.live.county, session.live.user, form.value.large == "on").await?;
    gate.commit().await?;
    Ok(Redirect::to("/mine?done=print").into_response())
}

#[derive(Template)]
#[template(path = "pages/kept.html")]
struct KeptPage {
    shell: Shell,
    id: Uuid,
    at: String,
    fields: Vec<(String, String)>,
}

/// A form that came after sign-out, to be sent now or given up.
pub(crate) async fn kept_form(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<Uuid>,
) -> Result<Response, Failure> {
    let mut read = state.services.db.read(&session.actor).await?;
    let form = kept::kept(&mut read).await?.into_iter().find(|f| f.id == id).ok_or(Failure::NotFound)?;
    let key = state.services.key(read.county()).await?;
    let body = key.open("kept_form.body", id, &form.body_sealed)?;
    let fields = Form::<serde::de::IgnoredAny>::parse(&body)?.typed;
    page(&KeptPage { shell: session.shell, id, at: month_day_time(form.kept_at), fields })
}

/// Sends a kept form on to where it was going, with all that was typed, and keeps it no longer.
pub(crate) async fn send_form(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<Uuid>,
) -> Result<Response, Failure> {
    let mut write = state.services.db.write(&session.actor).await?;
    let path = kept::forget(&mut write, id).await?;
    write.commit(Event::new(EventKind::FormKept).with("sent", true)).await?;
    // 307: the browser sends the same fields again, there.
    Ok(Redirect::temporary(&path).into_response())
}

/// Gives a kept form up.
pub(crate) async fn forget_form(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<Uuid>,
) -> Result<Response, Failure> {
    let mut write = state.services.db.write(&session.actor).await?;
    kept::forget(&mut write, id).await?;
    write.commit(Event::new(EventKind::FormKept).with("forgotten", true)).await?;
    Ok(Redirect::to("/mine?done=forgotten").into_response())
}
