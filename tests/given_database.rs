//! The program on a Postgres that somebody else runs (`DATABASE_URL`): it starts none, and is no superuser there.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::process::{Command, Output};

use common::Database;

/// The server of the tests, with the copy's name in place of its own.
fn address(database: &Database) -> String {
    let server = std::env::var("QUANXUE_TEST_PG").unwrap();
    let name = database.as_superuser().get_database().unwrap().to_owned();
    server.replacen("/postgres?", &format!("/{name}?"), 1)
}

fn quanxue(command: &str, url: &str, env: &[(&str, &str)]) -> Output {
    let data = std::env::temp_dir().join(format!("quanxue-given-{}", std::process::id()));
    let mut program = Command::new(env!("CARGO_BIN_EXE_quanxue"));
    program.arg(command).env("DATABASE_URL", url).env("QUANXUE_DATA", &data).envs(env.iter().copied());
    let output = program.output().unwrap();
    assert!(!data.join("postgres").exists(), "a Postgres was started although one was given");
    let _gone = std::fs::remove_dir_all(data);
    output
}

#[tokio::test]
async fn a_given_database_is_migrated_and_used_under_the_programs_own_login() {
    let database = Database::empty().await;
    let url = address(&database);
    for command in ["migrate", "check"] {
        let output = quanxue(command, &url, &[]);
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[tokio::test]
async fn in_production_a_superuser_is_refused() {
    let database = Database::empty().await;
    let production = [
        ("QUANXUE_ENV", "production"),
        ("QUANXUE_KEY_FILE", "/tmp/quanxue-given-key"),
        ("QUANXUE_ORIGIN", "https://quanxue.example.gov.cn"),
        ("QUANXUE_PROXIES", "127.0.0.1"),
    ];
    let output = quanxue("check", &address(&database), &production);
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("超级用户"), "{said}");
}
