//! A paper as pages show it: how far it has come, its services, its days.

use super::case::Rows;
use crate::app::{AppError, Services, policy};
use crate::db::Door as _;
use crate::db::cases::case::CaseHead;
use crate::db::cases::facts;
use crate::db::cases::papers::{self, PaperRow};
use crate::db::cases::services::{self as stored, ExpiryRow, ServiceRow};
use crate::domain::actor::Actor;
use crate::domain::case::{PaperLine, Standing, standing};
use crate::domain::ids::PaperId;
use crate::domain::moment::day_of;

/// A paper with all that belongs to it.
#[derive(Debug, Clone)]
pub struct PaperView {
    /// As it was written.
    pub row: PaperRow,
    /// How far it has come in this round, with the arithmetic of its days; none for a voided one and of earlier rounds.
    pub line: Option<PaperLine>,
    /// Attempts to serve it, the latest first.
    pub services: Vec<ServiceRow>,
    /// What was found after its deadline.
    pub expiries: Vec<ExpiryRow>,
}

pub(super) fn views(rows: &Rows, standing: &Standing) -> Vec<PaperView> {
    rows.papers.iter().map(|row| of(row.clone(), &rows.services, &rows.expiries, standing)).collect()
}

fn of(row: PaperRow, services: &[ServiceRow], expiries: &[ExpiryRow], standing: &Standing) -> PaperView {
    PaperView {
        line: standing.papers.iter().find(|line| line.id == row.id && row.voided_at.is_none()).cloned(),
        services: services.iter().filter(|one| one.service.paper == row.id).cloned().collect(),
        expiries: expiries.iter().filter(|one| one.paper == row.id).cloned().collect(),
        row,
    }
}

/// Reads one paper with its case; `NotFound` behind the walls. The look is recorded by the page.
pub async fn paper_view(
    services: &Services,
    actor: &Actor,
    id: PaperId,
) -> Result<(CaseHead, Standing, PaperView), AppError> {
    let mut read = services.db.read(actor).await?;
    let row = papers::one(&mut read, id).await?;
    let rules = policy::rules(services, &mut read).await?;
    let facts::Loaded { head, facts } = facts::one(&mut read, row.case).await?;
    let standing = standing(&facts, &rules.policies, &rules.calendar, day_of(read.now()));
    let served = stored::of_case(&mut read, head.id).await?;
    let expiries = stored::expiries_of_case(&mut read, head.id).await?;
    let view = of(row, &served, &expiries, &standing);
    Ok((head, standing, view))
}
