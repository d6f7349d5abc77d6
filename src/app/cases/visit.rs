//! 记劝返: one record a visit, by whoever wrote it first; corrected by a later record of the same author.

use chrono::{NaiveDate, TimeDelta};

use super::desk::{About, At, Desk, Done, NotDone, OTHER_BODY, standing_for};
use super::visit_form::VisitEntry;
use crate::app::Services;
use crate::db::DbError;
use crate::db::cases::participants::{self, Companion};
use crate::db::cases::visits::{self, Visit, VisitRow};
use crate::db::cases::{evidence, people};
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::case::{Act, Unmet};
use crate::domain::event::EventKind;
use crate::domain::faults::Faults;
use crate::domain::ids::{CaseId, VisitId};
use crate::domain::moment::{day_of, full_day};
use crate::domain::refusal::Refusal;
use crate::domain::words::EvidenceKind;

/// How long an author may correct a record, from its arrival (security.md C3).
pub(super) const CORRECTABLE: TimeDelta = TimeDelta::days(7);

/// Logs a visit. Its id was made where it was written: sent twice it makes one visit, whatever came between.
pub async fn log_visit(services: &Services, actor: &Actor, case: CaseId, entry: VisitEntry) -> Result<Done, NotDone> {
    let location = format!("/visits/{}?done=logged", entry.id);
    let mut desk = Desk::open_keyed(services, actor, Action::LogVisit, case, location.clone()).await?;
    let (visit, went) = written(&mut desk, &entry, None).await?;
    if is_sent_again(&mut desk, &visit, &went, &entry).await? {
        return Ok(Done { location });
    }
    desk.may(Act::LogVisit { on: day_of(visit.happened_at) })?;
    if visit.happened_at > desk.now() {
        return Err(Faults::one("when", "“劝返时间”不能晚于现在，只能记已经发生的事").into());
    }
    store(&mut desk, &visit, &went, entry).await?;
    let event = desk.event(EventKind::VisitLogged).with("visit", visit.id).with("outcome", visit.outcome);
    desk.close(event.with("on", day_of(visit.happened_at)).with("went", went.len())).await
}

/// Corrects one's own visit by a later record. The photographs go with it; the others are asked again (AC-126).
pub async fn correct_visit(
    services: &Services,
    actor: &Actor,
    of: VisitId,
    entry: VisitEntry,
) -> Result<Done, NotDone> {
    let location = format!("/visits/{}?done=corrected", entry.id);
    let mut read = services.db.read(actor).await?;
    let case = visits::one(&mut read, of).await?.visit.case;
    drop(read);
    let mut desk = Desk::open_keyed(services, actor, Action::LogVisit, case, location.clone()).await?;
    let (visit, went) = written(&mut desk, &entry, Some(of)).await?;
    if is_sent_again(&mut desk, &visit, &went, &entry).await? {
        return Ok(Done { location });
    }
    let before = visits::one(&mut desk.write, of).await?;
    Refusal::unless_met("更正劝返记录", uncorrectable(&desk, &before))?;
    desk.may(Act::LogVisit { on: day_of(visit.happened_at) })?;
    store(&mut desk, &visit, &went, entry).await?;
    evidence::carry_over(&mut desk.write, of, visit.id).await?;
    let event = desk.event(EventKind::VisitCorrected).with("visit", visit.id).with("supersedes", of);
    desk.close(event.with("outcome", visit.outcome).with("on", day_of(visit.happened_at))).await
}

fn uncorrectable(desk: &Desk<'_>, before: &VisitRow) -> Vec<Unmet> {
    let until = before.received_at + CORRECTABLE;
    let late = (desk.now() > until).then(|| Unmet::TooLateToCorrect { until: day_of(until) });
    let others = (before.visit.author != desk.person.user).then_some(Unmet::NotYourVisit);
    let twice = before.superseded_by.map(|_| Unmet::VisitCorrected);
    [others, twice, late].into_iter().flatten().collect()
}

/// 我参加了, or that one did not go; the person named in the visit says it for themselves.
pub async fn answer_participation(
    services: &Services,
    actor: &Actor,
    visit: VisitId,
    went: bool,
    sent: super::Sending,
) -> Result<Done, NotDone> {
    let mut read = services.db.read(actor).await?;
    let case = visits::one(&mut read, visit).await?.visit.case;
    drop(read);
    let location = format!("/visits/{visit}?done={}", if went { "taken" } else { "declined" });
    let at = At { case, seen: None, sent };
    let mut desk = match Desk::open(services, actor, Action::LogVisit, &at, location).await? {
        super::desk::Opened::Fresh(desk) => desk,
        super::desk::Opened::Before(done) => return Ok(done),
    };
    let user = desk.person.user;
    participants::answer(&mut desk.write, visit, user, went).await?;
    let kind = if went { EventKind::ParticipationConfirmed } else { EventKind::ParticipationDeclined };
    let event = desk.event(kind).with("visit", visit);
    desk.close(event).await
}

