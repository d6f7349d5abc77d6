//! Rolls: opened and closed where the projection differs from what is open.

use std::collections::HashMap;

use super::Columns;
use crate::app::register::classes;
use crate::app::{AppError, Services};
use crate::db::register::{self as stored, NewRoll, OpenRoll};
use crate::db::{Door as _, Write};
use crate::domain::ids::ChildId;
use crate::domain::moment::day_of;
use crate::domain::register::{ChildColumns, Projected, RollSaid};
use crate::vault::{CountyKey, Index};

/// Opens and closes rolls where the projection differs from what is open; answers the rolls that are open now.
pub(super) async fn write_rolls(
    services: &Services,
    write: &mut Write,
    key: &CountyKey,
    projected: Columns<'_>,
) -> Result<HashMap<ChildId, OpenRoll>, AppError> {
    let keys = projected.iter().filter_map(|(_, c, _)| c.roll.as_ref()).filter_map(|r| classes::key(&r.value));
    let classes = classes::units(services, write, keys).await?;
    let children: Vec<ChildId> = projected.iter().map(|(id, ..)| *id).collect();
    let open: HashMap<ChildId, OpenRoll> =
        stored::open_rolls(write, &children).await?.into_iter().map(|r| (r.child, r)).collect();
    let (mut now, mut close, mut new) = (HashMap::new(), Vec::new(), Vec::new());
    for (child, columns, _) in projected {
        let wanted = columns.roll.as_ref().map(|r| {
            let class = classes::key(&r.value).and_then(|k| classes.get(&k).copied());
            (
                r,
                OpenRoll {
                    child: *child,
                    school: r.value.school,
                    class,
                    grade: i16::from(r.value.grade),
                    status: r.value.status,
                },
            )
        });
        if open.get(child) != wanted.as_ref().map(|(_, roll)| roll) {
            if open.contains_key(child) {
                close.push(*child);
            }
            if let Some((said, roll)) = &wanted {
                new.push(new_roll(key, columns, said, roll)?);
            }
        }
        if let Some((_, roll)) = wanted {
            now.insert(*child, roll);
        }
    }
    let today = day_of(write.now());
    stored::close_rolls(write, &close, today).await?;
    stored::insert_rolls(write, &new).await?;
    stored::insert_attendance(write, &new).await?;
    Ok(now)
}

fn new_roll(
    key: &CountyKey,
    columns: &ChildColumns,
    said: &Projected<RollSaid>,
    roll: &OpenRoll,
) -> Result<NewRoll, AppError> {
    let number = match &columns.roll_number {
        Some(number) => {
            let text = &number.value;
            let sealed = key.seal("roll.number", roll.child.0, text.as_bytes())?;
            Some((crate::domain::idno::mask(text), sealed, key.index(Index::RollNumber, text)))
        }
        None => None,
    };
    Ok(NewRoll {
        roll: roll.clone(),
        class_label: said.value.class.clone(),
        number,
        boarding: said.value.boarding.clone(),
        from_on: said.said_on,
        source: said.source,
    })
}
