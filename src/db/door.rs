//! The three doors: read, write, gate. Nothing else reaches the pool.
#![expect(clippy::disallowed_types, reason = "the pool and its connections live here and go no further")]

mod gate;

use std::time::Duration;

use chrono::Utc;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{PgConnection, PgPool, Postgres, Transaction};

pub use self::gate::Gate;
use super::error::Result;
use crate::clock::Clock;
use crate::domain::actor::Actor;
use crate::domain::event::Event;
use crate::domain::ids::CountyId;
use crate::domain::moment::Moment;

/// How long a person's request may keep one statement running.
const REQUEST_STATEMENT: &str = "5s";
/// How long a statement of the system's own work may run.
const SYSTEM_STATEMENT: &str = "10min";

/// The database behind its doors. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Db {
    pool: PgPool,
    clock: Clock,
}

/// A transaction that a query can run in under an actor.
pub trait Door: Send {
    /// The connection, for queries in `db` only.
    fn conn(&mut self) -> &mut PgConnection;
    /// The moment at which the door was opened: all facts of a transaction bear the same.
    fn now(&self) -> Moment;
    /// The county.
    fn county(&self) -> CountyId;
}

/// A read-only transaction of one actor.
#[derive(Debug)]
pub struct Read {
    tx: Transaction<'static, Postgres>,
    now: Moment,
    county: CountyId,
}

/// A transaction of one actor that can only be committed with an event.
#[derive(Debug)]
pub struct Write {
    tx: Transaction<'static, Postgres>,
    actor: Actor,
    now: Moment,
    /// How many pieces of the system's work are under way in it.
    widened: u32,
}

impl Db {
    /// Opens a pool of `size` connections.
    pub async fn connect(login: impl Into<PgConnectOptions>, size: u32, clock: Clock) -> Result<Self> {
        let options = login.into().application_name("quanxue").options([
            ("statement_timeout", REQUEST_STATEMENT),
            ("lock_timeout", "4s"),
            ("idle_in_transaction_session_timeout", "30s"),
            ("timezone", "UTC"),
        ]);
        let pool = PgPoolOptions::new()
            .max_connections(size)
            .acquire_timeout(Duration::from_secs(5))
            .after_release(|conn, _| {
                Box::pin(async move {
                    // What a door says of itself ends with its transaction; this holds even for what forgot to.
                    sqlx::query!("reset all").execute(conn).await?;
                    Ok(true)
                })
            })
            .connect_with(options)
            .await?;
        Ok(Self { pool, clock })
    }

    /// The clock everybody reads.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Opens the door for reading.
    pub async fn read(&self, actor: &Actor) -> Result<Read> {
        let now = self.now();
        let mut tx = self.pool.begin_with("begin read only").await?;
        enter(&mut tx, actor, now).await?;
        Ok(Read { tx, now, county: actor.county })
    }

    /// Opens the door for writing.
    pub async fn write(&self, actor: &Actor) -> Result<Write> {
        let now = self.now();
        let mut tx = self.pool.begin().await?;
        enter(&mut tx, actor, now).await?;
        Ok(Write { tx, actor: actor.clone(), now, widened: 0 })
    }

    /// Closes the pool; for an orderly stop.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    fn now(&self) -> Moment {
        self.clock.now().with_timezone(&Utc)
    }
}

/// `app.wide` of the system's own work.
const SYSTEM: &str = "system";

/// `app.wide` of an actor: how far they see beyond their unit.
fn width(actor: &Actor) -> &'static str {
    match (actor.person(), actor.is_county_wide()) {
        (None, _) => SYSTEM,
        (Some(_), true) => "on",
        (Some(_), false) => "",
    }
}

/// Says who acts, for this transaction only.
async fn enter(tx: &mut Transaction<'static, Postgres>, actor: &Actor, now: Moment) -> Result<()> {
    let text = |id: Option<uuid::Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    let statement = if actor.person().is_some() { REQUEST_STATEMENT } else { SYSTEM_STATEMENT };
    sqlx::query_scalar!(
        "select concat(set_config('role', 'quanxue_app', true), set_config('app.county', $1, true), set_config('app.user', $2, true),
            set_config('app.unit', $3, true), set_config('app.role', $4, true), set_config('app.wide', $5, true),
            set_config('app.today', $6, true), set_config('statement_timeout', $7, true))",
        actor.county.to_string(),
        text(actor.user().map(|u| u.0)),
        text(actor.unit().map(|u| u.0)),
        actor.role_code(),
        width(actor),
        crate::domain::moment::day_of(now).to_string(),
        statement,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(())
}

impl Door for Read {
    fn conn(&mut self) -> &mut PgConnection {
        &mut self.tx
    }
    fn now(&self) -> Moment {
        self.now
    }
    fn county(&self) -> CountyId {
        self.county
    }
}

impl Door for Write {
    fn conn(&mut self) -> &mut PgConnection {
        &mut self.tx
    }
    fn now(&self) -> Moment {
        self.now
    }
    fn county(&self) -> CountyId {
        self.actor.county
    }
}

impl Write {
    /// Who writes.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Works as the system from here on, whoever set it off: the projector, a new child. Ends with the `narrow` that
    /// belongs to it, or with the transaction.
    pub(crate) async fn widen(&mut self) -> Result<()> {
        self.widened += 1;
        self.set_width(SYSTEM).await
    }

    /// Sees again what was seen before the `widen` that belongs to it.
    pub(crate) async fn narrow(&mut self) -> Result<()> {
        self.widened = self.widened.saturating_sub(1);
        self.set_width(if self.widened > 0 { SYSTEM } else { width(&self.actor) }).await
    }

    async fn set_width(&mut self, width: &str) -> Result<()> {
        sqlx::query_scalar!("select set_config('app.wide', $1, true)", width).fetch_one(&mut *self.tx).await?;
        Ok(())
    }

    /// Allows its statements as long as the system's own work: an import is many rows.
    pub(crate) async fn take_time(&mut self) -> Result<()> {
        sqlx::query_scalar!("select set_config('statement_timeout', $1, true)", SYSTEM_STATEMENT)
            .fetch_one(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Says what happened and makes all of it durable, or nothing.
    pub async fn commit(self, event: Event) -> Result<()> {
        self.commit_all(vec![event]).await
    }

    /// Several acts of one transaction, for work on many cases at once. Where nothing is said, nothing was done.
    pub async fn commit_all(mut self, events: Vec<Event>) -> Result<()> {
        if events.is_empty() {
            return self.abandon().await;
        }
        let appointment = self.actor.person().map(|p| p.appointment.0);
        for event in events {
            append(&mut self.tx, self.now, appointment, event).await?;
        }
        self.tx.commit().await?;
        Ok(())
    }

    /// Makes a look durable, which is sealed into the chain later.
    pub(in crate::db) async fn commit_look(self) -> Result<()> {
        self.tx.commit().await?;
        Ok(())
    }

    /// Gives all of it up.
    pub async fn abandon(self) -> Result<()> {
        self.tx.rollback().await?;
        Ok(())
    }
}

async fn append(
    tx: &mut Transaction<'static, Postgres>,
    at: Moment,
    appointment: Option<uuid::Uuid>,
    event: Event,
) -> Result<()> {
    sqlx::query_scalar!(
        "select append_event($1, $2, $3, $4, $5, $6)",
        at,
        appointment,
        event.kind.code(),
        event.child.map(|c| c.0),
        event.case.map(|c| c.0),
        serde_json::Value::Object(event.detail),
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(())
}
