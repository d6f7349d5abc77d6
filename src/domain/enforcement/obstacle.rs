//! Why an act is out of order, in a Chinese sentence and with its article.

use chrono::NaiveDate;
use serde::Serialize;

use super::facts::Deed;
use crate::domain::calendar::spoken;
use crate::domain::policy::{Organ, Owner};

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// No penalty without a legal basis on record.
    NoBasis,
    /// The organ has no power to order.
    NoPower(Organ),
    /// Another's to enter.
    NotYours(Owner),
    /// Something must come first.
    Lacks(Deed),
    /// It was done.
    Already(Deed, NaiveDate),
    /// The act belongs to the other kind of proceeding.
    NoPenalty,
    /// The party may still plead; the last day, if the paper told one.
    MayPlead(Option<NaiveDate>),
    /// The party may still ask for a hearing.
    MayAskHearing(NaiveDate),
    /// No hearing was offered.
    NoHearingOffered,
    /// A hearing was asked for and is neither held nor given up.
    HearingOpen,
    /// The hearing would come too soon after its notice.
    HearingTooSoon(NaiveDate),
    /// After a hearing, or as the case is complex.
    Must(Deed),
    /// The child came back before the decision.
    ChildBack(NaiveDate),
    /// On the spot a person is fined at most 200 yuan.
    FineTooHigh,
    /// The time for it is over.
    TooLate(NaiveDate),
    /// Reconsideration or suit is not answered.
    Pending(Deed, NaiveDate),
    /// The decision was revoked.
    Revoked(NaiveDate),
    /// A court upheld the decision: its judgment is enforced without a demand.
    Judged,
    /// Nothing is left to enforce.
    Settled(NaiveDate),
    /// The remedies run until a day.
    RemediesRun(NaiveDate),
    /// The time to perform runs until a day.
    NotInDefault(Option<NaiveDate>),
    /// The demand's days run until a day.
    DemandRuns(NaiveDate),
    /// After a penalty on the spot, reconsideration comes first.
    ReconsiderFirst,
}

impl Obstacle {
    /// The reason, without a full stop.
    pub fn sentence(&self) -> String {
        match self {
            Self::NoBasis => "本县没有登记行政处罚的法律依据".to_owned(),
            Self::NoPower(organ) => format!("{organ}没有责令改正的权力，或者没有登记地方依据"),
            Self::NotYours(owner) => {
                let roles: Vec<&str> = owner.roles.iter().map(|role| role.label()).collect();
                format!("应由{}登记", roles.join("、"))
            }
            Self::Lacks(deed) => format!("还没有{deed}"),
            Self::Already(deed, on) => format!("{}已经{deed}", spoken(*on)),
            Self::NoPenalty => "这是责令改正，不是行政处罚".to_owned(),
            Self::MayPlead(None) => "还没有记录当事人陈述、申辩，也没有记录放弃".to_owned(),
            Self::MayPlead(Some(by)) => format!("陈述、申辩的期限到{}才满，还没有记录意见或者放弃", spoken(*by)),
            Self::MayAskHearing(by) => format!("要求听证的期限到{}才满，还没有记录要求或者放弃", spoken(*by)),
            Self::NoHearingOffered => "处罚告知书没有告知听证权利".to_owned(),
            Self::HearingOpen => "当事人要求了听证，还没有举行".to_owned(),
            Self::HearingTooSoon(first) => format!("听证要提前通知，最早{}举行", spoken(*first)),
            Self::Must(Deed::LegalReview) => "经过听证的，决定前应当法制审核".to_owned(),
            Self::Must(deed) => format!("情节复杂或者重大的，决定前应当{deed}"),
            Self::ChildBack(on) => format!("学生{}已经返校，及时改正的依法不予处罚", spoken(*on)),
            Self::FineTooHigh => "当场处罚只限二百元以下罚款或者警告".to_owned(),
            Self::TooLate(last) => format!("期限{}已满", spoken(*last)),
            Self::Pending(Deed::SuitFiled, on) => format!("{}提起的诉讼还没有判决", spoken(*on)),
            Self::Pending(_, on) => format!("{}申请的复议还没有决定", spoken(*on)),
            Self::Revoked(on) => format!("决定{}已被撤销", spoken(*on)),
            Self::Judged => "法院已经判决维持，不再催告，直接申请执行判决".to_owned(),
            Self::Settled(on) => format!("义务{}已经履行", spoken(*on)),
            Self::RemediesRun(end) => format!("申请复议、提起诉讼的期限到{}才满", spoken(*end)),
            Self::NotInDefault(None) => "没有写明履行期限".to_owned(),
            Self::NotInDefault(Some(due)) => format!("履行期限到{}才满", spoken(*due)),
            Self::DemandRuns(due) => format!("催告期到{}才满", spoken(*due)),
            Self::ReconsiderFirst => "对当场处罚不服的，应当先申请复议".to_owned(),
        }
    }

    /// The provision behind it, by its key; none for what is only the order of things.
    pub const fn rests_on(&self) -> Option<&'static str> {
        Some(match self {
            Self::NoPower(_) => "compulsory-education-58",
            Self::MayPlead(_) => "penalties-62",
            Self::MayAskHearing(_) | Self::HearingOpen | Self::HearingTooSoon(_) => "penalties-64",
            Self::NoHearingOffered => "penalties-63",
            Self::Must(Deed::LegalReview) => "penalties-58",
            Self::Must(_) => "penalties-57",
            Self::ChildBack(_) => "penalties-33",
            Self::FineTooHigh => "penalties-51",
            Self::RemediesRun(_) => "enforcement-53",
            Self::DemandRuns(_) | Self::NotInDefault(_) | Self::Lacks(Deed::Demanded) => "enforcement-54",
            Self::Judged => "administrative-litigation-95",
            Self::ReconsiderFirst => "reconsideration-23",
            Self::Lacks(Deed::Informed) => "penalties-44",
            Self::Lacks(Deed::Filed) => "penalties-54",
            _ => return None,
        })
    }
}

/// An act that is not done, with every reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutOfOrder {
    /// Which.
    pub act: Deed,
    /// Why not; never none.
    pub why: Vec<Obstacle>,
}

impl OutOfOrder {
    /// One Chinese sentence: the act and its reasons.
    pub fn sentence(&self) -> String {
        let reasons: Vec<String> = self.why.iter().map(Obstacle::sentence).collect();
        format!("现在不能{}：{}。", self.act, reasons.join("；"))
    }
}
