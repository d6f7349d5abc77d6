//! 包保责任人: saying who answers at a unit, ending it, filling gaps from the appointments.

use chrono::NaiveDate;

use super::sending::{NotDone, Outcome, Sending};
use super::services::{AppError, Services};
use crate::db::charges::{self as stored, Charge, Holder};
use crate::db::{DbError, Door as _, Write};
use crate::domain::actor::{Actor, Person};
use crate::domain::charge::{Post, posts_of};
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::{ChargeId, UnitId};
use crate::domain::moment::day_of;
use crate::domain::role::{Role, UnitKind};
use crate::domain::units::{Unit, Units};

/// Who is to answer, from which day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCharge {
    /// The person's name.
    pub name: String,
    /// Their title; may be empty.
    pub title: String,
    /// First day.
    pub from_on: NaiveDate,
}

/// Whether a person looks after the charges of a unit: their own, those below it, and for a township leader and officer
/// also the schools on its ground.
pub fn in_scope(person: &Person, unit: &Unit, units: &Units) -> bool {
    match person.role {
        Role::CountyOfficer | Role::CountyApprover => true,
        Role::TownshipOfficer | Role::TownshipHead => {
            units.within(unit.id, person.unit) || unit.township == Some(person.unit)
        }
        _ => units.within(unit.id, person.unit),
    }
}

/// Whether a person may say who holds a post of a unit; the system may.
pub fn may_set(actor: &Actor, unit: &Unit, post: Post, units: &Units) -> bool {
    let fits = post.unit_kinds().contains(&unit.kind);
    fits && actor.person().is_none_or(|person| post.set_by(person.role) && in_scope(person, unit, units))
}

/// Names who holds a post from a day on; whoever holds it until then ends the day before.
pub async fn set(
    services: &Services,
    actor: &Actor,
    sending: &Sending,
    (unit, post): (UnitId, Post),
    new: NewCharge,
) -> Outcome<()> {
    let units = services.units(actor.county).await?;
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, &format!("/charges/{unit}/{}?done=set", post.code())).await? {
        return Ok(Err(not));
    }
    allowed(actor, unit, post, &units)?;
    let before = stored::history(&mut write, unit).await?;
    if let Some(not) = relieve(&mut write, &before, post, new.from_on).await? {
        return Ok(Err(not));
    }
    let holders = stored::holders(&mut write, &[unit]).await?;
    let user = holders.iter().find(|holder| holder.name == new.name).map(|holder| holder.user);
    let NewCharge { name, title, from_on } = new;
    let charge = Charge { id: ChargeId::new(), unit, post, name, title, user, from_on, until_on: None };
    stored::insert(&mut write, &charge).await?;
    write.commit(event(EventKind::ChargeSet, &charge).with("from", from_on)).await?;
    Ok(Ok(()))
}

/// Ends whoever holds the post on the day or after it, the day before; who was named for that very day (by mistake) ends
/// with it. Nobody may begin before the one who answers now.
async fn relieve(
    write: &mut Write,
    before: &[Charge],
    post: Post,
    from: NaiveDate,
) -> Result<Option<NotDone>, AppError> {
    let open = before.iter().filter(|c| c.post == post && c.until_on.is_none_or(|until| until >= from));
    let Some(last) = from.pred_opt() else { return Ok(None) };
    for charge in open {
        if charge.from_on > from {
            return Ok(Some(NotDone::fault(
                "from",
                format!("{}从 {} 起就是责任人，接替的日期不能早于这一天", charge.name, charge.from_on),
            )));
        }
        stored::set_until(write, charge.id, last.max(charge.from_on)).await?;
    }
    Ok(None)
}

/// Sets the last day of a charge.
pub async fn end(services: &Services, actor: &Actor, sending: &Sending, id: ChargeId, until: NaiveDate) -> Outcome<()> {
    let units = services.units(actor.county).await?;
    let mut write = services.db.write(actor).await?;
    let charge = stored::charge(&mut write, id).await?;
    let back = format!("/charges/{}/{}?done=ended", charge.unit, charge.post.code());
    if let Err(not) = sending.take(&mut write, &back).await? {
        return Ok(Err(not));
    }
    allowed(actor, charge.unit, charge.post, &units)?;
    let today = day_of(write.now());
    if charge.until_on.is_some_and(|until| until < today) {
        return Ok(Err(NotDone::fault("until", "这一任已经结束，不能再改")));
    }
    if until < charge.from_on {
        return Ok(Err(NotDone::fault("until", "结束日期不能早于开始日期")));
    }
    stored::set_until(&mut write, id, until).await?;
    write.commit(event(EventKind::ChargeEnded, &charge).with("until", until)).await?;
    Ok(Ok(()))
}

/// Fills the gaps below a unit with whoever alone is appointed there; how many were filled.
pub async fn fill(services: &Services, actor: &Actor, sending: &Sending, top: UnitId) -> Outcome<usize> {
    let units = services.units(actor.county).await?;
    let mut write = services.db.write(actor).await?;
    if let Err(not) = sending.take(&mut write, &format!("/charges?unit={top}&done=filled")).await? {
        return Ok(Err(not));
    }
    let ids: Vec<UnitId> = units.all().filter(|u| stands_below(u, top, &units)).map(|u| u.id).collect();
    let held = stored::for_units(&mut write, &ids).await?;
    let holders = stored::holders(&mut write, &ids).await?;
    let today = day_of(write.now());
    let mut made = 0;
    for unit in ids.iter().filter_map(|id| units.get(*id)) {
        let gaps = posts_of(unit.kind).filter(|post| !held.iter().any(|c| c.unit == unit.id && c.post == *post));
        for post in gaps.filter(|post| may_set(actor, unit, *post, &units)) {
            let Some(holder) = only(&holders, unit.id, post) else { continue };
            stored::insert(&mut write, &charge_of(holder, post, today)).await?;
            made += 1;
        }
    }
    if made == 0 {
        write.abandon().await?;
        return Ok(Ok(0));
    }
    write.commit(Event::new(EventKind::ChargeSet).with("unit", top).with("count", made)).await?;
    Ok(Ok(made))
}

/// Whether a unit is shown and filled with another: below it, or a school on its ground.
pub fn stands_below(unit: &Unit, top: UnitId, units: &Units) -> bool {
    let county = units.get(top).is_some_and(|u| u.kind == UnitKind::County);
    county || units.within(unit.id, top) || unit.township == Some(top)
}

/// The one person whose role naturally holds the post; nobody where there are two.
fn only(holders: &[Holder], unit: UnitId, post: Post) -> Option<&Holder> {
    let mut fitting = holders.iter().filter(|h| h.unit == unit && Post::of_role(h.role) == Some(post));
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first)
}

fn charge_of(holder: &Holder, post: Post, from_on: NaiveDate) -> Charge {
    let title = if holder.title.is_empty() { holder.role.label().to_owned() } else { holder.title.clone() };
    Charge {
        id: ChargeId::new(),
        unit: holder.unit,
        post,
        name: holder.name.clone(),
        title,
        user: Some(holder.user),
        from_on,
        until_on: None,
    }
}

/// A unit that is not the person's to look after is not there.
fn allowed(actor: &Actor, unit: UnitId, post: Post, units: &Units) -> Result<(), DbError> {
    let found = units.get(unit).filter(|unit| may_set(actor, unit, post, units));
    found.map(|_| ()).ok_or(DbError::NotFound)
}

fn event(kind: EventKind, charge: &Charge) -> Event {
    Event::new(kind).with("unit", charge.unit).with("post", charge.post).with("charge", charge.id)
}
