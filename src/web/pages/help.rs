//! The user guide, and the sign that the program is well.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::{IntoResponse, Response};

use crate::web::failure::Failure;
use crate::web::guard::Visitor;
use crate::web::shell::{Shell, page};
use crate::web::state::State;

#[derive(Template)]
#[template(path = "pages/help.html")]
struct HelpPage {
    shell: Shell,
}

/// 使用说明.
pub(crate) async fn help(visitor: Visitor) -> Result<Response, Failure> {
    page(&HelpPage { shell: visitor.shell })
}

/// For a supervisor: answers when the database does.
pub(crate) async fn healthz(AxumState(state): AxumState<State>) -> Result<Response, Failure> {
    state.services.db.gate().await?.commit().await?;
    Ok("ok\n".into_response())
}
