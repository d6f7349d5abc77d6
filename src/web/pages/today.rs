//! 今日待办: what this unit has to do, by the day it is due.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Redirect, Response};

use crate::db::kept;
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::navigation;
use crate::web::shell::{Shell, page};
use crate::web::state::State;

#[derive(Template)]
#[template(path = "pages/today.html")]
struct TodayPage {
    shell: Shell,
    kept: usize,
}

/// The home page of everybody who works with children; the others are sent to theirs.
pub(crate) async fn today(AxumState(state): AxumState<State>, session: Session) -> Result<Response, Failure> {
    let home = navigation::home(session.person()?.role);
    if home != "/" {
        return Ok(Redirect::to(home).into_response());
    }
    let mut read = state.services.db.read(&session.actor).await?;
    let kept = kept::kept(&mut read).await?.len();
    page(&TodayPage { shell: session.shell, kept })
}
