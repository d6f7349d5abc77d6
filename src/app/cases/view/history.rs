//! What happened in a case: one line a step, the latest first.

use chrono::NaiveDate;

use super::case::Rows;
use crate::db::cases::history::{Step, What};
use crate::domain::case::{Standing, Verdict};
use crate::domain::moment::{Moment, day_of};
use crate::domain::words::{CaseOrigin, DispositionKind};

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    /// The day it happened.
    pub on: NaiveDate,
    /// The time of that day, where it is known.
    pub at: Option<Moment>,
    /// What happened.
    pub title: String,
    /// Who did it.
    pub who: String,
    /// In the person's words.
    pub note: String,
}

pub(super) fn lines(rows: &Rows, standing: &Standing) -> Vec<HistoryLine> {
    let mut lines: Vec<HistoryLine> = rows.steps.iter().map(step).collect();
    lines.extend(visits(rows, standing));
    lines.extend(papers(rows));
    lines.extend(
        rows.plans
            .iter()
            .map(|plan| written(plan.written_at, "制定一人一案方案".to_owned(), &plan.written_name, &plan.plan.aid)),
    );
    lines.sort_by_key(|line| std::cmp::Reverse((line.on, line.at)));
    lines
}

/// The proposal that the county sent back last, where the next step is to propose anew.
pub(super) fn sent_back(rows: &Rows, standing: &Standing) -> Option<HistoryLine> {
    standing.next.as_ref().filter(|next| next.owners.iter().any(|(part, _)| part == "提请"))?;
    let decided = rows.steps.iter().filter(|step| matches!(step.what, What::Decided));
    decided.max_by_key(|step| (step.on, step.at)).filter(|step| !step.yes).map(step)
}

fn written(at: Moment, title: String, who: &str, note: &str) -> HistoryLine {
    HistoryLine { on: day_of(at), at: Some(at), title, who: who.to_owned(), note: note.to_owned() }
}

fn step(step: &Step) -> HistoryLine {
    let disposition = DispositionKind::from_code(&step.code).map_or("", DispositionKind::label);
    let title = match step.what {
        What::Opened => match CaseOrigin::from_code(&step.code) {
            Some(CaseOrigin::Absence) => "列为疑似辍学".to_owned(),
            origin => format!("列为劝返对象（{}）", origin.map_or("", CaseOrigin::label)),
        },
        What::Confirmed => "现场核查，确认辍学".to_owned(),
        What::Proposed => format!("提请{disposition}"),
        What::Decided if step.yes => format!("审批同意{disposition}"),
        What::Decided => format!("退回{disposition}的提请"),
        What::Returned => "学校确认到校上课".to_owned(),
        What::StruckOff => format!("销号：{disposition}"),
        What::Reopened => "重新列入劝返".to_owned(),
        What::Contacted if step.yes => format!("复学满{}日回访，在校", step.code),
        What::Contacted => format!("复学满{}日回访，不在校", step.code),
    };
    // Written on another day than it happened, only the day is known.
    let at = step.at.filter(|at| day_of(*at) == step.on);
    HistoryLine { on: step.on, at, title, who: step.name.clone(), note: step.note.clone() }
}

fn visits(rows: &Rows, standing: &Standing) -> Vec<HistoryLine> {
    let current = rows.visits.iter().filter(|row| row.superseded_by.is_none());
    let line = |row: &crate::db::cases::visits::VisitRow| {
        let verdict = standing.visits.iter().find(|line| line.id == row.visit.id).map(|line| &line.verdict);
        let title = match verdict {
            Some(Verdict::Counts(nth)) => format!("第{nth}次联合劝返，{}", row.visit.outcome),
            Some(Verdict::Waits(_)) => format!("劝返（确认后计入），{}", row.visit.outcome),
            _ => format!("劝返（不计入），{}", row.visit.outcome),
        };
        let went = rows.participants.iter().filter(|who| who.visit == row.visit.id && who.declined_at.is_none());
        let who: Vec<&str> = went.map(|who| who.name.as_str()).collect();
        written(row.visit.happened_at, title, &who.join("、"), &row.visit.said)
    };
    current.map(line).collect()
}

fn papers(rows: &Rows) -> Vec<HistoryLine> {
    let mut lines = Vec::new();
    for paper in &rows.papers {
        if let (Some(at), Some(name)) = (paper.issued_at, &paper.issued_name) {
            let number = paper.document_number.clone().unwrap_or_default();
            lines.push(written(at, format!("签发{}", paper.kind), name, &number));
        }
        if let (Some(at), Some(name), true) = (paper.voided_at, &paper.voided_name, paper.issued_at.is_some()) {
            let reason = paper.void_reason.clone().unwrap_or_default();
            lines.push(written(at, format!("{}作废", paper.kind), name, &reason));
        }
    }
    for served in &rows.services {
        let service = &served.service;
        let kind =
            rows.papers.iter().find(|paper| paper.id == service.paper).map_or("文书", |paper| paper.kind.label());
        let title = if service.failed {
            format!("{kind}未能送达")
        } else {
            format!("{kind}{}，{}{}", service.method, service.relation, service.recipient)
        };
        let at = Some(served.recorded_at).filter(|at| day_of(*at) == service.delivered_on);
        let (who, note) = (served.recorded_name.clone(), service.note.clone());
        lines.push(HistoryLine { on: service.delivered_on, at, title, who, note });
    }
    for found in &rows.expiries {
        let title = if found.returned { "期满核实，已经返校" } else { "期满核实，未复学" };
        let at = Some(found.recorded_at).filter(|at| day_of(*at) == found.checked_on);
        let (who, note) = (found.recorded_name.clone(), found.note.clone());
        lines.push(HistoryLine { on: found.checked_on, at, title: title.to_owned(), who, note });
    }
    lines
}
