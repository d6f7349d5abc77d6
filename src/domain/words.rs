//! The field's closed lists: sexes, whereabouts, outcomes, papers, dispositions and the rest.

use crate::vocabulary;

mod checks;
mod endings;
mod proofs;

pub use checks::{CheckCause, CheckFinding};
pub use endings::{DispositionKind, Effect, Finding, Place};
pub use proofs::{EvidenceKind, HospitalLevel, NumberKind, PackPart, Signatory};

vocabulary! {
    /// GB/T 2261.1, the two that a citizen's number can carry.
    pub enum Sex { Male = "male" => "男", Female = "female" => "女" }
}

vocabulary! {
    /// Exactly one for every registered child of school age (design.md §2, §7.6); they sum to the register.
    pub enum Whereabouts {
        /// 在校
        AtSchool = "at_school" => "在校",
        /// 外地就读（有证明）
        ElsewhereProved = "elsewhere_proved" => "外地就读（有证明）",
        /// 外地就读（无证明）
        ElsewhereUnproved = "elsewhere_unproved" => "外地就读（无证明）",
        /// 特校与送教
        Special = "special" => "特校与送教",
        /// 休学缓学
        Suspended = "suspended" => "休学缓学",
        /// 核销
        WrittenOff = "written_off" => "核销",
        /// 疑似
        Suspected = "suspected" => "疑似辍学",
        /// 辍学
        DroppedOut = "dropped_out" => "辍学",
        /// 去向不明
        Unknown = "unknown" => "去向不明",
    }
}

vocabulary! {
    /// How a case came to be: suspected first, then confirmed on the spot (002:L25).
    pub enum CaseKind {
        NeverEnrolled = "never_enrolled" => "失学",
        LeftSchool = "left_school" => "中途辍学",
    }
}

vocabulary! {
    /// Why a case was opened.
    pub enum CaseOrigin {
        Check = "check" => "核查确认",
        Absence = "absence" => "缺勤发现",
        Found = "found" => "现场发现",
        Relapse = "relapse" => "复学后再离校",
    }
}

vocabulary! {
    /// 002:L45: three kinds of visit, distinct from the joint persuasions that are counted (AMB-45).
    pub enum VisitKind {
        Register = "register" => "户籍查访",
        Village = "village" => "村社走访",
        Home = "home" => "入户遍访",
    }
}

vocabulary! {
    /// How the family was met.
    pub enum VisitMode {
        Home = "home" => "入户",
        School = "school" => "来校",
        Elsewhere = "elsewhere" => "外地上门",
        Phone = "phone" => "电话",
        Video = "video" => "视频",
        Letter = "letter" => "发函",
    }
}

vocabulary! {
    /// What came of a visit: four with the pupil present, five without (pages.md A2).
    pub enum Outcome {
        Agreed = "agreed" => "同意返校",
        Hesitant = "hesitant" => "犹豫",
        Refused = "refused" => "拒绝返校",
        AgreedExam = "agreed_exam" => "同意补习参加毕业考试",
        GuardianAgreed = "guardian_agreed" => "家长同意",
        GuardianHesitant = "guardian_hesitant" => "家长犹豫",
        GuardianRefused = "guardian_refused" => "家长拒绝",
        NobodyHome = "nobody_home" => "家中无人",
        PupilAway = "pupil_away" => "学生外出",
    }
}

impl Outcome {
    /// The pupil was there in person.
    pub const fn pupil_present(self) -> bool {
        matches!(self, Self::Agreed | Self::Hesitant | Self::Refused | Self::AgreedExam)
    }
}

vocabulary! {
    /// Papers; which of them a county uses and who issues them is its policy.
    pub enum PaperKind {
        /// 入户劝返记录
        VisitRecord = "visit_record" => "劝返记录",
        /// 入学（复学）通知书, 001-21:L1061
        EnrolNotice = "enrol_notice" => "入学（复学）通知书",
        /// 辍学生返校通知书, 001-2:L73; 劝返通知书, 001-24:L1205
        AtSchoolNotice = "at_school_notice" => "学校劝返通知书",
        /// DOC-01, 000:L45-64
        ReturnNotice = "return_notice" => "劝返复学通知书",
        /// 限期复学通知书
        DeadlineNotice = "deadline_notice" => "限期复学通知书",
        /// 劝返无效书面报告, 未成年人保护法 §28
        WrittenReport = "written_report" => "劝返无效书面报告",
        /// 责令限期改正, 义务教育法 §58
        CorrectionOrder = "correction_order" => "责令限期改正通知书",
        /// 行政处罚决定书
        PenaltyDecision = "penalty_decision" => "行政处罚决定书",
        /// 司法移送
        JudicialReferral = "judicial_referral" => "司法移送函",
        /// 复学承诺书
        Commitment = "commitment" => "复学承诺书",
        /// 复学报到回执
        ReturnReceipt = "return_receipt" => "复学报到回执",
        /// 移交县级核处
        CountyReferral = "county_referral" => "移交县级核处提请书",
        /// 送达回证
        ServiceProof = "service_proof" => "送达回证",
    }
}

