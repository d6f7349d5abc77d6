//! Service of a paper (送达): what each way of it must prove, and the day it takes effect (民事诉讼法 §87–95).

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::faults::Faults;
use super::words::ServiceMethod;

/// 自发出公告之日起，经过三十日，即视为送达 (民事诉讼法 §95).
const PUBLIC_DAYS: u64 = 30;
/// An adult, as §88 asks of a relative who receives for the addressee.
const ADULT: u8 = 18;

/// One attempt, as it is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// How.
    pub method: ServiceMethod,
    /// The day it was handed over or left, the day on the receipt, the day it arrived or was published.
    pub delivered_on: NaiveDate,
    /// Who received it; for 留置 who refused.
    pub recipient: String,
    /// Their relation to the addressee.
    pub relation: String,
    /// Where.
    pub place: String,
    /// 送达人
    pub servers: Vec<String>,
    /// 见证人, with unit and post.
    pub witness: String,
    /// What the method asks for beside these.
    pub detail: Detail,
    /// 备注; of a failed attempt, why it failed.
    pub note: String,
    /// The attempt failed.
    pub failed: bool,
}

/// What the methods ask for one by one; empty where another method asks for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Detail {
    /// 收到时间, hour and minute.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub time: String,
    /// 同住成年家属: age.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age: Option<u8>,
    /// 留置: 拒收事由.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub refusal: String,
    /// 邮寄: the number of the mail; 委托: that of the entrusting letter.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub receipt_number: String,
    /// 委托: who served it instead.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub trustee: String,
    /// 电子: by which system, to which address.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub system: String,
    /// 电子: the addressee has signed the 送达地址（方式）确认书.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub address_confirmed: bool,
    /// 公告: where it was published.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub published: String,
    /// 公告: which other ways were tried and why they failed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tried: String,
}

impl Delivery {
    /// The day from which periods run; none for a failed attempt. 公告 takes effect on a day ahead.
    pub fn effective_on(&self) -> Option<NaiveDate> {
        match self.method {
            _ if self.failed => None,
            ServiceMethod::Public => self.delivered_on.checked_add_days(Days::new(PUBLIC_DAYS)),
            _ => Some(self.delivered_on),
        }
    }

    /// What the law asks of the method and is not there; `filmed` when the process was photographed or filmed.
    pub fn lacking(&self, filmed: bool) -> Faults {
        let mut faults = Faults::default();
        if self.failed {
            need(&mut faults, "note", &self.note, "请写明为什么没有送达");
            return faults;
        }
        match self.method {
            ServiceMethod::Direct => self.lacking_direct(&mut faults),
            ServiceMethod::Adult => self.lacking_adult(&mut faults),
            ServiceMethod::Left => self.lacking_left(&mut faults, filmed),
            ServiceMethod::Post => {
                need(&mut faults, "receipt_number", &self.detail.receipt_number, "请填写邮件号码");
                need(&mut faults, "recipient", &self.recipient, "请填写回执上的签收人");
            }
            ServiceMethod::Entrusted => {
                need(&mut faults, "trustee", &self.detail.trustee, "请填写受托送达的单位或人");
                need(&mut faults, "recipient", &self.recipient, "请填写回执上的签收人");
            }
            ServiceMethod::Electronic => self.lacking_electronic(&mut faults),
            ServiceMethod::Public => {
                need(&mut faults, "tried", &self.detail.tried, "请写明用过哪些方式、为什么无法送达；能送达的不得公告");
                need(&mut faults, "published", &self.detail.published, "请写明在哪里公告");
            }
        }
        faults
    }

    fn lacking_direct(&self, faults: &mut Faults) {
        need(faults, "recipient", &self.recipient, "请填写签收人");
        need(faults, "relation", &self.relation, "请填写签收人与学生的关系");
        self.lacking_servers(faults, 1);
    }

