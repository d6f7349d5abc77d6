//! Detection as a profile writes it: what is read, what is said of it, and what is refused in words.

use quanxue::domain::policy::{Detection, Policy, RollMark, TaskGroup, TaskRule};
use quanxue::domain::words::KeyPopulation;

use crate::policy::ground::zuolan_with;

const SCHOOL: &str = r#"{ organ = "school", roles = ["registrar"] }"#;

fn attendance(more: &str) -> String {
    format!(
        "[[attendance]]\nid = \"X\"\nwhat = \"报告县教体局\"\nby = [{SCHOOL}]\nbasis = {{ text = \"试\" }}\n{more}\n"
    )
}

fn task(when: &str, more: &str) -> String {
    format!(
        "[[task]]\nid = \"X\"\ngroup = \"opening\"\nwhat = \"核对\"\nby = [{SCHOOL}]\nbasis = {{ text = \"试\" }}\nwhen = {{ {when} }}\n{more}\n"
    )
}

fn read(own: &str) -> Policy {
    zuolan_with(own).unwrap()
}

/// The task of these tests, among those of the base.
fn task_of(policy: Policy) -> TaskRule {
    policy.detection.tasks.into_iter().find(|task| task.id == "X").unwrap()
}

fn refused(own: &str) -> String {
    let told: Vec<String> = zuolan_with(own).unwrap_err().iter().map(ToString::to_string).collect();
    told.join("\n")
}

#[test]
fn what_a_scheme_does_not_say_is_off() {
    let found = Detection { tasks: Vec::new(), ..read("").detection };
    assert_eq!(found, Detection::default());
    assert_eq!(found.marking.sentence(), "“疑似辍学”不自动改为“辍学”，由人核查确认");
}

#[test]
fn an_absence_rule_says_when_it_comes_up() {
    let more = "after = { n = 3, unit = \"working_day\", cmp = \"over\" }\nor_unknown = true\nto_outside = [\"派出所\"]\nmark = \"suspected\"";
    let rule = &read(&attendance(more)).detection.attendance[0];
    assert_eq!((rule.mark, rule.or_unknown), (Some(RollMark::Suspected), true));
    assert_eq!(rule.trigger(), "连续无故缺课超过3个工作日，或者去向不明");
    let hours = "after = { n = 48, unit = \"hour\", cmp = \"reached\", count_nonschool = true }
on_return = true";
    let trigger = read(&attendance(hours)).detection.attendance[0].trigger();
    assert_eq!(trigger, "连续无故缺课满48小时（不上课的日子也算），或者返校以后学籍仍是疑似辍学或辍学");
    let opening = read(&attendance("after_opening = { n = 7, unit = \"calendar_day\" }")).detection;
    assert_eq!(opening.attendance[0].trigger(), "开学后7日内未到校上课");
}

#[test]
fn an_absence_rule_that_cannot_be_meant_is_refused_at_its_place() {
    for (more, why) in [
        ("", "X：写明什么时候办：after、after_opening、or_unknown = true 或 on_return = true"),
        ("after = { n = 0, unit = \"hour\", cmp = \"reached\" }", "X.after：期限不能为零"),
        ("after = { n = 2, unit = \"week\", cmp = \"over\" }", "X.after.unit：不认识“week”"),
        ("after = { n = 2, unit = \"hour\" }", "X.after：缺“cmp”这一项"),
        (
            "after = { n = 2, unit = \"month\", cmp = \"over\", count_nonschool = true }",
            "count_nonschool 只用于小时和工作日",
        ),
        (
            "after = { n = 2, unit = \"hour\", cmp = \"over\" }\nafter_opening = { n = 7, unit = \"calendar_day\" }",
            "只写一样",
        ),
        ("on_return = true\nmark = \"suspected\"", "返校以后办的事（on_return）不标注"),
        ("after_opening = { n = 7, unit = \"hour\" }", "开学后的期限不能按小时计"),
        ("or_unknown = true\nmark = \"dropped\"", "缺课只能标注疑似辍学"),
        ("or_unknown = true\nwithin = { n = 0, unit = \"hour\" }", "X.within：期限不能为零"),
    ] {
        let told = refused(&attendance(more));
        assert!(told.contains(why), "{more}: {told}");
    }
    let nobody = attendance("or_unknown = true").replace(SCHOOL, "");
    assert!(refused(&nobody).contains("至少写一个办理的单位"));
    let twice = attendance("or_unknown = true").repeat(2);
    assert!(refused(&twice).contains("attendance.X：“X”写了两次"));
    let hours = "[marking]\nauto_dropout = { value = { n = 24, unit = \"hour\", cmp = \"over\" } }";
    assert!(refused(hours).contains("marking：auto_dropout 不能按小时计"));
}

