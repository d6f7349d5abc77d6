//! The page of a case.

use chrono::NaiveDate;

use super::charges::{self, ChargeLine};
use super::history::{self, HistoryLine};
use super::offers::{self, Offer};
use super::opened::{Opened, opened};
use super::owners::{self, OwnerLine};
use super::paper::{self, PaperView};
use super::place::{self, PlaceView};
use super::visit::{self, VisitView};
use crate::app::cases::paths;
use crate::app::{AppError, Services};
use crate::db::cases::case::CaseHead;
use crate::db::cases::evidence::{self, EvidenceRow};
use crate::db::cases::history::{LookRow, looks};
use crate::db::cases::plans::{self, PlanRow};
use crate::db::cases::subject::{self, Card};
use crate::db::cases::{papers, participants, services, visits};
use crate::db::{Door as _, Read};
use crate::domain::access::{Action, permit};
use crate::domain::actor::Actor;
use crate::domain::case::{Act, ChecklistItem, Mend, NextStep, Phase, Standing, Unmet, Wait};
use crate::domain::ids::{CaseId, UnitId};
use crate::domain::moment::{age, day_of};
use crate::domain::policy::{Rung, Work};
use crate::domain::refusal::Refusal;
use crate::domain::role::Role;
use crate::domain::units::Units;
use crate::domain::words::DropoutCause;

/// How many of the latest looks the page lists.
const LOOKS: i64 = 40;

/// Everything the page of a case shows.
#[derive(Debug)]
pub struct CaseView {
    /// The case and its child; `head.version` goes into every form of the page.
    pub head: CaseHead,
    /// The day of the page.
    pub today: NaiveDate,
    /// The reader's role.
    pub role: Role,
    /// Whole years.
    pub age: i32,
    /// The child's masked particulars.
    pub card: Card,
    /// 户籍地 and 居住地 by name: township and village.
    pub domicile: String,
    /// The same of where the child lives.
    pub residence: String,
    /// The roll, the school that has the child back, the class of the balance.
    pub place: PlaceView,
    /// The township that acts.
    pub acting_township: String,
    /// 包保责任人 of both lines, the government's first, from below upwards.
    pub charges: Vec<ChargeLine>,
    /// Where the case stands: phase, ladder, next step with its arithmetic, evidence, months, after-care.
    pub standing: Standing,
    /// Who takes the next step, by part, with the people by name.
    pub owners: Vec<OwnerLine>,
    /// What the next step lacks, each with the page where it is mended.
    pub lacking: Vec<Unmended>,
    /// Why the county sent the last proposal back, where it is to be made again.
    pub sent_back: Option<HistoryLine>,
    /// What the reader may do now.
    pub offers: Vec<Offer>,
    /// The child is back, and a visit made before that may still be logged by the reader.
    pub late_visit: bool,
    /// What is the reader's to do, and what stands against it now.
    pub barred: Vec<Refusal>,
    /// The visits, the latest first, corrected ones last.
    pub visits: Vec<VisitView>,
    /// The papers, the latest first.
    pub papers: Vec<PaperView>,
    /// Files of evidence, the latest first.
    pub files: Vec<EvidenceRow>,
    /// The plan in force.
    pub plan: Option<PlanView>,
    /// What happened, the latest first.
    pub history: Vec<HistoryLine>,
    /// Who looked, the latest first.
    pub looks: Vec<LookRow>,
}

/// Something missing, and the page where it is mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmended {
    /// The reason, a clause without a full stop.
    pub sentence: String,
    /// Where; none where only time or another person mends it.
    pub mend: Option<Mend>,
    /// One can only wait for it; none where somebody has to do something.
    pub wait: Option<Wait>,
    case: CaseId,
}

impl Unmended {
    /// The page where it is mended.
    pub fn path(&self) -> Option<String> {
        self.mend.map(|mend| paths::path(self.case, mend))
    }
}

/// The plan as the reader may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanView {
    /// The plan.
    pub row: PlanRow,
    /// The causes in words; those that are restricted (SEC-09) only for township and county.
    pub causes: String,
}

impl CaseView {
    /// What a list of evidence lacks in one item, each with the page where it is mended.
    pub fn lacking_in(&self, item: &ChecklistItem) -> Vec<Unmended> {
        unmended(self.head.id, &item.unmet, self.role)
    }
}

