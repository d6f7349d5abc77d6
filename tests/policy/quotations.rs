//! A profile quotes its document, and the check holds it to the line (`quanxue check policies --seeds`).

use std::path::PathBuf;
use std::process::Command;

const DOCUMENT: &str = "关于控辍保学的通知\n\n对48小时未到校又未履行请假手续的学生，立即报告。\n第四行\n第五行\n";

/// A folder with one profile that stacks on the national base, and the document it quotes.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, source: &str) -> Self {
        let path = std::env::temp_dir().join(format!("quanxue-quotes-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        let national = include_str!("../../policies/national-2024.toml");
        // Only the profile's own quotation is looked for: those of the base stand in documents that are not here.
        let ages = ["enters_at", "by", "max", "years"].map(|key| format!("{key} = {{ value"));
        let bare = |line: &&str| !line.contains("source = \"00") && !ages.iter().any(|age| line.starts_with(age));
        let bare = national.lines().filter(bare).collect::<Vec<_>>().join("\n");
        let bare = bare.replacen("[age]", "[age]\nenters_at = 6\nby = \"08-31\"\nmax = 15\nyears = 9", 1);
        std::fs::write(path.join("national-2024.toml"), bare).unwrap();
        let profile = format!(
            "id = \"x\"\nname = \"试\"\nbase = true\nextends = \"national-2024\"\n[visit]\nmin_units = {{ value = 2, {source} }}\n"
        );
        std::fs::write(path.join("x.toml"), profile).unwrap();
        std::fs::write(path.join("009.txt"), DOCUMENT).unwrap();
        Self(path)
    }

    /// The exit code, and what was said.
    fn check(&self) -> (Option<i32>, String) {
        let mut program = Command::new(env!("CARGO_BIN_EXE_quanxue"));
        program.args(["check", "policies", "--policies"]).arg(&self.0).arg("--seeds").arg(&self.0);
        let output = program.output().unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (output.status.code(), said)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_quotation_stands_at_its_line_with_words_left_out_or_spaces_added() {
    for (name, source) in [
        ("whole", "source = \"009:L3\", quote = \"对48小时未到校又未履行请假手续的学生\""),
        ("plan", "source = \"009-4:L3\", quote = \"对48小时未到校…立即报告\""),
        ("spaces", "source = \"009:L3\", quote = \"对 48 小时未到校\""),
        ("lines", "source = \"009:L3-5\", quote = \"立即报告…第五行\""),
        ("law", "source = \"义务教育法 §13\""),
    ] {
        let (code, said) = Folder::new(name, source).check();
        assert!(code == Some(0) && said.contains("引文已逐句核对"), "{name}: {said}");
    }
}

#[test]
fn words_that_stand_elsewhere_or_nowhere_are_told_with_file_and_key() {
    for (name, source, why) in [
        ("line", "source = \"009:L4\", quote = \"立即报告\"", "009:L4 没有“立即报告”这句话"),
        ("order", "source = \"009:L3\", quote = \"立即报告…对48小时\"", "009:L3 没有“立即报告…对48小时”这句话"),
        ("words", "source = \"009:L3\"", "写了出处 009:L3，还要写原文"),
        ("beyond", "source = \"009:L9\", quote = \"立即报告\"", "009:L9 没有"),
        ("document", "source = \"008:L3\", quote = \"立即报告\"", "没有 008:L3 这份文件或这一行"),
    ] {
        let (code, said) = Folder::new(name, source).check();
        assert!(code == Some(1) && said.contains(&format!("x.toml，visit.min_units：{why}")), "{name}: {said}");
    }
}
