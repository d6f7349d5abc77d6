//! What is measured: the program's services over the database of `BENCH_URL`, and a superuser's connection beside them.
#![expect(
    clippy::disallowed_types,
    reason = "the plain reading goes past the doors: it is what they are measured against"
)]

use std::path::Path;

use chrono::NaiveDate;
use quanxue::app::county_setup::add_county;
use quanxue::app::password::PasswordHasher;
use quanxue::app::{Services, policy};
use quanxue::clock::Clock;
use quanxue::db::Db;
use quanxue::domain::actor::Actor;
use quanxue::domain::ids::CountyId;
use quanxue::files::Files;
use quanxue::vault::Vault;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Connection as _};

use crate::Outcome;

/// The day of every run, of which the filling knows.
const NOW: &str = "2026-10-15T22:00:00+08:00";

/// The program and the database.
pub struct Ground {
    /// What use cases are handed.
    pub services: Services,
    superuser: PgConnectOptions,
}

impl Ground {
    /// `BENCH_URL` is a superuser's address, `BENCH_DIR` a folder for keys and files.
    pub async fn lay() -> Outcome<Self> {
        let superuser: PgConnectOptions = std::env::var("BENCH_URL")?.parse()?;
        let dir = std::env::var("BENCH_DIR")?;
        let dir = Path::new(&dir);
        std::fs::write(dir.join("keys.toml"), format!("master = \"{}\"\n", "5a".repeat(32)))?;
        let (clock, _hand) = Clock::held_at(NOW.parse()?);
        let db = Db::connect(superuser.clone().username("quanxue_login"), 4, clock).await?;
        let files = Files::folder(&dir.join("files"))?;
        let services = Services::new(db, Vault::open(&dir.join("keys.toml"))?, PasswordHasher::new(8, 1)?, files);
        Ok(Self { services, superuser: superuser.disable_statement_logging() })
    }

    /// A county with its townships and villages that lives under `zuolan-2024`.
    pub async fn found(&self, county: CountyId) -> Outcome<()> {
        add_county(&self.services, county).await??;
        let actor = Actor::system(county, "bench");
        let from = NaiveDate::from_ymd_opt(2026, 1, 1).ok_or("no such day")?;
        let adopted = policy::adopt(&self.services, &actor, "zuolan-2024", from, "采用").await?;
        adopted.map(|_version| ()).map_err(|problems| format!("{problems:?}").into())
    }

    /// A connection before which no wall stands.
    pub async fn superuser(&self) -> Outcome<PgConnection> {
        Ok(PgConnection::connect_with(&self.superuser).await?)
    }
}
