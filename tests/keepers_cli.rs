//! `quanxue county add`, `user add` and `audit verify` from outside.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::path::PathBuf;
use std::process::{Command, Output};

use common::Database;

/// An empty database, reached through the program.
struct Installed {
    database: Database,
    data: PathBuf,
}

impl Installed {
    async fn new() -> Self {
        let database = Database::empty().await;
        let data = std::env::temp_dir().join(format!("quanxue-keepers-{}", name(&database)));
        Self { database, data }
    }

    /// Runs the program; again while another test's program sets up the same server's roles.
    fn run(&self, args: &[&str]) -> Output {
        let server = std::env::var("QUANXUE_TEST_PG").unwrap();
        let mut program = Command::new(env!("CARGO_BIN_EXE_quanxue"));
        program
            .args(args)
            .env("DATABASE_URL", server.replacen("/postgres?", &format!("/{}?", name(&self.database)), 1));
        program.env("QUANXUE_DATA", &self.data).env("QUANXUE_NOW", "2026-09-14T09:00:00+08:00");
        let tries = (0..20).map(|_| program.output().unwrap());
        let settled = |output: &Output| !String::from_utf8_lossy(&output.stderr).contains("concurrently updated");
        tries.into_iter().find(settled).unwrap()
    }

    fn says(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn refuses(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(1), "{args:?}: {}", String::from_utf8_lossy(&output.stdout));
        String::from_utf8(output.stderr).unwrap()
    }
}

impl Drop for Installed {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.data);
    }
}

fn name(database: &Database) -> String {
    database.as_superuser().get_database().unwrap().to_owned()
}

const KEEPER: [&str; 8] = ["user", "add", "--county", "500229", "--name", "余海波", "--role", "系统管理员"];

#[tokio::test]
async fn a_county_and_its_first_keeper_are_made_and_the_chain_of_both_holds() {
    let installed = Installed::new().await;
    let unmade = installed.refuses(&KEEPER);
    assert!(unmade.contains("请先执行 quanxue county add"), "{unmade}");

    let schools = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rosters/chengkou/truth.json");
    let county = ["county", "add", "--code", "500229", "--schools", schools, "--policy", "zuolan-2024"];
    let said = installed.says(&county);
    for part in ["25 个乡镇（街道），204 个村（社区）", "34 所学校和机构", "zuolan-2024，从 2025年9月1日 起施行"]
    {
        assert!(said.contains(part), "{said}");
    }
    assert!(installed.refuses(&county).contains("城口县已经建过了"));

    let said = installed.says(&KEEPER);
    assert!(said.contains("账号 yuhaibo，初始密码 ") && said.contains("2026年9月17日 09:00 前有效"), "{said}");
    assert!(installed.says(&KEEPER).contains("账号 yuhaibo2"), "another of the same name");
    let wrong = [&KEEPER[..6], &["--role", "乡镇经办", "--unit", "没有的乡"]].concat();
    assert!(installed.refuses(&wrong).contains("没有“没有的乡”这个单位"));

    let said = installed.says(&["audit", "verify"]);
    assert!(said.starts_with("城口县：6 条记录"), "{said}");
    installed.database.alter("update event set role = 'nobody' where seq = 2").await;
    let broken = installed.refuses(&["audit", "verify", "--county", "500229"]);
    assert!(broken.contains("第 2 条记录与前后不符"), "{broken}");
    assert!(installed.refuses(&["audit", "verify", "--county", "110101"]).contains("没有要验算的区县"));
}
