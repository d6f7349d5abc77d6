//! 政策试算 from outside: the command, its JSON, and files that are wrong.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

/// A file of its own, gone with the test.
struct File(PathBuf);

impl File {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("quanxue-{}-{name}.toml", std::process::id()));
        std::fs::write(&path, text).unwrap();
        Self(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _gone = std::fs::remove_file(&self.0);
    }
}

fn try_it(file: &PathBuf, more: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_quanxue"));
    program.args(["policy", "try"]).arg(file).args(more).output().unwrap()
}

fn told(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const CASE: &str = r#"
title = "两次联合劝返以后"
profile = "zuolan-2024"

[facts.case]
opened_on = 2026-09-07
confirmed_on = "2026-09-09"

[[facts.visits]]
day = "2026-09-11"
who = ["左岚乡", "齐心村"]
outcome = "refused"

[[facts.visits]]
day = "2026-09-18"
who = ["左岚乡", "中心小学"]
outcome = "hesitant"
"#;

/// What the file says: nothing is compared where nothing is expected, and everything is told.
#[test]
fn a_scenario_is_told_its_days_and_its_answers() {
    let ask = "[[look]]\non = \"2026-09-22\"\n\n[[ask]]\non = \"2026-09-22\"\nby = \"township_officer\"\nact = \"draft_paper\"\npaper = \"deadline_notice\"\n";
    let file = File::new("told", &format!("{CASE}\n{ask}"));
    let text = try_it(&file.0, &[]);
    let said = told(&text.stdout);
    assert!(text.status.success(), "{}", told(&text.stderr));
    assert!(
        said.contains("两次联合劝返以后（方案 zuolan-2024）") && said.contains("最迟9月24日，做第3次联合劝返"),
        "{said}"
    );
    assert!(said.contains("现在不能开具限期复学通知书：还差第3次联合劝返"), "{said}");

    let json = try_it(&file.0, &["--format", "json"]);
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((&json["days"][0]["counted"], &json["days"][0]["now"]), (&2.into(), &"joint_visits".into()));
    assert_eq!((&json["asked"][0]["allowed"], &json["differences"]), (&false.into(), &Value::Array(vec![])));
}

/// A script can hold a scheme to its scenarios by the exit code alone.
#[test]
fn what_is_expected_otherwise_is_named_with_both_and_ends_with_one() {
    let look = "[[look]]\non = \"2026-09-22\"\ncounted = 3\nunmet = []\n";
    let file = File::new("differs", &format!("{CASE}\n{look}"));
    let output = try_it(&file.0, &[]);
    assert_eq!(output.status.code(), Some(1));
    let said = told(&output.stdout);
    assert!(said.contains("look.第1项.counted\n  应为：3\n  实际：2"), "{said}");
    assert!(said.contains("look.第1项.unmet"), "{said}");
    assert!(told(&output.stderr).contains("有 2 处与情景写的不一致"));
}

/// A county's later decision holds from its day on (AC-128), and other terms make other days.
#[test]
fn a_change_and_a_calendar_are_part_of_the_scenario() {
    let more = r#"
[[change]]
from = "2026-09-20"
own = "gate.notice = 2"

[calendar]
holidays = ["2026-09-21", "2026-09-22"]
terms = [{ name = "2026年秋季学期", opens = "2026-09-01", closes = "2027-01-22" }]

[[look]]
on = "2026-09-19"
now = "joint_visits"

[[look]]
on = "2026-09-20"
now = "deadline_notice"
"#;
    let file = File::new("change", &format!("{CASE}\n{more}"));
    let output = try_it(&file.0, &[]);
    assert!(output.status.success(), "{}", told(&output.stdout));
}

/// Whoever writes the file is told where it is wrong and what may stand there; the command ends with two.
#[test]
fn a_file_that_is_wrong_is_told_its_place_and_what_may_stand_there() {
    let look = "[[look]]\non = \"2026-09-22\"\n";
    for (name, from, to, said) in [
        ("syntax", "title = ", "title ", "第2行：写法不合 TOML 格式"),
        ("profile", "zuolan-2024", "zuolan-2042", "找不到方案“zuolan-2042”"),
        ("missing", "outcome = \"refused\"\n", "", "facts.visits.第1项：缺“outcome”这一项"),
        ("unknown", "outcome = \"refused\"", "outcom = \"refused\"", "没有“outcom”这一项，这里可以写："),
        ("code", "\"refused\"", "\"no\"", "facts.visits.第1项.outcome：不认识“no”，可以写：agreed、"),
        ("day", "\"2026-09-11\"", "\"9月11日\"", "facts.visits.第1项.day：日期读不出来，应写成 \"2026-09-01\""),
        (
            "number",
            "outcome = \"hesitant\"",
            "outcome = \"hesitant\"\nphotos = \"两张\"",
            "photos：这里应是不小于零的整数",
        ),
        ("list", "who = [\"左岚乡\", \"中心小学\"]", "who = \"左岚乡\"", "facts.visits.第2项.who：这里应是一个列表"),
        ("nobody", "who = [\"左岚乡\", \"中心小学\"]\n", "", "facts.visits.第2项：缺“who”这一项"),
        ("nothing", "[[look]]\non = \"2026-09-22\"\n", "", "没有写要看哪一天（look），也没有写要办什么（ask）"),
        (
            "act",
            "[[look]]",
            "[[ask]]\nby = \"village\"\nact = \"arrest\"",
            "ask.第1项.act：不认识“arrest”，可以写：confirm、",
        ),
        (
            "of",
            "[[look]]",
            "[[ask]]\nby = \"village\"\nact = \"propose\"",
            "ask.第1项.kind：act = \"propose\" 还要写 kind",
        ),
    ] {
        let whole = format!("{CASE}\n{look}");
        assert!(whole.contains(from), "{name}");
        let file = File::new(name, &whole.replacen(from, to, 1));
        let output = try_it(&file.0, &[]);
        let stderr = told(&output.stderr);
        assert!(output.status.code() == Some(2) && stderr.contains(said), "{name}: {stderr}");
    }
    let output = try_it(&PathBuf::from("/nowhere/scenario.toml"), &[]);
    assert!(output.status.code() == Some(2) && told(&output.stderr).contains("读不出 /nowhere/scenario.toml"));
}
