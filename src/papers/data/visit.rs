//! 入户劝返记录表.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::{Choice, Imprint, Person};
use crate::papers::{Paper, PaperTemplate};

/// One visit as it was logged, or a sheet to be filled by hand: with the child's particulars, or quite blank.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VisitRecord {
    /// A county's own name for the sheet; a line break starts a second line.
    pub title: Option<String>,
    /// Numbers and marks.
    pub imprint: Imprint,
    /// 第几次.
    pub ordinal: Option<u32>,
    /// The child.
    pub pupil: Person,
    /// 就读学校.
    pub school: Option<String>,
    /// 年级班级.
    pub class: Option<String>,
    /// First day away from school.
    pub absent_since: Option<NaiveDate>,
    /// Guardians with their relation, as `杨某（父亲）、李某（母亲）`.
    pub guardians: Option<String>,
    /// 家庭住址.
    pub address: Option<String>,
    /// When it began.
    pub started_at: Option<NaiveDateTime>,
    /// When it ended.
    pub ended_at: Option<NaiveDateTime>,
    /// 劝返地点.
    pub place: Option<String>,
    /// 入户, 电话 and the like.
    pub methods: Vec<Choice>,
    /// Whether the pupil was there; neither box is ticked where it is not known.
    pub pupil_present: Option<bool>,
    /// Guardians who were there.
    pub guardians_present: Option<String>,
    /// Who went.
    pub visitors: Vec<Visitor>,
    /// 监护人陈述.
    pub guardian_said: Option<String>,
    /// 学生陈述.
    pub pupil_said: Option<String>,
    /// 宣讲的法律和政策.
    pub law_explained: Option<String>,
    /// 困难与诉求.
    pub needs: Option<String>,
    /// 帮扶承诺.
    pub aid_promised: Option<String>,
    /// 同意返校, 拒绝 and the like.
    pub outcomes: Vec<Choice>,
    /// The day promised.
    pub return_on: Option<NaiveDate>,
    /// What else there is to say of the outcome.
    pub outcome_note: Option<String>,
    /// 下一步措施.
    pub next_step: Option<String>,
    /// 拒签说明.
    pub refusal: Option<String>,
    /// Number of photographs.
    pub photos: Option<u32>,
    /// Numbers of recordings.
    pub recordings: Option<String>,
}

/// One who went, with the post held that day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Visitor {
    /// Name.
    pub name: Option<String>,
    /// Unit on whose behalf.
    pub unit: Option<String>,
    /// Post.
    pub post: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
}

impl Paper for VisitRecord {
    const TEMPLATE: PaperTemplate = PaperTemplate::VisitRecord;
}
