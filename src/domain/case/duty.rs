//! The tasks that a case sets: a verb, a day, an owner and a reason, for 今日待办.

use chrono::NaiveDate;
use serde::Serialize;

use super::unmet::Mend;
use crate::domain::ids::UserId;
use crate::domain::policy::Owner;
use crate::domain::role::Role;
use crate::vocabulary;

vocabulary! {
    /// What a task asks for, in the words of the list.
    pub enum Verb {
        Confirm = "confirm" => "现场核查",
        SendCheck = "send_check" => "派发核查",
        ReviewCheck = "review_check" => "审核",
        AwaitVillage = "await_village" => "村里回复",
        LogVisit = "log_visit" => "记劝返",
        ConfirmTaken = "confirm_taken" => "确认参加",
        DraftPaper = "draft_paper" => "开通知书",
        IssuePaper = "issue_paper" => "签发",
        RecordService = "record_service" => "登记送达",
        AddEvidence = "add_evidence" => "补证据",
        VerifyExpiry = "verify_expiry" => "期满核实",
        Propose = "propose" => "提请移交",
        Decide = "decide" => "审批",
        RecordStep = "record_step" => "登记",
        Skip = "skip" => "提请跳过",
        DecideSkip = "decide_skip" => "审批跳过",
        ConfirmReturn = "confirm_return" => "确认到校",
        StrikeOff = "strike_off" => "销号",
        AfterCare = "after_care" => "回访",
        Reopen = "reopen" => "重新列入",
        ReviewPlan = "review_plan" => "复核方案",
        Report = "report" => "报送",
        Renew = "renew" => "办理期满",
        LookInto = "look_into" => "调查去向",
        TeachAtHome = "teach_at_home" => "送教",
        PassOn = "pass_on" => "通报移交",
    }
}

/// One task, as it stands on a day; equal until the standing changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Duty {
    /// What is asked.
    pub verb: Verb,
    /// Why, in one line.
    pub reason: String,
    /// The last day for it.
    pub due: NaiveDate,
    /// The first day on which it was late, if it is.
    pub overdue_since: Option<NaiveDate>,
    /// Whose it is.
    pub owner: Owner,
    /// The one person it is for, where it is for one.
    pub person: Option<UserId>,
    /// Those who see it under 等待他人: it is not theirs, yet they wait for it.
    pub waiting: Vec<Role>,
    /// Since when it is waited for.
    pub waiting_since: Option<NaiveDate>,
    /// Why, as those who wait read it; empty where it is the same line.
    pub waiting_reason: String,
    /// Where it is done.
    pub place: Option<Mend>,
}
