//! What a disposition may not say although it reads well.

use super::condition::{Condition, Test};
use super::disposition::{DispositionRule, EvidenceRule, Marks, Need, NeededAt};
use super::{Gate, Policy, Rung};
use crate::domain::words::DispositionKind;

/// Each with its key.
pub(super) fn problems(policy: &Policy) -> Vec<(String, String)> {
    policy.dispositions.iter().flat_map(|rule| of_rule(policy, rule)).collect()
}

fn of_rule(policy: &Policy, rule: &DispositionRule) -> Vec<(String, String)> {
    let key = format!("disposition.{}", rule.kind.code());
    let mut told = Vec::new();
    let mut tell = |below: &str, why: String| told.push((format!("{key}{below}"), why));
    if let Some(why) = hands(policy, rule) {
        tell("", why);
    }
    for item in &rule.items {
        for why in of_item(policy, rule, item) {
            tell(&format!(".items.{}", item.id), why);
        }
    }
    for (at, condition) in rule.conditions.iter().enumerate() {
        for why in of_condition(policy, condition) {
            tell(&format!(".conditions.第{}项", at + 1), why);
        }
    }
    if rule.follow_up.as_ref().is_some_and(|follow_up| follow_up.home_teaching) && policy.home_teaching.is_none() {
        tell(".follow_up.home_teaching", "没有写怎样送教，请先写 [home_teaching]".to_owned());
    }
    if rule.placement.is_some() && rule.kind != DispositionKind::Returned {
        tell(".placement", "编班安置写在 returned（复学）里".to_owned());
    }
    told
}

/// Who proposes and who approves: four eyes, except for a return, which the school confirms.
fn hands(policy: &Policy, rule: &DispositionRule) -> Option<String> {
    let of_ladder = rule.kind == DispositionKind::CountyDecision && policy.step(Rung::CountyDecision).is_some();
    match (rule.kind, &rule.by, rule.approve.is_empty()) {
        (DispositionKind::Returned, None, true) if rule.conditions.is_empty() => None,
        (DispositionKind::Returned, ..) => Some("复学由学校确认到校，不写 by、approve 和 conditions".to_owned()),
        (_, None, true) if of_ladder => None,
        (_, Some(_), false) if of_ladder => Some("由程序里同名的一步提请和审批，不再写 by 和 approve".to_owned()),
        (_, Some(_), false) => None,
        _ => Some("要写明由谁提请（by）、由谁审批（approve）".to_owned()),
    }
}

fn of_item(policy: &Policy, rule: &DispositionRule, item: &EvidenceRule) -> Vec<String> {
    let mut told = Vec::new();
    if !is_whole(item) {
        told.push(format!("“{}”要写明是哪一种材料或文书", item.label));
    }
    if item.need != Need::Evidence && (!item.marks.is_empty() || item.kept.is_some()) {
        told.push("签字、盖章、出具单位、存放处等只能对材料（evidence）写".to_owned());
    }
    if item.all_signed && item.need != Need::JointVisits {
        told.push("all_signed 只能对联合劝返记录（joint_visits）写".to_owned());
    }
    let Marks { copies, recipients, .. } = &item.marks;
    if copies.is_some_and(|copies| usize::from(copies) < recipients.len() || copies == 0) {
        told.push("份数（copies）不能少于报送的单位（recipients）".to_owned());
    }
    if item.at == NeededAt::StrikeOff && !rule.effect().leaves_ledger() {
        told.push("这一处置留在台账里，没有“销号时”要的材料".to_owned());
    }
    let visits = matches!(item.need, Need::JointVisits | Need::PupilMedia);
    told.extend(gate_without_number(policy, item.gate.filter(|_| visits)));
    if rule.items.iter().filter(|other| other.id == item.id).count() > 1 {
        told.push(format!("“{}”写了两次，id 不能重复", item.id));
    }
    told
}

fn of_condition(policy: &Policy, condition: &Condition) -> Vec<String> {
    let mut told = Vec::new();
    if let Test::Any(parts) = &condition.test
        && parts.len() < 2
    {
        told.push("any 里至少写两项".to_owned());
    }
    for test in condition.tests() {
        match test {
            Test::Visits(gate) => told.extend(gate_without_number(policy, Some(*gate))),
            Test::Grade(grades, _) if grades.iter().any(|grade| !(1..=9).contains(grade)) => {
                told.push("年级应是 1 到 9".to_owned());
            }
            Test::Disability(degree) if !(1..=4).contains(degree) => told.push("残疾等级应是 1 到 4".to_owned()),
            Test::OutFor(0) | Test::Visited(0, _) => told.push("不能为零；不要求的，不写这一项".to_owned()),
            _ => {}
        }
    }
    told
}

fn gate_without_number(policy: &Policy, gate: Option<Gate>) -> Option<String> {
    let gate = gate.filter(|gate| !policy.gate.contains_key(gate))?;
    Some(format!("没有写{gate}要几次劝返，请先写 gate.{}", gate.code()))
}

const fn is_whole(item: &EvidenceRule) -> bool {
    match item.need {
        Need::Evidence => item.evidence.is_some(),
        Need::PaperServed | Need::ServiceProof => item.paper.is_some(),
        Need::JointVisits | Need::PupilMedia | Need::SchoolConfirmed | Need::MonthlyVisits => true,
    }
}
