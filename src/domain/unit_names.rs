//! Units as people name them: with what stands above where the name alone could be several.

use super::ids::UnitId;
use super::role::UnitKind;
use super::spelling;
use super::units::{Unit, Units};

/// Why a text names no unit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoUnit {
    /// Nothing there.
    #[error("没有填单位")]
    Missing,
    /// None of that name.
    #[error("本县没有“{0}”这个单位，请照机构表填写")]
    Unknown(String),
    /// Several of that name.
    #[error("“{0}”有 {1} 个，请连上一级一起写，如“{2}”")]
    Several(String, usize, String),
}

impl Units {
    /// The name with what stands above it where people say it so: 左岚乡齐心村, 左岚乡中心小学六年级2班.
    pub fn full_name(&self, id: UnitId) -> String {
        let Some(unit) = self.get(id) else { return String::new() };
        let above = match unit.kind {
            UnitKind::Village => unit.township,
            UnitKind::Group => unit.government_parent,
            UnitKind::Class => unit.education_parent,
            _ => None,
        };
        match above {
            Some(above) if !unit.name.starts_with(self.name(above)) => {
                format!("{}{}", self.full_name(above), unit.name)
            }
            _ => unit.name.clone(),
        }
    }

    /// Finds the unit that a text names among those of some kinds: by id, code, full name, or a name that only one has.
    pub fn find(&self, text: &str, kinds: &[UnitKind]) -> Result<&Unit, NoUnit> {
        let text = spelling::tight(text);
        if text.is_empty() {
            return Err(NoUnit::Missing);
        }
        let among = || self.all().filter(|u| kinds.contains(&u.kind));
        if let Some(unit) = text.parse().ok().and_then(|id| self.get(id)).filter(|u| kinds.contains(&u.kind)) {
            return Ok(unit);
        }
        let exact = |u: &&Unit| u.code.as_deref() == Some(&text) || spelling::tight(&self.full_name(u.id)) == text;
        if let Some(unit) = among().find(exact) {
            return Ok(unit);
        }
        let named: Vec<&Unit> = among().filter(|u| spelling::tight(&u.name) == text).collect();
        match named.as_slice() {
            [] => Err(NoUnit::Unknown(text)),
            [one] => Ok(one),
            several => Err(NoUnit::Several(text, several.len(), self.full_name(several[0].id))),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use uuid::Uuid;

    use super::*;

    fn unit(n: u128, kind: UnitKind, name: &str, above: u128) -> Unit {
        let id = |n| UnitId(Uuid::from_u128(n));
        let government = matches!(kind, UnitKind::Village | UnitKind::Township | UnitKind::Group);
        Unit {
            id: id(n),
            kind,
            name: name.to_owned(),
            code: Some(n.to_string()),
            government_parent: government.then(|| id(above)),
            education_parent: (!government).then(|| id(above)),
            township: (kind == UnitKind::Village).then(|| id(above)),
            stage: None,
            grade: None,
        }
    }

    fn county() -> Units {
        let units = vec![
            unit(1, UnitKind::Township, "庙坝镇", 0),
            unit(2, UnitKind::Township, "沿河乡", 0),
            unit(11, UnitKind::Village, "红岩村", 1),
            unit(12, UnitKind::Village, "红岩村", 2),
            unit(13, UnitKind::Village, "沿河乡齐心村", 2),
            unit(14, UnitKind::Group, "1组", 11),
            unit(21, UnitKind::School, "庙坝镇中心小学", 0),
            unit(22, UnitKind::Class, "六年级2班", 21),
        ];
        Units::new(units, HashMap::new())
    }

    #[test]
    fn a_unit_is_named_with_what_stands_above_it() {
        let units = county();
        let name = |n| units.full_name(UnitId(Uuid::from_u128(n)));
        assert_eq!(name(11), "庙坝镇红岩村");
        assert_eq!(name(13), "沿河乡齐心村");
        assert_eq!(name(14), "庙坝镇红岩村1组");
        assert_eq!(name(22), "庙坝镇中心小学六年级2班");
        assert_eq!(name(99), "");
    }

    #[test]
    fn a_name_that_two_have_asks_for_what_stands_above() {
        let units = county();
        let find = |text: &str| units.find(text, &[UnitKind::Village]).map(|u| u.code.clone().unwrap());
        assert_eq!(find("庙坝镇 红岩村").unwrap(), "11");
        assert_eq!(find("12").unwrap(), "12");
        assert_eq!(find("红岩村").unwrap_err().to_string(), "“红岩村”有 2 个，请连上一级一起写，如“庙坝镇红岩村”");
        assert_eq!(find("庙坝镇").unwrap_err(), NoUnit::Unknown("庙坝镇".to_owned()));
        assert_eq!(find(" ").unwrap_err(), NoUnit::Missing);
    }
}
