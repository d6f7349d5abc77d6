//! The page of a case.

use chrono::NaiveDate;

use super::history::{self, HistoryLine};
use super::offers::{self, Offer};
use super::owners::{self, OwnerLine};
use super::paper::{self, PaperView};
use super::visit::{self, VisitView};
use crate::app::cases::desk::who;
use crate::app::cases::paths;
use crate::app::policy::{self, Rules};
use crate::app::seats;
use crate::app::{AppError, Services};
use crate::db::cases::case::CaseHead;
use crate::db::cases::evidence::{self, EvidenceRow};
use crate::db::cases::history::{LookRow, looks};
use crate::db::cases::plans::{self, PlanRow};
use crate::db::cases::subject::{self, Card};
use crate::db::cases::{facts, papers, participants, services, visits};
use crate::db::{Door as _, Read, charges};
use crate::domain::actor::{Actor, Person};
use crate::domain::case::{Facts, Standing, standing};
use crate::domain::charge::Post;
use crate::domain::ids::{CaseId, UnitId};
use crate::domain::moment::{age, day_of};
use crate::domain::role::{Line, Role};
use crate::domain::units::Units;
use crate::domain::words::DropoutCause;

/// How many of the latest looks the page lists.
const LOOKS: i64 = 100;

/// Everything the page of a case shows.
#[derive(Debug)]
pub struct CaseView {
    /// The case and its child; `head.version` goes into every form of the page.
    pub head: CaseHead,
    /// The day of the page.
    pub today: NaiveDate,
    /// Whole years.
    pub age: i32,
    /// The child's masked particulars.
    pub card: Card,
    /// 户籍地 and 居住地 by name: township and village.
    pub domicile: String,
    /// The same of where the child lives.
    pub residence: String,
    /// School and class by name; 无学籍 without a roll.
    pub school: String,
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
    /// What the reader may do now.
    pub offers: Vec<Offer>,
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

/// A named person who answers for the child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeLine {
    /// Which line.
    pub line: Line,
    /// At which post: 村, 乡镇, 班级 …
    pub post: Post,
    /// At which unit.
    pub unit_name: String,
    /// The person; none where nobody is named though somebody must be.
    pub person: Option<(String, String)>,
}

/// Something missing, and the page where it is mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmended {
    /// The reason, a clause without a full stop.
    pub sentence: String,
    /// The page; none where only time or another person mends it.
    pub path: Option<String>,
}

/// The plan as the reader may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanView {
    /// The plan.
    pub row: PlanRow,
    /// The causes in words; those that are restricted (SEC-09) only for township and county.
    pub causes: String,
}

/// Reads the page of a case; `NotFound` behind the walls. The look is recorded by the page.
pub async fn case_view(services: &Services, actor: &Actor, id: CaseId) -> Result<CaseView, AppError> {
    let units = services.units(actor.county).await?;
    let mut read = services.db.read(actor).await?;
    let rules = policy::rules(services, &mut read).await?;
    let facts::Loaded { head, facts } = facts::one(&mut read, id).await?;
    let today = day_of(read.now());
    let standing = standing(&facts, &rules.policies, &rules.calendar, today);
    let rows = Rows::read(&mut read, &head).await?;
    let person = actor.person();
    let owners = owners::of(&mut read, &units, &head, standing.next.as_ref()).await?;
    let lacking = standing.next.iter().flat_map(|next| &next.unmet);
    let lacking = lacking
        .map(|unmet| Unmended { sentence: unmet.sentence(), path: unmet.mend().map(|mend| paths::path(id, mend)) })
        .collect();
    Ok(CaseView {
        today,
        age: age(head.birth, today),
        domicile: place(&units, head.domicile_township, head.domicile_village),
        residence: place(&units, head.residence_township, head.residence_village),
        school: seats::school(&head, &units),
        acting_township: units.name(head.acting_township).to_owned(),
        charges: charge_lines(&mut read, &units, &head).await?,
        owners,
        lacking,
        offers: person.map(|person| offers_of(person, &units, &facts, &rules, today, id)).unwrap_or_default(),
        history: history::lines(&rows, &standing),
        visits: visit::views(&rows, &standing, actor, read.now()),
        papers: paper::views(&rows, &standing),
        plan: rows.plans.first().map(|plan| plan_view(plan, person)),
        files: rows.files,
        card: rows.card,
        looks: rows.looks,
        standing,
        head,
    })
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
            looks: looks(read, head.child, LOOKS).await?,
        })
    }
}

fn offers_of(
    person: &Person,
    units: &Units,
    facts: &Facts,
    rules: &Rules,
    today: NaiveDate,
    case: CaseId,
) -> Vec<Offer> {
    offers::of(&who(person, units), facts, rules, today, case)
}

/// 左岚乡 · 齐心村
fn place(units: &Units, township: Option<UnitId>, village: Option<UnitId>) -> String {
    let names = [units.name(township), units.name(village)];
    names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Who answers, at every unit of both lines, from below upwards; a required post that is empty is told.
async fn charge_lines(read: &mut Read, units: &Units, head: &CaseHead) -> Result<Vec<ChargeLine>, AppError> {
    let county = units.county().map(|unit| unit.id);
    let places = [seats::village(head, units), Some(head.acting_township), head.class, head.school, county];
    let places: Vec<UnitId> = places.into_iter().flatten().collect();
    let named = charges::for_units(read, &places).await?;
    let mut lines = Vec::new();
    for line in [Line::Government, Line::Education] {
        for post in Post::ALL.iter().copied().filter(|post| post.line() == line) {
            for unit in places.iter().filter_map(|unit| units.get(*unit)) {
                if !post.unit_kinds().contains(&unit.kind) {
                    continue;
                }
                let people = named.iter().filter(|charge| charge.unit == unit.id && charge.post == post);
                let people = people.map(|charge| Some((charge.name.clone(), charge.title.clone())));
                let people: Vec<Option<(String, String)>> = people.collect();
                let people = if people.is_empty() && post.is_required() { vec![None] } else { people };
                lines.extend(people.into_iter().map(|person| ChargeLine {
                    line,
                    post,
                    unit_name: unit.name.clone(),
                    person,
                }));
            }
        }
    }
    Ok(lines)
}

fn plan_view(row: &PlanRow, person: Option<&Person>) -> PlanView {
    let sees_all = person.is_none_or(|person| {
        matches!(person.role, Role::TownshipOfficer | Role::TownshipHead | Role::CountyOfficer | Role::CountyApprover)
    });
    let causes = std::iter::once(row.plan.cause).chain(row.plan.other_causes.iter().copied());
    let hidden = |cause: DropoutCause| cause.restricted() && !sees_all;
    let word = |cause: DropoutCause| if hidden(cause) { "（由乡镇和县里掌握）" } else { cause.label() };
    PlanView { row: row.clone(), causes: causes.map(word).collect::<Vec<_>>().join("、") }
}
