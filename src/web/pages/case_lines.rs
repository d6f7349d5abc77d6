//! The lines of the page of a case: visits with what counts, papers with their days, who acts, what was done.

use crate::app::cases::view::{ChargeLine, HistoryLine, OwnerLine, PaperView, VisitView};
use crate::domain::case::Verdict;
use crate::domain::ids::{PaperId, VisitId};
use crate::domain::moment::{day_of, month_day, month_day_time, short_weekday};
use crate::domain::period::{Arithmetic, DayMark, Mark};
use crate::domain::role::Line;

/// Whether a visit counts, and why not.
pub(crate) fn verdict(visit: &VisitView) -> (String, Vec<String>) {
    match &visit.verdict {
        Some(Verdict::Counts(n)) => (format!("第 {n} 次"), vec![]),
        Some(waiting @ Verdict::Waits(_)) => ("待确认".to_owned(), waiting.waits_for().into_iter().collect()),
        Some(Verdict::DoesNot(why)) => ("不计入".to_owned(), why.iter().map(|one| one.sentence()).collect()),
        None => ("已更正".to_owned(), vec![]),
    }
}

/// A visit as it is listed.
pub(crate) struct Visited {
    pub id: VisitId,
    pub counts: String,
    pub dull: bool,
    /// It counts as soon as somebody says that they went.
    pub waits: bool,
    pub day: String,
    pub who: String,
    pub pupil: &'static str,
    pub outcome: &'static str,
    pub why: String,
    pub proof: String,
}

impl Visited {
    pub(crate) fn of(view: &VisitView) -> Self {
        let visit = &view.row.visit;
        let day = day_of(visit.happened_at);
        let (counts, why) = verdict(view);
        let went: Vec<_> = view.went.iter().filter(|one| one.declined_at.is_none()).collect();
        let mut units: Vec<&str> = went.iter().map(|one| one.unit_name.as_str()).collect();
        units.sort_unstable();
        units.dedup();
        let waiting = went.iter().filter(|one| one.user.is_some() && one.confirmed_at.is_none()).count();
        let asked = if waiting > 0 { format!("；{waiting} 人待确认") } else { String::new() };
        let photos = view.photos();
        let waits = matches!(view.verdict, Some(Verdict::Waits(_)));
        let why = if waits { why.join("；") } else { why_not(&why) };
        Self {
            id: visit.id,
            dull: !matches!(view.verdict, Some(Verdict::Counts(_) | Verdict::Waits(_))),
            waits,
            counts,
            day: format!("{} {}", month_day(day), short_weekday(day)),
            who: format!("{} {} 人{asked}", units.join("、"), went.len()),
            pupil: if visit.outcome.pupil_present() { "在场" } else { "不在场" },
            outcome: visit.outcome.label(),
            why,
            proof: if photos == 0 { "无照片".to_owned() } else { format!("照片 {photos} 张") },
        }
    }
}

fn why_not(why: &[String]) -> String {
    if why.is_empty() { String::new() } else { format!("不计入：{}", why.join("；")) }
}

/// A paper as it is listed.
pub(crate) struct PaperShown {
    pub id: PaperId,
    pub kind: &'static str,
    pub number: String,
    pub issued: String,
    pub served: String,
    pub due: String,
    pub arithmetic: Option<Arithmetic>,
    pub days: Vec<(String, String, &'static str)>,
}

impl PaperShown {
    pub(crate) fn of(view: &PaperView) -> Self {
        let row = &view.row;
        let service = view.services.iter().find(|one| !one.service.failed);
        let served = service.map(|one| format!("{} {}", month_day(one.service.delivered_on), one.service.method));
        let line = view.line.as_ref();
        let arithmetic = line.and_then(|line| line.arithmetic.clone());
        Self {
            id: row.id,
            kind: row.kind.label(),
            number: row.document_number.clone().unwrap_or_default(),
            issued: match (row.voided_at, row.issued_on) {
                (Some(_), None) => "草稿已放弃".to_owned(),
                (Some(_), Some(_)) => "已作废".to_owned(),
                (None, Some(on)) => month_day(on),
                (None, None) => "等待签发".to_owned(),
            },
            served: served.unwrap_or_default(),
            due: line.and_then(|line| line.state.due()).map(month_day).unwrap_or_default(),
            days: arithmetic.as_ref().map(days).unwrap_or_default(),
            arithmetic,
        }
    }
}

/// The days of a count, where they fit on a line.
fn days(arithmetic: &Arithmetic) -> Vec<(String, String, &'static str)> {
    if arithmetic.days.len() > 16 {
        return vec![];
    }
    let day = |day: &DayMark| {
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

/// Who does the next step: 提请：左岚乡 谭晓燕；审批：城口县 贺明辉.
pub(crate) fn owners(lines: &[OwnerLine]) -> Vec<String> {
    let one = |line: &OwnerLine| {
        let part = if line.part.is_empty() { String::new() } else { format!("{}：", line.part) };
        let seat = |(unit, names): &(String, Vec<String>)| format!("{unit} {}", names.join("、")).trim().to_owned();
        // Where nobody is appointed yet, the organ is named.
        let manned: Vec<String> = line.units.iter().filter(|(_, names)| !names.is_empty()).map(seat).collect();
        if manned.is_empty() {
            format!("{part}{}（还没有人任职）", line.organ)
        } else {
            part + &manned.join("，")
        }
    };
    lines.iter().map(one).collect()
}

/// Who answers for the child at a post.
pub(crate) struct Held {
    pub post: &'static str,
    pub name: String,
    /// Somebody is named; otherwise the name says that nobody is.
    pub named: bool,
    /// Where the reader names somebody, if it is theirs.
    pub assign: Option<String>,
    /// Who does, if it is not.
    pub named_by: String,
}

/// Who answers for the child on a line, by post; who is missing is said.
pub(crate) fn charges(lines: &[ChargeLine], line: Line) -> Vec<Held> {
    let held = lines.iter().filter(|charge| charge.line == line);
    held.map(|charge| {
        let name = match &charge.person {
            Some((name, title)) if title.is_empty() => name.clone(),
            Some((name, title)) => format!("{name} · {title}"),
            None => format!("{} 未指定", charge.unit_name),
        };
        let named = charge.person.is_some();
        let assign = (!named && charge.mine).then(|| format!("/charges/{}/{}", charge.unit, charge.post.code()));
        Held { post: charge.post.label(), name, named, assign, named_by: charge.named_by.clone() }
    })
    .collect()
}

/// When a line of the history happened, and who did it; without an hour where only the day is known.
pub(crate) fn by(line: &HistoryLine) -> String {
    let when = line.at.map_or_else(|| month_day(line.on), month_day_time);
    if line.who.is_empty() { when } else { format!("{} · {when}", line.who) }
}
