//! 文书: the papers of the ladder: who drafts and issues each, within what time, how long it gives, what it cites.

use super::line::{Line, owner, signers, within};
use crate::app::laws;
use crate::domain::policy::{LocalBasis, Policy, RunsFrom, Step};
use crate::domain::words::PaperKind;

pub(super) fn lines(policy: &Policy) -> Vec<Line> {
    let papers = policy.ladder.iter().filter_map(|step| Some(paper(step, step.rung.paper()?)));
    papers.chain(policy.local_basis.iter().map(local)).collect()
}

fn paper(step: &Step, paper: PaperKind) -> Line {
    let issued = step.signed_by.as_ref().map(|by| format!("，由{}签发", signers(by))).unwrap_or_default();
    let id = format!("ladder.{}", step.rung.code());
    let since = format!("限{}之日起", step.runs_from.as_ref().map_or(RunsFrom::Receipt, |from| from.value));
    let mut line = Line::new(
        id,
        step.title.clone().unwrap_or_else(|| paper.label().to_owned()),
        format!("由{}起草{issued}", owner(&step.by)),
    )
    .resting_on(&step.basis);
    line = line
        .value("within", step.within.as_ref(), |period| within("具备条件后", *period, "起草"))
        .value("signed_within", step.signed_within.as_ref(), |period| within("起草后", *period, "签发"))
        .value("served_within", step.served_within.as_ref(), |period| within("签发后", *period, "送达"))
        .value("deadline", step.deadline.as_ref(), |period| within(&since, *period, "复学"))
        .maybe("deadline_by_hand", step.deadline_by_hand.then_some("限期由签发人逐份填写"));
    if step.laws.is_empty() {
        return line;
    }
    let laws: Vec<String> = step.laws.iter().map(|law| laws::named(law)).collect();
    line.note("laws", format!("引用：{}", laws.join("、")))
}

fn local(basis: &LocalBasis) -> Line {
    let id = format!("local_basis.{}", basis.id);
    Line::new(id, "地方依据", format!("{}签发文书，依据{}", basis.organ, basis.text))
}
