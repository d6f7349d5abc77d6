//! Who completes a rung: one organ, any one of several, or all of them together (联合).

use serde::{Deserialize, Serialize};

use super::ladder::Owner;
use super::organ::Organ;

/// Who issues a paper, agrees to a disposition or strikes a case off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Signers {
    /// This one.
    One(Owner),
    /// Any one of these (003d:L187, AC-51).
    Either {
        /// Each may do it alone.
        either: Vec<Owner>,
    },
    /// All of these; it is not issued before the last has signed (004:L40, AC-53).
    Joint {
        /// Each signs.
        joint: Vec<Owner>,
    },
}

impl Signers {
    /// Everybody who may or must sign.
    pub fn owners(&self) -> &[Owner] {
        match self {
            Self::One(owner) => std::slice::from_ref(owner),
            Self::Either { either } => either,
            Self::Joint { joint } => joint,
        }
    }

    /// All of them sign, each for their organ.
    pub const fn is_joint(&self) -> bool {
        matches!(self, Self::Joint { .. })
    }

    /// The organs, as a scheme lists them.
    pub fn organs(&self) -> impl Iterator<Item = Organ> + '_ {
        self.owners().iter().map(|owner| owner.organ)
    }
}

impl From<Owner> for Signers {
    fn from(owner: Owner) -> Self {
        Self::One(owner)
    }
}
