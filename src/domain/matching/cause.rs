//! Why someone of one list is not found on the other: the likeliest slip, which changes no count.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{Difference, Left, Person, Refused};
use crate::domain::{
    grade::Standing,
    intake::FaultCode,
    name_keys,
    words::{CheckCause, RollStatus},
};

/// The likely cause, with the one of the other list that it points to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause<K> {
    /// In a row of the other list that was refused.
    RefusedRow { key: K, code: FaultCode, slip: Option<Slip> },
    /// Same name, or one that sounds alike, and one slip between the numbers.
    NumberSlip { key: K, slip: Slip },
    /// Same name and birth date under another number, or under none.
    SameNameBirth { key: K },
    /// The number is on a roll that has ended.
    LeftRoll { key: K, status: RollStatus },
    /// Nine years are over.
    OverAge,
    /// Not yet six by 31 August.
    NotYetOfAge,
    /// Nothing found.
    None,
}

/// How the two numbers differ, both masked but for the differing places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    /// The kind and place.
    pub difference: Difference,
    /// The number of the one looked for.
    pub own: String,
    /// The number found.
    pub other: String,
}

impl<K> Cause<K> {
    /// The kind, as checks are sorted by it.
    pub fn kind(&self) -> CheckCause {
        match self {
            Self::RefusedRow { .. } => CheckCause::RefusedRow,
            Self::NumberSlip { slip: Slip { difference: Difference::Swapped(..), .. }, .. } => {
                CheckCause::DigitsSwapped
            }
            Self::NumberSlip { .. } => CheckCause::DigitOff,
            Self::SameNameBirth { .. } => CheckCause::SameNameBirth,
            Self::LeftRoll { .. } => CheckCause::LeftRoll,
            Self::OverAge => CheckCause::OverAge,
            Self::NotYetOfAge => CheckCause::NotYetOfAge,
            Self::None => CheckCause::None,
        }
    }

    /// The one it points to.
    pub fn key(&self) -> Option<&K> {
        match self {
            Self::RefusedRow { key, .. }
            | Self::NumberSlip { key, .. }
            | Self::SameNameBirth { key }
            | Self::LeftRoll { key, .. } => Some(key),
            Self::OverAge | Self::NotYetOfAge | Self::None => None,
        }
    }

    /// The reason in a sentence; `other` names the other list: 学籍 or 户籍.
    pub fn reason(&self, other: &str) -> String {
        match self {
            Self::RefusedRow { code, slip: None, .. } => format!("{other}表里有这个人，但那一行被退回（{code}）"),
            Self::RefusedRow { code, slip: Some(slip), .. } => {
                format!("{other}表里有这个人，但那一行被退回（{code}）：{}", slip.words(other))
            }
            Self::NumberSlip { slip, .. } => format!("{other}里有姓名相同或同音的人，{}", slip.words(other)),
            Self::SameNameBirth { .. } => format!("{other}里有同名、同出生日期的人，号码不同：请核对是不是同一个人"),
            Self::LeftRoll { status, .. } => format!("{other}里有这个号码，状态是“{status}”"),
            Self::OverAge => "按出生日期已超过九年义务教育的年龄".to_owned(),
            Self::NotYetOfAge => "按出生日期还没有到入学年龄".to_owned(),
            Self::None => "没有找到线索，要上门核实".to_owned(),
        }
    }
}

impl Slip {
    fn between(own: &str, other: &str) -> Option<Self> {
        let difference = Difference::between(own, other)?;
        let (own, other) = difference.shown(own, other);
        Some(Self { difference, own, other })
    }

    fn words(&self, other: &str) -> String {
        match self.difference {
            Difference::None => self.difference.words(),
            difference => format!("{}（这里是{}，{other}是{}）", difference.words(), self.own, self.other),
        }
    }
}

/// The other list, ready to be searched. Persons who are accounted for by their own number are not in it.
pub(super) struct Search<'a, K> {
    by_number: HashMap<&'a str, &'a Refused<K>>,
    left: HashMap<&'a str, &'a Left<K>>,
    by_name: HashMap<&'a str, Vec<&'a Person<K>>>,
    by_sound: HashMap<String, Vec<&'a Person<K>>>,
    refused_by_name: HashMap<&'a str, Vec<&'a Refused<K>>>,
}

