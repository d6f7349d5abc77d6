//! The papers there are.

use serde::{Deserialize, Serialize};

/// A template of `templates/papers`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaperTemplate {
    /// 入户劝返记录表, one sheet.
    VisitRecord,
    /// 劝返复学通知书 with its stub, one sheet (000:L45).
    PersuasionNotice,
    /// 限期复学通知书 with its stub, one sheet.
    DeadlineNotice,
    /// 送达回证, one sheet.
    ServiceReceipt,
    /// 复学承诺书, one sheet.
    Commitment,
    /// 复学报到回执, one sheet.
    ReturnReceipt,
    /// 移交县级核处审核表 (002:L53), one sheet, or front and back where more than three must agree.
    CountyReferral,
    /// 待核查名册 of one village, landscape, as long as it takes.
    CheckRoster,
    /// 附件2 动态摸排未到校学生名单 (002), landscape, as long as it takes.
    AbsenceRoster,
    /// 一人一案: cover, list of papers, closing note; three sheets or more.
    Dossier,
}

impl PaperTemplate {
    /// Every template, in the order of a case.
    pub const ALL: [Self; 10] = [
        Self::VisitRecord,
        Self::PersuasionNotice,
        Self::DeadlineNotice,
        Self::ServiceReceipt,
        Self::Commitment,
        Self::ReturnReceipt,
        Self::CountyReferral,
        Self::CheckRoster,
        Self::AbsenceRoster,
        Self::Dossier,
    ];

    /// The file's name without its ending, as the typesetter knows it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::VisitRecord => "visit-record",
            Self::PersuasionNotice => "persuasion-notice",
            Self::DeadlineNotice => "deadline-notice",
            Self::ServiceReceipt => "service-receipt",
            Self::Commitment => "commitment",
            Self::ReturnReceipt => "return-receipt",
            Self::CountyReferral => "county-referral",
            Self::CheckRoster => "check-roster",
            Self::AbsenceRoster => "absence-roster",
            Self::Dossier => "dossier",
        }
    }

    /// What the paper is called where a county has no name of its own for it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::VisitRecord => "入户劝返记录表",
            Self::PersuasionNotice => "劝返复学通知书",
            Self::DeadlineNotice => "限期复学通知书",
            Self::ServiceReceipt => "送达回证",
            Self::Commitment => "复学承诺书",
            Self::ReturnReceipt => "复学报到回执",
            Self::CountyReferral => "移交县级核处审核表",
            Self::CheckRoster => "待核查适龄儿童少年名册",
            Self::AbsenceRoster => "动态摸排未到校学生名单",
            Self::Dossier => "控辍保学劝返卷宗",
        }
    }
}

/// The facts of one paper.
pub trait Paper: Serialize {
    /// The template they fill.
    const TEMPLATE: PaperTemplate;

    /// The facts as they are stored when the paper is issued, and handed to the typesetter.
    ///
    /// # Errors
    /// None for the types of `data`; serde leaves the possibility open.
    fn facts(&self) -> serde_json::Result<serde_json::Value> {
        serde_json::to_value(self)
    }
}
