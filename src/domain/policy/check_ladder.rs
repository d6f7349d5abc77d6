//! What a ladder may not say: circles, rungs without what they need, issuers without power.

use super::Policy;
use super::guard::Guard;
use super::ladder::Step;
use super::organ::{Organ, Power};
use super::rung::{Rung, Work};
use super::signers::Signers;

/// Everything wrong with a step, given those that stand before it.
pub(super) fn step_problems(policy: &Policy, step: &Step, before: &[Step]) -> Vec<String> {
    let mut told: Vec<String> = step.guards.iter().filter_map(|guard| guard_problem(*guard, step, before)).collect();
    match (step.repeat.is_some(), step.rung.is_endless()) {
        (true, false) => told.push(format!("“{}”只做一次，不能写 repeat", step.rung)),
        (false, true) => told.push(format!("“{}”做到复学为止，请写 repeat = \"until_return\"", step.rung)),
        _ => {}
    }
    if step.gate.is_some() && step.rung.work() != Work::Visits {
        told.push("gate 只写在劝返那一步；其他步骤的次数写成前提 visits:…".to_owned());
    }
    match step.rung.work() {
        Work::Paper(_) => told.extend(paper_problems(policy, step)),
        Work::Record => told.extend(record_problem(step)),
        Work::Verify if before.iter().all(|earlier| !gives_time(earlier)) => {
            told.push("前面没有限期的文书，无从核实期满".to_owned());
        }
        Work::Monthly if step.guards.iter().all(|guard| !matches!(guard, Guard::Done(_))) => {
            told.push("请写明从哪一步以后开始每月一次，如 guards = [\"done:county_decision\"]".to_owned());
        }
        Work::CountyDecision if !decided_by_the_county(step) => {
            told.push("县级核处须由县里另一人审批，请写 signed_by".to_owned());
        }
        _ => {}
    }
    told
}

fn guard_problem(guard: Guard, step: &Step, before: &[Step]) -> Option<String> {
    let rung = step.rung;
    let maker = guard.made_by()?;
    let Some(earlier) = before.iter().find(|earlier| earlier.rung == maker) else {
        return Some(format!("“{rung}”的前提 {guard} 由“{maker}”做成，那一步必须排在前面，否则程序会绕圈"));
    };
    if !guard.is_possible() {
        return Some(format!("“{rung}”的前提 {guard} 永远不会成立"));
    }
    let waits = matches!(guard, Guard::Expired(_)) && !gives_time(earlier);
    waits.then(|| format!("“{rung}”要等“{maker}”期满，那一步却没有写期限（deadline）"))
}

const fn gives_time(step: &Step) -> bool {
    step.rung.paper().is_some() && (step.deadline.is_some() || step.deadline_by_hand)
}

fn decided_by_the_county(step: &Step) -> bool {
    step.signed_by.as_ref().is_some_and(|signers| signers.organs().all(|organ| organ == Organ::EducationBureau))
}

/// Reports, hand-overs and referrals go to somebody.
fn record_problem(step: &Step) -> Option<String> {
    let goes_out = matches!(
        step.rung,
        Rung::WrittenReport
            | Rung::CountyHandover
            | Rung::GovernmentReport
            | Rung::ExpiryReport
            | Rung::JudicialReferral
    );
    let nowhere = goes_out && step.to.is_empty() && step.to_outside.is_empty();
    nowhere.then(|| "写明送给谁：to 或 to_outside".to_owned())
}

fn paper_problems(policy: &Policy, step: &Step) -> Vec<String> {
    let mut told = Vec::new();
    if step.signed_by.is_none() {
        told.push("没有写明由谁签发，请写 signed_by".to_owned());
    }
    let organs = step.signed_by.iter().flat_map(Signers::organs);
    for organ in organs.filter(|_| step.rung.orders()) {
        if organ.power_to_order() == Power::Never {
            told.push(format!("{organ}没有作出责令、限期复学的权力，不能签发"));
        } else if !policy.may_order(organ) {
            told.push(format!("{organ}签发要有地方依据，请先写 local_basis"));
        }
    }
    if step.rung.orders() && step.rung != Rung::Penalty && !gives_time(step) {
        told.push("没有写限期几日复学，请写 deadline，期限由签发人填写的写 deadline_by_hand = true".to_owned());
    }
    told
}
