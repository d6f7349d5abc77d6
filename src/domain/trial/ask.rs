//! An act that a scenario asks for, and in whose name.

use chrono::NaiveDate;
use serde::Deserialize;

use super::short::{self, TOWNSHIP};
use crate::domain::case::{Act, Actor};
use crate::domain::ids::{DispositionId, PaperId, StepId, UnitId, UserId};
use crate::domain::policy::{Organ, Rung};
use crate::domain::role::Role;
use crate::domain::words::{DispositionKind, PaperKind, ServiceMethod};

/// An act, and what should be answered.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// The day on which it is asked for.
    pub on: NaiveDate,
    /// In which capacity.
    pub by: Role,
    /// The unit of whoever asks; the scenario's township if left out.
    pub unit: Option<String>,
    /// A name for the person, where two of one capacity must be told apart.
    pub user: Option<String>,
    /// The organ for which the unit acts; the township's government if left out.
    pub organ: Option<Organ>,
    /// The code of the act.
    pub act: String,
    /// The day on which it was done; the day of the asking if left out.
    pub day: Option<NaiveDate>,
    /// The kind of the paper to draft or issue; the name of the one to serve or verify.
    pub paper: Option<String>,
    /// Which disposition is proposed, or is the conclusion.
    pub kind: Option<DispositionKind>,
    /// Which step is recorded or passed over.
    pub rung: Option<Rung>,
    /// The name of the proposal that is decided.
    pub id: Option<String>,
    /// How the paper was served; 直接送达 if left out.
    pub method: Option<ServiceMethod>,
    /// Which contact after the return, by its days.
    pub milestone: Option<u16>,
    /// For how many days leave is asked, where that is asked for.
    pub days: Option<u16>,
    /// Who has signed it before.
    #[serde(default)]
    pub signed: Vec<Role>,
    /// The penalty or order of which it is an act, by its name; an act of the case if left out.
    pub proceeding: Option<String>,
    /// The day that the act sets: of the hearing, or the last of a deferral.
    pub sets: Option<NaiveDate>,
    /// How many lessons were given at home.
    pub lessons: Option<u16>,
    /// How many teachers went.
    pub teachers: Option<u16>,
    /// It should be allowed, or not; told and not compared if left out.
    pub allowed: Option<bool>,
    /// The whole refusal that should be given.
    pub refused: Option<String>,
}

/// The acts, by their codes.
const ACTS: [&str; 19] = [
    "confirm",
    "log_visit",
    "draft_paper",
    "issue_paper",
    "record_service",
    "verify_expiry",
    "record_step",
    "propose_skip",
    "approve_skip",
    "refuse_skip",
    "propose",
    "approve",
    "send_back",
    "confirm_return",
    "strike_off",
    "teach_at_home",
    "after_care",
    "reopen",
    "approve_leave",
];

/// What is asked for: an act of the case, or leave for a pupil.
pub(super) enum Asked {
    /// An act of the case.
    Case(Act),
    /// 批假
    Leave {
        /// For how many days.
        days: u16,
    },
}

impl Ask {
    /// Who asks; a person is known by a name, or by their capacity.
    pub(super) fn actor(&self) -> Actor {
        let user = self.user.as_deref().unwrap_or(self.by.code());
        let unit = self.unit.as_deref().unwrap_or(TOWNSHIP);
        Actor {
            user: UserId(short::id(user)),
            role: self.by,
            unit: UnitId(short::id(unit)),
            organ: self.organ.unwrap_or(Organ::Township),
        }
    }

    /// The act; else the key that is missing or wrong, and a sentence.
    pub(super) fn act(&self) -> Result<Asked, (&'static str, String)> {
        let on = self.day.unwrap_or(self.on);
        Ok(Asked::Case(match self.act.as_str() {
            "approve_leave" => return Ok(Asked::Leave { days: self.days.ok_or_else(|| self.lacks("days"))? }),
            "confirm" => Act::Confirm { on },
            "log_visit" => Act::LogVisit { on },
            "draft_paper" => Act::DraftPaper { paper: self.paper_kind()? },
            "issue_paper" => Act::IssuePaper { paper: self.paper_kind()?, on },
            "record_service" => {
                let method = self.method.unwrap_or(ServiceMethod::Direct);
                Act::RecordService { paper: self.named_paper()?, method, effective_on: on }
            }
            "verify_expiry" => Act::VerifyExpiry { paper: self.named_paper()?, on },
            "record_step" => Act::RecordStep { rung: self.step()?, on },
            "propose_skip" => Act::ProposeSkip { rung: self.step()? },
            "approve_skip" => Act::DecideSkip { id: self.skip()?, approve: true },
            "refuse_skip" => Act::DecideSkip { id: self.skip()?, approve: false },
            "propose" => Act::Propose { kind: self.kind.ok_or_else(|| self.lacks("kind"))? },
            "approve" => Act::Decide { disposition: self.proposal()?, approve: true },
            "send_back" => Act::Decide { disposition: self.proposal()?, approve: false },
            "confirm_return" => Act::ConfirmReturn { since: on },
            "strike_off" => Act::StrikeOff { conclusion: self.kind },
            "teach_at_home" => {
                let (lessons, teachers) = (self.lessons, self.teachers);
                Act::TeachAtHome {
                    on,
                    lessons: lessons.ok_or_else(|| self.lacks("lessons"))?,
                    teachers: teachers.ok_or_else(|| self.lacks("teachers"))?,
                }
            }
            "after_care" => Act::AfterCare { milestone: self.milestone.ok_or_else(|| self.lacks("milestone"))?, on },
            "reopen" => Act::Reopen { on },
            other => return Err(("act", format!("不认识“{other}”，可以写：{}", ACTS.join("、")))),
        }))
    }

    fn lacks(&self, key: &'static str) -> (&'static str, String) {
        (key, format!("act = \"{}\" 还要写 {key}", self.act))
    }

    fn paper_kind(&self) -> Result<PaperKind, (&'static str, String)> {
        let code = self.paper.as_deref().ok_or_else(|| self.lacks("paper"))?;
        let known = || PaperKind::ALL.iter().map(|kind| kind.code()).collect::<Vec<_>>().join("、");
        PaperKind::from_code(code).ok_or_else(|| ("paper", format!("不认识“{code}”，可以写：{}", known())))
    }

    fn named_paper(&self) -> Result<PaperId, (&'static str, String)> {
        self.paper.as_deref().map(|name| PaperId(short::id(name))).ok_or_else(|| self.lacks("paper"))
    }

    fn step(&self) -> Result<Rung, (&'static str, String)> {
        self.rung.ok_or_else(|| self.lacks("rung"))
    }

    fn skip(&self) -> Result<StepId, (&'static str, String)> {
        self.id.as_deref().map(|name| StepId(short::id(name))).ok_or_else(|| self.lacks("id"))
    }

    fn proposal(&self) -> Result<DispositionId, (&'static str, String)> {
        self.id.as_deref().map(|name| DispositionId(short::id(name))).ok_or_else(|| self.lacks("id"))
    }
}
