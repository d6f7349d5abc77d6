//! The closed lists of proofs: kinds of evidence, and who certifies, signs and seals it.

use crate::vocabulary;

vocabulary! {
    /// Evidence items that endings and checks ask for.
    pub enum EvidenceKind {
        VisitPhoto = "visit_photo" => "走访照片",
        SignedSheet = "signed_sheet" => "签字的劝返记录",
        ServiceProof = "service_proof" => "送达回证",
        SignedNotice = "signed_notice" => "签收的通知书",
        Commitment = "commitment" => "复学承诺书",
        SchoolReceipt = "school_receipt" => "学校到校确认",
        GroupConsent = "group_consent" => "县领导小组核实同意的资料",
        EnrolmentProof = "enrolment_proof" => "外地就读证明",
        DeathProof = "death_proof" => "死亡证明",
        PoliceProof = "police_proof" => "公安机关证明",
        ExitProof = "exit_proof" => "出国（境）证明",
        DisabilityProof = "disability_proof" => "残疾证明",
        HospitalProof = "hospital_proof" => "医院诊断证明",
        Application = "application" => "书面申请",
        ApprovalForm = "approval_form" => "审批表",
        WrittenOpinion = "written_opinion" => "书面意见",
        CourtRuling = "court_ruling" => "判决、裁定文书",
        LawRecord = "law_record" => "执法记录及文书",
        Diploma = "diploma" => "毕业（结业）证",
        ExamPhoto = "exam_photo" => "考试图片",
        ExamPaper = "exam_paper" => "考试试卷",
        Photo = "photo" => "图片资料",
        PlacementDecision = "placement_decision" => "教委安置文件",
        Agreement = "agreement" => "协议书",
        GuardianConsent = "guardian_consent" => "家长同意书",
        Assessment = "assessment" => "能力评估表",
        TeachingPlan = "teaching_plan" => "教育（教学）方案",
        TeachingLog = "teaching_log" => "送教上门情况统计表",
        TeachingBook = "teaching_book" => "送教上门工作手册",
        TeachingFile = "teaching_file" => "送教上门档案",
        AcceptanceProof = "acceptance_proof" => "接收学校接收证明",
        TransferForm = "transfer_form" => "转学申请表",
        RollProof = "roll_proof" => "学籍信息",
        HouseholdProof = "household_proof" => "户籍信息资料",
        ExpertOpinion = "expert_opinion" => "专家委员会鉴定证明",
        InvestigationReport = "investigation_report" => "调查报告",
        InquiryLetter = "inquiry_letter" => "去函",
        Stub = "stub" => "上报存根",
        Notification = "notification" => "通报函",
        DossierReceipt = "dossier_receipt" => "电子学籍档案转交回执",
        HandOverReceipt = "hand_over_receipt" => "移交回执",
        StepPaper = "step_paper" => "报告、交办和移送的书面材料",
        Other = "other" => "其他材料",
    }
}

vocabulary! {
    /// Who certifies, signs, seals or receives a document.
    pub enum Signatory {
        Guardian = "guardian" => "家长",
        Pupil = "pupil" => "本人",
        Staff = "staff" => "全体工作人员",
        Investigators = "investigators" => "调查人",
        ClassTeacher = "class_teacher" => "班主任",
        Principal = "principal" => "校长",
        School = "school" => "学校",
        ReceivingSchool = "receiving_school" => "接收学校",
        VocationalSchool = "vocational_school" => "接收中职学校",
        CentreSchool = "centre_school" => "中心学校",
        Village = "village" => "村（居）委会",
        Township = "township" => "乡镇政府（街道办事处）",
        Bureau = "bureau" => "教育行政部门",
        CityBureau = "city_bureau" => "市教育局",
        Province = "province" => "省教育厅",
        Police = "police" => "公安机关",
        Household = "household" => "户口登记机关",
        Hospital = "hospital" => "医院",
        DesignatedHospital = "designated_hospital" => "教育行政部门指定的医疗机构",
        Funeral = "funeral" => "殡葬部门",
        Experts = "experts" => "专家组人员",
        ExpertBodies = "expert_bodies" => "专家所代表的部门",
        ExpertCommittee = "expert_committee" => "残疾人教育专家委员会",
        Group = "group" => "领导小组",
        Court = "court" => "人民法院",
        OtherBureau = "other_bureau" => "户籍所在地教育行政部门",
    }
}

vocabulary! {
    /// How high a hospital stands; the higher stands where a policy names the lower (AMB-12).
    pub enum HospitalLevel {
        Clinic = "clinic" => "村卫生室或诊所",
        Township = "township" => "乡镇卫生院",
        County = "county" => "县级人民医院",
        City = "city" => "市级医院",
        Province = "province" => "省级医院",
    }
}

vocabulary! {
    /// A number that a document must give.
    pub enum NumberKind {
        Roll = "roll" => "学籍号",
        Identity = "identity" => "身份证号",
        Certificate = "certificate" => "证书编号",
    }
}

vocabulary! {
    /// What is laid together for every month of home teaching (001-1:L27).
    pub enum PackPart {
        SignedPlan = "signed_plan" => "学生家长签字的教案",
        Record = "record" => "送教记录",
        Media = "media" => "影像资料",
    }
}
