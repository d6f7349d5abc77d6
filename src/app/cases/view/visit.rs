//! A visit as pages show it, and what its form begins with.

use super::case::Rows;
use super::opened::Opened;
use crate::app::cases::visit::CORRECTABLE;
use crate::app::policy::{self, Rules};
use crate::app::{AppError, Services, seats};
use crate::db::Door as _;
use crate::db::cases::case::CaseHead;
use crate::db::cases::evidence::{self, EvidenceRow};
use crate::db::cases::facts;
use crate::db::cases::participants::{self, Companion, Participant};
use crate::db::cases::people::{self, Candidate};
use crate::db::cases::visits::{self, VisitRow};
use crate::domain::actor::Actor;
use crate::domain::case::{Standing, Verdict, standing};
use crate::domain::ids::{AppointmentId, CaseId, UnitId, VisitId};
use crate::domain::moment::{Moment, day_of};
use crate::domain::words::EvidenceKind;

/// A visit with all that belongs to it.
#[derive(Debug, Clone)]
pub struct VisitView {
    /// As it was written.
    pub row: VisitRow,
    /// Who went, the confirmed first.
    pub went: Vec<Participant>,
    /// Whether it counts, and why not; none for a corrected one.
    pub verdict: Option<Verdict>,
    /// Photographs and signed sheets.
    pub files: Vec<EvidenceRow>,
    /// The signed sheet speaks for those who went, by the policy of the visit's day.
    pub sheet_confirms: bool,
    /// The reader is named and has not said whether they went.
    pub asks_me: bool,
    /// The reader wrote it and may still correct it.
    pub correctable: bool,
}

/// One thing that the record of a visit lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// What, in a clause.
    pub says: String,
    /// Another person is asked for it.
    pub waits: bool,
}

impl VisitView {
    /// How many units took part, by those who confirmed.
    pub fn units(&self) -> usize {
        let mut units: Vec<UnitId> =
            self.went.iter().filter(|who| who.confirmed_at.is_some()).map(|who| who.unit).collect();
        units.sort_unstable();
        units.dedup();
        units.len()
    }

    /// The signed sheet is on file.
    pub fn has_sheet(&self) -> bool {
        self.files.iter().any(|file| file.evidence.kind == EvidenceKind::SignedSheet)
    }

    /// What the record still lacks to be complete, a clause each: a picture or the signed sheet, and the word of all
    /// who went.
    pub fn lacks(&self) -> Vec<Lacking> {
        let mut lacks = Vec::new();
        if self.photos() == 0 && !self.has_sheet() {
            lacks.push(Lacking { says: "照片，或者已签字的纸质记录".to_owned(), waits: false });
        }
        if self.has_sheet() && self.sheet_confirms {
            return lacks;
        }
        let unsaid = self.went.iter().filter(|who| who.confirmed_at.is_none() && who.declined_at.is_none());
        lacks.extend(unsaid.map(|who| match who.user {
            Some(_) => Lacking { says: format!("等{}本人确认“我参加了”", who.name), waits: true },
            None => Lacking {
                says: format!("{}的签名：没有账号，要有已签字的纸质记录", who.name), waits: false
            },
        }));
        lacks
    }

    /// How many photographs.
    pub fn photos(&self) -> usize {
        self.files.iter().filter(|file| file.evidence.kind == EvidenceKind::VisitPhoto).count()
    }
}

pub(super) fn views(rows: &Rows, open: &Opened, actor: &Actor, now: Moment) -> Vec<VisitView> {
    let view = |row: &VisitRow| {
        let went = rows.participants.iter().filter(|who| who.visit == row.visit.id).cloned().collect();
        let files = rows.files.iter().filter(|file| file.evidence.visit == Some(row.visit.id));
        of(
            row.clone(),
            went,
            files.filter(|file| file.withdrawn_at.is_none()).cloned().collect(),
            (&open.standing, &open.rules),
            (actor, now),
        )
    };
    let (corrected, current): (Vec<_>, Vec<_>) = rows.visits.iter().partition(|row| row.superseded_by.is_some());
    current.into_iter().chain(corrected).map(view).collect()
}

fn of(
    row: VisitRow,
    went: Vec<Participant>,
    files: Vec<EvidenceRow>,
    (standing, rules): (&Standing, &Rules),
    (actor, now): (&Actor, Moment),
) -> VisitView {
    let me = actor.user();
    let asks_me = went
        .iter()
        .any(|who| who.user == me && who.user.is_some() && who.confirmed_at.is_none() && who.declined_at.is_none());
    let correctable =
        Some(row.visit.author) == me && row.superseded_by.is_none() && now <= row.received_at + CORRECTABLE;
    let verdict = standing.visits.iter().find(|line| line.id == row.visit.id).map(|line| line.verdict.clone());
    let sheet_confirms = rules.on(day_of(row.visit.happened_at)).visit.sheet_confirms.value;
    VisitView { row, went, verdict, files, sheet_confirms, asks_me, correctable }
}

