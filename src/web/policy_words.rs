//! An adopted policy in plain Chinese: what it says, and where that is written.

use crate::domain::period::Period;
use crate::domain::policy::{Basis, DispositionRule, Gate, Owner, Policy, ReportRule, Sourced, Step};
use crate::domain::role::Role;

/// Where a value is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Document and clause, where the policy names them.
    pub text: String,
    /// The line it was read from.
    pub source: String,
    /// The words there.
    pub quote: String,
}

impl Origin {
    fn of(text: &str, source: Option<&String>, quote: Option<&String>) -> Option<Self> {
        let source = source.filter(|source| source.contains(":L") || source.contains('§'));
        let said = !text.is_empty() || source.is_some() || quote.is_some();
        let owned = |text: Option<&String>| text.cloned().unwrap_or_default();
        said.then(|| Self { text: text.to_owned(), source: owned(source), quote: owned(quote) })
    }

    fn of_value<T>(value: &Sourced<T>) -> Option<Self> {
        Self::of("", value.source.as_ref(), value.quote.as_ref())
    }

    fn of_basis(basis: &Basis) -> Option<Self> {
        Self::of(&basis.text, basis.source.as_ref(), basis.quote.as_ref())
    }
}

/// One value: what it is about, what it says, where it is written; without an origin the county set it itself.
#[derive(Debug)]
pub(crate) struct Value {
    pub about: &'static str,
    pub says: String,
    pub origin: Option<Origin>,
}

/// One rung of the ladder.
#[derive(Debug)]
pub(crate) struct Rung {
    pub name: &'static str,
    pub by: String,
    pub signed_by: Option<String>,
    pub guards: String,
    pub periods: Vec<String>,
    pub origin: Option<Origin>,
}

/// One report.
#[derive(Debug)]
pub(crate) struct Report {
    pub when: String,
    pub what: String,
    pub from: String,
    pub to: String,
    /// 零报告, 主要负责人签字, 附件…
    pub notes: Vec<String>,
    pub origin: Option<Origin>,
}

