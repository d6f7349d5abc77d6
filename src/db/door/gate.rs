//! The gate: sessions and jobs of every county, under a role that can touch no child.
#![expect(clippy::disallowed_types, reason = "one of the three doors")]

use sqlx::{PgConnection, Postgres, Transaction};

use super::{Db, append};
use crate::db::error::Result;
use crate::domain::event::Event;
use crate::domain::ids::{CountyId, UserId};
use crate::domain::moment::Moment;

/// Sessions and jobs of every county, under a role that can touch no child.
#[derive(Debug)]
pub struct Gate {
    tx: Transaction<'static, Postgres>,
    now: Moment,
    county: CountyId,
}

impl Db {
    /// Opens the gate, for no county yet.
    pub async fn gate(&self) -> Result<Gate> {
        let now = self.now();
        let mut tx = self.pool.begin().await?;
        sqlx::query_scalar!("select set_config('role', 'quanxue_gate', true)").fetch_one(&mut *tx).await?;
        Ok(Gate { tx, now, county: CountyId(0) })
    }
}

impl Gate {
    /// The connection, for queries in `db` only.
    pub(in crate::db) fn conn(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    /// The moment at which the gate was opened.
    pub fn now(&self) -> Moment {
        self.now
    }

    /// Names the county (and the account, once known) that events are said of.
    pub async fn enter_county(&mut self, county: CountyId, user: Option<UserId>) -> Result<()> {
        self.county = county;
        sqlx::query_scalar!(
            "select concat(set_config('app.county', $1, true), set_config('app.user', $2, true))",
            county.to_string(),
            user.map(|u| u.to_string()).unwrap_or_default(),
        )
        .fetch_one(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Makes it durable: sessions seen, jobs claimed; what is not an act needs no event.
    pub async fn commit(self) -> Result<()> {
        self.tx.commit().await?;
        Ok(())
    }

    /// Makes it durable with what happened; the county must have been entered.
    pub async fn commit_with(mut self, event: Event) -> Result<()> {
        append(&mut self.tx, self.now, None, event).await?;
        self.tx.commit().await?;
        Ok(())
    }
}