impl<'a, K: Clone> Search<'a, K> {
    pub(super) fn new(
        open: impl Iterator<Item = &'a Person<K>>,
        refused: &'a [Refused<K>],
        left: &'a [Left<K>],
    ) -> Self {
        let mut made = Self {
            by_number: HashMap::new(),
            left: left.iter().filter_map(|l| Some((l.person.number.as_ref()?.as_str(), l))).collect(),
            by_name: HashMap::new(),
            by_sound: HashMap::new(),
            refused_by_name: HashMap::new(),
        };
        for person in open {
            made.by_name.entry(&person.name).or_default().push(person);
            made.by_sound.entry(name_keys::pinyin(&person.name)).or_default().push(person);
        }
        for row in refused {
            if let Some(number) = &row.number {
                made.by_number.insert(number, row);
            }
            // The roll number was made from the identity number of its day.
            if let Some(number) = row.roll_number.as_deref().and_then(|n| n.get(1..)) {
                made.by_number.entry(number).or_insert(row);
            }
            if let Some(name) = &row.name {
                made.refused_by_name.entry(name).or_default().push(row);
            }
        }
        made
    }

    /// The likeliest cause, surest first.
    pub(super) fn cause(&self, person: &Person<impl Clone>, standing: Standing) -> Cause<K> {
        let number = person.number.as_ref().map_or("", |n| n.as_str());
        self.same_number(number)
            .or_else(|| Self::slip_under(self.by_name.get(person.name.as_str()), number))
            .or_else(|| self.same_name_and_birth(person))
            .or_else(|| self.refused_of_name(person, number))
            .or_else(|| self.slip_of_sound(person, number))
            .unwrap_or(match standing {
                Standing::Over => Cause::OverAge,
                Standing::NotYet => Cause::NotYetOfAge,
                Standing::Due(_) => Cause::None,
            })
    }

    fn same_number(&self, number: &str) -> Option<Cause<K>> {
        if number.is_empty() {
            return None;
        }
        if let Some(row) = self.by_number.get(number) {
            let slip = row.number.as_deref().and_then(|other| Slip::between(number, other));
            return Some(Cause::RefusedRow { key: row.key.clone(), code: row.code, slip });
        }
        self.left.get(number).map(|l| Cause::LeftRoll { key: l.person.key.clone(), status: l.status })
    }

    fn slip_under(candidates: Option<&Vec<&Person<K>>>, number: &str) -> Option<Cause<K>> {
        let found =
            candidates?.iter().find_map(|other| Some((other, Slip::between(number, other.number.as_ref()?.as_str())?)));
        found.map(|(other, slip)| Cause::NumberSlip { key: other.key.clone(), slip })
    }

    fn same_name_and_birth(&self, person: &Person<impl Clone>) -> Option<Cause<K>> {
        let same = self.by_name.get(person.name.as_str())?.iter().find(|other| other.born == person.born)?;
        Some(Cause::SameNameBirth { key: same.key.clone() })
    }

    fn refused_of_name(&self, person: &Person<impl Clone>, number: &str) -> Option<Cause<K>> {
        self.refused_by_name.get(person.name.as_str())?.iter().find_map(|row| {
            let slip = row.number.as_deref().and_then(|other| Slip::between(number, other));
            let alike = slip.is_some() || row.born == Some(person.born);
            alike.then(|| Cause::RefusedRow { key: row.key.clone(), code: row.code, slip })
        })
    }

    /// A name that only sounds alike counts with another birth date alone: twins are named alike and born together.
    fn slip_of_sound(&self, person: &Person<impl Clone>, number: &str) -> Option<Cause<K>> {
        let alike = self.by_sound.get(&name_keys::pinyin(&person.name))?;
        let apart: Vec<&Person<K>> = alike.iter().copied().filter(|other| other.born != person.born).collect();
        Self::slip_under(Some(&apart), number)
    }
}
