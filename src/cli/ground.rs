//! What every command stands on: its settings, its log, and a database that answers.

use std::{fs::DirBuilder, os::unix::fs::DirBuilderExt};

use crate::{
    app::{AppError, Services, password},
    clock::Clock,
    config::{Config, Database, Stage},
    db::{self, Db, Login},
    files::Files,
    postgres::{PostgresError, PostgresSettings, PrivatePostgres},
    telemetry,
    vault::Vault,
};

use super::error::CliError;

/// The database of the private Postgres.
const DATABASE: &str = "quanxue";
/// Connections of the pool; a request holds one for as long as its transaction.
const POOL: u32 = 16;

/// Settings read, log begun, the private Postgres up if there is to be one. Dropping it stops what it started.
#[derive(Debug)]
pub(super) struct Ground {
    pub(super) config: Config,
    postgres: Option<PrivatePostgres>,
}

impl Ground {
    /// For the one program that serves from this data folder.
    pub(super) fn alone(config: Config) -> Result<Self, CliError> {
        Self::lay(config, PrivatePostgres::start)
    }

    /// For a command that may be given beside a running service.
    pub(super) fn beside(config: Config) -> Result<Self, CliError> {
        Self::lay(config, PrivatePostgres::start_or_join)
    }

    fn lay(
        config: Config,
        start: fn(&PostgresSettings) -> Result<PrivatePostgres, PostgresError>,
    ) -> Result<Self, CliError> {
        telemetry::start(&config)?;
        let postgres = match &config.database {
            Database::Private(settings) => Some(start(settings)?),
            Database::Given { .. } => None,
        };
        if !config.data.exists() {
            let made = DirBuilder::new().recursive(true).mode(0o700).create(&config.data);
            made.map_err(|error| CliError::Data(config.data.clone(), error))?;
        }
        Ok(Self { config, postgres })
    }

    /// Which database it is, in a sentence.
    pub(super) fn database(&self) -> String {
        match &self.postgres {
            Some(postgres) => {
                format!("数据库：自带的 PostgreSQL（{}）", postgres.superuser_options().socket_dir.display())
            }
            None => "数据库：由 DATABASE_URL 指定".to_owned(),
        }
    }

    /// Brings roles and tables up to date; harmless when they are.
    pub(super) async fn migrate(&self) -> Result<(), CliError> {
        let owner = self.owner()?;
        if db::is_superuser(&owner).await.map_err(CliError::Unreachable)? {
            match &self.postgres {
                Some(_) => db::bootstrap(&owner, DATABASE).await?,
                None => db::bootstrap(&owner, owner.database_name()).await?,
            }
        }
        let owner = if self.postgres.is_some() { owner.database(DATABASE) } else { owner };
        Ok(db::migrate(&owner).await?)
    }

    /// The doors, the keys and the files, for use cases. Brings a private Postgres of our own up to date by itself, so
    /// that the very first command finds its tables; refuses a database whose walls are not up.
    pub(super) async fn services(&self) -> Result<Services, CliError> {
        self.services_at(self.config.clock.clone()).await
    }

    /// The same on another clock.
    pub(super) async fn services_at(&self, clock: Clock) -> Result<Services, CliError> {
        if self.postgres.as_ref().is_some_and(PrivatePostgres::is_ours) {
            self.migrate().await?;
        }
        let login = self.program().await?;
        let db = Db::connect(login, POOL, clock).await.map_err(CliError::Unreachable)?;
        let breaches = db.breaches().await?;
        if !breaches.is_empty() {
            return Err(CliError::Walls(breaches));
        }
        let vault = Vault::open(&self.config.key_file).map_err(AppError::from)?;
        let passwords = password::PasswordHasher::production()?;
        let files = Files::folder(&self.config.data.join("files")).map_err(AppError::from)?;
        Ok(Services::new(db, vault, passwords, files).with_typesetter(self.config.typesetter.clone()))
    }

    /// Whoever makes the tables.
    fn owner(&self) -> Result<Login, CliError> {
        match (&self.postgres, &self.config.database) {
            (Some(postgres), _) => {
                let superuser = postgres.superuser_options();
                Ok(Login::socket(&superuser.socket_dir, superuser.user, superuser.database))
            }
            (None, Database::Given { owner_url: Some(url), .. }) => Ok(Login::url(url.reveal())?),
            (None, _) => self.given(),
        }
    }

    /// Whom the program works as, who can touch nothing by itself.
    async fn program(&self) -> Result<Login, CliError> {
        if self.postgres.is_some() {
            return Ok(self.owner()?.database(DATABASE).as_program());
        }
        let given = self.given()?;
        // On somebody's own machine the address is often the superuser's: it lets the program's own login in.
        if self.config.stage == Stage::Development && db::is_superuser(&given).await.map_err(CliError::Unreachable)? {
            let password = password::random_password();
            db::set_program_password(&given, &password).await?;
            return Ok(given.as_program().with_password(&password));
        }
        Ok(given)
    }

    /// The login of `DATABASE_URL`.
    fn given(&self) -> Result<Login, CliError> {
        let Database::Given { url, password, .. } = &self.config.database else {
            return Err(CliError::Usage("没有设置 DATABASE_URL。".to_owned()));
        };
        let login = Login::url(url.reveal())?;
        Ok(password.as_ref().map_or_else(|| login.clone(), |password| login.with_password(password.reveal())))
    }
}