/// Reads the page of a case; `NotFound` behind the walls. The look is recorded by the page.
pub async fn case_view(services: &Services, actor: &Actor, id: CaseId) -> Result<CaseView, AppError> {
    let open = opened(services, actor, id).await?;
    let mut read = services.db.read(actor).await?;
    let rows = Rows::read(&mut read, &open.head).await?;
    let Opened { head, standing, units, .. } = &open;
    let role = open.reader.role;
    let (offers, barred) = offers::of(&open);
    Ok(CaseView {
        today: open.today,
        role,
        age: age(head.birth, open.today),
        domicile: place(units, head.domicile_township, head.domicile_village),
        residence: place(units, head.residence_township, head.residence_village),
        place: place::of(&mut read, units, head, (&open.facts, standing)).await?,
        acting_township: units.name(head.acting_township).to_owned(),
        charges: charges::of(&mut read, actor, units, head).await?,
        owners: owners::of(&mut read, units, head, standing.next.as_ref()).await?,
        lacking: standing.next.iter().flat_map(|next| waited_for(id, next, role)).collect(),
        sent_back: history::sent_back(&rows, standing),
        offers,
        barred,
        late_visit: standing.phase == Phase::Returned
            && permit(role, Action::LogVisit).allows()
            && open.may(Act::LogVisit { on: open.today }).is_ok(),
        history: history::lines(&rows, standing),
        visits: visit::views(&rows, &open, actor, read.now()),
        papers: paper::views(&rows, standing),
        plan: rows.plans.first().map(|plan| plan_view(plan, role)),
        files: rows.files,
        card: rows.card,
        looks: rows.looks,
        standing: open.standing,
        head: open.head,
    })
}

/// What the next step waits for; that the step itself is still to be taken is not said again.
fn waited_for(case: CaseId, next: &NextStep, role: Role) -> Vec<Unmended> {
    let waited: Vec<Unmet> = next.unmet.iter().filter(|one| !is_the_step(next.rung, one)).cloned().collect();
    unmended(case, &waited, role)
}

/// A step never waits for itself.
fn is_the_step(rung: Rung, unmet: &Unmet) -> bool {
    match rung.work() {
        Work::Confirm => matches!(unmet, Unmet::NotConfirmed),
        Work::Visits => unmet.mend() == Some(Mend::LogVisit),
        Work::Monthly | Work::Further => matches!(unmet, Unmet::MonthOpen { .. } | Unmet::VisitsShort { .. }),
        Work::Paper(kind) => match unmet {
            Unmet::PaperNotSigned { paper, .. } | Unmet::NotServed { paper, .. } => *paper == kind,
            _ => false,
        },
        Work::Record => matches!(unmet, Unmet::ScanMissing { .. }),
        Work::Verify => matches!(unmet, Unmet::NotVerified { .. }),
        Work::Return => matches!(unmet, Unmet::ReturnNotConfirmed),
        Work::CountyDecision => false,
    }
}

/// What is unmet, with links to the pages that are the reader's.
fn unmended(case: CaseId, unmet: &[Unmet], role: Role) -> Vec<Unmended> {
    let mend = |one: &Unmet| one.mend().filter(|mend| paths::is_for(*mend, role));
    unmet.iter().map(|one| Unmended { sentence: one.sentence(), mend: mend(one), wait: one.wait(), case }).collect()
}

/// The rows of a case as they were written, with names.
pub(super) struct Rows {
    pub(super) card: Card,
    pub(super) visits: Vec<visits::VisitRow>,
    pub(super) participants: Vec<participants::Participant>,
    pub(super) papers: Vec<papers::PaperRow>,
    pub(super) services: Vec<services::ServiceRow>,
    pub(super) expiries: Vec<services::ExpiryRow>,
    pub(super) files: Vec<EvidenceRow>,
    pub(super) plans: Vec<PlanRow>,
    pub(super) steps: Vec<crate::db::cases::history::Step>,
    pub(super) looks: Vec<LookRow>,
}

impl Rows {
    async fn read(read: &mut Read, head: &CaseHead) -> Result<Self, AppError> {
        Ok(Self {
            card: subject::card(read, head.child).await?,
            visits: visits::of_case(read, head.id).await?,
            participants: participants::of_case(read, head.id).await?,
            papers: papers::of_case(read, head.id).await?,
            services: services::of_case(read, head.id).await?,
            expiries: services::expiries_of_case(read, head.id).await?,
            files: evidence::of_case(read, head.id).await?,
            plans: plans::of_case(read, head.id).await?,
            steps: crate::db::cases::history::steps(read, head.id).await?,
            looks: once_a_day(looks(read, head.child, LOOKS).await?),
        })
    }
}

/// One line for what the same person looked at on the same day, time and again.
fn once_a_day(mut looks: Vec<LookRow>) -> Vec<LookRow> {
    looks.dedup_by(|later, first| {
        (&later.name, later.kind, day_of(later.at)) == (&first.name, first.kind, day_of(first.at))
    });
    looks
}

/// 左岚乡 · 齐心村
fn place(units: &Units, township: Option<UnitId>, village: Option<UnitId>) -> String {
    let names = [units.name(township), units.name(village)];
    names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn plan_view(row: &PlanRow, role: Role) -> PlanView {
    let causes = std::iter::once(row.plan.cause).chain(row.plan.other_causes.iter().copied());
    let word =
        |cause: DropoutCause| if sees_cause(role, cause) { cause.label() } else { "（由乡镇和县里掌握）" };
    PlanView { row: row.clone(), causes: causes.map(word).collect::<Vec<_>>().join("、") }
}

/// Restricted causes (SEC-09) are known to township and county only.
pub fn sees_cause(role: Role, cause: DropoutCause) -> bool {
    !cause.restricted()
        || matches!(role, Role::TownshipOfficer | Role::TownshipHead | Role::CountyOfficer | Role::CountyApprover)
}
