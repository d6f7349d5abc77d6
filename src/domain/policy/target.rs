//! The bounds a scheme sets itself: 初中在校生年辍学率 1.5% 以下 (catalogue §7.2).

use serde::{Deserialize, Serialize};

use super::cursor::{Cursor, Read, Stop, read_codes};
use super::ladder::Basis;
use crate::vocabulary;

vocabulary! {
    /// On which side of its figure a target lies; both include it (以上、以下、以内).
    pub enum Bound {
        AtLeast = "at_least" => "不低于",
        AtMost = "at_most" => "不高于",
    }
}

read_codes!(Bound);

/// A share in thousandths: 98.5% is 985.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Permille(pub u16);

/// One figure that a scheme wants to reach or not to pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetRule {
    /// Its id, by which profiles are merged.
    pub id: String,
    /// Which rate, in the scheme's words: 九年义务教育巩固率.
    pub what: String,
    /// On which side.
    pub bound: Bound,
    /// The figure.
    pub percent: Permille,
    /// What it rests on.
    pub basis: Basis,
}

impl TargetRule {
    /// 初中在校生年辍学率不高于1.5%
    pub fn sentence(&self) -> String {
        format!("{}{}{}", self.what, self.bound, self.percent.label())
    }
}

impl Permille {
    /// 98.5%, 100%
    pub fn label(self) -> String {
        match (self.0 / 10, self.0 % 10) {
            (whole, 0) => format!("{whole}%"),
            (whole, tenths) => format!("{whole}.{tenths}%"),
        }
    }
}

impl Read for Permille {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let wrong = || at.fail("应是 0 到 100 的百分数，最多一位小数");
        let text = at.scalar()?.to_string();
        let (whole, tenths) = text.split_once('.').unwrap_or((&text, "0"));
        let tenths = if tenths.len() == 1 { tenths.parse::<u16>().ok() } else { None };
        let permille = whole.parse::<u16>().ok().zip(tenths).and_then(|(whole, tenths)| {
            whole.checked_mul(10)?.checked_add(tenths).filter(|permille| *permille <= 1000)
        });
        permille.map(Self).ok_or_else(wrong)
    }
}

impl Read for TargetRule {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["id", "what", "bound", "percent", "basis"])?;
        Ok(Self {
            id: at.need("id")?,
            what: at.need("what")?,
            bound: at.need("bound")?,
            percent: at.need("percent")?,
            basis: at.need("basis")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_said_as_people_write_them() {
        let said = [(0, "0%"), (15, "1.5%"), (960, "96%"), (985, "98.5%"), (1000, "100%")];
        for (permille, words) in said {
            assert_eq!(Permille(permille).label(), words);
        }
    }
}
