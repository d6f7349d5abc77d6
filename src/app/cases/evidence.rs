//! 证据: files put to a case, each tied to what it proves; withdrawn with a reason, never deleted.

use chrono::NaiveDate;
use serde::Deserialize;

use super::desk::{About, At, CHANGED, Desk, Done, NotDone, Opened, Upload, allowed, taken};
use crate::app::Services;
use crate::app::sending::Sending;
use crate::db::cases::evidence::{self, Filed};
use crate::db::cases::visits;
use crate::domain::access::{Action, Permit, permit};
use crate::domain::actor::{Actor, Person};
use crate::domain::event::{Event, EventKind};
use crate::domain::faults::Faults;
use crate::domain::fields::Fields;
use crate::domain::ids::{CaseId, EvidenceId, PaperId, ServiceId, UserId, VisitId};
use crate::domain::moment::{Moment, day_of};
use crate::domain::role::Role;
use crate::domain::words::EvidenceKind;

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct EvidenceForm {
    /// 材料种类
    pub kind: String,
    /// 证明的事项: empty for the case, or `visit:ID`, `service:ID`, `paper:ID`
    pub about: String,
    /// 说明
    pub title: String,
    /// 事实发生日期
    pub fact_on: String,
}

/// What was read from it, with the files.
#[derive(Debug, Clone)]
pub struct Filing {
    /// What the files are.
    pub kind: EvidenceKind,
    /// What they prove.
    pub of: EvidenceOf,
    /// What they are called, where the kind does not say it.
    pub title: String,
    /// The day of the fact; the day of the upload is kept apart.
    pub fact_on: NaiveDate,
    /// At least one.
    pub files: Vec<Upload>,
}

/// What a file of a case proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceOf {
    /// Something of the case itself.
    Case,
    /// A visit of it.
    Visit(VisitId),
    /// A service of one of its papers.
    Service(ServiceId),
    /// One of its papers.
    Paper(PaperId),
}

impl EvidenceForm {
    /// Reads the form on a moment's day; the files were looked at before.
    pub fn read(&self, now: Moment, files: Vec<Upload>) -> Result<Filing, Faults> {
        let mut fields = Fields::on(now);
        let kind = fields.need_choice::<EvidenceKind>("kind", "材料种类", &self.kind);
        let of = of(&self.about);
        if of.is_none() {
            fields.fault("about", "“证明的事项”的选项无法识别，请重新选择");
        }
        if let Some(fault) = kind.zip(of).and_then(|(kind, of)| mismatch(kind, of)) {
            fields.fault("about", fault);
        }
        let title = fields.text("title", "说明", &self.title, 50);
        let fact_on = fields.past_day("fact_on", "事实发生日期", &self.fact_on);
        if files.is_empty() {
            fields.fault("files", "请选择要上传的照片或 PDF 扫描件");
        }
        let filing = kind.zip(of).zip(fact_on);
        fields.finish(filing.map(|((kind, of), fact_on)| Filing { kind, of, title, fact_on, files }))
    }
}

fn of(about: &str) -> Option<EvidenceOf> {
    let Some((what, id)) = about.trim().split_once(':') else {
        return about.trim().is_empty().then_some(EvidenceOf::Case);
    };
    match what {
        "visit" => id.parse().ok().map(EvidenceOf::Visit),
        "service" => id.parse().ok().map(EvidenceOf::Service),
        "paper" => id.parse().ok().map(EvidenceOf::Paper),
        _ => None,
    }
}

/// Some papers prove one thing only; filed under another they would count for nothing.
fn mismatch(kind: EvidenceKind, of: EvidenceOf) -> Option<String> {
    use EvidenceKind as K;
    let wanted = match (kind, of) {
        (K::Other, _)
        | (K::VisitPhoto | K::SignedSheet, EvidenceOf::Visit(_))
        | (K::ServiceProof | K::SignedNotice, EvidenceOf::Service(_) | EvidenceOf::Paper(_)) => return None,
        (K::VisitPhoto | K::SignedSheet, _) => "它是哪一次走访的",
        (K::ServiceProof | K::SignedNotice, _) => "它是哪一份文书或哪一次送达的",
        (_, EvidenceOf::Case) => return None,
        (_, _) => "“本案”",
    };
    Some(format!("上传“{kind}”时，“证明的事项”请选择{wanted}"))
}

/// Puts files to a case.
pub async fn add(services: &Services, actor: &Actor, at: &At, filing: Filing) -> Result<Done, NotDone> {
    file(services, actor, at, filing, format!("/cases/{}/evidence?done=added", at.case)).await
}

/// Puts photographs or the signed sheet to a visit, from its own page.
pub async fn add_to_visit(
    services: &Services,
    actor: &Actor,
    visit: VisitId,
    sent: Sending,
    (kind, files): (EvidenceKind, Vec<Upload>),
) -> Result<Done, NotDone> {
    let row = visits::one(&mut services.db.read(actor).await?, visit).await?;
    let fact_on = day_of(row.visit.happened_at);
    let at = At { case: row.visit.case, seen: None, sent };
    let done = if kind == EvidenceKind::SignedSheet { "sheet" } else { "photo" };
    let filing = Filing { kind, of: EvidenceOf::Visit(visit), title: String::new(), fact_on, files };
    file(services, actor, &at, filing, format!("/visits/{visit}?done={done}")).await
}

