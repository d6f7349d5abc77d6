//! Who may do what: the ceiling of `security.md` C3 in one table. A policy may narrow it, never widen it.

use super::role::Role;
use super::words::KeyPopulation;
use crate::vocabulary;

vocabulary! {
    /// What a person may ask of the program, beyond looking at what is theirs.
    pub enum Action {
        SeeChildren = "see_children" => "查看儿童（号码遮蔽）",
        RevealNumber = "reveal_number" => "查看身份证号全号",
        RevealPhone = "reveal_phone" => "查看电话全号",
        EditChild = "edit_child" => "登记、更正儿童资料",
        SetFlag = "set_flag" => "标记重点人群",
        LogVisit = "log_visit" => "记劝返",
        AnswerCheck = "answer_check" => "回复核查",
        SendCheck = "send_check" => "派发核查",
        CloseCheck = "close_check" => "认定去向",
        OpenCase = "open_case" => "列为劝返对象",
        ConfirmCase = "confirm_case" => "确认辍学",
        WritePlan = "write_plan" => "制定一人一案方案",
        AddEvidence = "add_evidence" => "上传证据",
        WithdrawEvidence = "withdraw_evidence" => "撤回证据",
        SeeOriginal = "see_original" => "查看照片原件",
        DraftSchoolNotice = "draft_school_notice" => "起草劝返复学通知书",
        IssueSchoolNotice = "issue_school_notice" => "签发劝返复学通知书",
        DraftOrder = "draft_order" => "起草限期复学通知书",
        IssueOrder = "issue_order" => "签发限期复学通知书",
        RecordService = "record_service" => "登记送达",
        IssueNotice = "issue_notice" => "签发或者会签复学通知书",
        RecordStep = "record_step" => "登记报告、交办和移送",
        VerifyExpiry = "verify_expiry" => "期满核实",
        ProposeDisposition = "propose_disposition" => "提请处置",
        ApproveDisposition = "approve_disposition" => "审批处置",
        ConfirmReturn = "confirm_return" => "学校确认复学",
        StrikeOff = "strike_off" => "销号",
        ReopenCase = "reopen_case" => "重新列入",
        RecordAftercare = "record_aftercare" => "复学回访",
        Import = "import" => "导入名册",
        UndoOthersImport = "undo_others_import" => "撤销他人的导入",
        RunMatch = "run_match" => "比对",
        ExportList = "export_list" => "导出名单",
        ReleaseExport = "release_export" => "批准超量导出",
        PrintList = "print_list" => "打印名单",
        SeeBalance = "see_balance" => "查看去向平衡表",
        AssignCharge = "assign_charge" => "指定包保责任人",
        ReadAudit = "read_audit" => "查看审计",
        ManageUsers = "manage_users" => "管理用户",
        ManageUnits = "manage_units" => "管理机构",
        ManageAccounts = "manage_accounts" => "解锁、停用账号",
        SetCalendar = "set_calendar" => "设定学期与日历",
        WeighPolicy = "weigh_policy" => "试算政策、查看方案草案",
        DraftPolicy = "draft_policy" => "起草实施方案",
        AdoptPolicy = "adopt_policy" => "采用实施方案",
    }
}

/// How far a role's permission goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permit {
    /// ● in everything the role sees.
    Yes,
    /// ○ in its own scope only: own class, own school, own tasks, own line.
    Own,
    /// — not at all.
    No,
}

impl Permit {
    /// The sign in the printed matrix.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Yes => "●",
            Self::Own => "○",
            Self::No => "—",
        }
    }

    /// Whether the act is open at all; the scope is the walls' business.
    pub const fn allows(self) -> bool {
        !matches!(self, Self::No)
    }
}

/// The matrix. One row an action: who may, who may in their own scope.
pub fn permit(role: Role, action: Action) -> Permit {
    let (yes, own) = row(action);
    if yes.contains(&role) {
        Permit::Yes
    } else if own.contains(&role) {
        Permit::Own
    } else {
        Permit::No
    }
}

type Row = (&'static [Role], &'static [Role]);

const V: Role = Role::Village;
const S1: Role = Role::ClassTeacher;
const S2: Role = Role::Registrar;
const S3: Role = Role::Principal;
const T1: Role = Role::TownshipOfficer;
const T2: Role = Role::TownshipHead;
const C1: Role = Role::CountyOfficer;
const C2: Role = Role::CountyApprover;
const D: Role = Role::Inspector;
const SYS: Role = Role::SystemKeeper;
const SEC: Role = Role::SecurityKeeper;
const AUD: Role = Role::AuditKeeper;

