//! Children or checks gathered by the village where they belong, in the order of the divisions' codes.

use crate::domain::ids::UnitId;
use crate::domain::units::Units;

/// What belongs to one village.
#[derive(Debug, Clone)]
pub struct ByVillage<T> {
    /// The township; none where it could not be told.
    pub township: Option<UnitId>,
    /// The village; none where it could not be told.
    pub village: Option<UnitId>,
    /// What belongs there.
    pub lines: Vec<T>,
}

/// Gathers by township and village; what has no place comes last.
pub(crate) fn by_village<T>(
    lines: impl IntoIterator<Item = T>,
    units: &Units,
    place: impl Fn(&T) -> (Option<UnitId>, Option<UnitId>),
) -> Vec<ByVillage<T>> {
    let mut groups: Vec<ByVillage<T>> = Vec::new();
    for line in lines {
        let (township, village) = place(&line);
        match groups.iter_mut().find(|group| (group.township, group.village) == (township, village)) {
            Some(group) => group.lines.push(line),
            None => groups.push(ByVillage { township, village, lines: vec![line] }),
        }
    }
    let code = |unit: Option<UnitId>| unit.and_then(|unit| units.get(unit)).and_then(|unit| unit.code.clone());
    groups.sort_by_key(|g| (g.township.is_none(), code(g.township), g.village.is_none(), code(g.village)));
    groups
}