#[test]
fn leave_is_granted_by_length_and_contradictions_are_refused() {
    let by = |role: &str| format!("by = {{ organ = \"school\", roles = [\"{role}\"] }}");
    let (teacher, office, head) = (by("class_teacher"), by("registrar"), by("principal"));
    let leave = |bands: &str, more: &str| format!("[leave]\nbands = [{bands}]\nbasis = {{ text = \"试\" }}\n{more}");
    let good = format!(
        "{{ up_to = 2, {teacher} }}, {{ below = 5, {office}, title = \"教务处\", signed_first = [\"class_teacher\"] }}, {{ {head} }}"
    );
    let policy = read(&leave(&good, "cancel_required = true"));
    let said = policy.detection.leave.sentences();
    assert_eq!(
        said,
        [
            "请假2天以内，由班主任审批",
            "请假超过2天、不满5天，班主任签字审核后由教务处审批",
            "请假满5天，由校长审批",
            "学生回校后按照审批权限销假"
        ]
    );
    for (bands, more, why) in [
        (format!("{{ up_to = 2, {teacher} }}"), "", "只有最后一档没有"),
        (format!("{{ {teacher} }}, {{ {head} }}"), "", "只有最后一档没有"),
        (format!("{{ up_to = 2, {teacher} }}, {{ below = 3, {office} }}, {{ {head} }}"), "", "各档不能重叠"),
        (format!("{{ up_to = 0, {teacher} }}, {{ {head} }}"), "", "不能为零"),
        (format!("{{ up_to = 2, below = 3, {teacher} }}, {{ {head} }}"), "", "只写一样"),
        (format!("{{ {head}, signed_first = [\"principal\"] }}"), "", "先签字的人不能就是审批的人"),
        (good.clone(), "single_pen = true", "只能写一样"),
        (String::new(), "cancel_required = true", "先写请假由谁审批"),
    ] {
        let told = refused(&leave(&bands, more));
        assert!(told.contains("leave") && told.contains(why), "{bands} {more}: {told}");
    }
    assert!(refused("[leave]\nsingle_pen = true").contains("leave：缺“basis”这一项"));
}

#[test]
fn every_rhythm_is_read_and_said() {
    for (when, said) in [
        ("every = \"day\"", "每日"),
        ("every = \"month\", from = 20, by = 25", "每月20至25日"),
        ("every = \"term\", within = { n = 2, unit = \"calendar_day\" }", "每学期开学后2日内"),
        ("every = \"term\", before = { n = 7, unit = \"calendar_day\" }", "每学期开学前7日内"),
        ("every = \"year\", on = [\"02-29\", \"08-31\"]", "每年2月末、8月31日前"),
        ("every = \"year\", from = \"08-01\", by = \"09-05\"", "每年8月1日至9月5日"),
        ("every = \"year\"", "每年"),
        ("every = \"exam\", before = { n = 30, unit = \"calendar_day\" }", "中考前30日内"),
        ("every = \"once\", from = \"2022-06-29\", by = \"2022-07-08\"", "2022年6月29日至2022年7月8日"),
        ("every = \"once\", by = \"2022-09-22\"", "2022年9月22日前"),
    ] {
        assert_eq!(task_of(read(&task(when, ""))).when.label(), said);
    }
    let rule = task_of(read(&task("every = \"year\"", "times = 4\nmonths = [12]")));
    assert_eq!((rule.times, rule.months.as_slice()), (4, &[12][..]));
    let moved = task("every = \"year\", on = [\"09-15\"]", "liability = { until = \"小学\", after = \"中学\" }");
    let rule = task_of(read(&moved.replace("opening", "handover")));
    assert_eq!(rule.group, TaskGroup::Handover);
    assert_eq!(rule.liability.as_ref().map(|who| (who.until.as_str(), who.after.as_str())), Some(("小学", "中学")));
    assert!(refused(&moved).contains("只写在移交"));
}

