//! What one source said of one child on one day: only what it did say.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::emptied::Emptied;
use crate::domain::ids::UnitId;
use crate::domain::words::{KeyPopulation, RollStatus, Sex};

/// A statement's fields, without identity numbers and phones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Said {
    /// 姓名
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// 性别
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// 出生日期
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth: Option<NaiveDate>,
    /// 民族
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ethnicity: Option<String>,
    /// 户主姓名
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
    /// 与户主关系
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head_relation: Option<String>,
    /// 户籍地
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domicile: Option<PlaceSaid>,
    /// 居住地
    #[serde(skip_serializing_if = "Option::is_none")]
    pub residence: Option<PlaceSaid>,
    /// 监护人姓名
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guardian: Option<String>,
    /// 与监护人关系
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guardian_relation: Option<String>,
    /// 学籍
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roll: Option<RollSaid>,
    /// Key populations named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<KeyPopulation>,
    /// 备注
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Fields that a clerk said are empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub emptied: Vec<Emptied>,
}

impl Said {
    /// What counts when this is said over something else: who the child is, where it lives, who looks after it.
    #[must_use]
    pub fn over(&self, below: &Self) -> Self {
        let new = self.clone();
        Self {
            name: new.name.or_else(|| below.name.clone()),
            sex: new.sex.or(below.sex),
            birth: new.birth.or(below.birth),
            ethnicity: new.ethnicity.or_else(|| below.ethnicity.clone()),
            head: new.head.or_else(|| below.head.clone()),
            head_relation: new.head_relation.or_else(|| below.head_relation.clone()),
            domicile: new.domicile.or_else(|| below.domicile.clone()),
            residence: new.residence.or_else(|| below.residence.clone()),
            guardian: new.guardian.or_else(|| below.guardian.clone()),
            guardian_relation: new.guardian_relation.or_else(|| below.guardian_relation.clone()),
            ..below.clone()
        }
    }
}

impl Secret {
    /// What counts when this is said over something else.
    #[must_use]
    pub fn over(&self, below: &Self) -> Self {
        let phones = if self.phones.is_empty() { &below.phones } else { &self.phones };
        Self {
            idno: self.idno.clone().or_else(|| below.idno.clone()),
            roll_number: self.roll_number.clone().or_else(|| below.roll_number.clone()),
            phones: phones.clone(),
        }
    }
}

/// A place as it was said, and what it was found to be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PlaceSaid {
    /// As written.
    pub text: String,
    /// The township, where it could be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub township: Option<UnitId>,
    /// The village, where it could be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub village: Option<UnitId>,
}

/// A roll as a school said it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RollSaid {
    /// The school.
    pub school: UnitId,
    /// 1 to 9.
    pub grade: u8,
    /// 2班; empty where none was given.
    pub class: String,
    /// 住校, 走读 …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boarding: Option<String>,
    /// The roll's status.
    pub status: RollStatus,
}

/// The numbers and phones of a statement; sealed as JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Secret {
    /// 公民身份号码
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idno: Option<String>,
    /// 全国学籍号
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roll_number: Option<String>,
    /// 联系电话
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<String>,
}
