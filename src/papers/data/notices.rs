//! Papers addressed to guardians, and the proof that they arrived.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::{Choice, Imprint, Person};
use crate::papers::{Paper, PaperTemplate};

/// 劝返复学通知书 in the words of 000:L45, filled or blank.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersuasionNotice {
    /// A county's own name for it.
    pub title: Option<String>,
    /// Numbers and marks; the number stands on stub, original and seam.
    pub imprint: Imprint,
    /// The pupil whose parent is addressed.
    pub pupil_name: Option<String>,
    /// The day before which the child is to be brought.
    pub deadline: Option<NaiveDate>,
    /// The school it is to be brought to.
    pub school: Option<String>,
    /// Who issues it.
    pub issuer: Option<String>,
    /// Day of issue.
    pub date: Option<NaiveDate>,
}

/// 限期复学通知书.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeadlineNotice {
    /// A county's own name for it.
    pub title: Option<String>,
    /// Numbers and marks.
    pub imprint: Imprint,
    /// The guardians addressed: one for a paper each, or all on one.
    pub addressees: Vec<Person>,
    /// The child.
    pub pupil: Person,
    /// School, grade and class it belongs to; `None` for one that never enrolled.
    pub enrolled_at: Option<String>,
    /// First day away; `None` for one that never enrolled.
    pub absent_since: Option<NaiveDate>,
    /// Visits that were in vain.
    pub visits: Vec<RecordedVisit>,
    /// Further facts, a paragraph each.
    pub facts: Vec<String>,
    /// The provisions it rests on.
    pub basis: Vec<CitedProvision>,
    /// What it does to the guardian, as `责令限期改正`, where the issuer may; else it gives notice.
    pub command: Option<String>,
    /// The period in words, as `7日` or `5个工作日`, counted from receipt.
    pub within: Option<String>,
    /// The last day, beside the period or instead of it.
    pub until: Option<NaiveDate>,
    /// The school to report to.
    pub report_to: Option<String>,
    /// What follows when it is not obeyed, a paragraph each.
    pub consequences: Vec<String>,
    /// How it may be contested, a paragraph each.
    pub remedies: Vec<String>,
    /// Whom to ask.
    pub contact_name: Option<String>,
    /// Their telephone.
    pub contact_phone: Option<String>,
    /// Who gets a copy, as `送达监护人`.
    pub copies: Vec<String>,
    /// Who issues it.
    pub issuer: Option<String>,
    /// Day of issue.
    pub date: Option<NaiveDate>,
    /// Who approved it, for the stub.
    pub signed_by: Option<String>,
    /// Who handles it, for the stub.
    pub handled_by: Option<String>,
}

/// A visit as a notice recounts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedVisit {
    /// Its day.
    pub on: NaiveDate,
    /// The units that took part.
    pub by: Vec<String>,
    /// In brackets behind it, as `学生在场`.
    pub note: Option<String>,
}

/// A provision as a notice cites it, from the versioned file of provisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitedProvision {
    /// The law's full name without brackets.
    pub law: String,
    /// As `第五条第二款`.
    pub article: String,
    /// Its words, where they are to be printed.
    pub text: Option<String>,
}

/// 送达回证.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServiceReceipt {
    /// A county's own name for it.
    pub title: Option<String>,
    /// Numbers and marks.
    pub imprint: Imprint,
    /// 送达机关.
    pub issuer: Option<String>,
    /// 案由.
    pub matter: Option<String>,
    /// What is served.
    pub papers: Vec<ServedPaper>,
    /// 受送达人.
    pub recipient: Option<String>,
    /// 送达地点.
    pub place: Option<String>,
    /// 直接送达, 留置送达 and the like.
    pub methods: Vec<Choice>,
    /// 收到时间.
    pub received_at: Option<NaiveDateTime>,
    /// 代收人与受送达人的关系.
    pub proxy_relation: Option<String>,
    /// 代收理由.
    pub proxy_reason: Option<String>,
    /// 拒收事由.
    pub refusal: Option<String>,
    /// 见证人.
    pub witness_name: Option<String>,
    /// Unit and post of the witness.
    pub witness_post: Option<String>,
    /// 送达人, two.
    pub servers: Vec<String>,
    /// 填发人.
    pub filled_by: Option<String>,
    /// 填发日期.
    pub date: Option<NaiveDate>,
    /// 备注.
    pub note: Option<String>,
}

/// A paper as a receipt lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServedPaper {
    /// Its name.
    pub title: String,
    /// Its 发文字号 or inner number.
    pub number: Option<String>,
}

impl Paper for PersuasionNotice {
    const TEMPLATE: PaperTemplate = PaperTemplate::PersuasionNotice;
}

impl Paper for DeadlineNotice {
    const TEMPLATE: PaperTemplate = PaperTemplate::DeadlineNotice;
}

impl Paper for ServiceReceipt {
    const TEMPLATE: PaperTemplate = PaperTemplate::ServiceReceipt;
}
