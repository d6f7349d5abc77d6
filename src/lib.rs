//! 劝学: casework for keeping every child in nine years of school.

pub mod clock;
pub mod domain;
pub mod postgres;
