//! The list of papers a reader sees: how many wait at each stage, and a page of one of them with the days that run.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::view::is_served;
use crate::app::policy;
use crate::app::{AppError, Services};
use crate::db::Door as _;
use crate::db::cases::facts;
use crate::db::cases::paper_list::{self, PaperFilter, PaperListed};
use crate::domain::actor::Actor;
use crate::domain::case::{PaperState, standing};
use crate::domain::ids::{CaseId, PaperId};
use crate::domain::moment::day_of;
use crate::domain::stage::PaperStage;
use crate::domain::words::PaperKind;

/// A page of the list.
#[derive(Debug, Clone)]
pub struct PaperList {
    /// How many papers there are at each stage.
    pub counts: Vec<(PaperStage, i64)>,
    /// The papers of the page, the latest first.
    pub items: Vec<PaperItem>,
}

/// A paper on it.
#[derive(Debug, Clone)]
pub struct PaperItem {
    /// The paper.
    pub row: PaperListed,
    /// The last day of the time it gives, once served.
    pub due: Option<NaiveDate>,
    /// That day has passed, and nobody has verified what came of it.
    pub overdue: bool,
}

/// The papers the reader sees of a stage and a kind; `range` is how many lie before the page, and its size.
pub async fn paper_list(
    services: &Services,
    actor: &Actor,
    (stage, kind): (PaperStage, Option<PaperKind>),
    range: (i64, i64),
) -> Result<PaperList, AppError> {
    let served_kinds: Vec<String> =
        PaperKind::ALL.iter().filter(|kind| is_served(**kind)).map(|kind| kind.code().to_owned()).collect();
    let filter = PaperFilter { kind, served_kinds: &served_kinds };
    let mut read = services.db.read(actor).await?;
    let rules = policy::rules(services, &mut read).await?;
    let today = day_of(read.now());
    let counts = paper_list::counts(&mut read, filter).await?;
    let rows = paper_list::page(&mut read, filter, stage, range).await?;
    let mut cases: Vec<CaseId> = rows.iter().filter(|row| row.served_on.is_some()).map(|row| row.case).collect();
    cases.sort_unstable();
    cases.dedup();
    let mut states: HashMap<PaperId, PaperState> = HashMap::new();
    for one in facts::batch(&mut read, &cases).await? {
        let standing = standing(&one.facts, &rules.policies, &rules.calendar, today);
        states.extend(standing.papers.iter().map(|line| (line.id, line.state)));
    }
    let item = |row: PaperListed| {
        let reached = states.get(&row.id).filter(|_| !row.voided);
        let overdue = matches!(reached, Some(PaperState::Expired { .. }));
        PaperItem { due: reached.and_then(|reached| reached.due()), overdue, row }
    };
    Ok(PaperList {
        counts: PaperStage::ALL.iter().copied().zip(counts).collect(),
        items: rows.into_iter().map(item).collect(),
    })
}
