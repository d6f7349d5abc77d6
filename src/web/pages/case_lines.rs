//! The lines of the page of a case: visits with what counts, papers with their days, what may be done, what was done.

use chrono::NaiveDate;

use crate::app::cases::dossier::{CaseFile, CaseView};
use crate::db::cases::visits::VisitRow;
use crate::domain::access::Action;
use crate::domain::case::{Act, NextStep, Phase, Verdict};
use crate::domain::ids::VisitId;
use crate::domain::moment::{day_of, month_day, month_day_time, short_weekday};
use crate::domain::period::{Arithmetic, Mark};
use crate::domain::words::{DispositionKind, EvidenceKind};
use crate::web::guard::Session;

/// A visit as it is listed.
pub(crate) struct Visited {
    pub id: VisitId,
    pub counts: String,
    pub dull: bool,
    pub day: String,
    pub who: String,
    pub pupil: &'static str,
    pub outcome: &'static str,
    pub why: String,
    pub proof: String,
}

/// Whether a visit counts, and why not.
pub(crate) fn verdict(view: &CaseView, visit: VisitId) -> (String, Vec<String>) {
    match view.standing.visits.iter().find(|line| line.id == visit).map(|line| &line.verdict) {
        Some(Verdict::Counts(n)) => (format!("第 {n} 次"), vec![]),
        Some(Verdict::DoesNot(why)) => ("不计入".to_owned(), why.iter().map(|one| one.sentence()).collect()),
        None => ("已更正".to_owned(), vec![]),
    }
}

pub(crate) fn visited(view: &CaseView, file: &CaseFile) -> Vec<Visited> {
    file.visits.iter().filter(|row| row.superseded_by.is_none()).map(|row| one_visit(view, file, row)).collect()
}

fn one_visit(view: &CaseView, file: &CaseFile, row: &VisitRow) -> Visited {
    let visit = &row.visit;
    let day = day_of(visit.happened_at);
    let (counts, why) = verdict(view, visit.id);
    let of = file.went.iter().filter(|one| one.visit == visit.id && one.declined_at.is_none());
    let mut units: Vec<&str> = of.clone().map(|one| one.unit_name.as_str()).collect();
    units.dedup();
    let waiting = of.clone().filter(|one| one.user.is_some() && one.confirmed_at.is_none()).count();
    let asked = if waiting > 0 { format!("；{waiting} 人待确认") } else { String::new() };
    let photos = file.evidence.iter().filter(|e| e.evidence.visit == Some(visit.id) && e.withdrawn_at.is_none());
    let photos = photos.filter(|e| e.evidence.kind == EvidenceKind::VisitPhoto).count();
    Visited {
        id: visit.id,
        dull: counts == "不计入",
        counts,
        day: format!("{} {}", month_day(day), short_weekday(day)),
        who: format!("{} {} 人{asked}", units.join("、"), of.count()),
        pupil: if visit.outcome.pupil_present() { "在场" } else { "不在场" },
        outcome: visit.outcome.label(),
        why: if why.is_empty() { String::new() } else { format!("不计入：{}", why.join("；")) },
        proof: if photos == 0 { "无照片".to_owned() } else { format!("照片 {photos} 张") },
    }
}

