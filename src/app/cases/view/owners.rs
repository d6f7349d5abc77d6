//! Who takes the next step: by part, organ and name.

use crate::app::AppError;
use crate::app::seats::seat;
use crate::db::cases::case::CaseHead;
use crate::db::cases::people::{self, Candidate};
use crate::db::{Door as _, Read};
use crate::domain::case::NextStep;
use crate::domain::ids::UnitId;
use crate::domain::moment::day_of;
use crate::domain::policy::Owner;
use crate::domain::units::Units;

/// One part of the next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerLine {
    /// 提请, 审批, 办理 …
    pub part: String,
    /// The organ in general: 乡镇人民政府.
    pub organ: String,
    /// The units that may do it, each with its people: 左岚乡人民政府, 谭晓燕.
    pub units: Vec<(String, Vec<String>)>,
}

pub(super) async fn of(
    read: &mut Read,
    units: &Units,
    head: &CaseHead,
    next: Option<&NextStep>,
) -> Result<Vec<OwnerLine>, AppError> {
    let Some(next) = next else { return Ok(Vec::new()) };
    let seats = next.owners.iter().flat_map(|(_, owner)| seated(owner, head, units));
    let mut places: Vec<UnitId> = seats.map(|(unit, _)| unit).collect();
    places.sort_unstable();
    places.dedup();
    let on = day_of(read.now());
    let people = people::of_units(read, &places, on).await?;
    Ok(next.owners.iter().map(|(part, owner)| line(part, owner, head, units, &people)).collect())
}

fn seated<'a>(
    owner: &'a Owner,
    head: &'a CaseHead,
    units: &'a Units,
) -> impl Iterator<Item = (UnitId, crate::domain::role::Role)> + 'a {
    owner.roles.iter().filter_map(move |role| Some((seat(head, *role, units)?, *role)))
}

fn line(part: &str, owner: &Owner, head: &CaseHead, units: &Units, people: &[Candidate]) -> OwnerLine {
    let mut seated_at: Vec<(String, Vec<String>)> = Vec::new();
    for (unit, role) in seated(owner, head, units) {
        let here = people.iter().filter(|one| one.who.unit == unit && one.role == role);
        let names = here.map(|one| one.who.name.clone());
        let unit_name = units.name(unit);
        match seated_at.iter_mut().find(|(known, _)| known == unit_name) {
            Some((_, known)) => known.extend(names),
            None => seated_at.push((unit_name.to_owned(), names.collect())),
        }
    }
    OwnerLine { part: part.to_owned(), organ: owner.organ.label().to_owned(), units: seated_at }
}
