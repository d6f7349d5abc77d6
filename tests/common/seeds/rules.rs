//! The rules of both counties, for tests of pages that judge by them.
#![expect(clippy::disallowed_types, reason = "sows as a superuser")]

use quanxue::domain::policy::{Library, Policy, shipped};
use sha2::{Digest as _, Sha256};
use sqlx::postgres::PgConnection;

use super::{HERE, THERE};

/// What both counties adopt: in force long before anything that is sown happened.
pub async fn sow_policy(conn: &mut PgConnection) {
    let policy = Library::parse(&shipped()).0.resolve("zuolan-2024").unwrap();
    let body = policy.canonical_json().unwrap();
    for county in [HERE, THERE] {
        sqlx::query(
            "insert into adopted_policy (county_id, version, profile, title, from_on, schema_version, body, sha256, adopted_at)
             values ($1, 1, $2, $3, '2024-09-01', $4, $5, $6, '2024-08-20T00:00:00Z')",
        )
        .bind(county.0)
        .bind(&policy.id)
        .bind(&policy.name)
        .bind(i32::from(Policy::SCHEMA))
        .bind(&body)
        .bind(Sha256::digest(&body).to_vec())
        .execute(&mut *conn)
        .await
        .unwrap();
    }
}
