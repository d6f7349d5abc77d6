//! `quanxue sweep` as a person types it, beside a running service.

use std::process::{Command, Output};

use common::seeds::HERE;
use quanxue::domain::ids::FileId;
use quanxue::domain::words::Outcome;

use crate::cases::bench::Bench;

fn sweep(bench: &Bench, now: &str, arguments: &[&str]) -> Output {
    let server = std::env::var("QUANXUE_TEST_PG").unwrap();
    let name = bench.world.database.as_superuser().get_database().unwrap().to_owned();
    let data = std::env::temp_dir().join(format!("quanxue-sweep-{}", FileId::new()));
    let mut program = Command::new(env!("CARGO_BIN_EXE_quanxue"));
    program.arg("sweep").args(arguments).env("QUANXUE_NOW", now).env("QUANXUE_DATA", &data);
    let output = program.env("DATABASE_URL", server.replacen("/postgres?", &format!("/{name}?"), 1)).output().unwrap();
    let _gone = std::fs::remove_dir_all(data);
    output
}

#[tokio::test]
async fn the_sweep_lets_the_day_take_effect_and_says_how_much_it_did() {
    let bench = Bench::new().await;
    let case = bench.found(1, "2026-09-10").await;
    bench.clock("2026-09-11", "16:00");
    bench.visited(case, "2026-09-11 14:30", Outcome::Refused).await;
    assert!(bench.standing(case).await.next.unwrap().overdue_since.is_none());
    let county = HERE.0.to_string();
    let output = sweep(&bench, "2026-09-21T05:00:00+08:00", &["--county", &county, "--check"]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("重新推算") && said.contains("不一致的 0 案"), "{said}");
    let again = sweep(&bench, "2026-09-21T06:00:00+08:00", &["--county", &county]);
    assert!(
        String::from_utf8_lossy(&again.stdout).contains("重新推算 0 案"),
        "a second sweep of the day finds nothing"
    );
    let nowhere = sweep(&bench, "2026-09-21T06:00:00+08:00", &["--county", "110101"]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&nowhere.stderr).contains("没有这个区县"));
}
