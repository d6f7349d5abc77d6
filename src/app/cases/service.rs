//! 送达: one attempt to bring a paper to whom it is for, with the proof that its method asks for.

use chrono::NaiveDate;
use serde::Deserialize;

use super::desk::{About, At, Desk, Done, NotDone, Opened, Upload};
use crate::app::{AppError, Services};
use crate::db::cases::services as stored;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::case::Act;
use crate::domain::delivery::{Delivery, Detail};
use crate::domain::event::EventKind;
use crate::domain::faults::Faults;
use crate::domain::fields::Fields;
use crate::domain::ids::PaperId;
use crate::domain::moment::Moment;
use crate::domain::words::{EvidenceKind, ServiceMethod};

/// The form; which fields a method asks for, [`Delivery::lacking`] says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ServiceForm {
    /// 送达方式
    pub method: String,
    /// 送达日期: handed over, left, on the receipt, arrived or published
    pub on: String,
    /// 收到时间, hour and minute
    pub time: String,
    /// 没有送达: on
    pub failed: String,
    /// 签收人
    pub recipient: String,
    /// 与受送达人的关系
    pub relation: String,
    /// 代收家属的年龄
    pub age: String,
    /// 送达地点
    pub place: String,
    /// 送达人, one or two
    pub servers: Vec<String>,
    /// 见证人
    pub witness: String,
    /// 拒收事由
    pub refusal: String,
    /// 邮件号码
    pub receipt_number: String,
    /// 受托人
    pub trustee: String,
    /// 系统和地址
    pub system: String,
    /// 已签送达地址（方式）确认书: on
    pub address_confirmed: String,
    /// 公告处
    pub published: String,
    /// 用过的方式
    pub tried: String,
    /// 备注
    pub note: String,
}

/// What was read from it, with what came along.
#[derive(Debug, Clone)]
pub struct ToServe {
    /// The attempt.
    pub delivery: Delivery,
    /// Scans of the 送达回证 or of what stands for it.
    pub proof: Vec<Upload>,
    /// Photographs of the process, for 留置 and 公告.
    pub process: Vec<Upload>,
}

impl ServiceForm {
    /// Reads the form on a moment's day; the files were looked at before.
    pub fn read(&self, now: Moment, proof: Vec<Upload>, process: Vec<Upload>) -> Result<ToServe, Faults> {
        let mut fields = Fields::on(now);
        let method = fields.need_choice::<ServiceMethod>("method", "送达方式", &self.method);
        let on = fields.past_day("on", "送达日期", &self.on);
        let delivery = method.zip(on).map(|(method, on)| self.delivery(&mut fields, method, on));
        if let Some(delivery) = &delivery {
            for (field, sentence) in delivery.lacking(!process.is_empty()).0 {
                fields.fault(field, sentence);
            }
        }
        fields.finish(delivery.map(|delivery| ToServe { delivery, proof, process }))
    }

    fn delivery(&self, fields: &mut Fields, method: ServiceMethod, on: NaiveDate) -> Delivery {
        let servers = self.servers.iter().map(|name| fields.text("servers", "送达人", name, 50));
        let servers: Vec<String> = servers.filter(|name| !name.is_empty()).collect();
        let age = self.age.trim();
        if !age.is_empty() && age.parse::<u8>().is_err() {
            fields.fault("age", "“年龄”请填数字，例如 45");
        }
        Delivery {
            method,
            delivered_on: on,
            recipient: fields.text("recipient", "签收人", &self.recipient, 50),
            relation: fields.text("relation", "与受送达人的关系", &self.relation, 30),
            place: fields.text("place", "送达地点", &self.place, 100),
            servers,
            witness: fields.text("witness", "见证人", &self.witness, 100),
            detail: Detail {
                time: fields.text("time", "收到时间", &self.time, 10),
                age: age.parse().ok(),
                refusal: fields.text("refusal", "拒收事由", &self.refusal, 500),
                receipt_number: fields.text("receipt_number", "邮件号码", &self.receipt_number, 50),
                trustee: fields.text("trustee", "受托人", &self.trustee, 100),
                system: fields.text("system", "系统和地址", &self.system, 100),
                address_confirmed: !self.address_confirmed.is_empty(),
                published: fields.text("published", "公告处", &self.published, 200),
                tried: fields.text("tried", "用过的方式", &self.tried, 500),
            },
            note: fields.text("note", "备注", &self.note, 500),
            failed: !self.failed.is_empty(),
        }
    }
}

/// Records an attempt to serve an issued paper.
pub async fn record_service(
    services: &Services,
    actor: &Actor,
    at: &At,
    paper: PaperId,
    served: ToServe,
) -> Result<Done, NotDone> {
    let ToServe { delivery, proof, process } = served;
    let done = if delivery.failed { "service_failed" } else { "served" };
    let location = format!("/papers/{paper}?done={done}");
    let mut desk = match Desk::open(services, actor, Action::RecordService, at, location).await? {
        Opened::Fresh(desk) => desk,
        Opened::Before(done) => return Ok(done),
    };
    let effective_on = delivery.effective_on();
    let judged_on = effective_on.unwrap_or(delivery.delivered_on);
    desk.may(Act::RecordService { paper, method: delivery.method, effective_on: judged_on })?;
    let of = desk.of();
    let id = stored::insert(&mut desk.write, of, &row(paper, &delivery)?).await?;
    let about = |kind, title: &str| About {
        service: Some(id),
        title: title.to_owned(),
        ..About::of(kind, delivery.delivered_on)
    };
    for scan in proof {
        desk.attach(scan, About { paper: Some(paper), ..about(EvidenceKind::ServiceProof, "") }).await?;
    }
    for photo in process {
        desk.attach(photo, about(EvidenceKind::Other, "送达过程照片")).await?;
    }
    let event = desk.event(EventKind::ServiceRecorded).with("paper", paper).with("method", delivery.method);
    desk.close(event.with("on", delivery.delivered_on).with("effective_on", effective_on)).await
}

fn row(paper: PaperId, delivery: &Delivery) -> Result<stored::Service, AppError> {
    let detail = serde_json::to_value(&delivery.detail).map_err(|error| AppError::Fault(error.to_string()))?;
    Ok(stored::Service {
        paper,
        method: delivery.method,
        delivered_on: delivery.delivered_on,
        effective_on: delivery.effective_on(),
        recipient: delivery.recipient.clone(),
        relation: delivery.relation.clone(),
        place: delivery.place.clone(),
        servers: delivery.servers.join("、"),
        witness: delivery.witness.clone(),
        detail,
        note: delivery.note.clone(),
        failed: delivery.failed,
    })
}
