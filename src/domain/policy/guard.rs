//! What must be so before a step may be taken (catalogue §5.3), written as one word each: `done:penalty`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::rules::Gate;
use super::rung::{Rung, Work};

/// What must be so before a step may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guard {
    /// The case was confirmed on the spot.
    Confirmed,
    /// No valid reason to be away (正当理由) is in force; G10.
    NoExcuse,
    /// The visits of a gate were made; G1, G3.
    Visits(Gate),
    /// An earlier rung is done, or was lawfully skipped; G5, G6, G8.
    Done(Rung),
    /// The paper of an earlier rung was served and its time has passed; G4.
    Expired(Rung),
    /// It was verified that the child was not back when the time of an earlier rung's paper had passed.
    Verified(Rung),
}

/// A word that is no guard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}”不是前提，可以写：confirmed、no_excuse、visits:…、done:…、expired:…、verified:…")]
pub struct NoGuard(String);

impl Guard {
    /// The rung that makes it so; a guard of no rung looks at the case alone.
    pub const fn made_by(self) -> Option<Rung> {
        match self {
            Self::Confirmed => Some(Rung::Confirm),
            Self::Visits(_) => Some(Rung::JointVisits),
            Self::Done(rung) | Self::Expired(rung) => Some(rung),
            Self::Verified(_) => Some(Rung::VerifyExpiry),
            Self::NoExcuse => None,
        }
    }

    /// The gate whose visits it means.
    pub const fn gate(self) -> Option<Gate> {
        match self {
            Self::Visits(gate) => Some(gate),
            _ => None,
        }
    }

    /// As a condition in Chinese: 限期复学通知书的限期已满.
    pub fn says(self) -> String {
        match self {
            Self::Confirmed => "已经核查确认".to_owned(),
            Self::NoExcuse => "没有正当理由".to_owned(),
            Self::Visits(_) => "劝返满次".to_owned(),
            Self::Done(rung) => format!("“{rung}”已经办完"),
            Self::Expired(rung) => format!("“{rung}”的限期已满"),
            Self::Verified(_) => "期满核实未复学".to_owned(),
        }
    }

    /// It can be so: a time only runs from a paper, and an endless rung is never done.
    pub const fn is_possible(self) -> bool {
        match self {
            Self::Expired(rung) | Self::Verified(rung) => rung.paper().is_some(),
            Self::Done(rung) => !rung.is_endless() && !matches!(rung.work(), Work::Return),
            Self::Confirmed | Self::NoExcuse | Self::Visits(_) => true,
        }
    }
}

impl fmt::Display for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Confirmed => f.write_str("confirmed"),
            Self::NoExcuse => f.write_str("no_excuse"),
            Self::Visits(gate) => write!(f, "visits:{}", gate.code()),
            Self::Done(rung) => write!(f, "done:{}", rung.code()),
            Self::Expired(rung) => write!(f, "expired:{}", rung.code()),
            Self::Verified(rung) => write!(f, "verified:{}", rung.code()),
        }
    }
}

impl FromStr for Guard {
    type Err = NoGuard;

    fn from_str(word: &str) -> Result<Self, NoGuard> {
        let (name, of) = word.split_once(':').unwrap_or((word, ""));
        let gate = || Gate::from_code(of).map(Self::Visits);
        let rung = |guard: fn(Rung) -> Self| Rung::from_code(of).map(guard);
        let read = match (name, of) {
            ("confirmed", "") => Some(Self::Confirmed),
            ("no_excuse", "") => Some(Self::NoExcuse),
            ("visits", _) => gate(),
            ("done", _) => rung(Self::Done),
            ("expired", _) => rung(Self::Expired),
            ("verified", _) => rung(Self::Verified),
            _ => None,
        };
        read.ok_or_else(|| NoGuard(word.to_owned()))
    }
}

impl Serialize for Guard {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Guard {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_guard_reads_as_it_is_written() {
        let rungs =
            Rung::ALL.iter().flat_map(|rung| [Guard::Done(*rung), Guard::Expired(*rung), Guard::Verified(*rung)]);
        let gates = Gate::ALL.iter().map(|gate| Guard::Visits(*gate));
        for guard in rungs.chain(gates).chain([Guard::Confirmed, Guard::NoExcuse]) {
            assert_eq!(guard.to_string().parse(), Ok(guard));
        }
        for wrong in ["", "done", "done:", "done:nothing", "confirmed:penalty", "visits:penalty"] {
            assert!(wrong.parse::<Guard>().is_err(), "{wrong}");
        }
    }
}