vocabulary! {
    /// 民事诉讼法 (2023) §87–95; `law.md` §1.11 has the proof each demands and the day it takes effect.
    pub enum ServiceMethod {
        Direct = "direct" => "直接送达",
        Adult = "adult" => "同住成年家属签收",
        Left = "left" => "留置送达",
        Post = "post" => "邮寄送达",
        Entrusted = "entrusted" => "委托送达",
        Electronic = "electronic" => "电子送达",
        Public = "public" => "公告送达",
    }
}

vocabulary! {
    /// Dropout causes (catalogue §3.3, law.md §2.4); one is primary.
    pub enum DropoutCause {
        LearningDifficulty = "learning_difficulty" => "学习困难",
        TiredOfSchool = "tired_of_school" => "厌学",
        Working = "working" => "外出务工",
        EarlyMarriage = "early_marriage" => "早婚早育",
        Religion = "religion" => "信教",
        Poverty = "poverty" => "家庭经济困难",
        Illness = "illness" => "因病",
        Disability = "disability" => "因残",
        Mental = "mental" => "心理精神",
        Internet = "internet" => "网络沉迷",
        Bullying = "bullying" => "校园欺凌或师生关系",
        Distance = "distance" => "上学远",
        NoCare = "no_care" => "监护缺失",
        MovedNoPapers = "moved_no_papers" => "随迁未办手续",
        ParentsView = "parents_view" => "家长观念",
        PrivateTeaching = "private_teaching" => "私塾或在家上学",
        Offence = "offence" => "违法涉案",
        OutOfContact = "out_of_contact" => "失联",
        Other = "other" => "其他",
    }
}

impl DropoutCause {
    /// Sensitive personal data, shown to those who need it only (SEC-09).
    pub const fn restricted(self) -> bool {
        matches!(self, Self::Religion | Self::EarlyMarriage | Self::Offence)
    }
}

vocabulary! {
    /// Key-population flags (catalogue §3.2), each with its source and dates.
    pub enum KeyPopulation {
        Poverty = "poverty" => "脱贫户",
        Monitored = "monitored" => "监测户",
        LowIncome = "low_income" => "低保家庭",
        Destitute = "destitute" => "特困救助供养",
        Disabled = "disabled" => "残疾儿童少年",
        DisabledParent = "disabled_parent" => "残疾人子女",
        LeftBehind = "left_behind" => "留守儿童",
        Migrant = "migrant" => "随迁子女",
        Orphan = "orphan" => "孤儿",
        SingleParent = "single_parent" => "单亲家庭",
        TiredOfSchool = "tired_of_school" => "厌学",
        SeriousIllness = "serious_illness" => "重病",
        ReturnedBefore = "returned_before" => "曾劝返复学",
        ParentInPrison = "parent_in_prison" => "服刑人员子女",
        InPrison = "in_prison" => "未成年服刑人员",
        EarlyMarriage = "early_marriage" => "早婚早育",
        Religion = "religion" => "信教",
    }
}

impl KeyPopulation {
    /// Restricted flags (信教, 服刑, 早婚) are shown to township and county only.
    pub const fn restricted(self) -> bool {
        matches!(self, Self::ParentInPrison | Self::InPrison | Self::EarlyMarriage | Self::Religion)
    }
}

vocabulary! {
    /// What a person decides of a row whose number belongs to a child of another name.
    pub enum ClaimSettled {
        SamePerson = "same_person" => "同一名儿童",
        OtherPerson = "other_person" => "不是同一人，号码归档案上的儿童",
        RowOwns = "row_owns" => "不是同一人，号码属于新来的这一行",
    }
}

vocabulary! {
    /// The status of a roll (学籍).
    pub enum RollStatus {
        Active = "active" => "在读",
        Suspended = "suspended" => "休学",
        SuspectedMark = "suspected" => "疑似辍学",
        DroppedMark = "dropped" => "辍学",
        TransferredOut = "transferred_out" => "转出",
        Graduated = "graduated" => "毕业",
        OtherLeft = "other_left" => "其他离校",
    }
}

vocabulary! {
    /// Kinds of source that say something of a child.
    pub enum SourceKind {
        Household = "household" => "户籍登记",
        School = "school" => "学籍花名册",
        Absent = "absent" => "未到校学生名单",
        Poverty = "poverty" => "贫困人口名单",
        Disability = "disability" => "残疾证名单",
        Visit = "visit" => "走访",
        Check = "check" => "现场核查",
        Clerk = "clerk" => "人工登记",
    }
}

vocabulary! {
    /// What a school teaches.
    pub enum SchoolStage {
        Primary = "primary" => "小学",
        Junior = "junior" => "初中",
        NineYear = "nine_year" => "九年一贯制",
    }
}
