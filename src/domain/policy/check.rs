//! What a policy may not say although it reads well: issuers without power, circles, rungs without what they need.

use super::Policy;
use super::check_disposition;
use super::check_ladder::step_problems;
use super::cursor::Problem;
use super::ladder::Step;
use super::rules::SchoolingStage;
use super::rung::{Rung, Work};
use crate::domain::provision::Provisions;

/// Every rule of the house that the policy breaks, told against the file it was read as.
pub(super) fn problems(policy: &Policy, file: &str) -> Vec<Problem> {
    let mut told = Vec::new();
    let mut tell = |key: String, sentence: String| told.push(Problem::at(file, key, sentence));
    for (place, step) in policy.ladder.iter().enumerate() {
        let key = format!("ladder.{}", step.rung.code());
        for why in step_problems(policy, step, &policy.ladder[..place]) {
            tell(key.clone(), why);
        }
    }
    if policy.step(Rung::Confirm).is_none() {
        tell("ladder".to_owned(), format!("程序里缺“{}”这一步", Rung::Confirm));
    }
    if policy.ladder.last().is_none_or(|step| step.rung != Rung::Return) {
        tell("ladder".to_owned(), format!("“{}”要写成程序的最后一步，程序才有终点", Rung::Return));
    }
    let legal = |step: &&Step| step.rung.paper().is_some() || step.rung.work() == Work::Record;
    if policy.stage == SchoolingStage::Senior && policy.ladder.iter().any(|step| legal(&step)) {
        tell("stage".to_owned(), "高中阶段不是义务教育，没有通知书以后的步骤".to_owned());
    }
    for (key, why) in check_disposition::problems(policy) {
        tell(key, why);
    }
    if policy.penalty.enabled && policy.penalty.basis.is_none() {
        tell("penalty.enabled".to_owned(), "没有登记法律依据，不能启用行政处罚".to_owned());
    }
    for (gate, _) in policy.gate.iter().filter(|(_, visits)| visits.value == 0) {
        tell(format!("gate.{}", gate.code()), "劝返次数不能为零；不要求次数的，不写这一项".to_owned());
    }
    if policy.visit.min_units.value == 0 {
        tell("visit.min_units".to_owned(), "参加单位数不能为零".to_owned());
    }
    if !policy.after_care.days.value.is_sorted_by(|a, b| a < b) || policy.after_care.days.value.first() == Some(&0) {
        tell("after_care.days".to_owned(), "回访的天数要从小到大，不能为零".to_owned());
    }
    told.extend(policy.detection.problems(&policy.age, file));
    told
}

/// Provisions that a step cites and the file does not have.
pub(super) fn unknown_laws(policy: &Policy, provisions: &Provisions) -> Vec<Problem> {
    let cited = policy.ladder.iter().flat_map(|step| step.laws.iter().map(move |law| (step.rung, law)));
    let unknown = cited.filter(|(_, law)| !provisions.knows(law));
    let told = |(rung, law): (Rung, &String)| {
        let key = format!("ladder.{}.laws", rung.code());
        Problem::at(format!("{}.toml", policy.id), key, format!("条文文件里没有“{law}”"))
    };
    unknown.map(told).collect()
}
