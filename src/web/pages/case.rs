//! 一人一案: where the case stands, what comes next and what is missing, with everything on file.

use askama::Template;
use axum::extract::State as AxumState;
use axum::response::Response;
use chrono::NaiveDate;
use serde::Deserialize;

use super::case_act::opened;
use super::case_lines::{Visited, buttons, history, owners, papers, visited};
use crate::app::cases::dossier::{self, CaseFile, CaseView};
use crate::domain::case::{ChecklistItem, ItemState, NextStep, StepLine, StepState};
use crate::domain::ids::CaseId;
use crate::domain::moment::{age, full_day, month_day, weekday};
use crate::domain::role::Line;
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
    file: CaseFile,
    age: i32,
    school: String,
    home: String,
    lines: Vec<(&'static str, Vec<(String, String)>)>,
    due: Option<(String, Option<(&'static str, String)>)>,
    owners: Vec<String>,
    lacks: Vec<Lack>,
    visits: Vec<Visited>,
    papers: Vec<super::case_lines::PaperShown>,
    acts: Vec<(String, String)>,
    cannot: Vec<String>,
    history: Vec<(String, String)>,
}

impl CasePage {
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
            ItemState::Later => "tag--line",
        }
    }

    fn item_lacks(&self, item: &ChecklistItem) -> Vec<Lack> {
        mend::lacks(self.view.head.id, &item.unmet)
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
            "proposed" => "已提请，等待另一人审批。",
            "approved" => "已同意。",
            "sent_back" => "已退回提请人。",
            "returned" => "已确认到校。",
            "struck_off" => "已销号。",
            "aftercare" => "回访已记下。",
            "reopened" => "已重新列入劝返。",
            "relapse" => "回访已记下。学生不在校，请在这里重新列入。",
            "discarded" => "草稿已放弃。",
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
    let view = opened(&state, &session, id).await?;
    let file = dossier::file(&state.services, &session.actor, &view).await?;
    let (acts, cannot) = buttons(&session, &view);
    let next = view.standing.next.as_ref();
    page(&CasePage {
        age: age(view.head.birth, view.today),
        school: format!("{} {}", view.units.name(view.head.school), view.units.name(view.head.class)).trim().to_owned(),
        home: home(&view, &file),
        lines: charges(&view, &file),
        due: next.and_then(|step| due(step, view.today)),
        owners: next.map(owners).unwrap_or_default(),
        lacks: next.map(|step| mend::lacks(id, &step.unmet)).unwrap_or_default(),
        visits: visited(&view, &file),
        papers: papers(&view, &file),
        history: history(&view, &file),
        shell: session.shell_with(said.words()),
        acts,
        cannot,
        view,
        file,
    })
}

fn home(view: &CaseView, file: &CaseFile) -> String {
    let head = &view.head;
    let place = |township, village| format!("{}{}", view.units.name(township), view.units.name(village));
    let domicile = place(head.domicile_township, head.domicile_village);
    let residence = place(head.residence_township, head.residence_village);
    let domicile = if domicile.is_empty() { file.child.domicile_text.clone().unwrap_or_default() } else { domicile };
    match residence {
        r if r.is_empty() => domicile,
        r if r == domicile => format!("{domicile}（居住地同）"),
        r => format!("{domicile}，现住{r}"),
    }
}

fn charges(view: &CaseView, file: &CaseFile) -> Vec<(&'static str, Vec<(String, String)>)> {
    let of = |line: Line| {
        let held = file.charges.iter().filter(|charge| charge.post.line() == line);
        let mut said: Vec<_> = held
            .map(|charge| {
                let title = if charge.title.is_empty() { String::new() } else { format!(" · {}", charge.title) };
                (charge.post.label().to_owned(), format!("{}{title}", charge.name))
            })
            .collect();
        if said.is_empty() {
            said.push((
                "未指定".to_owned(),
                format!("请在包保责任人中指定（{}）", view.units.name(view.head.acting_township)),
            ));
        }
        said
    };
    vec![("政府线包保责任人", of(Line::Government)), ("教育线包保责任人", of(Line::Education))]
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
