//! What is done to a check: send it, answer it, settle it, take that back.

use serde_json::from_value;

use super::inputs::AnswerInput;
use super::work::project;
use crate::app::cases::open::{Origin, ToOpen, open_in, opened_event};
use crate::app::cases::{NotDone, Upload};
use crate::app::compare::{Clue, Found};
use crate::app::policy;
use crate::app::register::close_checks;
use crate::app::{AppError, Services, files};
use crate::db::checks::{self as stored, CheckLine, NewAnswer};
use crate::db::{Door as _, Write, register};
use crate::domain::actor::Actor;
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::{CaseId, CheckId, ChildId, StatementId};
use crate::domain::moment::day_of;
use crate::domain::register::needs_proof;
use crate::domain::words::{CheckFinding, EvidenceKind};

/// Sends checks to the children's villages; answers how many were newly sent.
pub async fn send(services: &Services, actor: &Actor, checks: &[CheckId]) -> Result<u64, AppError> {
    let mut write = services.db.write(actor).await?;
    let lines = stored::some(&mut write, checks).await?;
    let with_village: Vec<&CheckLine> = lines.iter().filter(|l| l.village.is_some()).collect();
    let ids: Vec<CheckId> = with_village.iter().map(|l| l.id).collect();
    let children: Vec<ChildId> = with_village.iter().map(|l| l.child).collect();
    let today = day_of(write.now());
    let rules = policy::rules(services, &mut write).await?;
    let due = rules.on(today).check.within.value.due(today, &rules.calendar).due;
    let sent = stored::send(&mut write, &ids, due).await?;
    if sent == 0 {
        write.abandon().await?;
        return Ok(0);
    }
    project(services, &mut write, &children).await?;
    write.commit(Event::new(EventKind::CheckSent).with("checks", &ids).with("due", due)).await?;
    Ok(sent)
}

/// Writes an answer down; its proof, if there is one, is added as evidence of the answer afterwards.
pub async fn answer(
    services: &Services,
    write: &mut Write,
    check: &CheckLine,
    input: &AnswerInput,
    via: &'static str,
) -> Result<StatementId, AppError> {
    let id = insert(write, check, input, via).await?;
    project(services, write, &[check.child]).await?;
    Ok(id)
}

/// Writes the answers of a sheet down, just as they are written down one by one.
pub async fn answer_many(
    services: &Services,
    write: &mut Write,
    answers: &[(CheckLine, AnswerInput)],
) -> Result<(), AppError> {
    for (check, input) in answers {
        insert(write, check, input, "sheet").await?;
    }
    let children: Vec<ChildId> = answers.iter().map(|(check, _)| check.child).collect();
    project(services, write, &children).await
}

async fn insert(
    write: &mut Write,
    check: &CheckLine,
    input: &AnswerInput,
    via: &'static str,
) -> Result<StatementId, AppError> {
    let id = StatementId::new();
    let new = NewAnswer {
        id,
        check: check.id,
        child: check.child,
        finding: input.finding,
        found_on: input.found_on,
        elsewhere: input.elsewhere.clone(),
        note: input.note.clone(),
        via,
    };
    stored::insert_answer(write, &new).await?;
    Ok(id)
}

/// Writes an answer down with the files that prove it.
pub async fn answer_with_proof(
    services: &Services,
    write: &mut Write,
    check: &CheckLine,
    input: &AnswerInput,
    proofs: Vec<Upload>,
) -> Result<(), AppError> {
    let id = answer(services, write, check, input, "page").await?;
    for proof in proofs {
        let file = files::store(services, write, Some(check.child), proof.ready, &proof.name).await?;
        stored::insert_proof(write, id, check.child, proves(input.finding), file, input.found_on).await?;
    }
    project(services, write, &[check.child]).await
}

/// What the proof of a finding is called.
const fn proves(finding: CheckFinding) -> EvidenceKind {
    use CheckFinding as F;
    match finding {
        F::Elsewhere => EvidenceKind::EnrolmentProof,
        F::Dead => EvidenceKind::DeathProof,
        F::Abroad => EvidenceKind::ExitProof,
        F::DuplicateRegistration | F::NoSuchPerson | F::Missing => EvidenceKind::PoliceProof,
        F::HomeTaught => EvidenceKind::DisabilityProof,
        F::SuspendedOrDeferred => EvidenceKind::HospitalProof,
        F::AtSchoolHere | F::WrongNumber | F::OutOfAge | F::OutOfSchool | F::NotMet => EvidenceKind::Other,
    }
}

/// What came of settling a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// The whereabouts are settled.
    Whereabouts,
    /// The child was found out of school and is a case now.
    Case(CaseId),
    /// Not settled, and why.
    Refused(String),
}