async fn file(services: &Services, actor: &Actor, at: &At, filing: Filing, location: String) -> Result<Done, NotDone> {
    let mut desk = match Desk::open(services, actor, Action::AddEvidence, at, location).await? {
        Opened::Fresh(desk) => desk,
        Opened::Before(done) => return Ok(done),
    };
    if !belongs(&desk, filing.of) {
        return Err(Faults::one("about", "所选的走访、文书或送达不属于这一案，请重新选择").into());
    }
    let mut about = About { title: filing.title, ..About::of(filing.kind, filing.fact_on) };
    match filing.of {
        EvidenceOf::Case => {}
        EvidenceOf::Visit(visit) => about.visit = Some(visit),
        EvidenceOf::Paper(paper) => about.paper = Some(paper),
        EvidenceOf::Service(service) => {
            about.service = Some(service);
            about.paper = desk.facts.services.iter().find(|one| one.id == service).map(|one| one.paper);
        }
    }
    for file in filing.files {
        desk.attach(file, about.clone()).await?;
    }
    let event = desk.event(EventKind::EvidenceAdded).with("kind", filing.kind).with("fact_on", filing.fact_on);
    desk.close(event).await
}

fn belongs(desk: &Desk<'_>, of: EvidenceOf) -> bool {
    match of {
        EvidenceOf::Case => true,
        EvidenceOf::Visit(id) => desk.facts.visits.iter().any(|visit| visit.id == id && !visit.superseded),
        EvidenceOf::Service(id) => desk.facts.services.iter().any(|service| service.id == id),
        EvidenceOf::Paper(id) => desk.facts.papers.iter().any(|paper| paper.id == id),
    }
}

/// Withdraws a file with a reason. Whoever filed it may, or whoever answers for the line above.
pub async fn withdraw(
    services: &Services,
    actor: &Actor,
    id: EvidenceId,
    sent: &Sending,
    reason: &str,
) -> Result<Done, NotDone> {
    let mut read = services.db.read(actor).await?;
    let filed = evidence::one(&mut read, id).await?;
    let person = allowed(actor, Action::WithdrawEvidence)?;
    let mut fields = Fields::on(crate::db::Door::now(&read));
    drop(read);
    let reason = fields.need_text("reason", "撤回原因", reason, 200);
    let reason = fields.finish(Some(reason))?;
    if !may_withdraw(&person, filed.added_by) {
        return Err(Faults::one("reason", "这份材料由别人上传，请由上传人或乡镇、县级撤回").into());
    }
    match filed.case {
        Some(case) => withdraw_of_case(services, actor, case, (id, &filed), sent, &reason).await,
        None => withdraw_of_check(services, actor, (id, &filed), sent, &reason).await,
    }
}

/// Own files, and for townships and the county all that they see.
pub fn may_withdraw(person: &Person, added_by: UserId) -> bool {
    let above = matches!(person.role, Role::TownshipOfficer | Role::TownshipHead);
    let permit = permit(person.role, Action::WithdrawEvidence);
    permit == Permit::Yes || permit == Permit::Own && (above || person.user == added_by)
}

async fn withdraw_of_case(
    services: &Services,
    actor: &Actor,
    case: CaseId,
    (id, filed): (EvidenceId, &Filed),
    sent: &Sending,
    reason: &str,
) -> Result<Done, NotDone> {
    let at = At { case, seen: None, sent: sent.clone() };
    let location = format!("/cases/{case}/evidence?done=withdrawn");
    let mut desk = match Desk::open(services, actor, Action::WithdrawEvidence, &at, location).await? {
        Opened::Fresh(desk) => desk,
        Opened::Before(done) => return Ok(done),
    };
    desk.still_open("撤回证据")?;
    if !evidence::withdraw(&mut desk.write, id, reason).await? {
        return Err(NotDone::Conflict(CHANGED.to_owned()));
    }
    let event = desk.event(EventKind::EvidenceWithdrawn).with("kind", filed.kind).with("file", filed.file);
    desk.close(event).await
}

async fn withdraw_of_check(
    services: &Services,
    actor: &Actor,
    (id, filed): (EvidenceId, &Filed),
    sent: &Sending,
    reason: &str,
) -> Result<Done, NotDone> {
    let location = format!("/children/{}?done=withdrawn", filed.child);
    let mut write = services.db.write(actor).await?;
    if let Some(done) = taken(&mut write, sent, &location).await? {
        return Ok(done);
    }
    if !evidence::withdraw(&mut write, id, reason).await? {
        return Err(NotDone::Conflict(CHANGED.to_owned()));
    }
    let event = Event::new(EventKind::EvidenceWithdrawn).child(filed.child);
    write.commit(event.with("kind", filed.kind).with("file", filed.file)).await?;
    Ok(Done { location })
}
