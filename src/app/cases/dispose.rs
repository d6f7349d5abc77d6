//! Dispositions: proposed with their evidence, decided by another person.

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::json;

use super::desk::{About, At, Desk, Done, NotDone, Opened, Upload};
use crate::app::Services;
use crate::db::cases::endings::{self, Proposal};
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::case::Act;
use crate::domain::event::EventKind;
use crate::domain::faults::Faults;
use crate::domain::fields::Fields;
use crate::domain::ids::DispositionId;
use crate::domain::moment::{Moment, day_of, full_day};
use crate::domain::words::{DispositionKind, EvidenceKind};

/// The form of a proposal.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ProposeForm {
    /// 处置类别
    pub kind: String,
    /// 说明
    pub note: String,
}

/// What was read from it.
#[derive(Debug, Clone)]
pub struct ToPropose {
    /// Which disposition.
    pub kind: DispositionKind,
    /// What the proposer says to it.
    pub note: String,
}

impl ProposeForm {
    /// Reads the form on a moment's day.
    pub fn read(&self, now: Moment) -> Result<ToPropose, Faults> {
        let mut fields = Fields::on(now);
        let kind = fields.need_choice("kind", "处置类别", &self.kind);
        let note = fields.text("note", "说明", &self.note, 1000);
        fields.finish(kind.map(|kind| ToPropose { kind, note }))
    }
}

/// Proposes a disposition.
pub async fn propose_disposition(
    services: &Services,
    actor: &Actor,
    at: &At,
    proposal: &ToPropose,
) -> Result<Done, NotDone> {
    let location = format!("/cases/{}?done=proposed", at.case);
    let mut desk = match Desk::open(services, actor, Action::ProposeDisposition, at, location).await? {
        Opened::Fresh(desk) => desk,
        Opened::Before(done) => return Ok(done),
    };
    desk.may(Act::Propose { kind: proposal.kind })?;
    let new = Proposal {
        kind: proposal.kind,
        facts: json!({ "counted_visits": desk.standing().counted, "policy": desk.rules.on(desk.today).id }),
        note: proposal.note.clone(),
        unit: desk.person.unit,
        on: desk.today,
    };
    let of = desk.of();
    let id = endings::propose(&mut desk.write, of, &new).await?;
    let event = desk.event(EventKind::DispositionProposed).with("disposition", id).with("kind", proposal.kind);
    desk.close(event).await
}

/// The form of a decision.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DecideForm {
    /// 同意 (yes) or 退回 (no)
    pub approve: String,
    /// 审批日期; today if left out, the day of the sheet where it was signed on paper
    pub on: String,
    /// 意见
    pub reason: String,
}

/// What was read from it, with what came along.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Agreed to, or sent back.
    pub approve: bool,
    /// The day.
    pub on: NaiveDate,
    /// Why.
    pub reason: String,
    /// Scans of the signed 审批表 and of the body's consent.
    pub consent: Vec<Upload>,
}

impl DecideForm {
    /// Reads the form on a moment's day.
    pub fn read(&self, now: Moment, consent: Vec<Upload>) -> Result<Decision, Faults> {
        let mut fields = Fields::on(now);
        let approve = match self.approve.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => {
                fields.fault("approve", "请选择同意或退回");
                None
            }
        };
        let on =
            if self.on.trim().is_empty() { Some(day_of(now)) } else { fields.past_day("on", "审批日期", &self.on) };
        let reason = fields.text("reason", "意见", &self.reason, 500);
        if approve == Some(false) && reason.is_empty() {
            fields.fault("reason", "退回时请写明原因，提请人才知道补什么");
        }
        fields.finish(approve.zip(on).map(|(approve, on)| Decision { approve, on, reason, consent }))
    }
}

/// Decides on a proposal: another person than the proposer (four eyes).
pub async fn decide_disposition(
    services: &Services,
    actor: &Actor,
    at: &At,
    id: DispositionId,
    decision: Decision,
) -> Result<Done, NotDone> {
    let location = format!("/cases/{}?done={}", at.case, if decision.approve { "approved" } else { "sent_back" });
    let mut desk = match Desk::open(services, actor, Action::ApproveDisposition, at, location).await? {
        Opened::Fresh(desk) => desk,
        Opened::Before(done) => return Ok(done),
    };
    let proposed = desk.facts.dispositions.iter().find(|one| one.id == id).map(|one| (one.kind, one.proposed_on));
    for upload in decision.consent {
        desk.attach(upload, About::of(EvidenceKind::GroupConsent, decision.on)).await?;
    }
    desk.reload().await?;
    desk.may(Act::Decide { disposition: id, approve: decision.approve })?;
    let Some((kind, proposed_on)) = proposed else { return Err(crate::db::DbError::NotFound.into()) };
    if decision.on < proposed_on {
        let sentence = format!("“审批日期”不能早于提请的日期（{}）", full_day(proposed_on));
        return Err(Faults::one("on", sentence).into());
    }
    let of = desk.of();
    endings::decide(&mut desk.write, of, id, (decision.approve, decision.on, &decision.reason)).await?;
    let event = desk.event(EventKind::DispositionDecided).with("disposition", id).with("kind", kind);
    desk.close(event.with("approved", decision.approve).with("on", decision.on)).await
}
