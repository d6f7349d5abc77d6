//! 劝学: casework for keeping every child in nine years of school.

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
pub mod demo;
pub mod domain;
pub mod files;
pub mod jobs;
pub mod papers;
pub mod postgres;
pub mod sheets;
pub mod telemetry;
pub mod vault;
pub mod web;
