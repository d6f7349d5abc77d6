//! What a drafter writes on a paper; the rest is composed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::faults::Faults;
use crate::domain::fields::Fields;
use crate::domain::ids::{PaperId, VisitId};
use crate::domain::moment::{Moment, day_of};

/// The form; which fields a kind shows, its page says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PaperForm {
    /// 受送达的监护人
    pub addressee: Vec<String>,
    /// 报到学校
    pub report_to: String,
    /// 未到校起始日期
    pub absent_since: String,
    /// 事实补充, a paragraph a line
    pub facts: String,
    /// 印明的最后日期; without it the policy's period runs from receipt
    pub deadline_on: String,
    /// 逾期后果, a paragraph a line
    pub consequences: String,
    /// 救济途径, a paragraph a line
    pub remedies: String,
    /// 联系人
    pub contact_name: String,
    /// 联系电话
    pub contact_phone: String,
    /// Of a 劝返记录: which visit
    pub visit: String,
    /// Of a 送达回证: which paper it goes with
    pub paper: String,
}

/// What was read from it; kept sealed with the draft.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PaperText {
    /// The guardians addressed.
    pub addressees: Vec<String>,
    /// The school to report to.
    pub report_to: String,
    /// First day away.
    pub absent_since: Option<NaiveDate>,
    /// Further facts, a paragraph each.
    pub facts: Vec<String>,
    /// The last day, where the paper prints one.
    pub deadline_on: Option<NaiveDate>,
    /// What follows when it is not obeyed.
    pub consequences: Vec<String>,
    /// How it may be contested.
    pub remedies: Vec<String>,
    /// Whom to ask.
    pub contact_name: String,
    /// Their telephone.
    pub contact_phone: String,
    /// The visit that a 劝返记录 records.
    pub visit: Option<VisitId>,
    /// The paper that a 送达回证 goes with.
    pub paper: Option<PaperId>,
}

impl PaperForm {
    /// Reads the form on a moment's day.
    pub fn read(&self, now: Moment) -> Result<PaperText, Faults> {
        let mut fields = Fields::on(now);
        let addressees = self.addressee.iter().map(|name| fields.text("addressee", "受送达的监护人", name, 50));
        let text = PaperText {
            addressees: addressees.filter(|name| !name.is_empty()).collect(),
            report_to: fields.text("report_to", "报到学校", &self.report_to, 50),
            absent_since: fields.day("absent_since", "未到校起始日期", &self.absent_since),
            facts: paragraphs(&fields.text("facts", "事实补充", &self.facts, 800)),
            deadline_on: fields.day("deadline_on", "最后日期", &self.deadline_on),
            consequences: paragraphs(&fields.text("consequences", "逾期后果", &self.consequences, 400)),
            remedies: paragraphs(&fields.text("remedies", "救济途径", &self.remedies, 400)),
            contact_name: fields.text("contact_name", "联系人", &self.contact_name, 50),
            contact_phone: fields.text("contact_phone", "联系电话", &self.contact_phone, 30),
            visit: fields.choice("visit", "劝返记录", &self.visit),
            paper: fields.choice("paper", "送达的文书", &self.paper),
        };
        if text.deadline_on.is_some_and(|day| day <= day_of(now)) {
            fields.fault("deadline_on", "“最后日期”应在今天以后");
        }
        fields.finish(Some(text))
    }
}

fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
