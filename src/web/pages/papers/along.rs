//! Sheets printed from the page of a case or a visit; printing is a write and told to the audit.

use axum::extract::State as AxumState;
use axum::response::Response;
use serde::Deserialize;

use crate::app::cases::papers;
use crate::domain::access::Action;
use crate::domain::ids::CaseId;
use crate::web::download::inline_pdf;
use crate::web::extract::{Form, Path};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::pages::case_act::failure;
use crate::web::state::State;

/// Which sheet.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// visit_record or return_notice
    sheet: String,
    /// Of a 劝返记录: which visit; empty for a sheet to take along.
    visit: String,
}

/// Prints it.
pub(crate) async fn print(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(case): Path<CaseId>,
    form: Form<Asked>,
) -> Result<Response, Failure> {
    session.require(Action::PrintList)?;
    let visit = match form.value.visit.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| Failure::NotFound)?),
    };
    let printed = match form.value.sheet.as_str() {
        "visit_record" => papers::print_visit_sheet(&state.services, &session.actor, case, visit).await,
        "return_notice" => papers::print_notice_sample(&state.services, &session.actor, case).await,
        _ => {
            papers::case_of_papers(&state.services, &session.actor, case).await?;
            return Err(Failure::bad("请返回一人一案页，选择要打印的表。"));
        }
    };
    let printed = printed.map_err(|why| failure(why, form.typed, &format!("/cases/{case}")))?;
    Ok(inline_pdf(&printed.name, printed.bytes))
}
