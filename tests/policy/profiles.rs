//! Profiles: what is read, what is refused, how they stack and how they are frozen.

use quanxue::domain::period::{Period, Roll, Unit};
use quanxue::domain::policy::{Gate, Library, Organ, Policy, Rung, check, shipped};
use quanxue::domain::words::{DispositionKind, PaperKind};

use crate::policy::ground::{day, library, zuolan, zuolan_with};

/// The sentences of what is wrong with a county's own values.
fn refused(own: &str) -> String {
    let problems = zuolan_with(own).unwrap_err();
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_shipped_profiles_are_sound() {
    assert_eq!(check(&shipped()), []);
}

/// Catalogue §12.2: thirty-two schemes over the national base; those of single schools are not a county's own.
#[test]
fn every_scheme_of_the_seeds_is_a_profile() {
    let schemes = "yubei-2018 zuolan-2024 anhui-2020 xuancheng-2020 guangde-2018 guangde-2020 zaozhuang-2020 county1-2021 town2-2020 \
        xihu city4-2019 lanzhou-school5 lucheng school7 anhui-town8 bandang-2017 school10 huoqiu-2021 yuan-2021 beitong-2019 senior14 \
        laoguan15 eightgates16 school17 school18 school19 township20 yunnan-county21-2020 lufeng-2022 yunnan-county23-2020 \
        anhui-district24-2021 jiangnan-2022";
    let mut schemes: Vec<&str> = schemes.split_whitespace().collect();
    schemes.sort_unstable();
    let library = library();
    assert_eq!(library.adoptable().collect::<Vec<_>>(), schemes);
    assert_eq!(schemes.len(), 32);
    let withheld = ["lanzhou-school5", "school10", "school17", "school18", "school19", "school7", "senior14"];
    let offered: Vec<&str> = library.offered().collect();
    assert!(schemes.iter().all(|id| offered.contains(id) != withheld.contains(id)), "{offered:?}");
}

#[test]
fn zuolan_has_its_ladder_and_its_lines() {
    let policy = zuolan();
    let ladder: Vec<&str> = policy.ladder.iter().map(|step| step.rung.label()).collect();
    let expected = "核查确认 联合劝返 限期复学通知书 期满核实 移交县级核处 每月联合劝返 复学销号";
    assert_eq!(ladder.join(" "), expected);
    assert_eq!(policy.stack, ["national-2024", "zuolan-2024"]);
    assert_eq!((policy.visits_before(Gate::Notice), policy.visit.min_units.value), (3, 2));
    assert_eq!(policy.visit.pupil_present.quote.as_deref(), Some("劝返时学生必须在场"));
    assert_eq!(policy.visit.pupil_present.source.as_deref(), Some("002:L48"));
    let deadline = policy.step(Rung::DeadlineNotice).unwrap().deadline.clone().unwrap().value;
    assert_eq!(deadline, Period { n: 7, unit: Unit::CalendarDay, roll: Roll::NextWorkday });
    assert_eq!(policy.dispositions.len(), 8, "six dispositions of which one is two, and the return");
    assert_eq!(policy.disposition(DispositionKind::Suspension).unwrap().approve.len(), 2, "school, then bureau");
    assert!(!policy.issues(PaperKind::ReturnNotice), "DOC-01 is offered only where a policy uses it");
    assert!(!policy.penalty.enabled);
}

/// AC-25, with the base's cut-off: born on 31 August is due, born a day later is not.
#[test]
fn ac_25_school_age_turns_on_the_last_of_august() {
    let age = zuolan().age;
    assert_eq!(age.enters_in(day("2018-08-31")), 2024);
    assert_eq!(age.enters_in(day("2018-09-01")), 2025);
    let autumn = day("2026-09-14");
    assert_eq!(age.grade_by_age(day("2011-09-01"), autumn), 9);
    assert!(age.covers(day("2011-09-01"), autumn), "the ninth year");
    assert!(!age.covers(day("2011-08-31"), autumn), "has had nine years");
    assert!(age.covers(day("2020-08-31"), autumn), "the first year");
    assert!(!age.covers(day("2020-09-01"), autumn), "too young");
    assert!(age.covers(day("2011-09-01"), day("2027-08-31")), "until the year is over");
    assert!(!age.covers(day("2011-09-01"), day("2027-09-01")));
}

#[test]
fn a_county_overrides_single_values_and_keeps_the_rest() {
    let policy = zuolan_with(
        "[gate]\nnotice = 4\n[[ladder]]\nid = \"deadline_notice\"\ndeadline = { n = 15, unit = \"calendar_day\" }",
    )
    .unwrap();
    assert_eq!(policy.visits_before(Gate::Notice), 4);
    assert_eq!(policy.gate[&Gate::Notice].source, None, "a county's own value does not carry the scheme's line");
    assert_eq!(policy.visits_before(Gate::CountyDecision), 3);
    let step = policy.step(Rung::DeadlineNotice).unwrap();
    let deadline = step.deadline.clone().unwrap().value;
    assert_eq!((deadline.n, deadline.roll), (15, Roll::None), "a period is replaced whole");
    assert_eq!(step.guards.len(), 3, "the rest of the step is kept");
    assert_eq!(policy.ladder.len(), 7, "a list merges by id");
    assert_eq!(policy.stack.last().unwrap(), "county.toml");
}

#[test]
fn a_period_of_zero_does_not_parse() {
    let told = refused("[visit]\nevery = { n = 0, unit = \"working_day\" }");
    assert_eq!(told, "county.toml，visit.every：期限不能为零");
}

#[test]
fn an_unknown_key_is_named_with_its_file_and_what_may_stand_there() {
    let told = refused("[visit]\nmin_unitz = 2\n[gate]\nnotise = 3");
    assert!(
        told.contains("county.toml，visit.min_unitz：没有“min_unitz”这一项，这里可以写：pupil_present、min_units"),
        "{told}"
    );
    assert!(told.contains("county.toml，gate.notise"), "every fault is told, not only the first: {told}");
    assert!(refused("colour = 1").starts_with("county.toml，colour："));
}

#[test]
fn values_of_another_kind_are_refused_in_words() {
    assert!(refused("[visit]\nmin_units = \"two\"").contains("visit.min_units：这里应是 0 到 65535 的整数"));
    assert!(refused("[visit]\nmin_units = -1").contains("整数"));
    assert!(refused("[visit]\npupil_present = 1").contains("只能是 true 或 false"));
    assert!(refused("[visit]\nmodes = [\"fax\"]").contains("visit.modes.第1项：不认识“fax”，可以写：home、school"));
    assert!(refused("[visit]\nmodes = 3").contains("应是一个列表"));
    assert!(refused("[age]\nby = \"02-30\"").contains("“02-30”不是月和日"));
    assert!(refused("visit = 3").contains("visit：这里应是一组“键 = 值”"));
    assert!(refused("[visit\n").contains("county.toml，第1行：写法不合 TOML 格式"));
    assert!(refused("[document]\ntitle = \"方案\"\ndated = \"明天\"\nissuer = \"乡\"").contains("“明天”不是日期"));
}

#[test]
fn an_issuer_without_power_does_not_parse() {
    let issuer = |organ: &str, more: &str| {
        format!(
            "{more}[[ladder]]\nid = \"deadline_notice\"\nsigned_by = {{ organ = \"{organ}\", roles = [\"township_head\"] }}"
        )
    };
    for organ in ["school", "village", "centre_school"] {
        assert!(refused(&issuer(organ, "")).contains("没有作出责令、限期复学的权力，不能签发"), "{organ}");
    }
    for organ in ["subdistrict", "zone_committee"] {
        assert!(refused(&issuer(organ, "")).contains("要有地方依据"), "{organ}");
        let basis = format!("[[local_basis]]\nid = \"one\"\norgan = \"{organ}\"\ntext = \"某市条例第十条\"\n");
        assert!(zuolan_with(&issuer(organ, &basis)).unwrap().may_order(Organ::from_code(organ).unwrap()));
    }
    assert!(zuolan_with(&issuer("education_bureau", "")).is_ok(), "the law names the bureau");
}

#[test]
fn a_circle_does_not_parse() {
    let told = refused("[[ladder]]\nid = \"joint_visits\"\nguards = [\"verified:deadline_notice\"]");
    let why = "ladder.joint_visits：“联合劝返”的前提 verified:deadline_notice 由“期满核实”做成";
    assert!(told.contains(why) && told.contains("绕圈"), "{told}");
    for (guard, why) in [
        ("done:joint_visits", "绕圈"),
        ("expired:confirm", "永远不会成立"),
        ("done:monthly_visit", "绕圈"),
        ("joint_visits", "“joint_visits”不是前提，可以写：confirmed"),
    ] {
        let told = refused(&format!("[[ladder]]\nid = \"joint_visits\"\nguards = [\"{guard}\"]"));
        assert!(told.contains(why), "{guard}: {told}");
    }
    let told = refused("[[ladder]]\nid = \"deadline_notice\"\nrepeat = \"until_return\"");
    assert!(told.contains("只做一次，不能写 repeat"), "{told}");
    assert!(
        refused("[[ladder]]\nid = \"monthly_visit\"\nrepeat = \"forever\"")
            .contains("不认识“forever”，可以写：until_return")
    );
}

#[test]
fn profiles_that_lean_on_each_other_do_not_parse() {
    let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let problems = check(&[
        file("a.toml", "id = \"a\"\nname = \"甲\"\nextends = \"b\""),
        file("b.toml", "id = \"b\"\nname = \"乙\"\nextends = [\"a\"]"),
        file("c.toml", "id = \"c\"\nname = \"丙\"\nextends = \"nowhere\""),
        file("d.toml", "id = \"a\"\nname = \"丁\""),
        file("e.toml", "name = \"戊\""),
        file("f.toml", "id = \"f\"\nname = \"己\"\nextends = 3"),
    ]);
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let told = told.join("\n");
    assert!(told.contains("a.toml，extends：方案“a”绕回了自己"), "{told}");
    assert!(told.contains("c.toml，extends：找不到方案“nowhere”"), "{told}");
    assert!(told.contains("d.toml，id：方案“a”已经有了"), "{told}");
    assert!(told.contains("e.toml，id：缺方案的 id"), "{told}");
    assert!(told.contains("f.toml，extends：这里应是一个方案的 id"), "{told}");
}

#[test]
fn a_base_is_not_adopted_by_itself() {
    let told = library().resolve("national-2024").unwrap_err();
    assert_eq!(told[0].to_string(), "national-2024.toml，base：这是供叠用的基准，不能单独采用");
}

#[test]
fn a_penalty_is_off_without_a_legal_basis() {
    assert!(refused("[penalty]\nenabled = true").contains("没有登记法律依据，不能启用行政处罚"));
    let basis = "[penalty.basis]\nlaw = \"某省义务教育条例\"\narticle = \"第五十条\"\nrange = \"五百元以下\"\nauthority = \"某政发〔2024〕1号\"";
    assert!(zuolan_with(&format!("[penalty]\nenabled = true\n{basis}")).unwrap().penalty.enabled);
}

#[test]
fn what_is_missing_is_named() {
    let (library, _) = Library::parse(&[("x.toml".to_owned(), "id = \"x\"\nname = \"缺\"".to_owned())]);
    let told: Vec<String> = library.resolve("x").unwrap_err().iter().map(ToString::to_string).collect();
    for key in ["ladder", "visit", "age"] {
        assert!(told.contains(&format!("x.toml：缺“{key}”这一项")), "{told:?}");
    }
    assert!(
        refused("[[ladder]]\nid = \"deadline_notice\"\nguards = []\n[gate]\nnotice = 0").contains("劝返次数不能为零")
    );
}

#[test]
fn an_adopted_policy_is_frozen_and_read_back() {
    let policy = zuolan();
    let text = policy.canonical_json().unwrap();
    assert_eq!(text, policy.canonical_json().unwrap(), "the same policy gives the same text");
    let back = Policy::from_canonical_json(&text).unwrap();
    assert_eq!(back, policy);
    assert_eq!(back.canonical_json().unwrap(), text);
    let other = text.replacen("\"schema\":3", "\"schema\":4", 1);
    assert!(Policy::from_canonical_json(&other).unwrap_err().to_string().contains("schema 4"));
}

/// A county that adopted its policy under an earlier version keeps what it signed.
#[test]
fn a_policy_frozen_in_an_earlier_shape_is_read() {
    let first = Policy::from_canonical_json(include_str!("../golden/policy-schema-1.json")).unwrap();
    let second = Policy::from_canonical_json(include_str!("../golden/policy-schema-2.json")).unwrap();
    let now = zuolan();
    assert_eq!((&first.ladder, &first.visit, &first.gate), (&second.ladder, &second.visit, &second.gate));
    let guards = |policy: &Policy| policy.ladder.iter().map(|s| (s.rung, s.guards.clone())).collect::<Vec<_>>();
    assert_eq!(guards(&first), guards(&now));
    let kinds = |policy: &Policy| policy.dispositions.iter().map(|rule| rule.kind).collect::<Vec<_>>();
    assert_eq!((&first.visit, kinds(&first)), (&now.visit, kinds(&now)));
    let report = &first.reports[0];
    let same = now.reports.iter().find(|same| same.id == report.id).unwrap();
    assert_eq!((&report.id, &report.from, &report.to, &report.when), (&same.id, &same.from, &same.to, &same.when));
}
