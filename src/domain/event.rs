//! What happened, as the audit tells it: said in the same transaction as the act, or the act is not done.

use serde::Serialize;
use serde_json::{Map, Value};

use super::ids::{CaseId, ChildId};
use crate::vocabulary;

vocabulary! {
    /// The kinds of acts that are chained.
    pub enum EventKind {
        SignedIn = "signed_in" => "登录",
        SignInRefused = "sign_in_refused" => "登录被拒",
        SignedOut = "signed_out" => "退出",
        SessionEnded = "session_ended" => "下线会话",
        PasswordChanged = "password_changed" => "修改密码",
        AppointmentChosen = "appointment_chosen" => "选择身份",
        CountyMade = "county_made" => "建立区县",
        UnitMade = "unit_made" => "新增机构",
        UnitChanged = "unit_changed" => "修改机构",
        UserMade = "user_made" => "新增用户",
        UsersMade = "users_made" => "批量新增用户",
        UserChanged = "user_changed" => "修改用户",
        UserDisabled = "user_disabled" => "停用用户",
        UserEnabled = "user_enabled" => "恢复用户",
        UserUnlocked = "user_unlocked" => "解锁用户",
        PasswordReset = "password_reset" => "重置密码",
        Appointed = "appointed" => "任职",
        AppointmentEnded = "appointment_ended" => "任职结束",
        ChargeSet = "charge_set" => "指定包保责任人",
        ChargeEnded = "charge_ended" => "解除包保责任人",
        CatchmentSet = "catchment_set" => "划定学区",
        CalendarChanged = "calendar_changed" => "修改日历",
        PolicyDrafted = "policy_drafted" => "起草实施方案",
        PolicyWeighed = "policy_weighed" => "测算方案影响",
        PolicyDraftEnded = "policy_draft_ended" => "退回或撤回方案草案",
        PolicyAdopted = "policy_adopted" => "采用实施方案",
        ImportUploaded = "import_uploaded" => "上传名册",
        ImportAccepted = "import_accepted" => "导入名册",
        ImportUndone = "import_undone" => "撤销导入",
        MatchRun = "match_run" => "比对",
        CheckSent = "check_sent" => "派发核查",
        CheckAnswered = "check_answered" => "回复核查",
        CheckSheetBrought = "check_sheet_brought" => "上传核查表",
        CheckClosed = "check_closed" => "认定去向",
        CheckReopened = "check_reopened" => "撤销去向认定",
        ChildMade = "child_made" => "登记儿童",
        ChildChanged = "child_changed" => "更正儿童资料",
        ChildMerged = "child_merged" => "合并档案",
        ChildUnmerged = "child_unmerged" => "撤销合并档案",
        ClaimSettled = "claim_settled" => "核对号码",
        FlagSet = "flag_set" => "标记重点人群",
        FlagEnded = "flag_ended" => "结束重点人群标记",
        NumberRevealed = "number_revealed" => "查看全号",
        CaseOpened = "case_opened" => "列为劝返对象",
        CaseConfirmed = "case_confirmed" => "确认辍学",
        PlanWritten = "plan_written" => "制定一人一案",
        VisitLogged = "visit_logged" => "记劝返",
        VisitCorrected = "visit_corrected" => "更正劝返记录",
        ParticipationConfirmed = "participation_confirmed" => "确认参加劝返",
        ParticipationDeclined = "participation_declined" => "否认参加劝返",
        EvidenceAdded = "evidence_added" => "上传证据",
        EvidenceWithdrawn = "evidence_withdrawn" => "撤回证据",
        PaperDrafted = "paper_drafted" => "起草文书",
        PaperDiscarded = "paper_discarded" => "删除文书草稿",
        PaperIssued = "paper_issued" => "签发文书",
        PaperSet = "paper_set" => "文书成文",
        PaperVoided = "paper_voided" => "文书作废",
        PaperPrinted = "paper_printed" => "打印文书",
        PrintBatchAsked = "print_batch_asked" => "提交批量打印",
        PrintBatchesRemoved = "print_batches_removed" => "清除批量打印的文件",
        SeriesSet = "series_set" => "设定发文字号",
        ServiceRecorded = "service_recorded" => "登记送达",
        ExpiryChecked = "expiry_checked" => "期满核实",
        StepRecorded = "step_recorded" => "登记步骤",
        SkipProposed = "skip_proposed" => "提请跳过步骤",
        SkipDecided = "skip_decided" => "审批跳过步骤",
        PaperSigned = "paper_signed" => "会签文书",
        DispositionProposed = "disposition_proposed" => "提请处置",
        DispositionDecided = "disposition_decided" => "审批处置",
        ReturnConfirmed = "return_confirmed" => "学校确认复学",
        StruckOff = "struck_off" => "销号",
        CaseReopened = "case_reopened" => "重新列入",
        AftercareRecorded = "aftercare_recorded" => "复学回访",
        ListExported = "list_exported" => "导出名单",
        ExportAsked = "export_asked" => "申请超量导出",
        ExportDecided = "export_decided" => "审批超量导出",
        ListPrinted = "list_printed" => "打印名单",
        Swept = "swept" => "夜间清查",
        LooksSealed = "looks_sealed" => "封存查看记录",
        FormKept = "form_kept" => "暂存表单",
    }
}

/// One act, for the chain. `detail` holds codes, counts, days and ids; never a number or a phone.
#[derive(Debug, Clone)]
pub struct Event {
    /// What was done.
    pub kind: EventKind,
    /// To which child.
    pub child: Option<ChildId>,
    /// In which case.
    pub case: Option<CaseId>,
    /// What else an auditor needs.
    pub detail: Map<String, Value>,
}

impl Event {
    /// An act with nothing said of it yet.
    pub fn new(kind: EventKind) -> Self {
        Self { kind, child: None, case: None, detail: Map::new() }
    }

    /// Names the child.
    #[must_use]
    pub fn child(mut self, child: ChildId) -> Self {
        self.child = Some(child);
        self
    }

    /// Names the case.
    #[must_use]
    pub fn case(mut self, case: CaseId) -> Self {
        self.case = Some(case);
        self
    }

    /// Adds a detail; what cannot be written as JSON is left out.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Serialize) -> Self {
        if let Ok(value) = serde_json::to_value(value) {
            self.detail.insert(key.to_owned(), value);
        }
        self
    }
}

vocabulary! {
    /// The kinds of looks: recorded before the page is sent, sealed into the chain in batches.
    pub enum LookKind {
        Child = "child" => "查看儿童档案",
        Case = "case" => "查看一人一案",
        Search = "search" => "查找",
        Photo = "photo" => "查看照片、附件",
        Paper = "paper" => "查看文书",
        List = "list" => "查看名单",
        Audit = "audit" => "查看审计",
    }
}
