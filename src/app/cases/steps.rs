//! Steps of the ladder that are recorded by hand, and steps passed over for want of a legal basis.

use chrono::NaiveDate;
use serde::Deserialize;

use super::desk::{About, At, Desk, Done, NotDone, Opened, Upload};
use crate::app::Services;
use crate::db::DbError;
use crate::db::cases::steps::{self, NewStep};
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::case::Act;
use crate::domain::event::EventKind;
use crate::domain::faults::Faults;
use crate::domain::fields::Fields;
use crate::domain::ids::StepId;
use crate::domain::moment::Moment;
use crate::domain::policy::Rung;
use crate::domain::words::EvidenceKind;

/// The form of a step.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct StepForm {
    /// 办理日期
    pub on: String,
    /// 说明
    pub note: String,
}

/// What was read from it, with what came along.
#[derive(Debug, Clone)]
pub struct StepTaken {
    /// The day.
    pub on: NaiveDate,
    /// What is said to it; may be empty.
    pub note: String,
    /// Scans of its paper.
    pub scans: Vec<Upload>,
}

impl StepForm {
    /// Reads the form on a moment's day.
    pub fn read(&self, now: Moment, scans: Vec<Upload>) -> Result<StepTaken, Faults> {
        let mut fields = Fields::on(now);
        let on = fields.past_day("on", "办理日期", &self.on);
        let note = fields.text("note", "说明", &self.note, 500);
        fields.finish(on.map(|on| StepTaken { on, note, scans }))
    }
}

/// Records a step; where it is on record already and its paper is missing, the paper is filed with that record.
pub async fn record_step(
    services: &Services,
    actor: &Actor,
    at: &At,
    rung: Rung,
    taken: StepTaken,
) -> Result<Done, NotDone> {
    let location = format!("/cases/{}?done=step", at.case);
    let mut desk = match Desk::open(services, actor, Action::RecordStep, at, location).await? {
        Opened::Fresh(desk) => desk,
        Opened::Before(done) => return Ok(done),
    };
    desk.may(Act::RecordStep { rung, on: taken.on })?;
    // Allowed although it is on record in this round: its paper is what is missing.
    let round = desk.facts.reopenings.iter().map(|one| one.on).max().unwrap_or(desk.facts.case.opened_on);
    let recorded = desk.facts.steps.iter().rev().find(|one| one.rung == rung && one.on >= round).map(|one| one.id);
    let id = match recorded {
        Some(_) if taken.scans.is_empty() => return Err(Faults::one("scan", "已经登记，请上传书面材料").into()),
        Some(id) => id,
        None => {
            let new = NewStep { rung, on: taken.on, note: taken.note, unit: desk.person.unit };
            let of = desk.of();
            steps::insert_step(&mut desk.write, of, &new).await?
        }
    };
    for scan in taken.scans {
        let about = About { step: Some(id), ..About::of(EvidenceKind::StepPaper, taken.on) };
        desk.attach(scan, about).await?;
    }
    let event = desk.event(EventKind::StepRecorded).with("step", id).with("rung", rung).with("on", taken.on);
    desk.close(event).await
}

/// The form of passing a step over.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SkipForm {
    /// 跳过的原因
    pub reason: String,
}

impl SkipForm {
    /// Reads the form.
    pub fn read(&self, now: Moment) -> Result<String, Faults> {
        let mut fields = Fields::on(now);
        let reason = fields.need_text("reason", "原因", &self.reason, 500);
        fields.finish(Some(reason))
    }
}

/// Proposes to pass a step over.
pub async fn propose_skip(
    services: &Services,
    actor: &Actor,
    at: &At,
    rung: Rung,
    reason: &str,
) -> Result<Done, NotDone> {
    let location = format!("/cases/{}?done=skip_proposed", at.case);
    let mut desk = match Desk::open(services, actor, Action::ProposeDisposition, at, location).await? {
        Opened::Fresh(desk) => desk,
        Opened::Before(done) => return Ok(done),
    };
    desk.may(Act::ProposeSkip { rung })?;
    let (of, unit, today) = (desk.of(), desk.person.unit, desk.today);
    let id = steps::propose_skip(&mut desk.write, of, (rung, unit), (today, reason)).await?;
    let event = desk.event(EventKind::SkipProposed).with("step", id).with("rung", rung);
    desk.close(event).await
}

/// The form of the second person.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SkipDecideForm {
    /// 同意 (yes) or 不同意 (no)
    pub approve: String,
    /// 意见
    pub reason: String,
}

impl SkipDecideForm {
    /// Reads the form.
    pub fn read(&self, now: Moment) -> Result<(bool, String), Faults> {
        let mut fields = Fields::on(now);
        let approve = match self.approve.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => {
                fields.fault("approve", "请选择同意或不同意");
                None
            }
        };
        let reason = fields.text("reason", "意见", &self.reason, 500);
        if approve == Some(false) && reason.is_empty() {
            fields.fault("reason", "不同意时请写明原因");
        }
        fields.finish(approve.map(|approve| (approve, reason)))
    }
}

/// Decides on passing a step over: another person than the proposer (four eyes).
pub async fn decide_skip(
    services: &Services,
    actor: &Actor,
    at: &At,
    id: StepId,
    (approve, reason): (bool, String),
) -> Result<Done, NotDone> {
    let location = format!("/cases/{}?done={}", at.case, if approve { "skipped" } else { "not_skipped" });
    let mut desk = match Desk::open(services, actor, Action::ApproveDisposition, at, location).await? {
        Opened::Fresh(desk) => desk,
        Opened::Before(done) => return Ok(done),
    };
    let rung = desk.facts.skips.iter().find(|one| one.id == id).map(|one| one.rung);
    let Some(rung) = rung else { return Err(DbError::NotFound.into()) };
    desk.may(Act::DecideSkip { id, approve })?;
    let (of, today) = (desk.of(), desk.today);
    steps::decide_skip(&mut desk.write, of, id, (approve, today, &reason)).await?;
    let event = desk.event(EventKind::SkipDecided).with("step", id).with("rung", rung).with("approved", approve);
    desk.close(event).await
}
