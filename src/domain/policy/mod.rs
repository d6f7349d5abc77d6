//! What a county has decided: its profile, read once and frozen when adopted.

mod ladder;

pub use ladder::{ActingTownship, Basis, Guard, Organ, Owner, Power, Rung};
