//! Checks that found children out of school become cases, many at once: tried first, then done, each with its reason.

use super::work::project;
use crate::app::cases::open::{Origin, ToOpen, open_in, opened_event};
use crate::app::cases::{Done, NotDone};
use crate::app::sending::{Before, NotDone as NotTaken, Sending};
use crate::app::{AppError, Services};
use crate::db::Write;
use crate::db::checks::{self as stored, CheckLine};
use crate::domain::actor::Actor;
use crate::domain::case::Unmet;
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::{CaseId, CheckId, ChildId};
use crate::domain::refusal::Refusal;
use crate::domain::words::CheckFinding;

/// A check of several that are to become cases.
#[derive(Debug)]
pub struct Became {
    /// The check with its child.
    pub check: CheckLine,
    /// The case that was opened, or why there is none.
    pub case: Result<CaseId, Why>,
}

/// Why no case was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// In a sentence.
    pub says: String,
    /// The case that the child has already.
    pub case: Option<CaseId>,
}

/// What came of a sending.
#[derive(Debug)]
pub enum Many {
    /// Done now.
    Now(Vec<Became>),
    /// Done when the same form came before.
    Before(Done),
}

/// Tells what would become of checks, writing nothing.
pub async fn try_cases(services: &Services, actor: &Actor, checks: &[CheckId]) -> Result<Vec<Became>, AppError> {
    let mut write = services.db.write(actor).await?;
    let (became, _) = open_all(services, &mut write, checks).await?;
    write.abandon().await?;
    Ok(became)
}

/// Opens a case for every check that found its child out of school; the others are left as they are and told.
pub async fn open_cases(
    services: &Services,
    actor: &Actor,
    sent: &Sending,
    checks: &[CheckId],
) -> Result<Many, NotDone> {
    let mut write = services.db.write(actor).await?;
    match sent.take(&mut write, "/checks?done=cases").await? {
        Ok(()) => {}
        Err(NotTaken::Before(Before::Same(location))) => return Ok(Many::Before(Done { location })),
        Err(_) => return Err(NotDone::Conflict("同一份名单已经提交过，这次勾选的人不同，没有再次办理。".to_owned())),
    }
    let (became, events) = open_all(services, &mut write, checks).await?;
    write.commit_all(events).await?;
    Ok(Many::Now(became))
}

/// The cases of checks, in a transaction that whoever called commits or gives up.
async fn open_all(
    services: &Services,
    write: &mut Write,
    checks: &[CheckId],
) -> Result<(Vec<Became>, Vec<Event>), AppError> {
    let mut lines = stored::some(write, checks).await?;
    lines.sort_by(|a, b| (a.village, &a.name).cmp(&(b.village, &b.name)));
    let fit: Vec<ToOpen> = lines.iter().filter(|line| against(line).is_none()).map(to_open).collect();
    write.widen().await?;
    let opened = open_in(services, write, &fit).await.map_err(super::act::failure)?;
    write.narrow().await?;
    let (mut became, mut events) = (Vec::new(), Vec::new());
    for line in lines {
        let case = opened.cases.iter().find(|(child, _)| *child == line.child).map(|(_, case)| *case);
        if let Some(case) = case {
            stored::close(write, line.id, line.answer, "").await?;
            let closed = Event::new(EventKind::CheckClosed).child(line.child);
            events.push(closed.with("finding", CheckFinding::OutOfSchool));
            events.push(opened_event(line.child, case, Origin::Check(line.id)));
        }
        let refused = opened.refused.iter().find(|(child, _)| *child == line.child).map(|(_, refusal)| refusal);
        let why = || against(&line).or_else(|| refused.map(Why::of)).unwrap_or_else(Why::gone);
        became.push(Became { case: case.ok_or_else(why), check: line });
    }
    let children: Vec<ChildId> = opened.cases.iter().map(|(child, _)| *child).collect();
    project(services, write, &children).await?;
    Ok((became, events))
}

fn to_open(line: &CheckLine) -> ToOpen {
    ToOpen::new(line.child, Origin::Check(line.id))
}

/// What the check itself says against a case.
fn against(line: &CheckLine) -> Option<Why> {
    let says = match (line.closed_at, line.finding) {
        (Some(_), _) => "这一条已经认定过了".to_owned(),
        (None, None) => "还没有核查结果，请先核查".to_owned(),
        (None, Some(CheckFinding::OutOfSchool)) => return None,
        (None, Some(other)) => format!("核查结果是“{other}”，请打开核查认定去向"),
    };
    Some(Why { says, case: None })
}

impl Why {
    fn of(refusal: &Refusal) -> Self {
        let says: Vec<String> = refusal.unmet.iter().map(Unmet::sentence).collect();
        let case = refusal.unmet.iter().find_map(|one| match one {
            Unmet::CaseOpen { case, .. } | Unmet::CaseBefore { case, .. } => Some(*case),
            _ => None,
        });
        Self { says: says.join("；"), case }
    }

    fn gone() -> Self {
        Self { says: "没有办成，请打开核查单独办理".to_owned(), case: None }
    }
}
