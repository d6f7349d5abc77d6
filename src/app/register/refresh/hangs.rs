//! What hangs on a child's columns: guardians, key populations, the keys it is found by.

use super::{Columns, value};
use crate::app::AppError;
use crate::db::register::{self as stored, NewFlag, NewGuardian};
use crate::db::{Door as _, Write};
use crate::domain::ids::{ChildId, StatementId};
use crate::domain::moment::day_of;
use crate::domain::register::{ChildColumns, Projected};
use crate::domain::{name_keys, phone};
use crate::vault::{CountyKey, Index};

pub(super) async fn write_hangs(write: &mut Write, key: &CountyKey, projected: Columns<'_>) -> Result<(), AppError> {
    let today = day_of(write.now());
    let children: Vec<ChildId> = projected.iter().map(|(id, ..)| *id).collect();
    let (mut guardians, mut flags, mut keys) = (Vec::new(), Vec::new(), Vec::new());
    for (child, columns, _) in projected {
        if let Some(guardian) = &columns.guardian {
            guardians.push(new_guardian(key, *child, guardian, columns)?);
        }
        flags.extend(columns.flags.iter().map(|f| NewFlag {
            child: *child,
            flag: f.value,
            source: f.source,
            from_on: f.said_on,
        }));
        if let Some(name) = &columns.name {
            keys.extend(search_keys(&name.value).into_iter().map(|k| (*child, k)));
        }
    }
    stored::replace_guardians(write, &children, &guardians, today).await?;
    stored::replace_flags(write, &children, &flags, today).await?;
    stored::replace_name_keys(write, &children, &keys).await?;
    Ok(())
}

/// All keys under which a name is found: pieces as they are, pinyin as `p:`, initials as `i:`.
pub(crate) fn search_keys(name: &str) -> Vec<String> {
    let keys = name_keys::keys(name);
    let pinyin = keys.pinyin.into_iter().map(|p| format!("p:{p}"));
    let initials = keys.initials.into_iter().map(|i| format!("i:{i}"));
    keys.pieces.into_iter().chain(pinyin).chain(initials).collect()
}

fn new_guardian(
    key: &CountyKey,
    child: ChildId,
    said: &Projected<String>,
    columns: &ChildColumns,
) -> Result<NewGuardian, AppError> {
    let id = StatementId::new();
    let phone = match columns.phones.as_ref().and_then(|p| p.value.first()) {
        Some(text) => {
            let sealed = key.seal("guardian.phone", id.0, text.as_bytes())?;
            Some((phone::mask(text), sealed, key.index(Index::Phone, text)))
        }
        None => None,
    };
    let relation = value(columns.guardian_relation.as_ref()).unwrap_or_default();
    Ok(NewGuardian { id, child, name: said.value.clone(), relation, phone, source: said.source })
}
