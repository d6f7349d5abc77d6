//! Photographs, scans and workbooks behind the walls of their child; every opening is a look.

use axum::extract::State as AxumState;
use axum::response::Response;

use crate::app::files::{self, FileRead};
use crate::db::audit::Look;
use crate::db::files::StoredFile;
use crate::domain::access::Action;
use crate::domain::event::LookKind;
use crate::domain::ids::FileId;
use crate::web::download::{attachment, picture};
use crate::web::extract::Path;
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::state::State;

/// A photograph as it is shown; any other file as it was sent.
pub(crate) async fn display(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<FileId>,
) -> Result<Response, Failure> {
    let file = files::find_to_open(&state.services, &session.actor, id).await?;
    look(&state, &session, &file, "display").await?;
    if file.has_display {
        return Ok(picture(files::read_display(&state.services, &session.actor, id).await?.bytes));
    }
    Ok(handed_out(files::read_original(&state.services, &session.actor, id).await?))
}

/// A photograph's thumbnail. It is part of a page whose opening was recorded, and its address is on such pages only.
pub(crate) async fn thumb(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<FileId>,
) -> Result<Response, Failure> {
    Ok(picture(files::read_thumb(&state.services, &session.actor, id).await?.bytes))
}

/// A file as it was sent, byte for byte: of a photograph that is with its position, for those who judge evidence.
pub(crate) async fn original(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<FileId>,
) -> Result<Response, Failure> {
    let file = files::find_to_open(&state.services, &session.actor, id).await?;
    if file.has_display {
        session.require(Action::SeeOriginal)?;
    }
    look(&state, &session, &file, "original").await?;
    Ok(handed_out(files::read_original(&state.services, &session.actor, id).await?))
}

async fn look(state: &State, session: &Session, file: &StoredFile, form: &str) -> Result<(), Failure> {
    let detail = serde_json::json!({ "file": file.id, "form": form });
    let look = Look { kind: LookKind::Photo, child: file.child, case: None, detail };
    Ok(state.services.db.look(&session.actor, look).await?)
}

fn handed_out(read: FileRead) -> Response {
    let name = if read.name.is_empty() { format!("附件{}", ending(&read.file.media)) } else { read.name };
    attachment(&name, &read.file.media, read.bytes)
}

fn ending(media: &str) -> &'static str {
    match media {
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "image/webp" => ".webp",
        "application/pdf" => ".pdf",
        _ => "",
    }
}
