//! 劝返: the ladder in its order, when a visit counts, how many open which gate.

use super::line::{Line, owner, signers, within};
use crate::domain::policy::{Gate, Policy, Rung, Sourced, Step, VisitRule};

pub(super) fn lines(policy: &Policy) -> Vec<Line> {
    let order: Vec<&str> = policy.ladder.iter().map(Step::name).collect();
    let mut found = vec![Line::new("order", "先后次序", order.join(" → "))];
    found.extend(policy.ladder.iter().map(rung));
    found.extend(policy.gate.iter().map(gate));
    found.extend(visits(&policy.visit));
    let case = &policy.case;
    let says = format!("户籍地与居住地不在同一乡镇的，由{}乡镇办理", case.acting_township.value);
    found.push(Line::new("case.acting_township", "办理乡镇", says).of(&case.acting_township));
    found.push(Line::new("case.visit_by", "谁可以记劝返", owner(&case.visit_by)));
    found.push(Line::new("case.plan_by", "谁复核方案", owner(&case.plan_by)));
    if let Some(chain) = &case.responsibility {
        found.push(Line::new("case.responsibility", "责任体系", chain.value.clone()).of(chain));
    }
    if let Some(group) = &case.working_group {
        found.push(Line::new("case.working_group", "工作小组", group.value.join("、")).of(group));
    }
    found.push(Line::new("case.reopen_by", "谁可以重新列入", owner(&case.reopen_by)));
    found
}

/// A rung; what concerns its paper stands among the papers.
fn rung(step: &Step) -> Line {
    let guards: Vec<String> = step.guards.iter().map(|guard| guard.says()).collect();
    let before = if guards.is_empty() { String::new() } else { format!("，须先具备：{}", guards.join("、")) };
    let id = format!("ladder.{}", step.rung.code());
    let line = Line::new(id, step.name(), format!("由{}办理{before}", owner(&step.by)))
        .resting_on(&step.basis)
        .maybe("optional", step.optional.then_some("需要时才办，后面的步骤不等它"))
        .maybe("to", receivers(step).map(|to| format!("报送：{to}")))
        .value("on_paper", step.on_paper.as_ref(), |yes| {
            if *yes {
                "须有书面材料，扫描件上传后才算办结".to_owned()
            } else {
                "不要求书面材料".to_owned()
            }
        })
        .maybe("receipt", step.receipt.then_some("接收的一方须签收"))
        .value("window", step.window.as_ref(), |days| format!("每月 {} 日至 {} 日办理", days.from, days.to))
        .maybe("gate", step.gate.map(|gate| format!("联合劝返满次：按“{gate}”的次数")))
        .value("within", step.within.as_ref(), |period| within("具备条件后", *period, "办理"))
        .maybe("repeat", step.repeat.map(|repeat| format!("每月至少一次，{repeat}")));
    if step.rung.paper().is_some() {
        return line.note("paper", "怎样签发、送达，见“文书”");
    }
    let second = if step.rung == Rung::Return { "销号" } else { "审批" };
    line.maybe("signed_by", step.signed_by.as_ref().map(|by| format!("由{}{second}", signers(by)))).value(
        "signed_within",
        step.signed_within.as_ref(),
        |period| within("提请后", *period, second),
    )
}

/// To whom a step is reported, handed over or referred.
fn receivers(step: &Step) -> Option<String> {
    let all: Vec<String> = step.to.iter().map(owner).chain(step.to_outside.iter().cloned()).collect();
    (!all.is_empty()).then(|| all.join("；"))
}

fn gate((gate, visits): (&Gate, &Sourced<u16>)) -> Line {
    let says = format!("{}，须有 {} 次以上有效的联合劝返", gate.label(), visits.value);
    Line::new(format!("gate.{}", gate.code()), "劝返次数", says).of(visits)
}

/// When a visit counts.
fn visits(rule: &VisitRule) -> Vec<Line> {
    let yes = |yes: bool, says: &'static str, no: &'static str| if yes { says } else { no };
    let list = |labels: Vec<&str>| labels.join("、");
    let media = list(rule.media.value.iter().map(|media| media.label()).collect());
    let media = if media.is_empty() { "不要求证明".to_owned() } else { format!("{media}，有一样即可") };
    let modes = list(rule.modes.value.iter().map(|mode| mode.label()).collect());
    let mut found = vec![
        Line::new(
            "visit.pupil_present",
            "学生在场",
            yes(rule.pupil_present.value, "学生本人在场的才计次", "学生不在场的也计次"),
        )
        .of(&rule.pupil_present),
        Line::new("visit.min_units", "参加单位", format!("至少 {} 个单位同去", rule.min_units.value))
            .of(&rule.min_units),
        Line::new("visit.media", "劝返的证明", media).of(&rule.media),
        Line::new(
            "visit.sheet_confirms",
            "签字表",
            yes(rule.sheet_confirms.value, "签字的劝返记录可以代替各人确认", "有签字表的，各人仍须另行确认"),
        )
        .of(&rule.sheet_confirms),
        Line::new(
            "visit.distinct_days",
            "同一天几次",
            yes(rule.distinct_days.value, "同一天去几次只计一次", "同一天去几次分别计次"),
        )
        .of(&rule.distinct_days),
        Line::new("visit.modes", "见面方式", format!("{modes}，都计次")).of(&rule.modes),
        Line::new("visit.every", "劝返间隔", within("上一次之后", rule.every.value, "再去")).of(&rule.every),
        Line::new(
            "visit.confirm_within",
            "参加确认",
            within("记录到达后", rule.confirm_within.value, "确认“我参加了”"),
        )
        .of(&rule.confirm_within),
    ];
    if let Some(parties) = &rule.parties {
        let organs = list(parties.value.iter().map(|organ| organ.label()).collect());
        found.insert(2, Line::new("visit.parties", "必须参加", format!("{organs}，各要有人参加")).of(parties));
    }
    found
}
