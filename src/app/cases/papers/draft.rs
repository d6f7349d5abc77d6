//! Drafting: a text laid before the issuer, changed while nobody has issued it, given up.

use super::text::PaperText;
use super::{compose, drafting};
use crate::app::cases::desk::{At, Desk, Done, NotDone, Opened, standing_for};
use crate::app::{AppError, Services, policy};
use crate::db::cases::{facts, papers, subject};
use crate::db::{DbError, Door as _};
use crate::domain::actor::Actor;
use crate::domain::case::Act;
use crate::domain::event::EventKind;
use crate::domain::faults::Faults;
use crate::domain::ids::{CaseId, PaperId, UnitId};
use crate::domain::moment::day_of;
use crate::domain::policy::{Organ, Policy, Signers};
use crate::domain::words::PaperKind;
use crate::vault::CountyKey;

/// Where the facts of a paper are sealed.
pub(super) const SEALED: &str = "paper.facts";

/// What the form of a paper begins with.
pub async fn suggest(services: &Services, actor: &Actor, case: CaseId, kind: PaperKind) -> Result<PaperText, AppError> {
    let units = services.units(actor.county).await?;
    let mut read = services.db.read(actor).await?;
    let loaded = facts::one(&mut read, case).await?;
    let subject = subject::subject(&mut read, loaded.head.child).await?;
    let county = units.county().map_or("", |unit| unit.name.as_str());
    let rules = policy::rules(services, &mut read).await?;
    let step = rules.on(day_of(read.now())).step_of(kind);
    let mut organs = step.and_then(|step| step.signed_by.as_ref()).into_iter().flat_map(Signers::organs);
    let orders = organs.any(|organ| rules.on(day_of(read.now())).may_order(organ));
    let person = actor.person();
    Ok(PaperText {
        addressees: subject.guardians.iter().map(|guardian| guardian.name.clone()).collect(),
        report_to: units.name(loaded.head.school).to_owned(),
        absent_since: subject.school.as_ref().map(|_| loaded.head.opened_on),
        consequences: if step.is_some() { vec![compose::CONSEQUENCE.to_owned()] } else { Vec::new() },
        remedies: if orders { vec![compose::remedy(county)] } else { Vec::new() },
        contact_name: person.map(|person| person.name.clone()).unwrap_or_default(),
        ..PaperText::default()
    })
}

/// Drafts a paper; its page is where it is issued.
pub async fn draft_paper(
    services: &Services,
    actor: &Actor,
    at: &At,
    kind: PaperKind,
    text: &PaperText,
) -> Result<Done, NotDone> {
    let id = PaperId::new();
    let mut desk = match Desk::open(services, actor, drafting(kind), at, format!("/papers/{id}?done=drafted")).await? {
        Opened::Fresh(desk) => desk,
        Opened::Before(done) => return Ok(done),
    };
    desk.may(Act::DraftPaper { paper: kind })?;
    whole(kind, text)?;
    let key = services.key(actor.county).await?;
    let draft = papers::Draft {
        id,
        case: desk.head.id,
        child: desk.head.child,
        kind,
        unit: issuer(&desk, kind)?,
        facts_sealed: seal(&key, id, text)?,
        deadline_on: text.deadline_on,
    };
    papers::insert_draft(&mut desk.write, &draft).await?;
    let event = desk.event(EventKind::PaperDrafted).with("paper", id).with("kind", kind);
    desk.close(event).await
}

/// Changes what a draft says.
pub async fn edit_draft(
    services: &Services,
    actor: &Actor,
    at: &At,
    id: PaperId,
    text: &PaperText,
) -> Result<Done, NotDone> {
    let kind = kind_in(services, actor, at.case, id).await?;
    let location = format!("/papers/{id}?done=edited");
    let mut desk = match Desk::open(services, actor, drafting(kind), at, location).await? {
        Opened::Fresh(desk) => desk,
        Opened::Before(done) => return Ok(done),
    };
    desk.still_open("修改草稿")?;
    whole(kind, text)?;
    let key = services.key(actor.county).await?;
    papers::update_draft(&mut desk.write, id, &seal(&key, id, text)?, text.deadline_on).await?;
    let event = desk.event(EventKind::PaperDrafted).with("paper", id).with("kind", kind).with("again", true);
    desk.close(event).await
}

