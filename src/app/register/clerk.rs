//! 登记儿童, 更正: what a clerk says by hand becomes a dated statement; a number that is here already is refused.

use super::alike::{Likely, likely};
use super::refresh::refresh_children;
use super::view::{counts, facts};
use crate::app::imports::{county_name, gazetteer};
use crate::app::sending::{NotDone, Outcome, Sending};
use crate::app::{AppError, Services};
use crate::db::register::{self as stored, NewChild, NewStatement};
use crate::db::{Door as _, Write};
use crate::domain::actor::Actor;
use crate::domain::event::{Event, EventKind};
use crate::domain::faults::Faults;
use crate::domain::grade::Stage;
use crate::domain::ids::{ChildId, StatementId, UnitId};
use crate::domain::moment::{Moment, day_of};
use crate::domain::place::Gazetteer;
use crate::domain::register::{ClerkForm, Difference, Entry, PlaceSaid, Said, Secret, differences};
use crate::domain::role::Role;
use crate::domain::units::Units;
use crate::domain::words::SourceKind;
use crate::vault::{CountyKey, Index};

/// What a form would change, field by field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Field, before, after; numbers masked.
    pub lines: Vec<Difference>,
    /// Who may be the same child.
    pub likely: Likely,
}

/// The number belongs to a child that is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The child, where the actor sees it.
    pub child: Option<ChildId>,
}

/// What came of it: done, or the number is here already.
pub type Registered<T> = Result<T, Known>;

/// Tells what a new child would be, writing nothing.
pub async fn preview_new(services: &Services, actor: &Actor, form: &ClerkForm) -> Outcome<Registered<Preview>> {
    let places = places(services, actor).await?;
    let mut write = services.db.write(actor).await?;
    let entry = match new_entry(services, actor, &places, form, write.now()).await? {
        Ok(entry) => entry,
        Err(faults) => return Ok(Err(faults.into())),
    };
    let known = holder(services, &mut write, &entry.secret, None).await?;
    let likely = likely(&mut write, services.units(actor.county).await?.as_ref(), &entry.said, None).await?;
    write.abandon().await?;
    let nothing = (Said::default(), Secret::default());
    let lines = differences((&nothing.0, &nothing.1), (&entry.said, &entry.secret));
    Ok(Ok(known.map_or(Ok(Preview { lines, likely }), Err)))
}

/// Registers a child that was found on the spot.
pub async fn register(
    services: &Services,
    actor: &Actor,
    sent: &Sending,
    form: &ClerkForm,
) -> Outcome<Registered<String>> {
    let places = places(services, actor).await?;
    let mut write = services.db.write(actor).await?;
    let child = ChildId::new();
    let location = format!("/children/{child}?done=registered");
    if let Err(before) = sent.take(&mut write, &location).await? {
        return Ok(Err(before));
    }
    let entry = match new_entry(services, actor, &places, form, write.now()).await? {
        Ok(entry) => entry,
        Err(faults) => return Ok(Err(faults.into())),
    };
    if let Some(known) = holder(services, &mut write, &entry.secret, None).await? {
        return Ok(Ok(Err(known)));
    }
    let units = services.units(actor.county).await?;
    if form.apart.is_empty() && !likely(&mut write, &units, &entry.said, None).await?.is_empty() {
        let why = "名册里有很可能是同一人的儿童，没有保存。请核对，确实不是同一人的，勾选后再保存";
        return Ok(Err(NotDone::fault("apart", why)));
    }
    let key = services.key(actor.county).await?;
    write.widen().await?;
    let lacking = || AppError::Fault("a child without name, sex or birth was registered".to_owned());
    let new = NewChild {
        id: child,
        name: entry.said.name.clone().ok_or_else(lacking)?,
        sex: entry.said.sex.ok_or_else(lacking)?,
        birth: entry.said.birth.ok_or_else(lacking)?,
        index: entry.secret.idno.as_deref().map(|n| key.index(Index::IdentityNumber, n)),
    };
    stored::insert_children(&mut write, &[new]).await?;
    say(services, &mut write, &key, child, &entry).await?;
    write.narrow().await?;
    write.commit(Event::new(EventKind::ChildMade).child(child).with("reason", &entry.reason)).await?;
    Ok(Ok(Ok(location)))
}

/// Tells what a correction would change, writing nothing.
pub async fn preview_correction(
    services: &Services,
    actor: &Actor,
    child: ChildId,
    form: &ClerkForm,
) -> Outcome<Registered<Preview>> {
    let places = places(services, actor).await?;
    let mut write = services.db.write(actor).await?;
    let (said, secret) = counts(&facts(services, &mut write, child).await?);
    let entry = match form.read_correction(write.now(), &places, (&said, &secret)) {
        Ok(entry) => entry,
        Err(faults) => return Ok(Err(faults.into())),
    };
    let known = holder(services, &mut write, &entry.secret, Some(child)).await?;
    let then = entry.over((&said, &secret));
    let likely = likely(&mut write, services.units(actor.county).await?.as_ref(), &then.0, Some(child)).await?;
    write.abandon().await?;
    let lines = differences((&said, &secret), (&then.0, &then.1));
    Ok(Ok(known.map_or(Ok(Preview { lines, likely }), Err)))
}