/// A paper as it is listed.
pub(crate) struct PaperShown {
    pub id: crate::domain::ids::PaperId,
    pub kind: &'static str,
    pub number: String,
    pub issued: String,
    pub served: String,
    pub due: String,
    pub arithmetic: Option<Arithmetic>,
    pub days: Vec<(String, String, &'static str)>,
}

pub(crate) fn papers(view: &CaseView, file: &CaseFile) -> Vec<PaperShown> {
    let shown = file.papers.iter().map(|row| {
        let line = view.standing.papers.iter().find(|line| line.id == row.id);
        let service = file.services.iter().find(|one| one.service.paper == row.id && !one.service.failed);
        let served = service.map(|one| format!("{} {}", month_day(one.service.delivered_on), one.service.method));
        let arithmetic = line.and_then(|line| line.arithmetic.clone());
        PaperShown {
            id: row.id,
            kind: row.kind.label(),
            number: row.document_number.clone().unwrap_or_default(),
            issued: match (row.voided_at, row.issued_on) {
                (Some(_), _) => "已作废".to_owned(),
                (None, Some(on)) => month_day(on),
                (None, None) => "等待签发".to_owned(),
            },
            served: served.unwrap_or_default(),
            due: line.and_then(|line| line.state.due()).map(month_day).unwrap_or_default(),
            days: arithmetic.as_ref().map(days).unwrap_or_default(),
            arithmetic,
        }
    });
    shown.collect()
}

/// The days of a count, where they fit on a line.
fn days(arithmetic: &Arithmetic) -> Vec<(String, String, &'static str)> {
    if arithmetic.days.len() > 16 {
        return vec![];
    }
    let day = |day: &crate::domain::period::DayMark| {
        let (word, class) = match &day.mark {
            _ if day.end => ("期满".to_owned(), "end"),
            Mark::Start => ("收到".to_owned(), ""),
            Mark::Counted { ordinal, .. } => (format!("第{ordinal}日"), ""),
            Mark::Passed(name) => (name.clone(), "off"),
            Mark::Moved => ("顺延".to_owned(), ""),
        };
        (day.date.format("%-m/%-d").to_string(), word, class)
    };
    arithmetic.days.iter().map(day).collect()
}

/// Who does the next step: 提请：乡镇人民政府（经办）.
pub(crate) fn owners(step: &NextStep) -> Vec<String> {
    let one = |(part, owner): &(String, crate::domain::policy::Owner)| {
        let roles: Vec<&str> = owner.roles.iter().map(|role| role.label()).collect();
        let part = if part.is_empty() { String::new() } else { format!("{part}：") };
        format!("{part}{}（{}）", owner.organ, roles.join("、"))
    };
    step.owners.iter().map(one).collect()
}

/// What the reader may do now, each with its address; and why not what their role does but the rules stand against.
pub(crate) fn buttons(session: &Session, view: &CaseView) -> (Vec<(String, String)>, Vec<String>) {
    let on = view.today;
    let id = view.head.id;
    let at = |rest: &str| format!("/cases/{id}/{rest}");
    let pending = view.facts.dispositions.iter().rev().find(|one| one.decided.is_none());
    let expired = view.facts.papers.iter().rev().find(|paper| paper.issued_on.is_some() && !paper.voided);
    let mut asked = vec![(Action::LogVisit, Act::LogVisit { on }, at("visits/new"))];
    if view.standing.phase == Phase::Suspected {
        asked.push((Action::ConfirmCase, Act::Confirm { on }, at("confirm")));
    }
    if let Some(paper) = expired {
        asked.push((
            Action::VerifyExpiry,
            Act::VerifyExpiry { paper: paper.id, on },
            format!("/papers/{}/expiry", paper.id),
        ));
    }
    asked.push((Action::ProposeDisposition, Act::Propose { kind: DispositionKind::CountyDecision }, at("propose")));
    if let Some(one) = pending {
        asked.push((
            Action::ApproveDisposition,
            Act::Decide { disposition: one.id, approve: true },
            at(&format!("decide/{}", one.id)),
        ));
    }
    asked.push((Action::ConfirmReturn, Act::ConfirmReturn { since: on }, at("return")));
    asked.push((Action::StrikeOff, Act::StrikeOff { conclusion: Some(DispositionKind::Returned) }, at("strike-off")));
    if let Some(care) = view.standing.after_care.iter().find(|line| line.done_on.is_none()) {
        let milestone = care.milestone;
        let href = at(&format!("aftercare/{milestone}"));
        asked.push((Action::RecordAftercare, Act::AfterCare { milestone, on }, href));
    }
    if matches!(view.standing.phase, Phase::StruckOff | Phase::Returned) {
        asked.push((Action::ReopenCase, Act::Reopen { on }, at("reopen")));
    }
    let (mut may, mut cannot) = (Vec::new(), Vec::new());
    for (action, act, href) in asked {
        if session.may(action) {
            match view.may(act) {
                Ok(()) => may.push((act.label(), href)),
                Err(refusal) => cannot.push(refusal.sentence()),
            }
        }
    }
    (may, cannot)
}

/// What happened, the latest first; a day without an hour where only the day is known.
pub(crate) fn history(view: &CaseView, file: &CaseFile) -> Vec<(String, String)> {
    let mut told: Vec<(NaiveDate, String, String)> = Vec::new();
    let mut tell = |on: NaiveDate, what: String, by: String| told.push((on, what, by));
    let facts = &view.facts;
    tell(facts.case.opened_on, format!("列为劝返对象（{}）", view.head.origin), String::new());
    if let Some(on) = view.head.confirmed_on {
        tell(on, "现场核查确认".to_owned(), String::new());
    }
    for row in file.visits.iter().filter(|row| row.superseded_by.is_none()) {
        let (counts, _) = verdict(view, row.visit.id);
        tell(
            day_of(row.visit.happened_at),
            format!("劝返（{counts}），{}", row.visit.outcome),
            row.author_name.clone(),
        );
    }
    for row in &file.papers {
        if let Some(on) = row.issued_on {
            tell(on, format!("签发{}", row.kind), row.issued_name.clone().unwrap_or_default());
        }
    }
    for row in &file.services {
        let what = if row.service.failed { "没有送达" } else { row.service.method.label() };
        tell(row.service.delivered_on, format!("文书送达：{what}"), row.recorded_name.clone());
    }
    for one in &facts.verifications {
        let found = if one.returned { "已复学" } else { "未复学" };
        tell(one.on, format!("期满核实，{found}"), String::new());
    }
    for one in &facts.dispositions {
        tell(one.proposed_on, format!("提请{}", one.kind), String::new());
        if let Some(decision) = &one.decided {
            let said = if decision.approved { "审批同意" } else { "退回" };
            tell(decision.on, format!("{said}{}", one.kind), String::new());
        }
    }
    for row in &file.plans {
        tell(
            day_of(row.written_at),
            "制定一人一案方案".to_owned(),
            format!("{} · {}", row.written_name, month_day_time(row.written_at)),
        );
    }
    facts.returns.iter().for_each(|one| tell(one.on, "学校确认到校".to_owned(), String::new()));
    facts.strike_offs.iter().for_each(|one| tell(one.on, format!("销号：{}", one.conclusion), String::new()));
    facts.reopenings.iter().for_each(|one| tell(one.on, "重新列入劝返".to_owned(), String::new()));
    told.sort_by_key(|one| std::cmp::Reverse(one.0));
    told.into_iter()
        .map(|(on, what, by)| (what, if by.is_empty() { month_day(on) } else { format!("{by} · {}", month_day(on)) }))
        .collect()
}
