//! What the pages of papers show: one paper with its case, and what the reader may do.

use std::sync::Arc;

use chrono::NaiveDate;

use super::draft::open_text;
use super::print;
use super::printed::{self, Lines};
use super::text::PaperText;
use crate::app::cases::desk::{still_open, who};
use crate::app::policy::{self, Rules};
use crate::app::{AppError, Services};
use crate::db::cases::case::CaseHead;
use crate::db::cases::evidence::{self, EvidenceRow};
use crate::db::cases::papers::{self, PaperRow};
use crate::db::cases::services::{self as served, ExpiryRow, ServiceRow};
use crate::db::cases::{facts, series};
use crate::db::{DbError, Door};
use crate::domain::actor::Actor;
use crate::domain::case::{self as rules_of, Act, Facts, PaperLine, PaperState, Standing};
use crate::domain::check_code::check_code;
use crate::domain::ids::{CaseId, PaperId};
use crate::domain::moment::day_of;
use crate::domain::refusal::Refusal;
use crate::domain::words::{EvidenceKind, PaperKind};
use crate::vocabulary;

vocabulary! {
    /// How far a paper has come, as its page says it.
    pub enum PaperGroup {
        ToIssue = "to_issue" => "待签发",
        ToServe = "to_serve" => "待送达",
        Overdue = "overdue" => "已逾期",
        Running = "running" => "期限内",
        Settled = "settled" => "已办结",
    }
}

/// A case as an act on its papers asks of it.
#[derive(Debug)]
pub struct CaseOfPapers {
    /// The case and what lists say of the child.
    pub head: CaseHead,
    /// Its facts.
    pub facts: Facts,
    /// What they mean today.
    pub standing: Standing,
    rules: Arc<Rules>,
    today: NaiveDate,
    reader: rules_of::Actor,
}

impl CaseOfPapers {
    async fn load(services: &Services, db: &mut impl Door, actor: &Actor, id: CaseId) -> Result<Self, AppError> {
        let units = services.units(actor.county).await?;
        let rules = policy::rules(services, db).await?;
        let facts::Loaded { head, facts } = facts::one(db, id).await?;
        let today = day_of(db.now());
        let standing = rules_of::standing(&facts, &rules.policies, &rules.calendar, today);
        let reader = who(actor.person().ok_or(DbError::NotFound)?, &units);
        Ok(Self { head, facts, standing, rules, today, reader })
    }

    /// What stands against an act of which the rules say no more than that the case be in the ledger.
    pub fn still_open(&self, act: &str) -> Result<(), Refusal> {
        still_open(&self.facts, &self.standing, act)
    }

    /// Everything that stands against an act of the reader today.
    pub fn may(&self, act: Act) -> Result<(), Refusal> {
        rules_of::may(act, &self.reader, &self.facts, &self.rules.policies, &self.rules.calendar, self.today)
    }
}

/// The case of an id, for drafting a paper.
pub async fn case_of_papers(services: &Services, actor: &Actor, id: CaseId) -> Result<CaseOfPapers, AppError> {
    CaseOfPapers::load(services, &mut services.db.read(actor).await?, actor, id).await
}

/// One paper.
#[derive(Debug)]
pub struct PaperView {
    /// The paper.
    pub row: PaperRow,
    /// Its case.
    pub case: CaseOfPapers,
    /// Attempts to serve it, the latest first.
    pub services: Vec<ServiceRow>,
    /// The proofs of its service that are on file, the latest first.
    pub proofs: Vec<EvidenceRow>,
    /// What was found after its deadline, the latest first.
    pub expiries: Vec<ExpiryRow>,
    /// What its draft says; none once it is issued.
    pub text: Option<PaperText>,
    /// What it says since it was issued: its frozen facts; none of a draft.
    pub printed: Lines,
    /// By what the printed sheet is found again.
    pub check_code: String,
    /// The organ numbers this kind by a pattern.
    pub numbered: bool,
}

impl PaperView {
    /// Its line in the standing; none for a paper of an earlier round.
    pub fn line(&self) -> Option<&PaperLine> {
        self.case.standing.papers.iter().find(|line| line.id == self.row.id)
    }

    /// How far it has come.
    pub fn group(&self) -> PaperGroup {
        group(&self.row, Some(&self.case.standing))
    }

    /// 2026-0005
    pub fn inner_number(&self) -> Option<String> {
        super::forms::inner_number(&self.row)
    }
}

/// A paper for its page; `NotFound` where the reader does not see it.
pub async fn paper_view(services: &Services, actor: &Actor, id: PaperId) -> Result<PaperView, AppError> {
    let key = services.key(actor.county).await?;
    let mut read = services.db.read(actor).await?;
    let row = papers::one(&mut read, id).await?;
    let case = CaseOfPapers::load(services, &mut read, actor, row.case).await?;
    let attempts = served::of_case(&mut read, row.case).await?;
    let expiries = served::expiries_of_case(&mut read, row.case).await?;
    let expiries = expiries.into_iter().filter(|found| found.paper == id).collect();
    let text = match row.issued_at {
        None => open_text(&key, id, &papers::sealed_facts(&mut read, id).await?).ok(),
        Some(_) => None,
    };
    let printed = match row.issued_at {
        None => Lines::default(),
        Some(_) => printed::lines(&print::frozen(services, &mut read, &row).await?)?,
    };
    let series = series::of_unit(&mut read, row.unit).await?;
    let numbered = series.iter().any(|one| one.kind == row.kind && !one.document_pattern.is_empty());
    let services: Vec<_> = attempts.into_iter().filter(|attempt| attempt.service.paper == id).collect();
    let proofs = evidence::of_case(&mut read, row.case).await?.into_iter().filter(|proof| proves(proof, id, &services));
    let proofs = proofs.collect();
    Ok(PaperView { check_code: check_code(id.0), row, case, services, proofs, expiries, text, printed, numbered })
}

/// Whether a file proves that this paper was brought, and still counts.
fn proves(proof: &EvidenceRow, paper: PaperId, services: &[ServiceRow]) -> bool {
    let of = &proof.evidence;
    let of_service = services.iter().any(|one| of.service == Some(one.id));
    proof.withdrawn_at.is_none() && (of_service || of.kind == EvidenceKind::ServiceProof && of.paper == Some(paper))
}

fn group(row: &PaperRow, standing: Option<&Standing>) -> PaperGroup {
    if row.voided_at.is_some() {
        return PaperGroup::Settled;
    }
    if row.issued_at.is_none() {
        return PaperGroup::ToIssue;
    }
    let line = standing.and_then(|standing| standing.papers.iter().find(|line| line.id == row.id));
    match line.map(|line| line.state) {
        Some(PaperState::Issued { .. }) if is_served(row.kind) => PaperGroup::ToServe,
        Some(PaperState::BeingServed { .. } | PaperState::Served { due: Some(_), .. }) => PaperGroup::Running,
        Some(PaperState::Expired { .. }) => PaperGroup::Overdue,
        _ => PaperGroup::Settled,
    }
}

/// Whether the kind is one that is brought to somebody.
pub(super) fn is_served(kind: PaperKind) -> bool {
    super::is_statutory(kind) || kind == PaperKind::ReturnNotice
}
