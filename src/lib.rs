//! 劝学: casework for keeping every child in nine years of school.

pub mod cli;
pub mod clock;
pub mod config;
pub mod domain;
pub mod postgres;
pub mod telemetry;
