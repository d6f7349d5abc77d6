//! How profiles are laid over each other, and what their ladders may not say.

use quanxue::domain::policy::{Library, Policy, Rung, shipped};

use crate::policy::ground::zuolan_with;

/// The profiles that come with the program, and those given as (id, what it says).
fn with(profiles: &[(&str, &str)]) -> Library {
    let own =
        profiles.iter().map(|(id, text)| (format!("{id}.toml"), format!("id = \"{id}\"\nname = \"某方案\"\n{text}")));
    let (library, problems) = Library::parse(&shipped().into_iter().chain(own).collect::<Vec<_>>());
    assert_eq!(problems, []);
    library
}

fn rungs(policy: &Policy) -> Vec<&'static str> {
    policy.ladder.iter().map(|step| step.rung.code()).collect()
}

const REPORT: &str =
    "by = { organ = \"school\", roles = [\"principal\"] }\nto_outside = [\"乡镇\"]\nbasis = { text = \"某条\" }\n";

#[test]
fn a_new_step_stands_where_the_scheme_lists_it() {
    let text = format!(
        "extends = \"national-2024\"\n[[ladder]]\nid = \"contact\"\n{REPORT}[[ladder]]\nid = \"confirm\"\n[[ladder]]\nid = \
         \"joint_visits\"\n[[ladder]]\nid = \"written_report\"\n{REPORT}[[ladder]]\nid = \"government_report\"\n{REPORT}"
    );
    let policy = with(&[("a", &text)]).resolve("a").unwrap();
    let order = ["contact", "confirm", "joint_visits", "written_report", "government_report", "return"];
    assert_eq!(rungs(&policy), order);
}

#[test]
fn a_base_that_two_lean_on_lies_below_both() {
    let library = with(&[
        ("one", "extends = \"national-2024\"\n[visit]\nmin_units = 3"),
        ("two", "extends = [\"national-2024\"]\n[visit]\npupil_present = true"),
        ("both", "extends = [\"one\", \"two\"]"),
    ]);
    let both = library.resolve("both").unwrap();
    assert_eq!(both.stack, ["national-2024", "one", "two", "both"]);
    assert_eq!(both.visit.min_units.value, 3, "the base does not come back over the one that changed it");
    assert!(both.visit.pupil_present.value);
}

#[test]
fn an_inherited_step_is_dropped_by_name() {
    let policy = zuolan_with("[[ladder]]\nid = \"monthly_visit\"\ndrop = true").unwrap();
    assert!(policy.step(Rung::MonthlyVisit).is_none());
    let told = zuolan_with("[[ladder]]\nid = \"return\"\ndrop = true").unwrap_err();
    assert!(told[0].to_string().contains("最后一步"), "{}", told[0]);
}

#[test]
fn what_a_ladder_may_not_say_is_refused_in_words() {
    for (own, why) in [
        ("stage = \"senior\"", "高中阶段不是义务教育"),
        ("[[ladder]]\nid = \"joint_visits\"\nrepeat = \"until_return\"", "只做一次，不能写 repeat"),
        ("[[ladder]]\nid = \"deadline_notice\"\ngate = \"notice\"", "gate 只写在劝返那一步"),
        ("[[ladder]]\nid = \"deadline_notice\"\nwindow = { from = 25, to = 20 }", "从 1 到 28，先后不能颠倒"),
        (
            "[[ladder]]\nid = \"deadline_notice\"\nsigned_by = { joint = [{ organ = \"township\", roles = [\"township_head\"] }] }",
            "至少写两个单位",
        ),
        (
            "[[ladder]]\nid = \"deadline_notice\"\nsigned_by = { either = [{ organ = \"township\", roles = [\"township_head\"] }, \
             { organ = \"village\", roles = [\"village\"] }] }",
            "村（居）民委员会没有作出责令、限期复学的权力",
        ),
        (
            "[[ladder]]\nid = \"written_report\"\nby = { organ = \"school\", roles = [\"principal\"] }\nbasis = { text = \"某条\" }\n\
             [[ladder]]\nid = \"return\"",
            "写明送给谁：to 或 to_outside",
        ),
        (
            "[[target]]\nid = \"x\"\nwhat = \"率\"\nbound = \"at_most\"\npercent = 101\nbasis = { text = \"某条\" }",
            "0 到 100 的百分数",
        ),
    ] {
        let told = zuolan_with(own).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        assert!(told.contains(why) && told.contains("county.toml，"), "{own}: {told}");
    }
}
