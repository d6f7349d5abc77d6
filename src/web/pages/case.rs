//! 一人一案: where the case stands, what comes next and what is missing, with everything on file.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::Response;
use chrono::NaiveDate;
use serde::Deserialize;

use super::case_act::looked;
use super::case_lines::{Held, PaperShown, Visited, charges, owners};
use crate::app::cases::papers::drafting;
use crate::app::cases::view::{CaseView, case_view};
use crate::domain::access::{Action, permit};
use crate::domain::case::{ChecklistItem, ItemState, Mend, NextStep, StepLine, StepState};
use crate::domain::ids::CaseId;
use crate::domain::moment::{full_day, month_day, weekday};
use crate::domain::role::Line;
use crate::domain::words::PaperKind;
use crate::web::extract::{Path, Query};
use crate::web::failure::Failure;
use crate::web::guard::Session;
use crate::web::mend::{self, Lack};
use crate::web::shell::{Shell, page};
use crate::web::state::State;

#[derive(Template)]
#[template(path = "pages/cases/case.html")]
struct CasePage {
    shell: Shell,
    view: CaseView,
    home: String,
    lines: Vec<(&'static str, Vec<Held>)>,
    due: Option<(String, Option<(&'static str, String)>)>,
    owners: Vec<String>,
    lacks: Vec<Lack>,
    /// How many of them somebody has to do.
    to_do: usize,
    visits: Vec<Visited>,
    papers: Vec<PaperShown>,
}

impl CasePage {
    fn may(&self, action: Action) -> bool {
        permit(self.view.role, action).allows()
    }

    fn may_draft(&self) -> bool {
        self.may(drafting(PaperKind::VisitRecord))
    }

    fn offers_visit(&self) -> bool {
        self.view.offers.iter().any(|offer| offer.mend == Mend::LogVisit)
    }

    fn waiting(&self) -> usize {
        self.visits.iter().filter(|visit| visit.waits).count()
    }

    fn step_class(step: &StepLine) -> &'static str {
        match step.state {
            StepState::Done { .. } => "done",
            StepState::Now => "now",
            StepState::Todo | StepState::Dropped => "todo",
        }
    }

    fn step_note(step: &StepLine) -> String {
        match step.state {
            StepState::Done { on } => format!("{} · {}", step.note, month_day(on)),
            _ => step.note.clone(),
        }
    }

    fn item_tag(item: &ChecklistItem) -> &'static str {
        match item.state {
            ItemState::Complete => "",
            ItemState::Partial | ItemState::Missing => "tag--bad",
            ItemState::Waiting | ItemState::WithDecision | ItemState::Elsewhere | ItemState::Later => "tag--line",
        }
    }

    fn item_lacks(&self, item: &ChecklistItem) -> Vec<Lack> {
        mend::listed(&self.view.lacking_in(item))
    }
}

/// What was just done, by its code.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Said {
    done: String,
}

impl Said {
    /// In words.
    pub(crate) fn words(&self) -> Option<String> {
        let words = match self.done.as_str() {
            "opened" => "已列为劝返对象。",
            "confirmed" => "已确认辍学，接着开展联合劝返。",
            "plan" => "一人一案方案已保存。",
            "verified" => "期满核实已登记。",
            "step" => "已登记。",
            "skip_proposed" => "已提请跳过，等待另一人批准。",
            "skipped" => "已同意跳过，下一步照常进行。",
            "not_skipped" => "没有同意跳过。",
            "proposed" => "已提请，等待另一人审批。",
            "approved" => "已同意。",
            "sent_back" => "已退回提请人。",
            "returned" => "已确认到校。",
            "struck_off" => "已销号。",
            "aftercare" => "回访已记下。",
            "reopened" => "已重新列入劝返。",
            "relapse" => "回访已记下。学生不在校，请在这里重新列入。",
            "relapse_told" => "回访已记下。学生不在校，由乡镇重新列入。",
            "discarded" => "草稿已放弃。",
            "sheet" => "签字的纸质记录已上传。",
            "photo" => "照片已上传。",
            "logged" => "劝返已记下。",
            "corrected" => "已更正，原来的一条仍可查看。",
            "taken" => "已确认您参加了这次劝返。",
            "declined" => "已记下您没有参加这次劝返。",
            _ => return None,
        };
        Some(words.to_owned())
    }
}

pub(crate) async fn show(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(id): Path<CaseId>,
    Query(said): Query<Said>,
) -> Result<Response, Failure> {
    session.require(Action::SeeChildren)?;
    let view = case_view(&state.services, &session.actor, id).await?;
    looked(&state, &session, &view.head).await?;
    page(&CasePage {
        home: home(&view),
        lines: vec![
            ("政府线包保责任人", charges(&view.charges, Line::Government)),
            ("教育线包保责任人", charges(&view.charges, Line::Education)),
        ],
        due: view.standing.next.as_ref().and_then(|step| due(step, view.today)),
        owners: owners(&view.owners),
        lacks: mend::listed(&view.lacking),
        to_do: view.lacking.iter().filter(|one| one.wait.is_none()).count(),
        visits: view.visits.iter().filter(|one| one.row.superseded_by.is_none()).map(Visited::of).collect(),
        papers: view.papers.iter().map(PaperShown::of).collect(),
        shell: session.shell_with(said.words()),
        view,
    })
}

/// 左岚乡 · 齐心村（居住地同）
fn home(view: &CaseView) -> String {
    let written = view.card.domicile.clone().unwrap_or_default();
    let domicile = if view.domicile.is_empty() { written } else { view.domicile.clone() };
    match view.residence.as_str() {
        "" => domicile,
        same if same == domicile => format!("{domicile}（居住地同）"),
        other => format!("{domicile}，现住{other}"),
    }
}

fn due(step: &NextStep, today: NaiveDate) -> Option<(String, Option<(&'static str, String)>)> {
    let due = step.due?;
    let left = (due - today).num_days();
    let tag = match left {
        left if left < 0 => Some(("tag--late", format!("逾期 {} 天", -left))),
        0 => Some(("tag--soon", "今天到期".to_owned())),
        1..=3 => Some(("tag--soon", format!("还剩 {left} 天"))),
        _ => None,
    };
    Some((format!("{} {}", full_day(due), weekday(due)), tag))
}