/// Gives a draft up.
pub async fn discard_draft(services: &Services, actor: &Actor, at: &At, id: PaperId) -> Result<Done, NotDone> {
    let kind = kind_in(services, actor, at.case, id).await?;
    let location = format!("/cases/{}?done=discarded", at.case);
    let mut desk = match Desk::open(services, actor, drafting(kind), at, location).await? {
        Opened::Fresh(desk) => desk,
        Opened::Before(done) => return Ok(done),
    };
    if papers::one(&mut desk.write, id).await?.issued_at.is_some() {
        return Err(DbError::Conflict.into());
    }
    papers::void(&mut desk.write, id, "草稿未用").await?;
    let event = desk.event(EventKind::PaperDiscarded).with("paper", id).with("kind", kind);
    desk.close(event).await
}

/// The kind of a paper of this case; of another case it is not there.
pub(super) async fn kind_in(
    services: &Services,
    actor: &Actor,
    case: CaseId,
    id: PaperId,
) -> Result<PaperKind, AppError> {
    let row = papers::one(&mut services.db.read(actor).await?, id).await?;
    if row.case == case { Ok(row.kind) } else { Err(DbError::NotFound.into()) }
}

/// What a kind cannot do without.
fn whole(kind: PaperKind, text: &PaperText) -> Result<(), Faults> {
    let mut faults = Faults::default();
    match kind {
        PaperKind::DeadlineNotice | PaperKind::ReturnNotice => {
            if text.addressees.is_empty() {
                faults.add("addressee", "请填写受送达的监护人");
            }
            if text.report_to.is_empty() {
                faults.add("report_to", "请填写报到学校");
            }
        }
        PaperKind::VisitRecord if text.visit.is_none() => faults.add("visit", "请选择哪一次劝返"),
        PaperKind::ServiceProof if text.paper.is_none() => faults.add("paper", "请选择送达的文书"),
        _ => {}
    }
    // AC-38
    if kind == PaperKind::ReturnNotice && text.deadline_on.is_none() {
        faults.add("deadline_on", "请填写限期日期");
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// The organ that issues a kind: whom the ladder names, for the forms that go with a case the drafter's own.
fn issuer(desk: &Desk<'_>, kind: PaperKind) -> Result<UnitId, NotDone> {
    let own = standing_for(&desk.units, desk.person.unit);
    let Some(organ) = issuing_organ(desk.rules.on(desk.today), kind) else { return Ok(own) };
    let unit = match organ {
        Organ::Township | Organ::Subdistrict | Organ::ZoneCommittee => Some(desk.head.acting_township),
        Organ::EducationBureau => desk.units.county().map(|unit| unit.id),
        Organ::School | Organ::CentreSchool => desk.head.school,
        Organ::Village => None,
    };
    unit.ok_or_else(|| AppError::Fault(format!("no unit issues {kind}")).into())
}

fn issuing_organ(policy: &Policy, kind: PaperKind) -> Option<Organ> {
    let step = policy.step_of(kind)?;
    step.completed_by().first().map(|owner| owner.organ)
}

fn seal(key: &CountyKey, id: PaperId, text: &PaperText) -> Result<Vec<u8>, AppError> {
    let json = serde_json::to_vec(text).map_err(|error| AppError::Fault(error.to_string()))?;
    Ok(key.seal(SEALED, id.0, &json)?)
}

/// What a draft says.
pub(super) fn open_text(key: &CountyKey, id: PaperId, sealed: &[u8]) -> Result<PaperText, AppError> {
    let json = key.open(SEALED, id.0, sealed)?;
    serde_json::from_slice(&json).map_err(|error| AppError::Fault(format!("draft {id}: {error}")))
}
