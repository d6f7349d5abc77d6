//! Takes an import back, while no work rests on it alone.

use crate::app::register::refresh_children;
use crate::app::{AppError, Services};
use crate::db::{imports, register};
use crate::domain::access::{Action, permit};
use crate::domain::actor::Actor;
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::ImportId;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undone {
    /// Taken back; so many statements.
    Done(u64),
    /// Not, and why.
    Refused(String),
}

/// Takes an import back.
pub async fn undo(services: &Services, actor: &Actor, id: ImportId) -> Result<Undone, AppError> {
    let mut write = services.db.write(actor).await?;
    write.take_time().await?;
    let import = imports::by_id(&mut write, id).await?;
    let (Some(source), None) = (import.source, import.undone_at) else {
        return Ok(Undone::Refused("这份名册还没有导入，或已经撤销。".to_owned()));
    };
    let others = actor.role().is_none_or(|role| permit(role, Action::UndoOthersImport).allows());
    if import.created_by != actor.user() && !others {
        return Ok(Undone::Refused("只能撤销自己导入的名册；他人的由县级审批撤销。".to_owned()));
    }
    write.widen().await?;
    let dependents = imports::dependents(&mut write, source).await?;
    if dependents > 0 {
        return Ok(Undone::Refused(format!("有 {dependents} 名儿童只在这份名册里，且已有核查或劝返记录，不能撤销。")));
    }
    let children = register::of_source(&mut write, source).await?;
    let statements = register::undo_source(&mut write, source).await?;
    register::withdraw_claims(&mut write, source).await?;
    refresh_children(services, &mut write, &children).await?;
    write.narrow().await?;
    imports::set_undone(&mut write, id).await?;
    write.commit(Event::new(EventKind::ImportUndone).with("import", id).with("statements", statements)).await?;
    Ok(Undone::Done(statements))
}