#[expect(clippy::match_same_arms, reason = "the rows stand in the order of the printed matrix")]
fn row(action: Action) -> Row {
    use Action as A;
    match action {
        A::SeeChildren => (&[C1, C2], &[V, S1, S2, S3, T1, T2, D]),
        A::RevealNumber => (&[C1, C2], &[S2, S3, T1, T2, D]),
        A::RevealPhone => (&[C1, C2], &[V, S1, S2, S3, T1, T2, D]),
        A::EditChild => (&[C1], &[S2, T1]),
        A::SetFlag => (&[C1], &[S2, T1]),
        A::LogVisit => (&[V, S1, S2, S3, T1, T2, C1], &[]),
        A::AnswerCheck => (&[C1], &[V, S1, S2, S3, T1, T2]),
        A::SendCheck => (&[C1], &[T1, T2]),
        A::CloseCheck => (&[C1, C2], &[T1, T2]),
        A::OpenCase => (&[C1, C2], &[S2, S3, T1, T2]),
        A::ConfirmCase => (&[C1, C2], &[S3, T1, T2]),
        A::WritePlan => (&[C1], &[S1, S2, S3, T1, T2]),
        A::AddEvidence => (&[C1, C2], &[V, S1, S2, S3, T1, T2]),
        A::WithdrawEvidence => (&[C1, C2], &[V, S1, S2, S3, T1, T2]),
        A::SeeOriginal => (&[C1, C2], &[T1, T2, D]),
        A::DraftSchoolNotice => (&[C1], &[S2, S3, T1, T2]),
        A::IssueSchoolNotice => (&[C2], &[S3, T2]),
        A::DraftOrder => (&[C1], &[T1, T2]),
        A::IssueOrder => (&[C2], &[T2]),
        A::RecordService => (&[C1], &[T1, T2]),
        A::IssueNotice => (&[C2], &[V, T2]),
        A::RecordStep => (&[C1, C2], &[S1, S2, S3, T1, T2]),
        A::VerifyExpiry => (&[C1], &[T1, T2]),
        A::ProposeDisposition => (&[C1], &[S2, S3, T1, T2]),
        A::ApproveDisposition => (&[C2], &[]),
        A::ConfirmReturn => (&[], &[S2, S3]),
        A::StrikeOff => (&[C1, C2], &[T1, T2]),
        A::ReopenCase => (&[C1, C2], &[T1, T2]),
        A::RecordAftercare => (&[C1], &[V, S1, S2, S3, T1, T2]),
        A::Import => (&[C1], &[S2, T1]),
        A::UndoOthersImport => (&[C2], &[]),
        A::RunMatch => (&[C1], &[]),
        A::ExportList => (&[C1, C2], &[S1, S2, S3, T1, T2]),
        A::ReleaseExport => (&[C2], &[]),
        A::PrintList => (&[C1, C2], &[V, S1, S2, S3, T1, T2, D]),
        A::SeeBalance => (&[C1, C2, D], &[T1, T2]),
        A::AssignCharge => (&[C1], &[S2, S3, T1, T2]),
        A::ReadAudit => (&[C2, AUD], &[D]),
        A::ManageUsers => (&[SYS], &[]),
        A::ManageUnits => (&[SYS], &[]),
        A::ManageAccounts => (&[SEC], &[]),
        A::SetCalendar => (&[SYS, C1], &[]),
        A::WeighPolicy => (&[C1, C2, D, SYS], &[]),
        A::DraftPolicy => (&[C1, C2, SYS], &[]),
        A::AdoptPolicy => (&[C2], &[]),
    }
}

/// Whether a role sees and sets a flag: 信教, 服刑, 早婚 are the township's and the county's (security.md C5).
pub const fn sees_flag(role: Role, flag: KeyPopulation) -> bool {
    !flag.restricted()
        || matches!(role, Role::TownshipOfficer | Role::TownshipHead | Role::CountyOfficer | Role::CountyApprover)
}

/// The matrix as an official reads it: a line an action, a column a role.
pub fn printed() -> String {
    let line = |head: &str, cells: Vec<&str>| format!("| {head} | {} |\n", cells.join(" | "));
    let roles = Role::ALL.iter().map(|role| role.label()).collect();
    let rule = vec!["---"; Role::ALL.len()];
    let rows = Action::ALL
        .iter()
        .map(|&action| line(action.label(), Role::ALL.iter().map(|&role| permit(role, action).sign()).collect()));
    let title = "权限总表（● 可办 · ○ 本范围内 · — 不可）\n\n".to_owned();
    [title, line("事项", roles), line("---", rule)].into_iter().chain(rows).collect()
}