/// Reads one visit with its case; `NotFound` behind the walls. The look is recorded by the page.
pub async fn visit_view(
    services: &Services,
    actor: &Actor,
    id: VisitId,
) -> Result<(CaseHead, Standing, VisitView), AppError> {
    services.units(actor.county).await?;
    let mut read = services.db.read(actor).await?;
    let row = visits::one(&mut read, id).await?;
    let rules = policy::rules(services, &mut read).await?;
    let facts::Loaded { head, facts } = facts::one(&mut read, row.visit.case).await?;
    let standing = standing(&facts, &rules.policies, &rules.calendar, day_of(read.now()));
    let went = participants::of_visit(&mut read, id).await?;
    let files = evidence::of_case(&mut read, head.id).await?.into_iter();
    let files = files.filter(|file| file.evidence.visit == Some(id) && file.withdrawn_at.is_none()).collect();
    let view = of(row, went, files, (&standing, &rules), (actor, read.now()));
    Ok((head, standing, view))
}

/// What the form of a visit begins with.
#[derive(Debug)]
pub struct VisitStart {
    /// The case and its child.
    pub head: CaseHead,
    /// 齐心村 · 中心小学六年级（2）班
    pub place: String,
    /// Which joint persuasion this will be, if it counts and those before it that wait for somebody's word do too.
    pub ordinal: u16,
    /// How many count already.
    pub counted: u16,
    /// How many wait for somebody's word.
    pub waiting: u16,
    /// How many the policy asks for.
    pub required: u16,
    /// How many units must go for it to count.
    pub min_units: u16,
    /// Who may go along: the people of the units of the case.
    pub candidates: Vec<Candidate>,
    /// Those who went the last time, chosen beforehand.
    pub chosen: Vec<AppointmentId>,
    /// Those who went the last time and have no account.
    pub without_account: Vec<Companion>,
    /// Units for those who have no account, by name.
    pub units: Vec<(UnitId, String)>,
    /// The present moment, for the field of the time.
    pub now: Moment,
}

/// Reads what the form of a visit begins with.
pub async fn visit_start(services: &Services, actor: &Actor, case: CaseId) -> Result<VisitStart, AppError> {
    let units = services.units(actor.county).await?;
    let mut read = services.db.read(actor).await?;
    let rules = policy::rules(services, &mut read).await?;
    let facts::Loaded { head, facts } = facts::one(&mut read, case).await?;
    let now = read.now();
    let standing = standing(&facts, &rules.policies, &rules.calendar, day_of(now));
    let waiting = standing.visits.iter().filter(|line| matches!(line.verdict, Verdict::Waits(_))).count();
    let waiting = u16::try_from(waiting).unwrap_or(u16::MAX);
    let places = [seats::village(&head, &units), Some(head.acting_township), head.school, head.class, actor.unit()];
    let mut places: Vec<UnitId> = places.into_iter().flatten().collect();
    places.dedup();
    let mut candidates = people::of_units(&mut read, &places, day_of(now)).await?;
    candidates.retain(|one| one.who.user != actor.user() && !one.role.is_keeper());
    let last = participants::last_company(&mut read, case).await?;
    let chosen = candidates.iter().filter(|one| last.iter().any(|who| went(who, one)));
    let chosen = chosen.map(|one| one.appointment).collect();
    let unknown = |who: &Companion| who.user.is_none() && !candidates.iter().any(|one| went(who, one));
    let without_account = last.iter().filter(|who| unknown(who)).cloned().collect();
    let units = places.iter().map(|unit| (*unit, units.name(*unit).to_owned())).collect();
    Ok(VisitStart {
        place: seats::place(&head, &*services.units(actor.county).await?),
        ordinal: standing.counted.saturating_add(waiting).saturating_add(1),
        counted: standing.counted,
        waiting,
        required: standing.required,
        min_units: rules.on(day_of(now)).visit.min_units.value,
        candidates,
        chosen,
        without_account,
        units,
        now,
        head,
    })
}

/// Whether this is who went; one whose name was written by hand may have an account by now, and is ticked then.
fn went(who: &Companion, one: &Candidate) -> bool {
    let same = if who.user.is_some() { who.user == one.who.user } else { who.name == one.who.name };
    same && who.unit == one.who.unit
}
