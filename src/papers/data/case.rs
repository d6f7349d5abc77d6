//! Papers that end a case or keep it together.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Choice, Imprint, Person};
use crate::papers::{Paper, PaperTemplate};

/// 复学承诺书.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Commitment {
    /// A county's own name for it.
    pub title: Option<String>,
    /// Numbers and marks.
    pub imprint: Imprint,
    /// To whom it is made.
    pub to: Option<String>,
    /// The child.
    pub pupil: Person,
    /// First day away.
    pub absent_since: Option<NaiveDate>,
    /// The day promised.
    pub return_on: Option<NaiveDate>,
    /// The school to return to.
    pub school: Option<String>,
    /// What else the guardians promise, instead of the usual.
    pub promises: Vec<String>,
    /// What the school promises, instead of the usual.
    pub school_promises: Vec<String>,
    /// Day of the paper; signatures are dated by hand.
    pub date: Option<NaiveDate>,
}

/// 复学报到回执.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReturnReceipt {
    /// A county's own name for it.
    pub title: Option<String>,
    /// Numbers and marks.
    pub imprint: Imprint,
    /// Whom it answers.
    pub to: Option<String>,
    /// The child.
    pub pupil: Person,
    /// Guardians.
    pub guardians: Option<String>,
    /// Their telephone.
    pub phone: Option<String>,
    /// School, grade and class before.
    pub before: Option<String>,
    /// First day away.
    pub absent_since: Option<NaiveDate>,
    /// Day of reporting.
    pub reported_on: Option<NaiveDate>,
    /// Grade and class placed in.
    pub class: Option<String>,
    /// 走读, 寄宿.
    pub boarding: Vec<Choice>,
    /// 班主任.
    pub class_teacher: Option<String>,
    /// 帮扶教师.
    pub helper: Option<String>,
    /// What happens to the roll.
    pub roll_note: Option<String>,
    /// 补课计划.
    pub catch_up: Option<String>,
    /// 关爱和资助措施.
    pub care: Option<String>,
    /// Days of the visits that follow.
    pub follow_up: Vec<NaiveDate>,
    /// 学校意见.
    pub opinion: Option<String>,
    /// The school that confirms.
    pub school: Option<String>,
    /// Day of confirmation.
    pub date: Option<NaiveDate>,
}

/// 移交县级核处审核表.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CountyReferral {
    /// A county's own name for it.
    pub title: Option<String>,
    /// Numbers and marks.
    pub imprint: Imprint,
    /// 填表日期.
    pub date: Option<NaiveDate>,
    /// The child.
    pub pupil: Person,
    /// School, grade and class.
    pub class: Option<String>,
    /// First day away.
    pub absent_since: Option<NaiveDate>,
    /// Guardians.
    pub guardians: Option<String>,
    /// Their telephone.
    pub phone: Option<String>,
    /// 家庭住址.
    pub address: Option<String>,
    /// Facts and reasons.
    pub facts: Option<String>,
    /// Joint visits.
    pub visits: Vec<ReferredVisit>,
    /// Evidence, ticked where it is at hand.
    pub evidence: Vec<Choice>,
    /// Who must agree, in this order.
    pub opinions: Vec<Opinion>,
}

/// A joint visit as the referral lists it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReferredVisit {
    /// Its day.
    pub on: Option<NaiveDate>,
    /// Units that took part.
    pub by: Vec<String>,
    /// Whether the pupil was there.
    pub pupil_present: Option<bool>,
    /// What came of it.
    pub outcome: Option<String>,
}

/// The place of one opinion, its signature and its seal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Opinion {
    /// Whose, as `乡镇人民\n政府意见`.
    pub title: String,
    /// The opinion, where it is already given.
    pub text: Option<String>,
    /// Who signs; 负责人 if not said.
    pub signer: Option<String>,
    /// Its day.
    pub on: Option<NaiveDate>,
}

/// 一人一案: cover, list of papers, closing note.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dossier {
    /// A county's own name for it.
    pub title: Option<String>,
    /// Numbers and marks.
    pub imprint: Imprint,
    /// Who keeps it.
    pub organ: Option<String>,
    /// 案号.
    pub case_number: Option<String>,
    /// The child.
    pub pupil: Person,
    /// 户籍地址.
    pub address: Option<String>,
    /// School, grade and class.
    pub school: Option<String>,
    /// Guardians.
    pub guardians: Option<String>,
    /// Day it was opened.
    pub opened_on: Option<NaiveDate>,
    /// Day it was closed.
    pub closed_on: Option<NaiveDate>,
    /// 办理结果.
    pub conclusion: Option<String>,
    /// 保管期限.
    pub retention: Option<String>,
    /// Number of papers.
    pub total_items: Option<u32>,
    /// Number of pages.
    pub total_pages: Option<u32>,
    /// The papers, in order.
    pub items: Vec<DossierItem>,
    /// 本卷情况说明.
    pub remark: Option<String>,
    /// 立卷人.
    pub bound_by: Option<String>,
    /// Day it was bound.
    pub date: Option<NaiveDate>,
}

/// One paper of a case file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DossierItem {
    /// 文号或编号.
    pub number: Option<String>,
    /// Its name.
    pub title: Option<String>,
    /// Its day.
    pub on: Option<NaiveDate>,
    /// Its pages in the file, as `2—3`.
    pub pages: Option<String>,
    /// 备注.
    pub note: Option<String>,
}

impl Paper for Commitment {
    const TEMPLATE: PaperTemplate = PaperTemplate::Commitment;
}

impl Paper for ReturnReceipt {
    const TEMPLATE: PaperTemplate = PaperTemplate::ReturnReceipt;
}

impl Paper for CountyReferral {
    const TEMPLATE: PaperTemplate = PaperTemplate::CountyReferral;
}

impl Paper for Dossier {
    const TEMPLATE: PaperTemplate = PaperTemplate::Dossier;
}