#[test]
fn a_rhythm_that_cannot_be_meant_is_refused_at_its_place() {
    for (when, why) in [
        ("every = \"fortnight\"", "task.X.when：不认识“fortnight”，every 可以写：day、week、month"),
        ("every = \"day\", by = 3", "task.X.when.by：没有“by”这一项，这里可以写：every"),
        ("every = \"month\", from = 20", "写了 from 就要写 by"),
        ("every = \"month\", from = 26, by = 25", "不晚于 by"),
        ("every = \"term\", within = { n = 2, unit = \"hour\" }", "这里不能按小时计"),
        ("every = \"term\", within = { n = 2, unit = \"month\" }, before = { n = 2, unit = \"month\" }", "只写一样"),
        ("every = \"year\", from = \"09-05\", by = \"08-01\"", "from 不晚于 by"),
        ("every = \"year\", on = []", "每年的事写 on"),
        ("every = \"once\", from = \"2022-07-09\", by = \"2022-07-08\"", "from 不能晚于 by"),
        ("every = \"exam\"", "缺“before”这一项"),
    ] {
        let told = refused(&task(when, ""));
        assert!(told.contains(why), "{when}: {told}");
    }
    assert!(refused(&task("every = \"day\"", "months = [0]")).contains("1 到 12 的月份"));
    assert!(refused(&task("every = \"day\"", "times = 0")).contains("times 不能为零"));
    assert!(refused(&task("every = \"day\"", "").repeat(2)).contains("task.X：“X”写了两次"));
}

#[test]
fn ages_and_whom_to_watch_are_read_and_checked() {
    let watch = read("[watch]\ngrades = [6, 9]\nflags = [\"disabled\"]\nnamed = [\"动摇生\"]").detection.watch;
    let grades: Vec<u8> = watch.grades.unwrap().value.iter().map(|grade| grade.number()).collect();
    assert_eq!((grades.as_slice(), watch.named.unwrap().value.as_slice()), (&[6, 9][..], &["动摇生".to_owned()][..]));
    assert_eq!(watch.flags.unwrap().value, [KeyPopulation::Disabled]);
    assert!(refused("[watch]\nflags = [\"wobbly\"]").contains("watch.flags.第1项：不认识“wobbly”，可以写：poverty、"));
    assert!(refused("[watch]\ngrades = [10]").contains("watch.grades.第1项：年级应是 1 到 9 的数"));
    let deferral = read("[deferral]\nmax_years = 1\nmust_enrol_at = 7").detection.deferral.unwrap();
    assert_eq!(deferral.sentence(), "延缓入学最长1年，年满7周岁必须入学");
    assert!(refused("[deferral]\nmax_years = 0").contains("不能为零"));
    assert!(refused("[deferral]\nmax_years = 1\nmust_enrol_at = 6").contains("要大于入学年龄（6 周岁）"));
    assert!(refused("[deferral]\nmax_years = 2\nmust_enrol_at = 7").contains("最长延缓 2 年是 8 周岁入学"));
    assert!(refused("[age]\nends = \"never\"").contains("age.ends：不认识“never”，可以写：years、age"));
    assert!(refused("[dates]\nexam = [\"六月\"]").contains("“六月”不是日期"));
}