    fn lacking_adult(&self, faults: &mut Faults) {
        need(faults, "recipient", &self.recipient, "请填写代收的家属");
        need(faults, "relation", &self.relation, "请填写代收人与受送达人的关系");
        match self.detail.age {
            Some(ADULT..) => {}
            Some(_) => faults.add("age", "代收的家属应当成年（年满18周岁）"),
            None => faults.add("age", "请填写代收家属的年龄"),
        }
        self.lacking_servers(faults, 1);
    }

    /// 留置: two who serve, and a witness of the village or unit, or the process on film (§89).
    fn lacking_left(&self, faults: &mut Faults, filmed: bool) {
        need(faults, "recipient", &self.recipient, "请填写拒收的人");
        need(faults, "refusal", &self.detail.refusal, "请写明拒收的理由和经过");
        self.lacking_servers(faults, 2);
        if self.witness.is_empty() && !filmed {
            faults.add("witness", "请填写见证人（基层组织或所在单位的代表），或者上传拍下送达过程的照片");
        }
    }

    fn lacking_electronic(&self, faults: &mut Faults) {
        need(faults, "system", &self.detail.system, "请填写用什么系统、送到哪个地址");
        if !self.detail.address_confirmed {
            faults.add("address_confirmed", "受送达人没有签送达地址（方式）确认书的，不能电子送达");
        }
    }

    fn lacking_servers(&self, faults: &mut Faults, need: usize) {
        if self.servers.len() < need {
            let sentence = if need > 1 { "留置送达应有两名送达人" } else { "请填写送达人" };
            faults.add("servers", sentence);
        }
    }
}

fn need(faults: &mut Faults, field: &'static str, text: &str, sentence: &str) {
    if text.is_empty() {
        faults.add(field, sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn bare(method: ServiceMethod) -> Delivery {
        Delivery {
            method,
            delivered_on: day("2026-09-28"),
            recipient: "冉光明".to_owned(),
            relation: "父亲".to_owned(),
            place: String::new(),
            servers: vec!["谭晓燕".to_owned()],
            witness: String::new(),
            detail: Detail::default(),
            note: String::new(),
            failed: false,
        }
    }

    fn fields(delivery: &Delivery, filmed: bool) -> Vec<&'static str> {
        delivery.lacking(filmed).0.iter().map(|(field, _)| *field).collect()
    }

    #[test]
    fn public_service_takes_effect_after_thirty_days_and_a_failed_attempt_never() {
        assert_eq!(bare(ServiceMethod::Direct).effective_on(), Some(day("2026-09-28")));
        assert_eq!(bare(ServiceMethod::Public).effective_on(), Some(day("2026-10-28")));
        assert_eq!(Delivery { failed: true, ..bare(ServiceMethod::Public) }.effective_on(), None);
    }

    #[test]
    fn every_method_asks_for_its_own_proof() {
        assert!(fields(&bare(ServiceMethod::Direct), false).is_empty());
        assert_eq!(fields(&bare(ServiceMethod::Adult), false), ["age"]);
        assert_eq!(fields(&bare(ServiceMethod::Left), false), ["refusal", "servers", "witness"]);
        assert_eq!(fields(&bare(ServiceMethod::Left), true), ["refusal", "servers"]);
        assert_eq!(fields(&bare(ServiceMethod::Post), false), ["receipt_number"]);
        assert_eq!(fields(&bare(ServiceMethod::Entrusted), false), ["trustee"]);
        assert_eq!(fields(&bare(ServiceMethod::Electronic), false), ["system", "address_confirmed"]);
        assert_eq!(fields(&bare(ServiceMethod::Public), false), ["tried", "published"]);
        assert_eq!(fields(&Delivery { failed: true, ..bare(ServiceMethod::Left) }, false), ["note"]);
    }

    #[test]
    fn a_minor_does_not_receive_for_the_family() {
        let aged =
            |age| Delivery { detail: Detail { age: Some(age), ..Detail::default() }, ..bare(ServiceMethod::Adult) };
        assert_eq!(fields(&aged(17), false), ["age"]);
        assert!(fields(&aged(18), false).is_empty());
    }
}
