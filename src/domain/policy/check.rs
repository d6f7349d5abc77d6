//! What a policy may not say although it reads well: issuers without power, circles, rungs without what they need.

use super::cursor::Problem;
use super::ladder::{Organ, Power, Rung, Step};
use super::{Policy, Repeat, check_disposition};
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
    for rung in [Rung::Confirm, Rung::Return] {
        if policy.step(rung).is_none() {
            tell("ladder".to_owned(), format!("程序里缺“{rung}”这一步"));
        }
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

fn step_problems(policy: &Policy, step: &Step, before: &[Step]) -> Vec<String> {
    let mut told = Vec::new();
    let rung = step.rung;
    for guard in &step.guards {
        if guard.made_by().is_some_and(|maker| before.iter().all(|earlier| earlier.rung != maker)) {
            told.push(format!("“{rung}”要求“{guard}”，做出它的那一步必须排在前面，否则程序会绕圈"));
        }
    }
    match (step.repeat, rung) {
        (Some(Repeat::UntilReturn), Rung::MonthlyVisit) | (None, _) => {}
        (Some(_), _) => told.push(format!("“{rung}”只做一次，不能写 repeat")),
    }
    if rung.paper().is_some() {
        told.extend(paper_problems(policy, step));
    }
    if rung == Rung::CountyDecision {
        match step.signed_by.as_ref().map(|owner| owner.organ) {
            Some(Organ::EducationBureau) => {}
            _ => told.push("县级核处须由县里另一人审批，请写 signed_by".to_owned()),
        }
    }
    told
}

fn paper_problems(policy: &Policy, step: &Step) -> Vec<String> {
    let mut told = Vec::new();
    match step.signed_by.as_ref().map(|owner| owner.organ) {
        None => told.push("没有写明由谁签发，请写 signed_by".to_owned()),
        Some(organ) if organ.power_to_order() == Power::Never => {
            told.push(format!("{organ}没有作出责令、限期复学的权力，不能签发"));
        }
        Some(organ) if !policy.may_order(organ) => {
            told.push(format!("{organ}签发要有地方依据，请先写 local_basis"));
        }
        Some(_) => {}
    }
    if step.deadline.is_none() {
        told.push("没有写限期几日复学，请写 deadline".to_owned());
    }
    told
}
