//! What the integration tests share: two seeded counties in a database of their own, a held clock, a browser without a window.
//!
//! A crate and no module, so that it is compiled once and whoever does not need all of it is not warned.
#![expect(clippy::unwrap_used, clippy::panic, clippy::missing_panics_doc, reason = "tests")]

pub mod chengkou;
mod client;
mod database;
mod page;
pub mod seeds;
mod world;

pub use client::Client;
pub use database::Database;
pub use page::{Form, Page};
pub use seeds::{HERE, THERE};
pub use world::World;

pub use quanxue::domain::role::Role;
