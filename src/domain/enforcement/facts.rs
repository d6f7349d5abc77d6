//! What happened in one penalty or order: its dated acts, and what was decided about it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::policy::Organ;
use crate::vocabulary;

vocabulary! {
    /// What a proceeding is about.
    pub enum Subject {
        /// 行政处罚: only where the county has a legal basis on record.
        Penalty = "penalty" => "行政处罚",
        /// 责令改正, 责令送学: no penalty, and open to every organ that the law names (义务教育法 §58).
        Order = "order" => "责令改正",
    }
}

vocabulary! {
    /// An act of the organ, of the party or of a court, as the sentence “还没有…” says it.
    pub enum Deed {
        Filed = "filed" => "立案",
        Informed = "informed" => "送达处罚告知书",
        Pleaded = "pleaded" => "记录陈述、申辩",
        PleadingWaived = "pleading_waived" => "记录放弃陈述、申辩",
        HearingAsked = "hearing_asked" => "记录要求听证",
        /// Given up, or taken back once asked for.
        HearingWaived = "hearing_waived" => "记录放弃听证",
        /// `sets` the day of the hearing.
        HearingNoticed = "hearing_noticed" => "通知听证",
        HearingHeld = "hearing_held" => "举行听证",
        LegalReview = "legal_review" => "法制审核",
        Discussed = "discussed" => "集体讨论",
        Decided = "decided" => "作出决定",
        /// 不予处罚, 撤销案件.
        Dropped = "dropped" => "作出不予处罚决定",
        Served = "served" => "送达决定书",
        /// `sets` the last day to which payment was put off, or the last instalment's.
        Deferred = "deferred" => "准许延期、分期缴款",
        Paid = "paid" => "登记缴清罚款",
        Performed = "performed" => "登记履行",
        ReconsiderationApplied = "reconsideration_applied" => "登记申请复议",
        ReconsiderationUpheld = "reconsideration_upheld" => "登记复议维持",
        ReconsiderationRevoked = "reconsideration_revoked" => "登记复议撤销",
        SuitFiled = "suit_filed" => "登记提起诉讼",
        SuitUpheld = "suit_upheld" => "登记判决维持",
        SuitRevoked = "suit_revoked" => "登记判决撤销",
        /// 催告书 was served.
        Demanded = "demanded" => "送达催告书",
        /// To the court, for enforcement.
        Applied = "applied" => "申请强制执行",
        Accepted = "accepted" => "登记法院受理",
        EnforcementAllowed = "enforcement_allowed" => "登记准予强制执行",
        EnforcementRefused = "enforcement_refused" => "登记不准予强制执行",
        ChildBack = "child_back" => "登记学生返校",
    }
}

impl Deed {
    /// The act sets a day of its own.
    pub const fn sets_a_day(self) -> bool {
        matches!(self, Self::HearingNoticed | Self::Deferred)
    }
}

/// One act on its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// Which.
    pub act: Deed,
    /// When; of what is served, the day it took effect.
    pub on: NaiveDate,
    /// The day that it sets, where it sets one.
    #[serde(default)]
    pub sets: Option<NaiveDate>,
}

/// One penalty or order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proceeding {
    /// A name, by which an act is asked for.
    pub id: String,
    /// What it is about.
    pub subject: Subject,
    /// Whose.
    #[serde(default = "township")]
    pub organ: Organ,
    /// The fine in yuan; none for a warning, and for an order.
    #[serde(default)]
    pub fine: Option<u32>,
    /// 简易程序: decided and handed over on the spot (行政处罚法 §51).
    #[serde(default)]
    pub on_the_spot: bool,
    /// The party was told that a hearing may be asked for (§63).
    #[serde(default)]
    pub hearing_offered: bool,
    /// 情节复杂或者重大: the organ's heads discuss it (§57).
    #[serde(default)]
    pub complex: bool,
    /// The last day for pleading, as the paper told it.
    #[serde(default)]
    pub plead_by: Option<NaiveDate>,
    /// The last day for what an order demands.
    #[serde(default)]
    pub perform_by: Option<NaiveDate>,
    /// What happened, in any order; of two acts of one kind the first counts.
    pub acts: Vec<Act>,
}

const fn township() -> Organ {
    Organ::Township
}

impl Proceeding {
    /// What contradicts itself in it: the key and a sentence.
    pub fn fault(&self) -> Option<(&'static str, String)> {
        let order = self.subject == Subject::Order;
        if let Some(act) = self.acts.iter().find(|act| act.act.sets_a_day() != act.sets.is_some()) {
            let verb = if act.sets.is_some() { "不写" } else { "还要写" };
            return Some(("acts", format!("act = \"{}\" {verb} sets", act.act.code())));
        }
        if self.acts.iter().any(|act| act.sets.is_some_and(|day| day < act.on)) {
            return Some(("acts", "sets 不能早于 on".to_owned()));
        }
        if self.fine == Some(0) {
            return Some(("fine", "罚款不能为零；只有警告的，不写 fine".to_owned()));
        }
        if order && (self.fine.is_some() || self.on_the_spot || self.hearing_offered) {
            return Some(("subject", "责令改正不是处罚，不写 fine、on_the_spot、hearing_offered".to_owned()));
        }
        if self.on_the_spot && self.hearing_offered {
            return Some(("on_the_spot", "当场处罚没有听证，不写 hearing_offered".to_owned()));
        }
        (!order && self.perform_by.is_some())
            .then(|| ("perform_by", "处罚不写 perform_by，缴款期限由法律规定".to_owned()))
    }
}
