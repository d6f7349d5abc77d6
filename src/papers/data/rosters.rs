//! Lists of children that are taken along and filled by hand.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Imprint;
use crate::papers::{Paper, PaperTemplate};

/// 待核查名册 of one village.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckRoster {
    /// A county's own name for it.
    pub title: Option<String>,
    /// Numbers and marks.
    pub imprint: Imprint,
    /// The village or community.
    pub village: Option<String>,
    /// 制表日期.
    pub date: Option<NaiveDate>,
    /// The children.
    pub rows: Vec<CheckRow>,
    /// Empty rows below them, for those found on the way.
    pub blank_rows: u32,
    /// The codes by which a result is written down.
    pub codes: Vec<ResultCode>,
    /// Hints for who fills it, a paragraph each.
    pub notes: Vec<String>,
}

/// One child to be looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckRow {
    /// 姓名.
    pub name: Option<String>,
    /// 性别.
    pub sex: Option<String>,
    /// 出生日期.
    pub born: Option<NaiveDate>,
    /// 身份证号, masked or in full as the printer may see it.
    pub id_number: Option<String>,
    /// 户主.
    pub household: Option<String>,
    /// 住址.
    pub address: Option<String>,
    /// 联系电话.
    pub phone: Option<String>,
    /// 最近就读学校.
    pub last_school: Option<String>,
    /// Why the child is probably on the list.
    pub lead: Option<String>,
}

/// A result and the code it is written down by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultCode {
    /// Short enough to be written into a narrow cell.
    pub code: String,
    /// What it stands for.
    pub label: String,
}

/// 附件2 of 002: 动态摸排未到校学生名单.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AbsenceRoster {
    /// The township whose name opens the heading.
    pub township: Option<String>,
    /// Above the heading, as `附件2`.
    pub annex: Option<String>,
    /// Numbers and marks.
    pub imprint: Imprint,
    /// The children.
    pub rows: Vec<AbsenceRow>,
    /// Empty rows below them.
    pub blank_rows: u32,
    /// 填报单位.
    pub reporter: Option<String>,
    /// 填报人.
    pub reported_by: Option<String>,
    /// 填报日期.
    pub date: Option<NaiveDate>,
}

/// One child not in school, in the roster's eleven columns (the first is the row's number).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AbsenceRow {
    /// 村名.
    pub village: Option<String>,
    /// 学生姓名.
    pub name: Option<String>,
    /// 性别.
    pub sex: Option<String>,
    /// 就读学校.
    pub school: Option<String>,
    /// 就读年级班级.
    pub class: Option<String>,
    /// 身份证号码.
    pub id_number: Option<String>,
    /// 户主姓名.
    pub household: Option<String>,
    /// 联系电话.
    pub phone: Option<String>,
    /// 是否脱贫户/监测户.
    pub poverty: Option<String>,
    /// 备注.
    pub note: Option<String>,
}

impl Paper for CheckRoster {
    const TEMPLATE: PaperTemplate = PaperTemplate::CheckRoster;
}

impl Paper for AbsenceRoster {
    const TEMPLATE: PaperTemplate = PaperTemplate::AbsenceRoster;
}
