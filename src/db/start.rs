//! Before the first request: roles, migrations, and the refusal to serve with a wall down.
#![expect(clippy::disallowed_types, reason = "before the first request there is no actor: roles, migrations")]

use std::path::Path;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{Connection, Executor};

use super::door::Db;
use super::error::{DbError, Result};

/// How to reach a server, as plain data.
#[derive(Debug, Clone)]
pub struct Login(PgConnectOptions);

impl Login {
    /// A server's socket folder, user and database.
    pub fn socket(dir: &Path, user: &str, database: &str) -> Self {
        Self(PgConnectOptions::new_without_pgpass().socket(dir).username(user).database(database))
    }

    /// A `postgres://` address.
    pub fn url(url: &str) -> Result<Self> {
        Ok(Self(url.parse::<PgConnectOptions>()?))
    }

    /// The same server, another database.
    #[must_use]
    pub fn database(&self, name: &str) -> Self {
        Self(self.0.clone().database(name))
    }

    /// The same server and database as the program's own login.
    #[must_use]
    pub fn as_program(&self) -> Self {
        Self(self.0.clone().username("quanxue_login"))
    }

    /// The same, with a password.
    #[must_use]
    pub fn with_password(&self, password: &str) -> Self {
        Self(self.0.clone().password(password))
    }

    /// The database it names, or the one that bears the user's name.
    pub fn database_name(&self) -> &str {
        self.0.get_database().unwrap_or_else(|| self.0.get_username())
    }

    pub(in crate::db) fn options(&self) -> PgConnectOptions {
        self.0.clone()
    }
}

impl From<Login> for PgConnectOptions {
    fn from(login: Login) -> Self {
        login.0
    }
}

/// Makes the cluster's roles and the database, as a superuser; harmless when done before.
pub async fn bootstrap(superuser: &Login, database: &str) -> Result<()> {
    let mut conn = PgConnection::connect_with(&superuser.options()).await?;
    conn.execute(include_str!("bootstrap.sql")).await?;
    let there =
        sqlx::query_scalar!("select exists (select from pg_database where datname = $1) as \"there!\"", database)
            .fetch_one(&mut conn)
            .await?;
    if !there {
        // A database's name cannot be a parameter; the program knows one name only.
        conn.execute("create database quanxue owner quanxue_owner").await?;
    }
    conn.close().await?;
    Ok(())
}

/// Whether a login may do everything: make roles, and see behind every wall.
pub async fn is_superuser(login: &Login) -> Result<bool> {
    let mut conn = PgConnection::connect_with(&login.options()).await?;
    let power = sqlx::query_scalar!("select rolsuper as \"superuser!\" from pg_roles where rolname = current_user")
        .fetch_one(&mut conn)
        .await?;
    conn.close().await?;
    Ok(power)
}

/// Gives the program's own login a password, as a superuser: for a server that asks for one.
pub async fn set_program_password(superuser: &Login, password: &str) -> Result<()> {
    let mut conn = PgConnection::connect_with(&superuser.options()).await?;
    // A password cannot be a parameter either; it reaches the statement as a setting of this connection.
    sqlx::query_scalar!("select set_config('app.password', $1, false)", password).fetch_one(&mut conn).await?;
    conn.execute(
        "do $$ begin execute format('alter role quanxue_login password %L', current_setting('app.password')); end $$",
    )
    .await?;
    conn.close().await?;
    Ok(())
}

/// Brings the tables up to date, as their owner.
pub async fn migrate(owner: &Login) -> Result<()> {
    let mut conn = PgConnection::connect_with(&owner.options()).await?;
    // A database that somebody else made keeps its schema to itself otherwise; no more than a notice where it is ours.
    conn.execute("grant usage, create on schema public to quanxue_owner with grant option").await?;
    // A temporary table would be found before ours by whoever looks up a name.
    conn.execute(
        "do $$ begin execute format('revoke temporary on database %I from public', current_database()); end $$",
    )
    .await?;
    conn.execute("set role quanxue_owner").await?;
    sqlx::migrate!().run(&mut conn).await.map_err(|error| DbError::Other(sqlx::Error::Migrate(Box::new(error))))?;
    conn.close().await?;
    Ok(())
}

/// A wall that is down, in a sentence for whoever runs the program.
pub type Breach = String;

impl Db {
    /// What speaks against serving: a login with too much power, a table without its walls.
    pub async fn breaches(&self) -> Result<Vec<Breach>> {
        let mut gate = self.gate().await?;
        let powers = sqlx::query!(
            "select r.rolsuper or r.rolbypassrls as \"superuser!\", pg_has_role(session_user, 'quanxue_owner', 'member') as \"owner!\",
                has_database_privilege('quanxue_app', current_database(), 'temporary') as \"temporary!\", current_database() as \"name!\"
             from pg_roles r where r.rolname = session_user"
        )
        .fetch_one(gate.conn())
        .await?;
        let mut found = Vec::new();
        if powers.superuser {
            found.push("程序的数据库账号是超级用户或可绕过行级安全，请改用 quanxue_login".to_owned());
        }
        if powers.owner {
            found.push("程序的数据库账号可以修改表结构，请改用 quanxue_login".to_owned());
        }
        if powers.temporary {
            found.push(format!(
                "数据库允许建临时表，请由其属主执行：revoke temporary on database {} from public",
                powers.name
            ));
        }
        found.extend(unwalled_tables(&mut gate).await?);
        gate.commit().await?;
        Ok(found)
    }
}

async fn unwalled_tables(gate: &mut super::door::Gate) -> Result<Vec<Breach>> {
    let tables = sqlx::query_scalar!(
        "select c.relname::text as \"name!\" from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname <> '_sqlx_migrations'
           and not (c.relrowsecurity and c.relforcerowsecurity and exists (
                select from pg_policy p where p.polrelid = c.oid and not p.polpermissive and p.polname = 'county'
                  and (select oid from pg_roles where rolname = 'quanxue_app') = any (p.polroles)))
         order by 1"
    )
    .fetch_all(gate.conn())
    .await?;
    Ok(tables.into_iter().map(|name| format!("表 {name} 没有完整的行级安全")).collect())
}