/// One way a case ends or pauses.
#[derive(Debug)]
pub(crate) struct Ending {
    pub name: &'static str,
    pub body: Option<String>,
    /// Each item of evidence, and by when it must be there.
    pub items: Vec<(String, &'static str)>,
    pub origin: Option<Origin>,
}

fn value<T>(about: &'static str, of: &Sourced<T>, says: impl Into<String>) -> Value {
    Value { about, says: says.into(), origin: Origin::of_value(of) }
}

/// Who is of school age, how whereabouts are checked, what follows a return.
pub(crate) fn values(policy: &Policy) -> Vec<Value> {
    let age = &policy.age;
    let (month, day) = (age.by.value.month, age.by.value.day);
    let mut found = vec![
        value("入学年龄", &age.enters_at, format!("{month}月{day}日前年满 {} 周岁，当年秋季入学", age.enters_at.value)),
        value("义务教育年限", &age.years, format!("{} 年", age.years.value)),
        value("最大年龄", &age.max, format!("{} 周岁（含）", age.max.value)),
    ];
    let check = &policy.check;
    let says = format!("派发后{}内，由{}核查回复", check.within.value.label(), owner(&check.by));
    found.push(Value { about: "去向核查", says, origin: Origin::of_basis(&check.basis) });
    let case = &policy.case;
    let says = format!("户籍地与居住地不在同一乡镇的，由{}乡镇办理", case.acting_township.value);
    found.push(value("办理乡镇", &case.acting_township, says));
    let follow_up = &policy.after_care;
    let days: Vec<String> = follow_up.days.value.iter().map(ToString::to_string).collect();
    let says = format!("返校后第 {} 日，由{}回访", days.join("、"), owner(&follow_up.by));
    found.push(Value { about: "复学回访", says, origin: Origin::of_basis(&follow_up.basis) });
    let says = match &policy.penalty.basis {
        Some(basis) if policy.penalty.enabled => format!("依据{}{}，{}", basis.law, basis.article, basis.range),
        _ => "不实施；本县没有登记罚款的法规依据".to_owned(),
    };
    found.push(Value { about: "行政处罚", says, origin: None });
    found
}

/// When a visit counts, and how many open which step.
pub(crate) fn visits(policy: &Policy) -> Vec<Value> {
    let rule = &policy.visit;
    let yes = |yes: bool, says: &str, no: &str| if yes { says.to_owned() } else { no.to_owned() };
    let list = |labels: Vec<&str>| labels.join("、");
    let media = list(rule.media.value.iter().map(|media| media.label()).collect());
    let mut found = vec![
        value("学生在场", &rule.pupil_present, yes(rule.pupil_present.value, "学生本人在场才计次", "学生不在场也计次")),
        value("参加单位", &rule.min_units, format!("至少 {} 个单位同去", rule.min_units.value)),
        value("证明", &rule.media, if media.is_empty() { "不要求".to_owned() } else { format!("{media}，有一样即可") }),
        value(
            "签字表",
            &rule.sheet_confirms,
            yes(rule.sheet_confirms.value, "签字的劝返记录代替各人确认", "各人须另行确认"),
        ),
        value("同一天", &rule.distinct_days, yes(rule.distinct_days.value, "同一天几次只计一次", "同一天几次分别计次")),
        value("方式", &rule.modes, list(rule.modes.value.iter().map(|mode| mode.label()).collect())),
        value("间隔", &rule.every, format!("上一次之后{}内再去", rule.every.value.label())),
        value(
            "参加确认",
            &rule.confirm_within,
            format!("记录到达后{}内确认“我参加了”", rule.confirm_within.value.label()),
        ),
    ];
    if let Some(parties) = &rule.parties {
        let organs = list(parties.value.iter().map(|organ| organ.label()).collect());
        found.push(value("必须参加", parties, format!("{organs}，各要有人参加")));
    }
    let gate =
        |(gate, visits): (&Gate, &Sourced<u16>)| value(gate.label(), visits, format!("满 {} 次联合劝返", visits.value));
    found.extend(policy.gate.iter().map(gate));
    found
}

/// The ladder.
pub(crate) fn ladder(policy: &Policy) -> Vec<Rung> {
    policy.ladder.iter().map(rung).collect()
}

fn rung(step: &Step) -> Rung {
    let period = |words: &str, of: Option<&Sourced<Period>>| of.map(|p| format!("{words}{}内", p.value.label()));
    let given = step.deadline.as_ref().map(|p| format!("限期：收到之日起{}", p.value.label()));
    let periods = [
        period("具备条件后", step.within.as_ref()),
        period("签批：", step.signed_within.as_ref()),
        period("送达：签发后", step.served_within.as_ref()),
        given,
        step.repeat.map(|repeat| format!("每月至少一次，{repeat}")),
    ];
    Rung {
        name: step.rung.label(),
        by: owner(&step.by),
        signed_by: step.signed_by.as_ref().map(owner),
        guards: step.guards.iter().map(|guard| guard.label()).collect::<Vec<_>>().join("、"),
        periods: periods.into_iter().flatten().collect(),
        origin: Origin::of_basis(&step.basis),
    }
}

/// The dispositions: those that can be carried out first.
pub(crate) fn endings(policy: &Policy) -> Vec<Ending> {
    let ending = |rule: &DispositionRule| Ending {
        name: rule.kind.label(),
        body: rule.body.clone(),
        items: rule.items.iter().map(|item| (item.label.clone(), item.at.label())).collect(),
        origin: Origin::of_basis(&rule.basis),
    };
    policy.dispositions.iter().map(ending).collect()
}

/// What is reported, to whom and when.
pub(crate) fn reports(policy: &Policy) -> Vec<Report> {
    policy.reports.iter().map(report).collect()
}

fn report(rule: &ReportRule) -> Report {
    let all = |owners: &[Owner]| owners.iter().map(owner).collect::<Vec<_>>();
    let months: Vec<String> = rule.months.iter().map(ToString::to_string).collect();
    let notes = [
        rule.form.as_ref().map(|form| format!("表式 {form}")),
        rule.zero.then(|| "没有情况也要零报告".to_owned()),
        rule.signed.then(|| "须主要负责人签字".to_owned()),
        rule.in_term.then(|| "只在上课期间".to_owned()),
        (!months.is_empty()).then(|| format!("只在{}月", months.join("、"))),
    ];
    Report {
        when: rule.when.label(),
        what: rule.what.clone(),
        from: all(&rule.from).join("；"),
        to: [all(&rule.to), rule.to_outside.clone()].concat().join("；"),
        notes: notes.into_iter().flatten().collect(),
        origin: Origin::of_basis(&rule.basis),
    }
}

fn owner(owner: &Owner) -> String {
    let roles: Vec<&str> = owner.roles.iter().copied().map(Role::label).collect();
    format!("{}（{}）", owner.organ, roles.join("、"))
}
