//! `quanxue import` from outside: the rosters of 城口县 as `truth.json` has them, tried, taken in, and taken in again.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Output};

use common::Database;
use serde_json::Value;

/// A county in an empty database, reached through the program.
struct Installed {
    database: Database,
    data: PathBuf,
}

impl Installed {
    async fn new() -> Self {
        let database = Database::empty().await;
        let name = database.as_superuser().get_database().unwrap().to_owned();
        let installed = Self { database, data: std::env::temp_dir().join(format!("quanxue-import-{name}")) };
        let schools = roster("../../../data/demo/schools.csv");
        let made = installed.run(&["county", "add", "--code", "500229", "--schools", schools.to_str().unwrap()]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        installed
    }

    /// Runs the program; once more while another test's program sets up the same server's roles.
    fn run(&self, args: &[&str]) -> Output {
        let server = std::env::var("QUANXUE_TEST_PG").unwrap();
        let name = self.database.as_superuser().get_database().unwrap().to_owned();
        let mut program = Command::new(env!("CARGO_BIN_EXE_quanxue"));
        program.args(args).env("DATABASE_URL", server.replacen("/postgres?", &format!("/{name}?"), 1));
        program.env("QUANXUE_DATA", &self.data).env("QUANXUE_NOW", "2026-09-14T09:00:00+08:00");
        for _ in 0..20 {
            let output = program.output().unwrap();
            if !String::from_utf8_lossy(&output.stderr).contains("concurrently updated") {
                return output;
            }
        }
        program.output().unwrap()
    }

    fn import(&self, kind: &str, file: &str, more: &[&str]) -> (Output, Value) {
        let file = roster(file);
        let args = ["import", "--county", "500229", "--kind", kind, "--format", "json", "--file"];
        let output = self.run(&[&args[..], &[file.to_str().unwrap()], more].concat());
        let said = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (output, said)
    }
}

impl Drop for Installed {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.data);
    }
}

fn roster(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/rosters/chengkou").join(name)
}

fn truth(file: &str) -> Value {
    serde_json::from_slice::<Value>(&std::fs::read(roster("truth.json")).unwrap()).unwrap()[file].clone()
}

fn faults(said: &Value) -> BTreeMap<String, String> {
    let of = |fault: &Value| (fault["row"].to_string(), fault["code"].as_str().unwrap().to_owned());
    said["faults"].as_array().unwrap().iter().map(of).collect()
}

#[tokio::test]
async fn a_tried_roster_is_told_row_by_row_and_writes_nothing() {
    let county = Installed::new().await;
    for (kind, file) in [("household", "household.xlsx"), ("school", "school.xlsx")] {
        let (output, said) = county.import(kind, file, &["--dry-run"]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let truth = truth(file);
        assert_eq!((&said["rows"], &said["good"]), (&truth["rows"], &truth["good"]), "{file}");
        assert_eq!(faults(&said), serde_json::from_value(truth["faults"].clone()).unwrap(), "{file}");
        assert_eq!(said.as_object().unwrap().len(), 3, "rows, good, faults and nothing else");
        let fields: Vec<&String> = said["faults"][0].as_object().unwrap().keys().collect();
        assert_eq!(fields, ["code", "column", "message", "row", "sheet"]);
    }
    let (_, said) = county.import("household", "household.xlsx", &[]);
    assert_eq!(said["receipt"]["new"], 1160, "the trial had written nothing");
}

#[tokio::test]
async fn the_same_roster_twice_changes_nothing() {
    let county = Installed::new().await;
    let (first, said) = county.import("school", "school.xlsx", &[]);
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    assert_eq!((&said["receipt"]["new"], &said["receipt"]["changed"]), (&899.into(), &0.into()));
    let (again, said) = county.import("school", "school.xlsx", &[]);
    assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
    assert_eq!(
        said["receipt"],
        serde_json::json!({ "new": 0, "changed": 0, "unchanged": 899, "claims": 0, "asked": 0 })
    );
}

#[tokio::test]
async fn all_or_nothing_takes_nothing_where_a_row_is_wrong() {
    let county = Installed::new().await;
    let (output, said) = county.import("school", "school.xlsx", &["--mode", "all_or_nothing"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("没有导入"));
    assert_eq!((&said["good"], said.get("receipt")), (&899.into(), None));
    let (_, said) = county.import("school", "school.xlsx", &[]);
    assert_eq!(said["receipt"]["new"], 899);
}

#[tokio::test]
async fn a_county_or_a_file_that_is_not_there_is_named() {
    let county = Installed::new().await;
    let file = roster("school.xlsx");
    let elsewhere = ["import", "--county", "341522", "--kind", "school", "--file", file.to_str().unwrap()];
    let output = county.run(&elsewhere);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("quanxue county add"));
    let output = county.run(&["import", "--county", "500229", "--kind", "school", "--file", "/nowhere.xlsx"]);
    assert_eq!(output.status.code(), Some(2));
}
