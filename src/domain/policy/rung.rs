//! The rungs of every ladder of the seeds (catalogue §5.4) and what kind of work each of them is.

use crate::domain::words::PaperKind;
use crate::vocabulary;

vocabulary! {
    /// The rungs that a ladder may be made of; which of them a county uses, and in which order, is its policy.
    pub enum Rung {
        /// 入学通知关, 001-16:L763; 义务教育入学（复学）通知书, 001-21:L1061
        EnrolNotice = "enrol_notice" => "入学通知",
        /// 学生入学注册关, 001-16:L763
        RegisterCheck = "register_check" => "入学注册核查",
        /// 现场核查, 002:L25
        Confirm = "confirm" => "核查确认",
        /// 001-24:L1205
        Contact = "contact" => "联系家长和学生",
        /// 002:L48, L52
        JointVisits = "joint_visits" => "联合劝返",
        /// 辍学生返校通知书, 001-2:L73; 劝返通知书, 001-24:L1205
        AtSchoolNotice = "at_school_notice" => "学校劝返通知书",
        /// 000:L26, 001-11:L493; 未成年人保护法 §28
        WrittenReport = "written_report" => "书面报告",
        /// 书面交办, 001-23:L1153; 通报所在乡镇人民政府, 001-24:L1205
        CountyHandover = "county_handover" => "书面交办",
        /// 书面报告区人民政府, 001-24:L1205
        GovernmentReport = "government_report" => "报告县级人民政府",
        /// 劝返复学通知书, 000:L39; 复学通知书, 004:L40
        ReturnNotice = "return_notice" => "复学通知书",
        /// 003d:L187, 004:L44; 义务教育法 §58
        OrderCorrection = "order_correction" => "责令限期改正",
        /// 002:L263, 001-11:L493
        DeadlineNotice = "deadline_notice" => "限期复学通知书",
        /// What is found once the deadline has passed.
        VerifyExpiry = "verify_expiry" => "期满核实",
        /// The report that a deadline went by in vain, 001-1:L41, 001-11:L493
        ExpiryReport = "expiry_report" => "逾期未复学报告",
        /// 001-11:L493; only with a legal basis (design.md §4.7)
        Penalty = "penalty" => "行政处罚",
        /// 003d:L187, 001-11:L493
        JudicialReferral = "judicial_referral" => "提请司法文书",
        /// 001-12:L567, 001-16:L763, 004-1:L166
        Court = "court" => "诉讼或强制执行",
        /// 情节严重或构成犯罪的, 001-11:L493
        Criminal = "criminal" => "追究法律责任",
        /// DSP-10, 002:L52
        CountyDecision = "county_decision" => "移交县级核处",
        /// 002:L52, repeated until the child is back
        MonthlyVisit = "monthly_visit" => "每月联合劝返",
        /// 直至复学, 001-24:L1205
        FurtherVisits = "further_visits" => "继续劝返",
        /// DSP-01
        Return = "return" => "复学销号",
    }
}

/// What kind of work a rung is, and so what makes it done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Done by the confirmation on the spot.
    Confirm,
    /// Done by as many visits as a gate asks for.
    Visits,
    /// A paper to the guardians: drafted, issued, served; done by its service.
    Paper(PaperKind),
    /// Recorded by whoever did it, with its paper where the policy asks for one.
    Record,
    /// Done by the verification after the time of the paper before it.
    Verify,
    /// Proposed by one person and agreed to by another.
    CountyDecision,
    /// A visit in every month; it never ends but by the return.
    Monthly,
    /// Visits at the policy's interval; they never end but by the return.
    Further,
    /// The school's confirmation and the strike-off.
    Return,
}

impl Rung {
    /// What kind of work it is.
    pub const fn work(self) -> Work {
        match self {
            Self::Confirm => Work::Confirm,
            Self::JointVisits => Work::Visits,
            Self::EnrolNotice => Work::Paper(PaperKind::EnrolNotice),
            Self::AtSchoolNotice => Work::Paper(PaperKind::AtSchoolNotice),
            Self::ReturnNotice => Work::Paper(PaperKind::ReturnNotice),
            Self::OrderCorrection => Work::Paper(PaperKind::CorrectionOrder),
            Self::DeadlineNotice => Work::Paper(PaperKind::DeadlineNotice),
            Self::Penalty => Work::Paper(PaperKind::PenaltyDecision),
            Self::RegisterCheck
            | Self::Contact
            | Self::WrittenReport
            | Self::CountyHandover
            | Self::GovernmentReport
            | Self::ExpiryReport
            | Self::JudicialReferral
            | Self::Court
            | Self::Criminal => Work::Record,
            Self::VerifyExpiry => Work::Verify,
            Self::CountyDecision => Work::CountyDecision,
            Self::MonthlyVisit => Work::Monthly,
            Self::FurtherVisits => Work::Further,
            Self::Return => Work::Return,
        }
    }

    /// The paper that the rung is about.
    pub const fn paper(self) -> Option<PaperKind> {
        match self.work() {
            Work::Paper(kind) => Some(kind),
            _ => None,
        }
    }

    /// It goes on until the child is back: a ladder may repeat it, and nothing else (design.md §4.4).
    pub const fn is_endless(self) -> bool {
        matches!(self.work(), Work::Monthly | Work::Further)
    }

    /// The rung orders something: only an organ with the power to may issue it (law.md §0.11).
    pub const fn orders(self) -> bool {
        matches!(self, Self::OrderCorrection | Self::DeadlineNotice | Self::Penalty)
    }
}