/// Settles a check on its latest answer. A child found out of school becomes a case on both lines (002:L25).
pub async fn settle(services: &Services, actor: &Actor, check: CheckId) -> Result<Settled, AppError> {
    let mut write = services.db.write(actor).await?;
    let line = stored::by_id(&mut write, check).await?;
    let Some(answer) = stored::answers(&mut write, check).await?.into_iter().next() else {
        return Ok(Settled::Refused("还没有核查结果，请先回复核查，再认定去向。".to_owned()));
    };
    if answer.finding == CheckFinding::NotMet {
        return Ok(Settled::Refused("没有见到人，去向仍不明，不能认定；请再派人核查，或请公安协查。".to_owned()));
    }
    if needs_proof(answer.finding) && answer.proofs.is_empty() && answer.finding != CheckFinding::Elsewhere {
        return Ok(Settled::Refused(format!("“{}”要有证明材料才能认定，请先上传证明。", answer.finding)));
    }
    if !stored::close(&mut write, check, Some(answer.id), "").await? {
        return Ok(Settled::Refused("这一条已经认定过了。".to_owned()));
    }
    let closed = Event::new(EventKind::CheckClosed).child(line.child).with("finding", answer.finding);
    if answer.finding == CheckFinding::OutOfSchool {
        let origin = Origin::Check(check);
        write.widen().await?;
        let mut opened = open_in(services, &mut write, &[ToOpen::new(line.child, origin)]).await.map_err(failure)?;
        write.narrow().await?;
        let Some((child, case)) = opened.cases.pop() else {
            let why = opened.refused.pop().map(|(_, refusal)| refusal.sentence()).unwrap_or_default();
            return Ok(Settled::Refused(why));
        };
        project(services, &mut write, &[line.child]).await?;
        write.commit_all(vec![closed, opened_event(child, case, origin)]).await?;
        return Ok(Settled::Case(case));
    }
    project(services, &mut write, &[line.child]).await?;
    write.commit(closed).await?;
    Ok(Settled::Whereabouts)
}

/// The clue was right: the one found is the same person. A child found on a roll is merged into the registered one,
/// every source record kept; a refused row settles the check and is told to its sender by the page.
pub async fn same_person(services: &Services, actor: &Actor, check: CheckId) -> Result<Settled, AppError> {
    let mut write = services.db.write(actor).await?;
    write.widen().await?;
    let line = stored::by_id(&mut write, check).await?;
    let clue: Option<Clue> = from_value(line.clue.clone()).ok();
    if line.closed_at.is_some() {
        return Ok(Settled::Refused("这一条已经认定过了。".to_owned()));
    }
    let touched = match clue.and_then(|c| c.found) {
        Some(Found::Child(other)) => {
            if !register::hold(&mut write, &[line.child, other]).await? {
                let why = "其中一份档案刚刚并入了另一份档案，没有保存。请打开档案查看。";
                return Ok(Settled::Refused(why.to_owned()));
            }
            if register::child_page(&mut write, other).await?.case.is_some() {
                let why = "学籍上的那份档案已经列为劝返对象，不能这样并入。请打开档案，用“合并档案”核对。";
                return Ok(Settled::Refused(why.to_owned()));
            }
            let moved = register::merge(&mut write, other, line.child).await?;
            let why = "与学籍上的是同一个人，号码以户籍为准";
            // What is asked of the file that goes is asked of nobody any more.
            let mut closed = close_checks(&mut write, other).await?;
            stored::close(&mut write, check, None, why).await?;
            closed.push(check);
            register::tell_merge(&mut write, (other, line.child), &moved, (&closed, None), why).await?;
            vec![line.child, other]
        }
        Some(Found::Row { file, sheet, row, .. }) => {
            let note = format!("学籍花名册《{file}》“{sheet}”第 {row} 行是同一个人，请学校改正后重新报送");
            let input = AnswerInput {
                finding: CheckFinding::AtSchoolHere,
                found_on: day_of(write.now()),
                elsewhere: None,
                note: note.clone(),
            };
            let answer = answer(services, &mut write, &line, &input, "page").await?;
            stored::close(&mut write, check, Some(answer), &note).await?;
            vec![line.child]
        }
        None => return Ok(Settled::Refused("这一条没有可以并入的线索。".to_owned())),
    };
    crate::app::register::refresh_children(services, &mut write, &touched).await?;
    project(services, &mut write, &touched).await?;
    write.narrow().await?;
    write.commit(Event::new(EventKind::CheckClosed).child(line.child).with("same_person", true)).await?;
    Ok(Settled::Whereabouts)
}

/// Takes a settlement back; a case opened by it stays, for a case is ended only by a disposition.
pub async fn reopen(services: &Services, actor: &Actor, check: CheckId) -> Result<bool, AppError> {
    let mut write = services.db.write(actor).await?;
    let line = stored::by_id(&mut write, check).await?;
    if !stored::reopen(&mut write, check).await? {
        return Ok(false);
    }
    project(services, &mut write, &[line.child]).await?;
    write.commit(Event::new(EventKind::CheckReopened).child(line.child)).await?;
    Ok(true)
}

/// What stands against opening a case is a refusal; all else here is a failure of the machinery.
pub(super) fn failure(not: NotDone) -> AppError {
    match not {
        NotDone::Failed(error) => error,
        other => AppError::Fault(format!("{other:?}")),
    }
}