/// The visit and those who went as they are to be written; the author goes first.
async fn written(
    desk: &mut Desk<'_>,
    entry: &VisitEntry,
    supersedes: Option<VisitId>,
) -> Result<(Visit, Vec<Companion>), NotDone> {
    let person = desk.person.clone();
    let visit = Visit {
        id: entry.id,
        case: desk.head.id,
        child: desk.head.child,
        happened_at: entry.happened_at.unwrap_or_else(|| desk.now()),
        mode: entry.mode,
        kind: entry.kind,
        outcome: entry.outcome,
        guardian_present: entry.guardian_present,
        guardian_name: entry.guardian_name.clone(),
        said: entry.said.clone(),
        promised_on: entry.promised_on,
        place: entry.place.clone(),
        author: person.user,
        unit: person.unit,
        supersedes,
    };
    let title = if person.title.is_empty() { person.role.label().to_owned() } else { person.title };
    let author = Companion { user: Some(person.user), name: person.name, title, unit: person.unit };
    let mut went = vec![author];
    went.extend(companions(desk, entry, day_of(visit.happened_at)).await?);
    Ok((visit, went))
}

async fn companions(desk: &mut Desk<'_>, entry: &VisitEntry, on: NaiveDate) -> Result<Vec<Companion>, NotDone> {
    let found = people::of_appointments(&mut desk.write, &entry.appointments, on).await?;
    let mut faults = Faults::default();
    if entry.appointments.iter().any(|asked| found.iter().all(|one| one.appointment != *asked)) {
        let sentence = format!("有一位同去的人在{}不在任，请重新选择“谁去的”", full_day(on));
        faults.add("who", sentence);
    }
    let others = entry.others.iter().map(|one| Companion {
        user: None,
        name: one.name.clone(),
        title: one.title.clone(),
        unit: one.unit,
    });
    if entry.others.iter().any(|one| desk.units.get(one.unit).is_none()) {
        faults.add("other_unit", "单位不在本县，请重新选择");
    }
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let me = desk.person.user;
    let mut went: Vec<Companion> = found.into_iter().map(|one| one.who).chain(others).collect();
    went.retain(|one| one.user != Some(me));
    // Named twice is there once: a person is known by the account, else by name and unit.
    let mut seen = std::collections::HashSet::new();
    went.retain(|one| seen.insert((one.user, one.name.clone(), standing_for(&desk.units, one.unit))));
    Ok(went)
}

/// The same id came before: with the same content it was done then, with other content it is a conflict.
async fn is_sent_again(
    desk: &mut Desk<'_>,
    visit: &Visit,
    went: &[Companion],
    entry: &VisitEntry,
) -> Result<bool, NotDone> {
    let before = match visits::one(&mut desk.write, visit.id).await {
        Err(DbError::NotFound) => return Ok(false),
        found => found?,
    };
    let at = if entry.happened_at.is_some() { visit.happened_at } else { before.visit.happened_at };
    let same_visit = before.visit == Visit { happened_at: at, ..visit.clone() };
    let mut then: Vec<Companion> = participants::of_visit(&mut desk.write, visit.id)
        .await?
        .iter()
        .map(participants::Participant::companion)
        .collect();
    let mut now = went.to_vec();
    then.sort();
    now.sort();
    let stored = evidence::hashes_of_visit(&mut desk.write, visit.id).await?;
    let same_files = entry.photos.iter().chain(&entry.sheets).all(|file| stored.contains(&file.ready.sha256));
    if same_visit && then == now && same_files {
        return Ok(true);
    }
    Err(NotDone::Conflict(OTHER_BODY.to_owned()))
}

async fn store(desk: &mut Desk<'_>, visit: &Visit, went: &[Companion], entry: VisitEntry) -> Result<(), NotDone> {
    match visits::insert(&mut desk.write, visit, went).await {
        Err(error) if error.duplicate().is_some() => return Err(NotDone::Conflict(OTHER_BODY.to_owned())),
        done => done?,
    }
    let fact_on = day_of(visit.happened_at);
    let about = |kind| About { visit: Some(visit.id), ..About::of(kind, fact_on) };
    for photo in entry.photos {
        desk.attach(photo, about(EvidenceKind::VisitPhoto)).await?;
    }
    for sheet in entry.sheets {
        desk.attach(sheet, about(EvidenceKind::SignedSheet)).await?;
    }
    Ok(())
}