/// Corrects a child: a dated statement of what differs, which counts before what other sources say.
pub async fn correct(
    services: &Services,
    actor: &Actor,
    sent: &Sending,
    child: ChildId,
    form: &ClerkForm,
) -> Outcome<Registered<String>> {
    let places = places(services, actor).await?;
    let mut write = services.db.write(actor).await?;
    let location = format!("/children/{child}?done=corrected");
    if let Err(before) = sent.take(&mut write, &location).await? {
        return Ok(Err(before));
    }
    let (said, secret) = counts(&facts(services, &mut write, child).await?);
    let entry = match form.read_correction(write.now(), &places, (&said, &secret)) {
        Ok(entry) => entry,
        Err(faults) => return Ok(Err(faults.into())),
    };
    if let Some(known) = holder(services, &mut write, &entry.secret, Some(child)).await? {
        return Ok(Ok(Err(known)));
    }
    let key = services.key(actor.county).await?;
    say(services, &mut write, &key, child, &entry).await?;
    write.commit(Event::new(EventKind::ChildChanged).child(child).with("reason", &entry.reason)).await?;
    Ok(Ok(Ok(location)))
}

/// Stores what a clerk said today, and makes the child what its statements say.
pub(super) async fn say(
    services: &Services,
    write: &mut Write,
    key: &CountyKey,
    child: ChildId,
    entry: &Entry,
) -> Result<StatementId, AppError> {
    let today = day_of(write.now());
    let title = format!("人工登记：{}", entry.reason);
    let source = stored::insert_source(write, SourceKind::Clerk, &title, today, None).await?;
    let id = StatementId::new();
    let json = serde_json::to_vec(&entry.secret).map_err(|e| AppError::Fault(e.to_string()))?;
    let sealed = key.seal("statement.sealed", id.0, &json)?;
    let statement = NewStatement { id, child, sheet: None, row: None, said: entry.said.clone(), sealed };
    stored::insert_statements(write, source, SourceKind::Clerk, today, &[statement]).await?;
    refresh_children(services, write, &[child]).await?;
    Ok(id)
}

/// Who has the number already; shown only to whoever sees that child.
pub(super) async fn holder(
    services: &Services,
    write: &mut Write,
    secret: &Secret,
    own: Option<ChildId>,
) -> Result<Option<Known>, AppError> {
    let Some(number) = secret.idno.as_deref() else { return Ok(None) };
    let index = services.key(write.county()).await?.index(Index::IdentityNumber, number);
    let indexes = [index];
    write.widen().await?;
    let anywhere = stored::by_number(write, &indexes).await?.into_iter().any(|c| Some(c.id) != own);
    write.narrow().await?;
    if !anywhere {
        return Ok(None);
    }
    let in_reach = stored::by_number(write, &indexes).await?.into_iter().map(|c| c.id).find(|id| Some(*id) != own);
    Ok(Some(Known { child: in_reach }))
}

async fn places(services: &Services, actor: &Actor) -> Result<Gazetteer, AppError> {
    let units = services.units(actor.county).await?;
    Ok(gazetteer(&units, &county_name(services, actor.county).await?))
}

async fn new_entry(
    services: &Services,
    actor: &Actor,
    places: &Gazetteer,
    form: &ClerkForm,
    now: Moment,
) -> Result<Result<Entry, Faults>, AppError> {
    let entry = match form.read_new(now, places) {
        Ok(entry) => entry,
        Err(faults) => return Ok(Err(faults)),
    };
    let units = services.units(actor.county).await?;
    Ok(match outside(actor, &units, &entry.said) {
        Some(why) => Err(Faults::one("residence", why)),
        None => Ok(entry),
    })
}

/// Why the child would not be in the clerk's own reach.
fn outside(actor: &Actor, units: &Units, said: &Said) -> Option<&'static str> {
    let person = actor.person()?;
    let village = |place: &Option<PlaceSaid>| place.as_ref().and_then(|place| place.village);
    let (residence, domicile) = (village(&said.residence), village(&said.domicile));
    if residence.or(domicile).is_none() {
        return Some("居住地和户籍地都不在本县，不能登记为本县儿童。请核对居住地");
    }
    let either = |covers: &dyn Fn(UnitId) -> bool| residence.is_some_and(covers) || domicile.is_some_and(covers);
    match person.role {
        Role::TownshipOfficer if !either(&|village| units.within(village, person.unit)) => {
            Some("居住地和户籍地都不在本乡镇，请由所在乡镇或县里登记")
        }
        Role::Registrar => {
            let ours = |village| {
                [Stage::Primary, Stage::Junior]
                    .into_iter()
                    .any(|stage| units.catchment_school(village, stage) == Some(person.unit))
            };
            let home = residence.or(domicile).is_some_and(ours);
            (!home).then_some("居住地不在本校学区，请由所在乡镇登记；已在本校就读的，请导入学籍花名册")
        }
        _ => None,
    }
}

/// The form of a correction as it begins: what counts now.
pub async fn begin(services: &Services, actor: &Actor, child: ChildId) -> Result<ClerkForm, AppError> {
    let mut read = services.db.read(actor).await?;
    let (said, _) = counts(&facts(services, &mut read, child).await?);
    Ok(ClerkForm::of(&said))
}
