//! The closed lists of endings: the thirty dispositions, what each does to the ledger, what is found out, and where.

use crate::vocabulary;

vocabulary! {
    /// How a case ends or pauses (catalogue §6); which of them a county uses, and on what, is its policy.
    pub enum DispositionKind {
        /// DSP-01
        Returned = "returned" => "复学",
        /// DSP-02
        Enrolled = "enrolled" => "入学并建立学籍",
        /// DSP-03
        HomeTeaching = "home_teaching" => "送教上门",
        /// DSP-04
        Inclusion = "inclusion" => "随班就读",
        /// DSP-05
        SpecialSchool = "special_school" => "特殊教育学校",
        /// DSP-06
        Suspension = "suspension" => "休学",
        /// DSP-07
        Deferral = "deferral" => "缓学",
        /// DSP-08
        Exemption = "exemption" => "免学",
        /// DSP-09
        Graduation = "graduation" => "毕业（结业）证",
        /// DSP-10
        CountyDecision = "county_decision" => "移交县级核处",
        /// DSP-11
        PovertyGroup = "poverty_group" => "扶贫领导小组审核同意",
        /// DSP-12
        ReformSchool = "reform_school" => "专门学校",
        /// DSP-13
        Vocational = "vocational" => "中职就读",
        /// DSP-14
        Compelled = "compelled" => "强制劝返",
        /// DSP-15
        RemoteTeaching = "remote_teaching" => "远程视频送教",
        /// DSP-16
        AgeWrong = "age_wrong" => "年龄不符",
        /// DSP-17
        DuplicateHousehold = "duplicate_household" => "户籍重复",
        /// DSP-18
        Missing = "missing" => "失踪失联",
        /// DSP-19
        Unfit = "unfit" => "身体原因不具备学习条件",
        /// DSP-20
        Deceased = "deceased" => "实际死亡",
        /// DSP-21
        EnrolledWithoutRoll = "enrolled_without_roll" => "实际就读无学籍",
        /// DSP-22
        SpecialLeave = "special_leave" => "特殊原因延缓入学或休学",
        /// DSP-23
        Elsewhere = "elsewhere" => "异地就读",
        /// DSP-24
        SchoolTransfer = "school_transfer" => "转学",
        /// DSP-25
        DomicileTransfer = "domicile_transfer" => "移交户籍地",
        /// DSP-26
        RollAdded = "roll_added" => "补录学籍",
        /// DSP-27
        Removed = "removed" => "已毕业或超龄移除",
        /// DSP-28
        WhereaboutsUnknown = "whereabouts_unknown" => "去向不明",
        /// DSP-29
        InCustody = "in_custody" => "服刑期间就学",
        /// DSP-30
        HandedOver = "handed_over" => "小学升初中移交",
    }
}

vocabulary! {
    /// What a disposition does to the ledger of dropouts (catalogue §6).
    pub enum Effect {
        /// E: out of the ledger for good.
        Leaves = "leaves" => "销号",
        /// P: out of the count of dropouts, and followed up.
        Monitored = "monitored" => "移出辍学数，继续跟踪",
        /// S: still in the ledger, under special treatment.
        Stays = "stays" => "留在台账，继续劝返",
        /// T: another authority has it.
        Transferred = "transferred" => "移交其他主管部门",
        /// N: it was no dropout (非真实性核销).
        WrittenOff = "written_off" => "非真实性核销",
    }
}

impl Effect {
    /// The case may be struck off with it.
    pub const fn leaves_ledger(self) -> bool {
        !matches!(self, Self::Stays)
    }
}

impl DispositionKind {
    /// Its effect where a policy does not say another.
    pub const fn usual_effect(self) -> Effect {
        match self {
            Self::Returned
            | Self::Enrolled
            | Self::Exemption
            | Self::Graduation
            | Self::SchoolTransfer
            | Self::Removed => Effect::Leaves,
            Self::HomeTeaching
            | Self::Inclusion
            | Self::SpecialSchool
            | Self::Suspension
            | Self::Deferral
            | Self::ReformSchool
            | Self::Vocational
            | Self::RemoteTeaching
            | Self::Elsewhere
            | Self::InCustody => Effect::Monitored,
            Self::CountyDecision | Self::PovertyGroup | Self::Compelled | Self::WhereaboutsUnknown => Effect::Stays,
            Self::DomicileTransfer | Self::HandedOver => Effect::Transferred,
            Self::AgeWrong
            | Self::DuplicateHousehold
            | Self::Missing
            | Self::Unfit
            | Self::Deceased
            | Self::EnrolledWithoutRoll
            | Self::SpecialLeave
            | Self::RollAdded => Effect::WrittenOff,
        }
    }
}

vocabulary! {
    /// What somebody has established about a child or a family, beside what visits and papers show.
    pub enum Finding {
        /// 003c:L149
        GuardianFulfilled = "guardian_fulfilled" => "监护人已履行送学义务",
        /// 004:L166
        GuardianRefuses = "guardian_refuses" => "监护人拒不送教",
        ChildRefuses = "child_refuses" => "学生拒不返校",
        /// 004:L166
        VocationalRefused = "vocational_refused" => "学生拒不到中职学校就读",
        /// 003c:L149
        Ruled = "ruled" => "经司法部门判决裁定",
        /// 002:L52, 004:L154
        ExtremeAversion = "extreme_aversion" => "极度厌学",
        /// 001-24:L1203
        WorkingAway = "working_away" => "在外务工",
        /// 002:L49
        Ill = "ill" => "因病休假治疗",
        MentallyIll = "mentally_ill" => "心理疾病",
        /// 002:L50
        SeverelyDisabled = "severely_disabled" => "无基本的生活自理能力又没有完全丧失学习能力",
        /// 002:L51
        CannotLearn = "cannot_learn" => "完全丧失学习能力",
        /// 002:L51
        InRecovery = "in_recovery" => "正在康复治疗中",
        /// 002:L53
        Offends = "offends" => "长期违规违纪且犯法",
        /// 004 附件1 一（二）
        PoliceCannotFind = "police_cannot_find" => "经公安部门核查确为无法查找",
        RegisteredTwice = "registered_twice" => "户籍重复或迁出未注销",
        InSchoolWithoutRoll = "in_school_without_roll" => "实际在校就读没有学籍",
        Graduated = "graduated" => "已经初中毕业",
        InCustody = "in_custody" => "正在服刑或接受矫治",
        OutOfContact = "out_of_contact" => "无法联系，不知去向",
    }
}

vocabulary! {
    /// Where a household is registered, or where a child goes to school, seen from the county.
    pub enum Place {
        Here = "here" => "本县",
        City = "city" => "市内其他县（区）",
        Province = "province" => "省内其他市",
        Elsewhere = "elsewhere" => "省外",
        Abroad = "abroad" => "境外",
    }
}
