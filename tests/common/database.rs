//! A database a test: a copy of the seeded one, which the first test that comes makes from the template.
#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "makes databases and looks into them as a superuser"
)]

use sha2::{Digest as _, Sha256};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};
use uuid::Uuid;

use crate::seeds;

/// A copy of the seeded database; goes when it is dropped.
#[derive(Debug)]
pub struct Database {
    server: PgConnectOptions,
    name: String,
}

impl Database {
    /// Copies the seeded database.
    pub async fn seeded() -> Self {
        let seeded = seeded_template().await;
        Self::copy_of(&seeded).await
    }

    /// Copies the migrated database with nothing in it.
    pub async fn empty() -> Self {
        Self::copy_of(&template()).await
    }

    async fn copy_of(template: &str) -> Self {
        let name = format!("quanxue_test_{}", Uuid::new_v4().simple());
        let server = server();
        let mut conn = PgConnection::connect_with(&server).await.unwrap();
        run(&mut conn, format!("create database {name} template \"{template}\" owner quanxue_owner")).await;
        // What a copy does not take over.
        run(&mut conn, format!("revoke temporary on database {name} from public")).await;
        conn.close().await.unwrap();
        Self { server, name }
    }

    /// As the program connects.
    pub fn as_program(&self) -> PgConnectOptions {
        self.as_superuser().username("quanxue_login")
    }

    /// For setting up and for looking.
    pub fn as_superuser(&self) -> PgConnectOptions {
        self.server.clone().database(&self.name)
    }

    /// A superuser's connection: no wall stands before it.
    pub async fn superuser(&self) -> PgConnection {
        PgConnection::connect_with(&self.as_superuser()).await.unwrap()
    }

    /// A connection of the program's own login, outside the three doors.
    pub async fn program(&self) -> PgConnection {
        PgConnection::connect_with(&self.as_program()).await.unwrap()
    }

    /// Runs statements as a superuser.
    pub async fn alter(&self, sql: impl Into<String>) {
        let mut conn = self.superuser().await;
        run(&mut conn, sql.into()).await;
        conn.close().await.unwrap();
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let mut conn = PgConnection::connect_with(&server).await.unwrap();
                run(&mut conn, format!("drop database if exists {name} with (force)")).await;
            });
        });
        let _gone = dropping.join();
    }
}

fn server() -> PgConnectOptions {
    variable("QUANXUE_TEST_PG").parse().unwrap()
}

fn template() -> String {
    variable("QUANXUE_TEST_TEMPLATE")
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run bin/test, or eval \"$(bin/dev-db)\" first"))
}

/// The template with the seeds in it, made anew when either has changed. Tests that come meanwhile wait.
async fn seeded_template() -> String {
    let (template, seeded) = (template(), format!("{}_seeded", template()));
    let mut conn = PgConnection::connect_with(&server()).await.unwrap();
    sqlx::query("select pg_advisory_lock(hashtext($1))").bind(&seeded).execute(&mut conn).await.unwrap();
    let oid: i64 = sqlx::query_scalar("select oid::bigint from pg_database where datname = $1")
        .bind(&template)
        .fetch_one(&mut conn)
        .await
        .unwrap();
    let want = format!("{oid} {}", hex::encode(Sha256::digest(seeds::SOURCE)));
    let have: Option<String> =
        sqlx::query_scalar("select shobj_description(oid, 'pg_database') from pg_database where datname = $1")
            .bind(&seeded)
            .fetch_optional(&mut conn)
            .await
            .unwrap()
            .flatten();
    if have.as_deref() != Some(want.as_str()) {
        run(&mut conn, format!("drop database if exists \"{seeded}\" with (force)")).await;
        run(&mut conn, format!("create database \"{seeded}\" template \"{template}\" owner quanxue_owner")).await;
        let mut inside = PgConnection::connect_with(&server().database(&seeded)).await.unwrap();
        seeds::sow(&mut inside).await;
        inside.close().await.unwrap();
        run(&mut conn, format!("comment on database \"{seeded}\" is '{want}'")).await;
    }
    conn.close().await.unwrap(); // and with it the lock
    seeded
}

/// Runs statements that were put together.
pub(crate) async fn run(conn: &mut PgConnection, sql: String) {
    if let Err(error) = conn.execute(sqlx::raw_sql(AssertSqlSafe(sql.clone()))).await {
        let begins: String = sql.chars().take(300).collect();
        panic!("{error}\n{begins}…");
    }
}
