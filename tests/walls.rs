//! The four walls around a county, asked of the Postgres catalogue and tried from both sides.
#![expect(clippy::unwrap_used, clippy::disallowed_types, reason = "tests look behind the doors")]

mod catalogue;
mod chain;
mod counties;
mod doors;
mod history;
mod sight;

use sqlx::PgConnection;

/// Tables of ours, by name.
async fn tables(conn: &mut PgConnection) -> Vec<String> {
    strings(
        conn,
        "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
           and relname <> '_sqlx_migrations' order by 1",
    )
    .await
}

/// Tables with a row a child: `child` itself, and all that name one.
async fn tables_of_children(conn: &mut PgConnection) -> Vec<(String, &'static str)> {
    let named = strings(
        conn,
        "select attrelid::regclass::text from pg_attribute a join pg_class c on c.oid = a.attrelid
         where attname = 'child_id' and not attisdropped and c.relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
         order by 1",
    )
    .await;
    named.into_iter().map(|table| (table, "child_id")).chain([("child".to_owned(), "id")]).collect()
}

async fn strings(conn: &mut PgConnection, sql: &'static str) -> Vec<String> {
    sqlx::query_scalar(sql).fetch_all(conn).await.unwrap()
}

/// What Postgres answers to a statement that was put together: rows touched, or its error's code.
async fn attempt(conn: &mut PgConnection, sql: String) -> Result<u64, String> {
    use sqlx::Executor as _;
    #[expect(clippy::disallowed_methods, reason = "table names come from the catalogue")]
    let statement = sqlx::raw_sql(sqlx::AssertSqlSafe(sql));
    match conn.execute(statement).await {
        Ok(done) => Ok(done.rows_affected()),
        Err(sqlx::Error::Database(error)) => Err(error.code().unwrap().into_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// One number that a statement which was put together asks for.
async fn number(conn: &mut PgConnection, sql: String) -> i64 {
    #[expect(clippy::disallowed_methods, reason = "table names come from the catalogue")]
    let statement = sqlx::query_scalar(sqlx::AssertSqlSafe(sql));
    statement.fetch_one(conn).await.unwrap()
}
